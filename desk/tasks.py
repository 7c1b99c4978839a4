"""What a desk is made of: groups, piles, and the rows of a pile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet


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
