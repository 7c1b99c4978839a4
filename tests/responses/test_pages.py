"""responses/views.py: starting a letter, the drafting page, the preview."""

import pytest
from django.urls import reverse

from documents import pdf
from documents import workflow as documents
from responses.models import Answer, Reply, ResultReason
from tests.counting import queries
from tests.kept import keeping, ready
from tests.responses.letters import typed

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

CREATE = "/replies/create/"


@pytest.fixture
def drafter(world, as_):
    return as_(world.drafter)


class TestTheDraftingPage:
    def test_it_names_every_gap_with_a_way_there(self, world, drafter):
        petition = world.forwarded(points=["Một.", "Hai."])
        reply = world.drafted_reply(petition, text="")

        page = drafter.get(reply.get_absolute_url()).content.decode()

        assert "Chưa trình được:" in page
        for answer in reply.answers.all():
            assert f"Nội dung {answer.point.number} của {petition.code} chưa có câu trả lời." in page
            assert f'href="#answer-{answer.pk}"' in page

    def test_a_complete_letter_may_go(self, world, drafter):
        page = drafter.get(world.drafted_reply(world.forwarded()).get_absolute_url()).content.decode()

        assert "Mọi nội dung đã có câu trả lời." in page
        assert "data:image/png;base64," in page

    def test_an_unfinished_draft_is_saved(self, world, drafter):
        reply = world.drafted_reply(world.forwarded(points=["Một.", "Hai."]))
        changes = {1: {"text": "", "result": ""}, 2: {"text": "Sửa xong.", "roadmap_on": "5/1/2027"}}

        response = drafter.post(reply.get_absolute_url(), typed(reply, changes, opening="Kính gửi"))

        assert response["Location"] == reply.get_absolute_url()
        first, second = reply.answers.in_letter_order()
        assert (first.text, first.result) == ("", "")
        assert (second.text, second.roadmap_on.isoformat()) == ("Sửa xong.", "2027-01-05")
        reply.refresh_from_db()
        assert (reply.opening, reply.revision) == ("Kính gửi", 3)

    def test_save_and_review_leads_to_the_letter(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())

        response = drafter.post(reply.get_absolute_url(), typed(reply, review="1"))

        assert response["Location"] == reply.document.get_absolute_url()

    def test_what_somebody_else_saved_meanwhile_is_not_lost_and_neither_is_what_was_typed(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())
        mine = typed(reply, {1: {"text": "Câu của tôi.", "evidence": "Biên bản của tôi"}}, opening="Mở đầu của tôi")
        drafter.post(reply.get_absolute_url(), typed(reply, {1: {"text": "Câu của người khác."}}))

        response = drafter.post(reply.get_absolute_url(), mine)

        page = response.content.decode()
        assert response.status_code == 200
        assert "Trong lúc này người khác đã lưu dự thảo. Cả hai bản ở bên dưới: hãy ghép lại rồi lưu." in page
        for words in ("Câu của tôi.", "Biên bản của tôi", "Mở đầu của tôi"):
            assert f"{words}</textarea>" in page
        assert Answer.objects.get().text == "Câu của người khác."
        assert Reply.objects.get().opening == reply.opening

    def test_saving_again_without_bringing_both_together_is_refused_again(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())
        mine = typed(reply, {1: {"text": "Câu của tôi."}})
        drafter.post(reply.get_absolute_url(), typed(reply, {1: {"text": "Câu của người khác."}}))

        for _time in range(2):
            assert drafter.post(reply.get_absolute_url(), mine).status_code == 200
        assert Answer.objects.get().text == "Câu của người khác."

    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("roadmap_on", "31/2/2027", "Hãy nhập một ngày có thật, theo ngày/tháng/năm: 05/01/2026."),
            ("reason", "không có nguồn lực", "“Chưa có nguồn lực” thuộc kết quả “Chưa giải quyết”."),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_everything_typed_stays(
        self, world, drafter, name, value, message
    ):
        if name == "reason":
            value = ResultReason.objects.get(name="Chưa có nguồn lực").pk
        reply = world.drafted_reply(world.forwarded())
        field = f"answer-{reply.answers.get().pk}-{name}"

        response = drafter.post(reply.get_absolute_url(), typed(reply, {1: {"text": "Vừa gõ.", name: value}}))

        page = response.content.decode()
        assert f'id="id_{field}_error"' in page
        assert message in response.context["sections"][0][1][0].errors[name]
        assert "Vừa gõ.</textarea>" in page
        assert Answer.objects.get().text == "Sở đã lắp đèn."

    def test_the_reasons_stand_under_their_result(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())

        choices = drafter.get(reply.get_absolute_url()).context["sections"][0][1][0].fields["reason"].choices

        assert [group for group, _reasons in choices] == [
            "", "Đã giải quyết xong", "Đang giải quyết", "Giải trình, cung cấp thông tin", "Chưa giải quyết",
        ]  # fmt: skip

    def test_the_reason_of_a_return_stands_on_top(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())
        document = documents.submit(reply.document, by=world.drafter)
        documents.send_back(document, by=world.head, reason="Ghi rõ vị trí đèn")

        page = drafter.get(reply.get_absolute_url()).content.decode()

        assert "<strong>Bị trả lại:</strong> Ghi rõ vị trí đèn" in page

    @pytest.mark.parametrize("status", ["submitted", "issued"])
    def test_what_is_no_draft_is_shown_on_the_review_page(self, world, drafter, status):
        reply = world.drafted_reply(world.forwarded())
        if status == "issued":
            world.issue(reply.document, world.drafter, world.head, world.registrar)
        else:
            documents.submit(reply.document, by=world.drafter)

        for response in (drafter.get(reply.get_absolute_url()), drafter.post(reply.get_absolute_url(), typed(reply))):
            assert response["Location"] == reply.document.get_absolute_url()
        assert Reply.objects.get().revision == 2

    @pytest.mark.parametrize("who", ["head", "registrar"])
    def test_others_of_the_agency_read_the_draft_on_the_review_page(self, world, as_, who):
        reply = world.drafted_reply(world.forwarded())

        response = as_(getattr(world, who)).get(reply.get_absolute_url(), follow=True)

        assert response.redirect_chain == [(reply.document.get_absolute_url(), 302)]
        assert response.status_code == 200

    def test_what_people_typed_is_escaped(self, world, drafter):
        petition = world.forwarded(title="<img src=x>", points=["<b>Đèn</b>"])

        page = drafter.get(world.drafted_reply(petition, text="<script>x</script>").get_absolute_url()).content.decode()

        for attack in ("<img src=x>", "<b>Đèn", "<script>x"):
            assert attack not in page


class TestLeavingOut:
    def test_the_button_takes_a_petition_out(self, world, drafter):
        first, second = world.forwarded(), world.forwarded()
        reply = world.drafted_reply(first, second)

        response = drafter.post(reverse("responses:leave_out", args=[reply.pk, first.pk]), follow=True)

        assert f"Đã rút {first.code} khỏi công văn này." in response.content.decode()
        assert reply.answers.get().point.petition == second

    def test_a_petition_with_several_points_can_be_taken_out(self, world, drafter):
        first = world.forwarded(points=["Một.", "Hai."])
        reply = world.drafted_reply(first, world.forwarded())

        drafter.post(reverse("responses:leave_out", args=[reply.pk, first.pk]))

        assert reply.answers.count() == 1

    def test_the_last_one_stays_and_the_page_says_why(self, world, drafter):
        petition = world.forwarded()
        reply = world.drafted_reply(petition)

        response = drafter.post(reverse("responses:leave_out", args=[reply.pk, petition.pk]), follow=True)

        assert "Đây là kiến nghị duy nhất trong công văn. Hãy bỏ cả dự thảo." in response.content.decode()

    def test_a_petition_that_is_not_in_the_letter_is_not_found(self, world, drafter):
        reply, other = world.drafted_reply(world.forwarded()), world.forwarded()

        assert drafter.post(reverse("responses:leave_out", args=[reply.pk, other.pk])).status_code == 404


class TestThePreview:
    @pytest.fixture
    def papers(self, monkeypatch):
        """Every paper that is laid out."""
        seen, render = [], pdf.render

        def remember(paper, source=""):
            seen.append(paper)
            return render(paper, source)

        monkeypatch.setattr(pdf, "render", remember)
        return seen

    def test_what_is_typed_is_shown_and_nothing_is_saved(self, world, drafter, papers):
        reply = world.drafted_reply(world.forwarded())
        before = list(Answer.history.values_list()), list(Reply.history.values_list())
        data = typed(reply, {1: {"text": "Câu <b>mới</b>.", "result": "explained"}}, opening="Mở đầu mới")

        response = drafter.post(reverse("responses:preview", args=[reply.pk]), data)

        body = " ".join(papers[-1].body.split())
        assert "<p>Mở đầu mới</p>" in body
        assert "<p>Câu &lt;b&gt;mới&lt;/b&gt;.</p>" in body
        assert "Kết quả: giải trình, cung cấp thông tin." in body
        assert response.content.decode().count("data:image/png;base64,") == 1
        assert (list(Answer.history.values_list()), list(Reply.history.values_list())) == before
        assert (Answer.objects.get().text, Reply.objects.get().revision) == ("Sở đã lắp đèn.", 2)

    def test_what_is_half_typed_is_shown_as_far_as_it_goes(self, world, drafter, papers):
        reply = world.drafted_reply(world.forwarded())

        data = typed(reply, {1: {"text": "Câu mới.", "roadmap_on": "31/2"}}, kind="x")
        response = drafter.post(reverse("responses:preview", args=[reply.pk]), data)

        assert response.status_code == 200
        assert "Câu mới." in papers[-1].body

    def test_nothing_typed_at_all_shows_the_letter_as_it_stands(self, world, drafter):
        reply = world.drafted_reply(world.forwarded())

        assert drafter.post(reverse("responses:preview", args=[reply.pk])).status_code == 200


class TestTheList:
    def test_unissued_letters_stand_first_with_their_counts(self, world, drafter):
        world.answered(points=["Một.", "Hai."])
        draft = world.drafted_reply(world.forwarded(), world.forwarded())

        rows = drafter.get("/replies/").context["page"]

        assert [(row.document.status, row.petition_count, row.point_count) for row in rows] == [
            ("draft", 2, 2),
            ("issued", 1, 2),
        ]
        assert rows[0] == draft

    def test_the_number_of_queries_does_not_grow(self, world, drafter):
        world.answered()
        with_one = queries(drafter, "/replies/")
        world.drafted_reply(world.forwarded(points=["Một.", "Hai."]))
        world.answered()

        assert queries(drafter, "/replies/") == with_one


class TestTheNumberOfQueries:
    def pages(self, world):
        return [world.drafted_reply(world.forwarded(points=points)) for points in (["Một."], ["Một.", "Hai.", "Ba."])]

    def test_of_the_drafting_page_does_not_grow_with_the_points(self, world, drafter):
        small, large = (queries(drafter, reply.get_absolute_url()) for reply in self.pages(world))

        assert large == small

    def test_of_the_review_page_does_not_grow_with_the_points(self, world, drafter):
        small, large = (queries(drafter, reply.document.get_absolute_url()) for reply in self.pages(world))

        assert large == small
