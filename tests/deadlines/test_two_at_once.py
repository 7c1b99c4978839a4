"""A calendar is adopted while somebody changes a clock: whoever comes second counts by what the first has left."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, transaction

from accounts.models import User
from deadlines import daily, workflow
from deadlines.models import CalendarVersion, Clock, DeadlineRule, ReminderPlan
from deadlines.workflow import rules
from directory.models import PeoplesCouncil

pytestmark = pytest.mark.django_db(transaction=True)

#: Five working days from the first would end on 9 March; the day the office is closed makes it the 10th.
START, CLOSED, DUE = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 10)


def adopted(world):
    return workflow.adopt_calendar(
        world.council, 2026, entries=[(CLOSED, "closed", "mất điện")], basis="12/TB", by=world.officer
    )


def started(world):
    council, by = PeoplesCouncil.objects.get(pk=world.council.pk), User.objects.get(pk=world.officer.pk)
    return workflow.start(on=START, by=by, days=5, council=council, agency=world.department)


def together(change, adopt):
    """Both at once; `change` is written but not yet kept while the calendar is adopted, if that can be."""
    meeting = Barrier(2, timeout=1)

    def first():
        try:
            with transaction.atomic():
                change()
                with suppress(BrokenBarrierError):
                    meeting.wait()
                with suppress(BrokenBarrierError):
                    meeting.wait()
        finally:
            connection.close()

    def second():
        try:
            with suppress(BrokenBarrierError):
                meeting.wait()
            adopt()
            with suppress(BrokenBarrierError):
                meeting.wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()


def due():
    clock = Clock.objects.get()
    assert clock.due_on == clock.derive().due_on
    return clock.due_on


def test_a_clock_started_while_a_calendar_is_adopted_counts_by_it(world):
    together(lambda: started(world), lambda: adopted(world))

    assert due() == DUE


def test_a_clock_extended_while_a_calendar_is_adopted_counts_by_it(world):
    clock = workflow.start(
        on=START, by=world.officer, due_on=date(2026, 3, 3), council=world.council, agency=world.department
    )

    together(
        lambda: workflow.extend(clock, on=START, days=4, reason="chờ", by=world.officer),
        lambda: adopted(world),
    )

    assert due() == DUE


def test_clocks_and_calendars_changed_by_many_wait_for_each_other_in_one_order(world):
    clocks = [started(world).pk for _number in range(3)]

    def extend(pk):
        try:
            by = User.objects.get(pk=world.officer.pk)
            workflow.extend(Clock.objects.get(pk=pk), on=START, days=5, reason="chờ", by=by)
        finally:
            connection.close()

    def adopt(number):
        try:
            world.council.refresh_from_db()
            entries = [(START + timedelta(days=number), "closed", "mất điện")]
            workflow.adopt_calendar(
                world.council, 2026, entries=entries, basis="12/TB", by=User.objects.get(pk=world.officer.pk)
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        acts = [pool.submit(extend, pk) for pk in clocks] + [pool.submit(adopt, number) for number in (1, 2, 3)]
        for act in acts:
            act.result()

    assert [version.number for version in CalendarVersion.objects.order_by("number")] == [1, 2, 3]
    assert [clock.due_on == clock.derive().due_on for clock in Clock.objects.all()] == [True] * 3


def test_defaults_given_by_several_at_once_are_given_once(world, monkeypatch):
    def give(_number):
        try:
            return daily.give_defaults(None)
        finally:
            connection.close()

    monkeypatch.setattr(rules.json, "loads", slowly(rules.json.loads))
    with ThreadPoolExecutor(3) as pool:
        given = sorted(pool.map(give, range(3)))

    shipped = json.loads(rules.DEFAULTS.read_text(encoding="utf-8"))
    assert given == [0, 0, 1]
    assert DeadlineRule.objects.count() == len(shipped["rules"])
    assert ReminderPlan.objects.count() == len(shipped["reminders"])


def slowly(act):
    """The others come as far as this one meanwhile, if they can."""

    def slow(*arguments):
        time.sleep(0.3)
        return act(*arguments)

    return slow
