"""A pile of records and the row of the desk each becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from petitions.models.petitions import SOON_DAYS


class Group(StrEnum):
    DO = "do"
    SOON = "soon"
    LATE = "late"
    WAITING = "waiting"


@dataclass(frozen=True)
class Task:
    """One row of the desk: what it is, what is asked, until when, and the one action."""

    code: str
    title: str
    note: Any
    url: str
    action: Any
    due_on: date | None = None


@dataclass(frozen=True)
class Pile:
    group: Group
    records: QuerySet
    task: Callable

    def tasks(self, limit):
        return [self.task(record) for record in self.records[:limit]]


def running_until(clock):
    """The due date of a clock that runs; none while it is paused, when nothing becomes late."""
    return None if clock is None or clock.paused_on else clock.due_on


def pressing(records, task, today, *, due="clock__due_on"):
    """What of it is late, and what is due within days; nothing whose clock is paused."""
    running = records.filter(clock__paused_on=None)
    return [
        Pile(Group.LATE, running.filter(**{f"{due}__lt": today}), task),
        Pile(Group.SOON, running.filter(**{f"{due}__range": (today, today + timedelta(days=SOON_DAYS))}), task),
    ]
