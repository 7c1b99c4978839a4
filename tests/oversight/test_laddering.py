"""oversight/laddering.py: what is done, step after step, about a recommendation that is not carried out."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from common.formats import short_date
from deadlines.models import DeadlineRule
from documents import workflow as documents
from documents.models import Document
from oversight import laddering, workflow
from oversight.laddering import Proposal, Waiting, next_step
from oversight.models import Explanation, LadderStep, Recommendation
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World

Rung = LadderStep.Kind
WHY = "Thường trực Hội đồng nhân dân yêu cầu."
TODAY = f"{timezone.localdate():%d/%m/%Y}"


@dataclass
class Asked:
    """A recommendation the department was told of and that is overdue since yesterday."""

    world: World
    late: Recommendation


def build():
    world = World()
    late = visits.recommended(world, due_on=world.today)
    DeadlineRule.objects.create(
        council=world.council,
        name="Giải trình bằng văn bản",
        starts_with="explanation_asked",
        stops_with="explained",
        days=15,
        counting="calendar",
        valid_from=world.today,
    )
    Recommendation.objects.filter(pk=late.pk).update(due_on=world.today - timedelta(days=1))
    return Asked(world, Recommendation.objects.get(pk=late.pk))


kept, asked = keeping(build)


def taken(asked, kind, **details):
    details = {"taken_on": asked.world.today, "reference": f"{kind} số 1", "reason": WHY, **details}
    return laddering.take(asked.late, by=asked.world.member, kind=kind, **details)


def proposed(asked, today=None):
    return next_step(Recommendation.objects.get(pk=asked.late.pk), today or asked.world.today)


def drafted(asked, kind=Rung.URGED, **details):
    world = asked.world
    details = {"answer_by": world.today + timedelta(days=7), "signer": world.committee_head, "reason": WHY, **details}
    return laddering.draft(asked.late, by=world.officer, kind=kind, **details)


def issued(asked, step):
    asked.world.issue(step.document, asked.world.officer, asked.world.leader, asked.world.officer)
    return LadderStep.objects.get(pk=step.pk)


# What the system proposes


def test_the_ladder_is_proposed_rung_by_rung_to_its_end(asked):
    climbed = []
    while isinstance(following := proposed(asked), Proposal):
        climbed.append((following.kind, following.number))
        taken(asked, following.kind)
        Explanation.objects.filter(given_on=None).update(given_on=asked.world.today, text="Đã rõ.")

    assert climbed == [
        ("urged", 1),
        ("urged", 2),
        ("superior", 1),
        ("explanation", 1),
        ("questioning", 1),
        ("again", 1),
        ("report", 1),
    ]
    assert "đã báo cáo Hội đồng nhân dân" in proposed(asked).why


def test_nothing_is_proposed_while_the_agency_has_time(asked):
    today = asked.world.today
    before_the_day = proposed(asked, today - timedelta(days=1))
    taken(asked, Rung.URGED, answer_by=today + timedelta(days=3))

    assert before_the_day == Waiting(before_the_day.why, today - timedelta(days=1))
    assert proposed(asked).until == today + timedelta(days=3)
    assert proposed(asked, today + timedelta(days=4)).number == 2


def test_what_does_not_meet_the_requirement_is_pressed_at_once(asked):
    world = asked.world
    Recommendation.objects.filter(pk=asked.late.pk).update(due_on=world.today + timedelta(days=30))
    reported = workflow.report_done(asked.late, by=world.head, evidence="Biên bản số 7")
    waiting = proposed(asked)
    workflow.reject(reported, by=world.member, remark="Thiếu ảnh.")

    assert isinstance(waiting, Waiting)
    assert (proposed(asked).kind, proposed(asked).number) == ("urged", 1)
    assert "chưa đáp ứng yêu cầu" in proposed(asked).why


def test_what_was_excused_in_writing_is_not_pressed(asked):
    Recommendation.objects.filter(pk=asked.late.pk).update(
        apart="excused", apart_reason="Chờ vốn", apart_document="9/UBND-TH"
    )

    assert proposed(asked) == Waiting("Đã được miễn, lùi bằng văn bản: 9/UBND-TH.")


def test_a_standing_request_is_not_pressed(asked):
    Recommendation.objects.filter(pk=asked.late.pk).update(due_on=None)

    assert isinstance(proposed(asked), Waiting)


# What a person decides


def test_a_person_may_decide_on_another_step_than_proposed_and_says_why(asked, as_):
    for act in (taken, drafted):
        with pytest.raises(ValidationError, match="đôn đốc lần 1"):
            act(asked, Rung.QUESTIONING, reason="  ")
    assert taken(asked, Rung.URGED, reason=WHY).reason == ""
    Recommendation.objects.filter(pk=asked.late.pk).update(due_on=asked.world.today + timedelta(days=3))
    with pytest.raises(ValidationError, match="đôn đốc lần 2"):
        taken(asked, Rung.QUESTIONING, reason="")

    step = taken(asked, Rung.QUESTIONING)

    assert (step.number, step.written, step.reason) == (1, "questioning số 1", WHY)
    page = asked.late.get_absolute_url()
    history = reverse("common:history", args=["oversight", "ladderstep", step.pk])
    assert WHY in as_(asked.world.officer).get(page).content.decode()
    assert WHY not in as_(asked.world.head).get(page).content.decode()
    assert WHY not in as_(asked.world.head).get(history).content.decode()
    assert proposed(asked).kind == Rung.AGAIN
    assert step.history.first().history_user == asked.world.member


def test_a_step_needs_a_day_that_has_come_and_a_document(asked):
    today = asked.world.today

    with pytest.raises(ValidationError, match="chưa đến"):
        taken(asked, Rung.URGED, taken_on=today + timedelta(days=1))
    with pytest.raises(ValidationError, match="trước buổi làm việc"):
        taken(asked, Rung.URGED, taken_on=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="số, ký hiệu"):
        taken(asked, Rung.URGED, reference="")
    with pytest.raises(IntegrityError), transaction.atomic():
        LadderStep.objects.create(recommendation=asked.late, kind=Rung.URGED, taken_on=today)

    assert not LadderStep.objects.exists()


def test_overseeing_again_names_its_working_session(asked):
    again = visits.session(asked.world)

    step = taken(asked, Rung.AGAIN, reference="", working_session=again)

    assert (step.working_session, step.reference) == (again, "")


def test_an_urging_letter_is_the_step_from_the_day_it_is_issued(asked):
    world = asked.world
    step = drafted(asked, words="Đề nghị báo cáo riêng về kinh phí.")
    waiting = proposed(asked)
    body = Document.objects.get(pk=step.document_id).body

    step = issued(asked, step)

    assert isinstance(waiting, Waiting)
    assert step.document.subject == "đôn đốc thực hiện kiến nghị giám sát (lần 1)"
    assert [to.agency for to in step.document.addressees.all()] == [world.department]
    for words in ("Lắp đèn còn thiếu.", "Thông báo số", "Đề nghị báo cáo riêng về kinh phí."):
        assert words in body
    assert (step.taken_on, step.written) == (world.today, step.document.number_and_symbol)
    told = Notice.objects.filter(key=f"ladder/{step.pk}")
    assert {notice.user for notice in told} == {world.drafter, world.head}


def test_the_superior_authority_gets_the_letter_with_the_steps_before_and_the_agency_a_copy(asked):
    taken(asked, Rung.URGED)
    step = drafted(asked, Rung.SUPERIOR, addressee=asked.world.ubnd)

    addressees = {(to.agency, to.is_copy) for to in step.document.addressees.all()}
    assert addressees == {(asked.world.ubnd, False), (asked.world.department, True)}
    assert "đôn đốc lần 1 (urged số 1)" in Document.objects.get(pk=step.document_id).body


def test_a_letter_that_asks_for_an_explanation_starts_its_clock_when_issued(asked):
    step = drafted(asked, Rung.EXPLANATION, words="Vì sao chưa lắp?")
    before = Explanation.objects.count()

    issued(asked, step)

    explanation = Explanation.objects.get()
    assert before == 0
    assert (explanation.question, explanation.due_on) == ("Vì sao chưa lắp?", asked.world.today + timedelta(days=7))


def test_the_day_a_letter_asks_an_answer_by_has_a_clock_that_ends_with_the_matter(asked):
    world = asked.world
    step = issued(asked, drafted(asked))

    [clock] = asked.late.clock.inside.open()
    assert (clock.holder, clock.due_on) == ("urged", world.today + timedelta(days=7))
    assert clock.events.get().document == step.written
    assert as_day(clock) in clock.derived.sentences[0]
    reported = workflow.report_done(asked.late, by=world.head, evidence="Biên bản số 7")
    workflow.verify(reported, by=world.member, remark="Đã thấy.")
    clock.refresh_from_db()
    assert clock.stopped_on == world.today


def test_the_next_step_takes_the_place_of_the_day_a_letter_asked_for(asked):
    taken(asked, Rung.URGED, answer_by=asked.world.today)

    taken(asked, Rung.SUPERIOR)

    assert not asked.late.clock.inside.open().exists()


def as_day(clock):
    return short_date(clock.due_on)


def test_one_letter_at_a_time_and_an_abandoned_one_counts_for_nothing(asked):
    step = drafted(asked)
    with pytest.raises(PermissionDenied, match="Đang soạn"):
        taken(asked, Rung.URGED)

    documents.abandon(step.document, by=asked.world.officer)

    assert (proposed(asked).kind, proposed(asked).number) == ("urged", 1)
    assert taken(asked, Rung.URGED).number == 1


def test_a_letter_about_what_was_reported_meanwhile_is_not_sent(asked):
    world, step = asked.world, drafted(asked)
    workflow.report_done(asked.late, by=world.head, evidence="Biên bản số 7")

    with pytest.raises(PermissionDenied, match="đã được báo cáo"):
        documents.submit(step.document, by=world.officer)


@pytest.mark.parametrize("who", ["head", "drafter", "delegate"])
def test_who_does_not_oversee_decides_nothing(asked, as_, who):
    address = reverse("oversight:take_step", args=[asked.late.pk])

    assert as_(getattr(asked.world, who)).post(address, {"kind": "urged"}).status_code == 403
    assert not LadderStep.objects.exists()


# The page


def typed(asked, **changes):
    world = asked.world
    return {
        "kind": "urged",
        "how": "here",
        "signer": world.committee_head.pk,
        "answer_by": f"{world.today + timedelta(days=7):%d/%m/%Y}",
        **changes,
    }


def test_the_page_offers_the_proposed_step_with_its_letter(asked, as_):
    client = as_(asked.world.officer)

    page = client.get(asked.late.get_absolute_url())
    response = client.post(reverse("oversight:take_step", args=[asked.late.pk]), typed(asked))

    assert page.context["form"].initial["kind"] == "urged"
    assert page.context["form"].initial["how"] == "here"
    assert "Đề xuất: đôn đốc lần 1" in page.content.decode()
    assert response.url == LadderStep.objects.get().document.oversight_paper.get_absolute_url()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer_by": ""}, "answer_by"),
        ({"signer": ""}, "signer"),
        ({"kind": "superior"}, "addressee"),
        ({"kind": "questioning", "answer_by": ""}, "answer_by"),
        ({"how": "elsewhere"}, "taken_on"),
        ({"how": "elsewhere", "taken_on": "1/1/2999", "reference": "1/BKTNS", "answer_by": ""}, "taken_on"),
        ({"how": "elsewhere", "taken_on": TODAY, "reference": "1/BKTNS", "answer_by": "1/1/2020"}, "answer_by"),
    ],
)
def test_what_a_step_lacks_is_said_beside_the_field_and_nothing_is_lost(asked, as_, changes, field):
    data = typed(asked, words="Giữ lại chữ này", **changes)

    page = as_(asked.world.officer).post(reverse("oversight:take_step", args=[asked.late.pk]), data)

    assert list(page.context["form"].errors) == [field]
    assert "Giữ lại chữ này" in page.content.decode()
    assert not LadderStep.objects.exists()


def test_who_may_not_draft_names_a_document_written_elsewhere(asked, as_):
    page = as_(asked.world.member).get(asked.late.get_absolute_url())

    assert [key for key, _label in page.context["form"].fields["how"].choices] == ["elsewhere"]


def test_the_agency_reads_the_steps_taken_and_none_in_preparation(asked, as_):
    step = drafted(asked)
    client = as_(asked.world.head)
    before = client.get(asked.late.get_absolute_url())
    issued(asked, step)

    after = client.get(asked.late.get_absolute_url())

    assert list(before.context["steps"]) == []
    assert [one.label for one in after.context["steps"]] == ["đôn đốc lần 1"]
    assert after.context["form"] is None
    assert as_(asked.world.other_drafter).get(asked.late.get_absolute_url()).status_code == 404


def test_the_index_shows_the_last_step_and_reads_its_rows_at_once(asked, as_):
    taken(asked, Rung.URGED)
    client, address = as_(asked.world.officer), reverse("oversight:index")
    one = queries(client, address)
    taken(asked, Rung.URGED)
    again = Recommendation.objects.create(
        working_session=asked.late.working_session, agency=asked.late.agency, content="Sơn cột.", status="open"
    )
    LadderStep.objects.create(recommendation=again, kind="report", taken_on=asked.world.today, reference="1/BC")

    assert queries(client, address) == one
    assert "Bước gần nhất: đôn đốc lần 2" in client.get(address).content.decode()


# What a recommendation asks


def test_product_helpers_and_the_councils_rule_stand_in_the_notice_and_start_the_clock(asked, as_):
    world = asked.world
    DeadlineRule.objects.create(
        council=world.council,
        name="Báo cáo kết quả sau thông báo kết luận",
        starts_with="finding_issued",
        stops_with="recommendation_done",
        days=30,
        counting="calendar",
        valid_from=world.today - timedelta(days=1),
    )
    held = visits.session(world)
    data = {"content": "Lắp đèn.", "product": "Báo cáo kèm ảnh", "is_by_rule": "on"}
    data["coordinating"] = [world.other_department.pk]

    both = as_(world.member).post(
        reverse("oversight:recommend", args=[held.pk]), data | {"due_on": f"{world.today:%d/%m/%Y}"}
    )
    as_(world.member).post(reverse("oversight:recommend", args=[held.pk]), data)
    visits.noticed(world, held)

    made = Recommendation.objects.get(working_session=held)
    body = Document.objects.get(conclusion_notice__working_session=held).body
    assert list(both.context["form"].errors) == ["due_on"]
    assert list(made.coordinating.all()) == [world.other_department]
    assert made.due_on == made.clock.due_on == DeadlineRule.objects.get(days=30).day_from(world.today)
    for words in ("Báo cáo kèm ảnh", world.other_department.name, "30 ngày"):
        assert words in body
