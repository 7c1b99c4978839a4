"""oversight/explaining.py: why was it not carried out? Asked in writing, answered in writing, in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Notice
from deadlines import workflow as deadlines
from deadlines.models import DeadlineRule
from oversight import explaining, workflow
from oversight.models import Explanation
from tests.oversight import visits
from tests.refusals import refused


@pytest.fixture
def asked_for(world):
    """What the delegation asked the department to do and has not been done."""
    return visits.recommended(world, due_on=world.today)


def ask(world, recommendation, **details):
    return explaining.ask(recommendation, by=world.officer, **{"question": "Vì sao chưa lắp?", **details})


def test_the_time_comes_from_the_rule_of_the_council(world, asked_for):
    deadlines.adopt_defaults(world.council)

    explanation = ask(world, asked_for)

    assert explanation.due_on == explaining.proposed_day(asked_for) == explanation.clock.due_on
    assert explanation.clock.rule.name == "Giải trình bằng văn bản khi không thực hiện kết luận, kiến nghị giám sát"
    assert explanation.due_on >= world.today + timedelta(days=15)


def test_without_a_rule_the_day_is_typed(world, asked_for):
    with pytest.raises(ValidationError) as problem:
        ask(world, asked_for)
    assert list(problem.value.message_dict) == ["due_on"]
    assert not Explanation.objects.exists()

    due_on = world.today + timedelta(days=9)
    assert ask(world, asked_for, due_on=due_on).clock.due_on == due_on


def test_the_agency_is_told_once_and_explains_and_the_clock_stops(world, asked_for):
    explanation = ask(world, asked_for, due_on=world.today + timedelta(days=9))
    [told] = Notice.objects.filter(user=world.head, key=f"explanation/{explanation.pk}/asked")
    assert "Vì sao chưa lắp?" in told.text

    explanation = explaining.give(explanation, by=world.drafter, text="Chưa có vốn.")

    explanation.clock.refresh_from_db()
    assert (explanation.given_on, explanation.clock.stopped_on) == (world.today, world.today)
    asked_for.refresh_from_db()
    assert asked_for.status == "open"
    with refused("Đã giải trình ngày"):
        explaining.give(explanation, by=world.drafter, text="Lần nữa.")


def test_one_explanation_is_awaited_at_a_time(world, asked_for):
    first = ask(world, asked_for, due_on=world.today)
    with refused("Đã yêu cầu giải trình và chưa nhận được."):
        ask(world, asked_for, due_on=world.today)

    explaining.give(first, by=world.head, text="Chưa có vốn.")

    assert ask(world, asked_for, due_on=world.today).pk != first.pk


@pytest.mark.parametrize("who", ["drafter", "head", "registrar", "delegate", "administrator"])
def test_who_does_not_oversee_does_not_ask(world, asked_for, who):
    with pytest.raises(PermissionDenied):
        explaining.ask(asked_for, by=getattr(world, who), question="?", due_on=world.today)
    assert not Explanation.objects.exists()


@pytest.mark.parametrize("who", ["officer", "leader", "other_drafter", "registrar", "delegate"])
def test_only_the_agency_asked_explains(world, asked_for, who):
    explanation = ask(world, asked_for, due_on=world.today)
    with pytest.raises(PermissionDenied):
        explaining.give(explanation, by=getattr(world, who), text="?")


def test_nothing_is_explained_that_was_not_sent_yet(world):
    prepared = workflow.recommend(visits.session(world), by=world.officer, content="Lắp đèn.", due_on=world.today)
    with refused("Chỉ yêu cầu giải trình"):
        ask(world, prepared, due_on=world.today)


def test_a_day_that_is_the_rules_own_counts_by_the_rule_in_calendar_days(world, asked_for):
    rule = DeadlineRule.objects.filter(starts_with="explanation_asked").first() or DeadlineRule.objects.create(
        council=world.council, name="Giải trình", starts_with="explanation_asked", stops_with="explained", days=15,
        counting="calendar", valid_from=world.today,
    )  # fmt: skip
    due = world.today + timedelta(days=rule.days)

    clock = explaining.ask(asked_for, by=world.member, question="Vì sao?", due_on=due).clock

    assert (clock.due_on, clock.rule) == (due, rule)


def test_it_lies_on_the_desk_of_the_agency_and_goes_through_the_pages(world, as_, asked_for):
    asking = reverse("oversight:take_step", args=[asked_for.pk])
    due = world.today + timedelta(days=9)
    typed = {"kind": "explanation", "how": "elsewhere", "reference": "12/BKTNS", "taken_on": f"{world.today:%d/%m/%Y}"}
    typed |= {"reason": "Thường trực yêu cầu.", "words": "Vì sao?", "answer_by": f"{due:%d/%m/%Y}"}
    as_(world.officer).post(asking, typed)
    explanation = Explanation.objects.get()
    giving = reverse("oversight:explain", args=[explanation.pk])
    assert giving in as_(world.drafter).get("/").content.decode()
    assert giving not in as_(world.other_drafter).get("/").content.decode()

    assert "Nội dung cần giải trình: Vì sao?" in as_(world.drafter).get(giving).content.decode()
    sent = as_(world.drafter).post(giving, {"text": "Chưa có vốn."}, follow=True).content.decode()

    assert "Chưa có vốn." in sent
    assert giving not in as_(world.drafter).get("/").content.decode()


def test_more_time_moves_the_day_it_repeats(world, as_, asked_for, capsys):
    explanation = ask(world, asked_for, due_on=world.today)
    later = world.today + timedelta(days=5)

    typed = {"due_on": f"{later:%d/%m/%Y}", "reason": "Vụ việc phức tạp", "on": f"{world.today:%d/%m/%Y}"}
    as_(world.officer).post(reverse("deadlines:change", args=[explanation.clock_id, "extend"]), typed)

    explanation.refresh_from_db()
    assert (explanation.due_on, explanation.clock.due_on) == (later, later)
    call_command("explain_due", clock=explanation.clock_id)
    assert "Vụ việc phức tạp" in capsys.readouterr().out


def test_what_is_verified_as_done_needs_no_explanation_any_more(world, as_, asked_for):
    explanation = ask(world, asked_for, due_on=world.today + timedelta(days=9))
    reported = workflow.report_done(asked_for, by=world.head, evidence="Biên bản số 5")
    workflow.verify(reported, by=world.officer)

    explanation = Explanation.objects.get(pk=explanation.pk)
    assert explanation.clock.stopped_on == world.today
    assert not Explanation.objects.awaited().exists()
    assert "explanations" not in as_(world.drafter).get("/").content.decode()
    with refused("đã được xác nhận hoàn thành"):
        explaining.give(explanation, by=world.drafter, text="Đã làm.")
