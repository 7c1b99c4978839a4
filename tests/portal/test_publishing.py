"""portal/workflow.py: publishing is decided by a person, after the answer, without voters' data."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Notice
from documents import after_issue
from petitions import workflow as petitions
from petitions.models import Petition
from portal import workflow
from portal.models import Publication
from responses import workflow as responses
from responses.models import Answer
from tests.kept import keeping
from tests.petitions.test_intake import said
from tests.records import VERBATIM, VOTER
from tests.refusals import refused
from tests.world import World

WORDS = {"title": "Đèn đường", "question": "Khi nào lắp đèn?", "answer": "Đã lắp.", "answered_by": "Sở Xây dựng"}


def publish(petition, by, **changes):
    return workflow.publish(petition, by=by, **{**WORDS, **changes})


def build():
    world = World()
    return world, world.answered(voter=VOTER, verbatim=VERBATIM)


kept, copied = keeping(build)


@pytest.fixture
def world(copied):
    return copied[0]


@pytest.fixture
def petition(copied):
    return copied[1]


class TestWhoAndWhen:
    def test_the_leader_publishes_what_is_answered(self, world, petition):
        publication = publish(petition, world.leader)

        assert (publication.title, publication.published_on, publication.withdrawn_on) == (
            "Đèn đường", world.today, None,
        )  # fmt: skip
        version = publication.history.get()
        assert (version.history_user, version.history_change_reason) == (world.leader, "công khai")
        assert said(petition)[-1] == "công khai nội dung trả lời"

    @pytest.mark.parametrize("state", ["logged", "classified", "forwarded", "interim"])
    def test_not_before_it_is_answered(self, world, state):
        if state == "interim":
            petition = world.answered(answer={"kind": "interim", "result": "in_progress"})
        else:
            petition = getattr(world, state)()

        with refused("Chỉ công khai kiến nghị đã được trả lời."):
            publish(petition, world.leader)
        assert not Publication.objects.exists()

    def test_not_when_the_letter_was_recalled_while_its_words_were_typed(self, world, petition):
        answer = Answer.objects.get(point__petition=petition)
        amendment = after_issue.amend(answer.reply.document, "recall", by=world.drafter, reason="Nhầm.")
        world.issue(amendment.document, world.drafter, world.head, world.registrar)

        with refused("Chỉ công khai kiến nghị đã được trả lời."):
            publish(petition, world.leader)

    def test_not_while_one_point_has_no_answer(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])
        petition = petitions.record_answers(
            petition, [(petition.points.first(), "resolved", None)], by=world.registrar, on=world.today,
            agency=world.department, letter="1/SXD",
        )  # fmt: skip

        with refused("Chỉ công khai kiến nghị đã được trả lời."):
            publish(petition, world.leader)

    def test_nobody_else(self, world, elsewhere, petition):
        others = [user for role, user in world.people.items() if role != "leader"]
        for user in [*others, elsewhere.leader]:
            with refused("Vai trò của bạn không được công khai nội dung."):
                publish(petition, user)

        assert not Publication.objects.exists()

    def test_it_is_published_once_and_changed_afterwards(self, world, petition):
        first = publish(petition, world.leader)

        second = publish(petition, world.leader, answer="Đã lắp 12 đèn.")

        assert second == first
        assert Publication.objects.get().answer == "Đã lắp 12 đèn."
        assert [line for line in said(petition) if "công khai" in line] == [said(petition)[-1]]


class TestTakingOff:
    def test_it_is_no_longer_public(self, world, petition):
        publication = publish(petition, world.leader)

        workflow.withdraw(publication, by=world.leader)

        assert Publication.objects.get().withdrawn_on == world.today
        assert not Publication.objects.public().exists()
        assert publication.history.first().history_change_reason == "rút khỏi trang công khai"

    def test_it_can_be_published_again(self, world, petition):
        workflow.withdraw(publish(petition, world.leader), by=world.leader)

        publish(petition, world.leader)

        assert Publication.objects.public().count() == 1

    def test_nobody_else(self, world, petition):
        publication = publish(petition, world.leader)
        for role, user in world.people.items():
            if role != "leader":
                with refused("Vai trò của bạn không được công khai nội dung."):
                    workflow.withdraw(publication, by=user)

        assert Publication.objects.public().exists()


class TestWhenTheLetterFalls:
    def letter(self, petition):
        return Answer.objects.filter(point__petition=petition).latest("pk").reply.document

    def amend(self, world, letter, kind, leaving_out=None):
        amendment = after_issue.amend(letter, kind, by=world.drafter, reason="Nội dung chưa đúng.")
        if leaving_out:
            responses.leave_out(amendment.document.reply, leaving_out, by=world.drafter)
        world.issue(amendment.document, world.drafter, world.head, world.registrar)
        return Petition.objects.get(pk=self.petition_of(letter))

    def petition_of(self, letter):
        return letter.reply.answers.values_list("point__petition", flat=True)[0]

    def test_a_recalled_answer_is_taken_off_with_the_reason_and_the_publisher_hears_of_it(self, world, petition):
        publication = publish(petition, world.leader)
        letter = self.letter(petition)

        self.amend(world, letter, "recall")

        publication.refresh_from_db()
        assert publication.withdrawn_on == world.today
        assert not Publication.objects.public().exists()
        version = publication.history.first()
        words = f"Đã rút khỏi trang công khai: thu hồi {letter.number_and_symbol}."
        assert (version.history_user, version.history_change_reason) == (world.registrar, words)
        notice = Notice.objects.get(user=world.leader, text=words)
        assert notice.url == petition.get_absolute_url()

    def test_answered_anew_it_can_be_published_again(self, world, petition):
        publish(petition, world.leader)
        recalled = self.amend(world, self.letter(petition), "recall")
        with refused("Chỉ công khai kiến nghị đã được trả lời."):
            publish(recalled, world.leader)
        world.issue(world.drafted_reply(recalled).document, world.drafter, world.head, world.registrar)

        publish(Petition.objects.get(pk=petition.pk), world.leader)

        assert Publication.objects.public().count() == 1

    def test_a_recalled_supplement_takes_its_words_off_as_well(self, world, petition):
        supplement = world.drafted_reply(petition, kind="supplementary").document
        world.issue(supplement, world.drafter, world.head, world.registrar)
        publish(petition, world.leader)

        assert self.amend(world, supplement, "recall").is_answered
        assert not Publication.objects.public().exists()

    def test_a_replaced_letter_stays_public_where_the_new_one_answers(self, world):
        kept, dropped = world.forwarded(), world.forwarded()
        letter = world.drafted_reply(kept, dropped).document
        world.issue(letter, world.drafter, world.head, world.registrar)
        for petition in (kept, dropped):
            publish(Petition.objects.get(pk=petition.pk), world.leader)

        self.amend(world, letter, "replacement", leaving_out=dropped)

        assert [publication.petition for publication in Publication.objects.public()] == [kept]

    def test_the_words_of_a_replaced_letter_are_no_longer_public(self, world, petition, client, as_):
        publication = publish(petition, world.leader, answer="Lời cũ.")

        self.amend(world, self.letter(petition), "replacement")

        publication.refresh_from_db()
        letter = self.letter(petition)
        named = f"Công văn {letter.number_and_symbol} ngày {world.today:%d/%m/%Y}"
        page = client.get(publication.get_absolute_url()).content.decode()
        assert (publication.replaced_by, named in page, "Lời cũ." in page) == (named, True, False)
        assert Notice.objects.filter(user=world.leader, text__contains=named).count() == 1
        form = as_(world.leader).get(reverse("portal:publish", args=[petition.pk])).context["form"]
        assert form["answer"].value() == "Sở đã lắp đèn."
        again = publish(petition, world.leader, answer="Lời mới.")
        assert again.replaced_by == ""
        assert "Lời mới." in client.get(publication.get_absolute_url()).content.decode()

    def test_what_was_taken_off_before_is_left_alone(self, world, petition):
        publication = workflow.withdraw(publish(petition, world.leader), by=world.leader)

        self.amend(world, self.letter(petition), "recall")

        assert publication.history.count() == 2
        assert not Notice.objects.filter(user=world.leader, text__startswith="Đã rút").exists()


class TestPersonalData:
    @pytest.mark.parametrize("field", WORDS)
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Bà Trần Thị Bưởi nêu.", "Trần Thị Bưởi"),
            ("bà tran thi buoi nêu.", "Trần Thị Bưởi"),
            ("BÀ TRẦN  THỊ\nBƯỞI NÊU", "Trần Thị Bưởi"),
            ("nhà Số 9, ngõ Cam - xóm Quýt", "số 9 ngõ Cam, xóm Quýt"),
            ("so 9 ngo cam xom quyt", "số 9 ngõ Cam, xóm Quýt"),
            ("gọi 0912.345.678", "0912 345 678"),
        ],
    )
    def test_it_is_refused_wherever_and_however_it_is_written(self, world, petition, field, text, found):
        with refused(f"Nội dung có tên hoặc địa chỉ của cử tri ({found}). Hãy bỏ ra trước khi công khai."):
            publish(petition, world.leader, **{field: text})

        assert not Publication.objects.exists()

    @pytest.mark.parametrize("text", ["Bà Trần Thị Bưởi Xanh", "Cử tri Bưởi", "ngõ Cam", "bưởi"])
    def test_a_part_or_more_of_it_is_judged_as_it_stands(self, world, petition, text):
        if "Trần Thị Bưởi" in text:
            with refused("Trần Thị Bưởi"):
                publish(petition, world.leader, answer=text)
        else:
            assert publish(petition, world.leader, answer=text)

    def test_every_origin_counts(self, world, petition):
        petitions.add_origin(
            petition, by=world.officer, unit=world.ward, raised_on=world.today, voter={"voter_name": "Lê Thị Mận"}
        )

        with refused("Lê Thị Mận"):
            publish(petition, world.leader, question="Bà lê thị mận hỏi")

    def test_what_is_published_is_checked_again_when_it_is_changed(self, world, petition):
        publish(petition, world.leader)

        with refused("Trần Thị Bưởi"):
            publish(petition, world.leader, answer="Trả lời bà Trần Thị Bưởi.")
        assert Publication.objects.get().answer == "Đã lắp."

    def test_a_petition_without_voters_has_none(self, world):
        assert publish(world.answered(), world.leader, answer="Bà Trần Thị Bưởi")

    def test_a_telephone_number_is_found_however_its_digits_are_set_apart(self, world, petition):
        with refused("0912 345 678"):
            publish(petition, world.leader, answer="gọi 0912345678")

    def test_voters_of_a_merged_petition_count(self, world, petition):
        merged = world.logged(voter={"voter_name": "Lê Thị Mận"})
        petitions.merge(merged, into=petition, by=world.officer)

        with refused("Lê Thị Mận"):
            publish(petition, world.leader, answer="Trả lời bà Lê Thị Mận.")


class TestTheWordsProposed:
    def test_points_answers_and_agencies_of_issued_letters(self, world):
        petition = world.answered(points=["Lắp đèn.", "Sửa cầu."], voter=VOTER, verbatim=VERBATIM, title="Đèn")
        world.drafted_reply(petition, kind="supplementary", text="Chưa ban hành.")

        assert workflow.proposed(petition) == {
            "title": "Đèn",
            "question": "Lắp đèn.\nSửa cầu.",
            "answer": "Sở đã lắp đèn.\n\nSở đã lắp đèn.",
            "answered_by": "Sở Xây dựng tỉnh Ninh Bình",
        }

    def test_neither_a_replaced_letter_nor_a_recalled_one_nor_an_interim_one_speaks(self, world):
        petition = world.forwarded(points=["Lắp đèn."])
        for details in ({"kind": "interim", "text": "Đang xem."}, {"text": "Chưa lắp."}):
            document = world.drafted_reply(petition, **details).document
            world.issue(document, world.drafter, world.head, world.registrar)
        replacement = after_issue.amend(document, "replacement", by=world.drafter, reason="Sai.").document
        answer = replacement.reply.answers.get()
        answer.change(text="Đã lắp rồi.")
        world.issue(replacement, world.drafter, world.head, world.registrar)
        supplement = world.drafted_reply(petition, kind="supplementary", text="Lắp thêm.").document
        world.issue(supplement, world.drafter, world.head, world.registrar)
        recall = after_issue.amend(supplement, "recall", by=world.drafter, reason="Nhầm.").document
        world.issue(recall, world.drafter, world.head, world.registrar)

        assert workflow.proposed(petition)["answer"] == "Đã lắp rồi."

    def test_they_hold_no_personal_data(self, world, petition):
        words = " ".join(workflow.proposed(petition).values())

        assert workflow.personal_data_in(petition, words) == ""
        assert VERBATIM not in words


class TestThePage:
    def address(self, petition):
        return reverse("portal:publish", args=[petition.pk])

    def test_the_words_proposed_stand_in_the_form(self, world, petition, as_):
        form = as_(world.leader).get(self.address(petition)).context["form"]

        assert form.initial == workflow.proposed(petition)

    def test_it_is_published(self, world, petition, as_):
        response = as_(world.leader).post(self.address(petition), WORDS, follow=True)

        publication = Publication.objects.get()
        assert response.redirect_chain == [(publication.get_absolute_url(), 302)]
        assert "Đã công khai." in response.content.decode()

    def test_personal_data_is_named_and_what_was_typed_stays(self, world, petition, as_):
        response = as_(world.leader).post(self.address(petition), {**WORDS, "answer": "Trả lời bà trần thị bưởi."})

        page = response.content.decode()
        assert "Nội dung có tên hoặc địa chỉ của cử tri (Trần Thị Bưởi). Hãy bỏ ra trước khi công khai." in page
        assert "Trả lời bà trần thị bưởi.</textarea>" in page
        assert not Publication.objects.exists()

    def test_every_field_is_needed(self, world, petition, as_):
        response = as_(world.leader).post(self.address(petition), {"title": "Đèn"})

        assert set(response.context["form"].errors) == {"question", "answer", "answered_by"}

    def test_what_is_public_is_shown_for_changing(self, world, petition, as_):
        publication = publish(petition, world.leader)

        page = as_(world.leader).get(self.address(petition))

        assert page.context["form"].instance == publication
        assert reverse("portal:withdraw", args=[publication.pk]) in page.content.decode()

    def test_taken_off_it_leads_back_to_the_petition(self, world, petition, as_):
        publication = publish(petition, world.leader)

        response = as_(world.leader).post(reverse("portal:withdraw", args=[publication.pk]))

        assert response["Location"] == petition.get_absolute_url()
        assert not Publication.objects.public().exists()

    @pytest.mark.parametrize("who", ["officer", "drafter", "delegate"])
    def test_others_are_refused(self, world, petition, as_, who):
        publication = publish(petition, world.leader)
        client = as_(getattr(world, who))

        for response in (
            client.get(self.address(petition)),
            client.post(self.address(petition), WORDS),
            client.post(reverse("portal:withdraw", args=[publication.pk])),
        ):
            assert response.status_code == 403
            assert "Vai trò của bạn không được công khai nội dung." in response.content.decode()
        with pytest.raises(PermissionDenied):
            workflow.withdraw(publication, by=getattr(world, who))
