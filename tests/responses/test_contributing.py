"""responses/contributing.py: what coordinating agencies give, and how it comes into the lead's letter."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from accounts.permissions import Role
from deadlines.subjects import subject_of
from petitions.models import Assignment, PetitionEvent
from responses import contributing, workflow
from responses.models import Answer, Contribution, ReplyVersion
from tests.kept import keeping
from tests.refusals import refused
from tests.world import World, person


class Helping:
    """A point that Sở Xây dựng leads, Sở Y tế and the People's Committee coordinate."""

    def __init__(self):
        self.world = world = World()
        self.other_head = person("other-head", (world.other_department, Role.HEAD))
        self.petition = world.forwarded(coordinating=[world.other_department, world.ubnd])
        self.lead, self.helper, self.other = Assignment.objects.filter(point__petition=self.petition).order_by("pk")

    def written(self, text="Sở Y tế đã khảo sát."):
        return contributing.write(self.helper, text=text, revision=0, by=self.world.other_drafter)

    def given(self, **details):
        contribution = contributing.submit(self.written(**details), by=self.world.other_drafter)
        return contributing.give(contribution, by=self.other_head)


kept, helping = keeping(Helping)


def told(user):
    return list(Notice.objects.filter(user=user, key__startswith="contribution").values_list("text", flat=True))


def test_each_coordinating_agency_has_a_request_and_a_clock_of_its_own(helping):
    contributing.ask(helping.helper, request="Số ca bệnh năm 2025?", by=helping.world.drafter)

    assert Contribution.objects.get().request == "Số ca bệnh năm 2025?"
    assert len({helping.lead.clock_id, helping.helper.clock_id, helping.other.clock_id}) == 3
    assert told(helping.world.other_drafter) == ["Sở Xây dựng đề nghị cơ quan bạn cho ý kiến phối hợp về nội dung 1."]


def test_only_the_lead_s_drafter_asks_and_only_while_it_is_awaited(helping):
    for who in (helping.world.head, helping.world.other_drafter, helping.world.officer):
        with refused("Chỉ người soạn của cơ quan chủ trì"):
            contributing.ask(helping.helper, request="x", by=who)

    helping.given()
    with refused("Không còn chờ ý kiến phối hợp này"):
        contributing.ask(helping.helper, request="x", by=helping.world.drafter)


def test_given_stops_its_own_clock_and_leaves_the_lead_s_running(helping):
    helping.given()

    lead, helper, other = Assignment.objects.filter(pk__in=[helping.lead.pk, helping.helper.pk, helping.other.pk])
    assert [row.clock.stopped_on is None for row in (lead, helper, other)] == [True, False, True]
    assert [row.status for row in (lead, helper, other)] == ["sent", "answered", "sent"]
    assert PetitionEvent.objects.filter(kind="contributed").get().sentence == (
        "Sở Y tế tỉnh Ninh Bình đã gửi cơ quan chủ trì ý kiến phối hợp về nội dung 1"
    )
    assert told(helping.world.drafter) == ["Sở Y tế đã gửi ý kiến phối hợp về nội dung 1."]


def test_who_wrote_it_does_not_clear_it(helping):
    both = person("both", (helping.world.other_department, Role.DRAFTER), (helping.world.other_department, Role.HEAD))
    contribution = contributing.write(helping.helper, text="Đã khảo sát.", revision=0, by=both)

    with refused("Người viết không được tự duyệt"):
        contributing.give(contributing.submit(contribution, by=both), by=both)


def test_the_lead_finds_no_link_that_would_be_refused(helping, as_):
    world, address = helping.world, reverse("responses:ask", args=[helping.helper.pk])
    browser = as_(world.drafter)
    assert address in browser.get(helping.petition.get_absolute_url()).content.decode()

    contribution = contributing.write(helping.helper, text="Sở Y tế: đã kiểm tra.", revision=0, by=world.other_drafter)
    contributing.submit(contribution, by=world.other_drafter)

    reply = world.drafted_reply(helping.petition)
    assert address not in browser.get(helping.petition.get_absolute_url()).content.decode()
    page = browser.get(reply.get_absolute_url()).content.decode()
    assert address not in page
    assert "ý kiến đang chờ lãnh đạo cơ quan đó duyệt" in page


def test_an_empty_one_is_not_submitted(helping):
    with refused("Ý kiến phối hợp chưa có nội dung"):
        contributing.submit(helping.written(text=""), by=helping.world.other_drafter)


def test_sent_back_with_a_reason_it_is_written_again(helping):
    contribution = contributing.submit(helping.written(), by=helping.world.other_drafter)
    contribution = contributing.send_back(contribution, by=helping.other_head, reason="Thiếu số liệu")

    assert (contribution.status, contribution.return_reason) == ("draft", "Thiếu số liệu")
    assert told(helping.world.other_drafter) == ["Ý kiến phối hợp về nội dung 1 bị trả lại: Thiếu số liệu"]
    again = contributing.write(helping.helper, text="Có số liệu.", revision=1, by=helping.world.other_drafter)
    assert contributing.submit(again, by=helping.world.other_drafter).return_reason == ""


def test_nobody_s_words_are_overwritten_unseen(helping, as_):
    address = reverse("responses:contribute", args=[helping.helper.pk])
    helping.written(text="Của người thứ nhất.")

    page = as_(helping.world.other_drafter).post(address, {"text": "Của người thứ hai.", "revision": "0"})

    assert "Của người thứ nhất." in page.content.decode()
    assert page.context["form"]["revision"].value() == 1
    assert Contribution.objects.get().text == "Của người thứ nhất."
    as_(helping.world.other_drafter).post(address, {"text": "Của cả hai.", "revision": "1"})
    assert Contribution.objects.get().text == "Của cả hai."


def test_the_lead_merges_it_with_one_click_and_history_names_the_source(helping, as_):
    world = helping.world
    contribution = helping.given(text="Sở Y tế đã <b>khảo sát</b>.")
    reply = world.drafted_reply(helping.petition, text="Sở đã lắp đèn.")
    answer = reply.answers.get()
    form = {
        "revision": reply.revision, "kind": "final", "opening": reply.opening, "closing": reply.closing,
        f"answer-{answer.pk}-text": "Sở đã lắp 12 đèn.", f"answer-{answer.pk}-result": "resolved",
        f"answer-{answer.pk}-evidence": "Biên bản số 5", "merge": contribution.pk,
    }  # fmt: skip

    page = as_(world.drafter).get(reply.get_absolute_url()).content.decode()
    assert "Lưu và đưa vào nội dung trả lời" in page
    as_(world.drafter).post(reply.get_absolute_url(), form)

    answer.refresh_from_db()
    assert answer.text == "Sở đã lắp 12 đèn.\n\nSở Y tế đã <b>khảo sát</b>."
    assert answer.history.first().history_change_reason == "đưa ý kiến phối hợp vào dự thảo: Sở Y tế tỉnh Ninh Bình"
    assert "&lt;b&gt;khảo sát" in answer.reply.document.body
    assert ReplyVersion.objects.filter(reply=reply).first().texts[str(answer.point)] == answer.text
    assert Contribution.objects.get().merged_into == answer
    with pytest.raises(ValidationError, match="đã có trong nội dung"):
        contributing.merge(contribution, answer, by=world.drafter)


def test_only_what_was_given_is_merged_and_only_by_the_lead(helping):
    world = helping.world
    answer = world.drafted_reply(helping.petition).answers.get()
    contribution = helping.written()

    with refused("không thuộc nội dung trả lời này"):
        contributing.merge(contribution, answer, by=world.drafter)
    contribution = contributing.give(contributing.submit(contribution, by=world.other_drafter), by=helping.other_head)
    with refused("Vai trò của bạn không được soạn văn bản"):
        contributing.merge(contribution, answer, by=world.other_drafter)


def test_what_is_written_is_seen_in_the_agency_and_given_by_the_lead_as_well(helping):
    world = helping.world
    outsider = person("ubnd", (world.ubnd, Role.DRAFTER))
    contribution = helping.written()

    def seeing():
        people = {"own": world.other_drafter, "lead": world.drafter, "third": outsider, "council": world.officer}
        return {name for name, user in people.items() if Contribution.objects.visible_to(user).exists()}

    assert seeing() == {"own"}
    contributing.give(contributing.submit(contribution, by=world.other_drafter), by=helping.other_head)
    assert seeing() == {"own", "lead"}


def test_the_coordinator_reads_neither_the_lead_s_draft_nor_another_s_contribution(helping, as_):
    world = helping.world
    outsider = person("ubnd", (world.ubnd, Role.DRAFTER))
    helping.given(text="Bí mật của Sở Y tế.")
    reply = world.drafted_reply(helping.petition, text="Dự thảo của Sở Xây dựng.")

    for user, address in (
        (world.other_drafter, reply.get_absolute_url()),
        (outsider, reverse("responses:contribute", args=[helping.helper.pk])),
    ):
        assert as_(user).get(address).status_code == 404
    assert "Bí mật" not in as_(outsider).get(helping.petition.get_absolute_url()).content.decode()


def test_the_lead_reads_the_history_from_the_day_it_was_given(helping, as_):
    helping.written(text="Bản nháp đầu.")
    contribution = contributing.write(helping.helper, text="Bản gửi.", revision=1, by=helping.world.other_drafter)
    contribution = contributing.submit(contribution, by=helping.world.other_drafter)
    contributing.give(contribution, by=helping.other_head)
    address = reverse("common:history", args=["responses", "contribution", contribution.pk])

    shown = as_(helping.world.drafter).get(address).content.decode()
    own = as_(helping.world.other_drafter).get(address).content.decode()

    assert ("Bản nháp đầu." in shown, "Bản gửi." in shown) == (False, True)
    assert "Bản nháp đầu." in own


def test_it_lies_on_the_desks_of_those_whose_turn_it_is(helping, as_):
    world = helping.world

    def notes(user):
        return [str(task.note) for task in as_(user).get(reverse("desk:index")).context["tasks"]]

    assert "cơ quan bạn phối hợp: chờ ý kiến phối hợp" in notes(world.other_drafter)
    contribution = contributing.submit(helping.written(), by=world.other_drafter)
    assert "Sở Y tế · ý kiến phối hợp chờ bạn duyệt" in notes(helping.other_head)
    assert "cơ quan bạn phối hợp: chờ ý kiến phối hợp" not in notes(world.other_drafter)
    contributing.give(contribution, by=helping.other_head)
    assert "Sở Y tế · có ý kiến phối hợp để đưa vào dự thảo" in notes(world.drafter)


def test_the_whole_way_on_the_pages(helping, as_):
    address = reverse("responses:contribute", args=[helping.helper.pk])
    act = lambda step: reverse("responses:contribution_act", args=[helping.helper.pk, step])  # noqa: E731

    as_(helping.world.other_drafter).post(address, {"text": "Đã khảo sát.", "revision": "0", "submit": "1"})
    assert Contribution.objects.get().status == "submitted"
    empty = as_(helping.other_head).post(act("send_back"), {"reason": " "})
    assert list(empty.context["return_form"].errors) == ["reason"]
    as_(helping.world.other_drafter).post(act("withdraw"))
    as_(helping.world.other_drafter).post(act("submit"))
    as_(helping.other_head).post(act("give"))

    given = Contribution.objects.get()
    assert (given.status, given.cleared_by, given.given_on) == ("given", helping.other_head, helping.world.today)
    assert as_(helping.world.other_drafter).post(address, {"text": "x", "revision": "1"}).status_code == 403


def test_once_the_lead_has_answered_nothing_more_is_written(helping):
    world = helping.world
    helping.written()
    reply = world.drafted_reply(helping.petition)
    world.issue(reply.document, world.drafter, world.head, world.registrar)

    with refused("Không còn chờ ý kiến phối hợp này"):
        contributing.submit(Contribution.objects.get(), by=world.other_drafter)


def test_a_point_left_out_of_the_letter_leaves_its_contribution_to_be_merged_again(helping):
    world = helping.world
    second = world.forwarded()
    contribution = helping.given()
    reply = world.drafted_reply(helping.petition, second)
    contributing.merge(contribution, reply.answers.get(point=helping.helper.point), by=world.drafter)
    reply.refresh_from_db()

    workflow.leave_out(reply, helping.petition, by=world.drafter)

    assert Contribution.objects.get().merged_into is None
    assert not Answer.objects.filter(point=helping.helper.point).exists()


def test_what_is_given_has_text_and_day(helping):
    contribution = helping.written()

    with pytest.raises(IntegrityError, match="contribution_given"), transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(status="given", given_on=helping.world.today, text="")


def test_more_time_is_granted_to_the_coordinator_alone(helping):
    later = helping.world.today + timedelta(days=25)

    helping.world.more_time(helping.helper, days=25)

    assert Assignment.objects.get(pk=helping.helper.pk).clock.due_on == later
    assert Assignment.objects.get(pk=helping.lead.pk).clock.due_on == helping.lead.clock.due_on
    assert subject_of(helping.helper.clock).change_refusal(helping.helper.clock, helping.world.drafter)


class TestAnotherVersion:
    """The lead asks for one of what was given: the agency owes it again."""

    def test_state_clock_and_timeline_say_so_and_the_agency_is_told(self, helping):
        contribution = contributing.ask_again(helping.given(), why="Thiếu số liệu năm 2025", by=helping.world.drafter)

        helper = Assignment.objects.get(pk=helping.helper.pk)
        assert (contribution.status, contribution.return_reason) == ("draft", "Thiếu số liệu năm 2025")
        assert (helper.status, helper.ended_on, helper.clock.stopped_on) == ("accepted", None, None)
        assert helper.clock.due_on == helping.helper.clock.due_on
        assert [event.kind for event in helper.clock.events.all()] == ["started", "stopped", "reopened"]
        assert PetitionEvent.objects.get(kind="asked_again").sentence == (
            "Sở Xây dựng tỉnh Ninh Bình đề nghị Sở Y tế tỉnh Ninh Bình gửi lại ý kiến phối hợp về nội dung 1"
        )
        assert told(helping.world.other_drafter)[0] == (
            "Sở Xây dựng đề nghị cơ quan bạn gửi lại ý kiến phối hợp về nội dung 1: Thiếu số liệu năm 2025"
        )

    def test_it_is_written_cleared_and_given_again_and_the_lead_reads_from_there(self, helping, as_):
        world = helping.world
        contribution = contributing.ask_again(helping.given(text="Bản đầu."), why="Thiếu số liệu", by=world.drafter)
        assert [row.earlier for row in contributing.helpers([helping.lead.point_id])[helping.lead.point_id]] == [
            "Bản đầu.",
            "",
        ]
        contribution = contributing.write(helping.helper, text="Chưa xong.", revision=1, by=world.other_drafter)
        contribution = contributing.write(helping.helper, text="Bản hai.", revision=2, by=world.other_drafter)
        contribution = contributing.submit(contribution, by=world.other_drafter)
        contribution = contributing.give(contribution, by=helping.other_head)

        address = reverse("common:history", args=["responses", "contribution", contribution.pk])
        shown = as_(world.drafter).get(address).content.decode()
        assert ("Chưa xong." in shown, "Bản hai." in shown) == (False, True)
        assert Assignment.objects.get(pk=helping.helper.pk).clock.stopped_on == world.today
        assert contributing.helpers([helping.lead.point_id])[helping.lead.point_id][0].given.text == "Bản hai."

    def test_where_its_time_is_over_the_lead_says_until_when(self, helping):
        contribution = helping.given()
        later = helping.helper.clock.due_on + timedelta(days=3)
        with pytest.raises(ValidationError, match="hãy nêu rõ cần bản mới trước ngày nào"):
            contributing.ask_again(contribution, why="x", by=helping.world.drafter, on=later)
        assert Contribution.objects.get().status == "given"

        contributing.ask_again(contribution, why="x", by=helping.world.drafter, on=later, due_on=later)

        assert Assignment.objects.get(pk=helping.helper.pk).clock.due_on == later

    def test_only_the_lead_asks_and_only_while_it_owes_its_answer(self, helping):
        world = helping.world
        contribution = helping.given()
        with refused("Chỉ người soạn của cơ quan chủ trì"):
            contributing.ask_again(contribution, why="x", by=world.other_drafter)
        world.issue(world.drafted_reply(helping.petition).document, world.drafter, world.head, world.registrar)

        with refused("Cơ quan bạn đã trả lời nội dung này"):
            contributing.ask_again(contribution, why="x", by=world.drafter)

    def test_on_the_pages(self, helping, as_):
        world = helping.world
        helping.given()
        address = reverse("responses:ask", args=[helping.helper.pk])

        assert address in as_(world.drafter).get(helping.petition.get_absolute_url()).content.decode()
        late = as_(world.drafter).post(address, {"why": "Thiếu số liệu", "due_on": "01/01/2020"})
        assert late.context["form"].errors == {"due_on": ["Ngày này đã qua."]}
        as_(world.drafter).post(address, {"why": "Thiếu số liệu", "due_on": ""})

        page = as_(world.other_drafter).get(reverse("responses:contribute", args=[helping.helper.pk])).content.decode()
        assert "Sở Xây dựng đề nghị gửi lại ý kiến đã gửi ngày" in page
        assert "Thiếu số liệu" in page
        reply = world.drafted_reply(helping.petition)
        assert "Ý kiến đã gửi trước đó" in as_(world.drafter).get(reply.get_absolute_url()).content.decode()
