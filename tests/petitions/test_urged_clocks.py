"""The day an urging letter asks an answer by: a clock of its own beside the official one."""

from datetime import timedelta

import pytest

from accounts.models import Notice
from deadlines import notifications
from deadlines import workflow as clocks
from deadlines.models import Clock, DeadlineRule, Holder
from petitions import workflow
from petitions.models import UrgedItem
from tests.kept import keeping
from tests.world import World


def by_rule(world):
    return DeadlineRule.objects.find(world.council, "urged", on=world.today).day_from(world.today)


def urged(world, reply_by):
    """A letter issued today about everything the department owes."""
    urging = workflow.draft_urging(
        by=world.officer,
        issuer=world.standing,
        agency=world.department,
        assignments=list(workflow.to_urge(world.council, world.today)),
        reply_by=reply_by,
        signer=world.chair,
    )
    return world.issue(urging.document, world.officer, world.leader, world.officer)


def build():
    world = World()
    clocks.adopt_defaults(world.council)
    world.late = world.forwarded(due_on=world.today)
    world.letter = urged(world, by_rule(world))
    return world


kept, world = keeping(build)


@pytest.fixture
def clock(world):
    return UrgedItem.objects.get().clock


def official(clock):
    return Clock.objects.get(pk=clock.beside_id)


def test_it_counts_by_the_rule_from_the_day_of_the_letter_and_says_so(world, clock, as_):
    assert (clock.holder, clock.agency, clock.beside.assignment.point.petition) == (
        Holder.URGED, world.department, world.late
    )  # fmt: skip
    assert clock.rule.name == "Trả lời sau văn bản đôn đốc"
    assert clock.derived.sentences[0].startswith("7 ngày kể từ ngày")
    assert clock.due_on == by_rule(world)
    assert clock.events.get().document == world.letter.number_and_symbol
    for user in (world.officer, world.drafter, world.delegate):
        page = as_(user).get(clock.get_absolute_url())
        assert page.status_code == 200
        assert "Theo công văn đôn đốc: Sở Xây dựng" in page.content.decode()
        assert clock.get_absolute_url() in as_(user).get(clock.beside.get_absolute_url()).content.decode()


def test_another_day_than_the_rules_stands_as_the_letter_says(world):
    urged(world, world.today + timedelta(days=20))

    clock = UrgedItem.objects.latest("pk").clock
    assert (clock.due_on, clock.rule) == (world.today + timedelta(days=20), None)
    assert clock.derived.sentences[0].endswith("được ấn định bằng văn bản.")


def test_a_later_letter_takes_the_place_of_the_earlier(world, clock):
    urged(world, world.today + timedelta(days=20))

    assert [one.due_on for one in official(clock).inside.open()] == [world.today + timedelta(days=20)]


def test_it_ends_with_the_answer_and_runs_on_when_the_answer_is_recalled(world, clock):
    reply = world.issue(world.drafted_reply(world.late).document, world.drafter, world.head, world.registrar)
    clock.refresh_from_db()
    assert clock.stopped_on == reply.issued_on

    clocks.reopen(official(clock), on=world.today, by=world.registrar, reason="thu hồi")

    clock.refresh_from_db()
    assert clock.stopped_on is None


def test_an_extension_beyond_it_takes_its_place(world, clock):
    clocks.extend(official(clock), on=world.today, days=2, reason="chờ", by=world.officer)
    clock.refresh_from_db()
    assert clock.stopped_on is None

    clocks.extend(official(clock), on=world.today, days=30, reason="chờ", by=world.officer)

    clock.refresh_from_db()
    assert clock.stopped_on == world.today


def test_an_internal_date_set_meanwhile_leaves_it_alone(world, clock):
    clocks.start_inside(official(clock), due_on=world.today, on=world.today, by=world.head)

    assert set(official(clock).inside.open().values_list("holder", flat=True)) == {Holder.URGED, Holder.INTERNAL}


def test_the_agency_and_then_the_council_are_reminded_of_it(world, clock):
    notifications.remind(clock.due_on + timedelta(days=1))

    said = Notice.objects.filter(thread=f"due/petition/{world.late.pk}/{world.department.pk}/urged", is_void=False)
    assert set(said.values_list("user__username", flat=True)) == {"drafter", "head", "officer"}
    assert said.first().text.startswith("Hạn theo công văn đôn đốc của Sở Xây dựng: ")
    assert said.first().text.endswith(", đã quá hạn 1 ngày.")


def test_nobody_is_reminded_of_it_while_the_official_time_is_paused(world, clock):
    clocks.pause(official(clock), on=world.today, reason="chờ", by=world.officer)

    notifications.remind(clock.due_on)

    assert not Notice.objects.filter(thread__endswith="/urged").exists()
