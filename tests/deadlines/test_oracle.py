"""Due dates worked out by hand from the announced holidays, with the reasoning beside each: oracle.json."""

import json
from datetime import date
from pathlib import Path

import pytest

from deadlines import workflow
from deadlines.calendar import VIETNAM, CorrectedCalendar
from deadlines.derivation import Event, Happening, derive
from deadlines.models import DeadlineRule

CASES = json.loads((Path(__file__).parent / "oracle.json").read_text(encoding="utf-8"))
BY_EVENTS = [case for case in CASES if "events" in case]
BY_RULES = [case for case in CASES if "rules" in case]
DAYS = ("on", "due_on", "counted_from")


def named(case):
    return f"{case['id']} {case['topic']}"


def calendar(entries):
    worked = frozenset(date.fromisoformat(day) for day, kind, _name in entries if kind == "worked")
    off = {date.fromisoformat(day): name for day, kind, name in entries if kind != "worked"}
    return CorrectedCalendar(off, worked, VIETNAM) if entries else VIETNAM


def event(data):
    days = {name: date.fromisoformat(data[name]) for name in DAYS if name in data}
    return Event(**{**data, **days, "kind": Happening(data["kind"])})


def test_there_are_enough_cases_of_every_kind():
    assert len(CASES) >= 200
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["why"] for case in CASES)


@pytest.mark.parametrize("case", BY_EVENTS, ids=named)
def test_the_due_date_is_the_one_worked_out_by_hand(case):
    derived = derive([event(data) for data in case["events"]], calendar(case["calendar"]))

    assert derived.due_on.isoformat() == case["due"], case["why"]


@pytest.mark.parametrize("case", BY_RULES, ids=named)
def test_the_version_in_force_on_the_first_day_counts(case, world):
    for rule in case["rules"]:
        days = {name: date.fromisoformat(rule[name]) for name in ("valid_from", "valid_to") if name in rule}
        details = {"name": "r", "starts_with": "forwarded", "stops_with": "reply_issued"}
        DeadlineRule.objects.create(council=world.council, **details, **{**rule, **days})
    start = date.fromisoformat(case["start"])

    rule = DeadlineRule.objects.find(world.council, "forwarded", on=start)
    clock = workflow.start_by_rule(rule, on=start, by=world.officer)

    assert clock.due_on.isoformat() == case["due"], case["why"]
