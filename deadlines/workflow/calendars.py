"""Correcting the working calendar: first what would move, then the new version and the moves in one act."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from deadlines import subjects
from deadlines.models import CalendarEntry, CalendarVersion, Clock, calendar_of
from deadlines.workflow.clocks import recount
from directory.models import PeoplesCouncil


@dataclass(frozen=True)
class Move:
    """A due date that another calendar would move."""

    clock: Clock
    told: subjects.Told | None
    before: date
    after: date


def calendar_moves(council, instead=None):
    """Every open due date that would move: by the entries tried out `instead`, or by the calendar as it is now."""
    calendar = calendar_of(council, instead=instead)
    clocks = Clock.objects.filter(council=council).open().prefetch_related("events").order_by("due_on", "pk")
    moved = [(clock, clock.derive(calendar).due_on) for clock in clocks]
    moved = [(clock, after) for clock, after in moved if after != clock.due_on]
    told = subjects.tell(clock for clock, _after in moved)
    return [Move(clock, told.get(clock.pk), clock.due_on, after) for clock, after in moved]


def check_keep(council, by):
    if not by.may(Permission.DEADLINES_KEEP, at=council):
        raise PermissionDenied(_("Your role does not allow keeping the calendar and the rules about days."))


@transaction.atomic
def adopt_calendar(council, year, *, entries, basis, by):
    """The next version of a year, of (day, kind, name) rows; every open due date it moves is counted again.

    Returns (version, moves).
    """
    check_keep(council, by)
    alone(council)
    number = CalendarVersion.objects.filter(council=council, year=year).count() + 1
    with acting(by=by, reason=basis or gettext_lazy("working calendar corrected")):
        version = CalendarVersion.objects.create(council=council, year=year, number=number, basis=basis, adopted_by=by)
        for day, kind, name in entries:
            CalendarEntry.objects.create(version=version, day=day, kind=kind, name=name)
    moves = calendar_moves(council)
    for move in _in_one_order(moves):
        recount(move.clock, by=by, reason=_reason(version), document=basis)
    return version, moves


def alone(council):
    """Calendar and rules are changed by one after the other, and by none while a clock is counted (`keep_still`)."""
    PeoplesCouncil.objects.select_for_update(no_key=True).get(pk=council.pk)


def _in_one_order(moves):
    """As everybody locks clocks who locks several: so none waits for each other."""
    return sorted(moves, key=lambda move: move.clock.pk)


def _reason(version):
    return f"lịch làm việc năm {version.year}, bản {version.number}"


@transaction.atomic
def recount_all(council, *, by):
    """Count every open clock again, for when the public calendar itself has changed. Returns the moves."""
    check_keep(council, by)
    alone(council)
    moves = calendar_moves(council)
    for move in _in_one_order(moves):
        recount(move.clock, by=by, reason="lịch nghỉ lễ chung thay đổi")
    return moves
