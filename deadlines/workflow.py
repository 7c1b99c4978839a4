"""Start, extend and stop clocks; the due date is worked out again from the events each time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting
from deadlines.counting import Counting, count
from deadlines.models import Clock, ClockEvent

Kind = ClockEvent.Kind


@transaction.atomic
def start(*, on, by, due_on=None, days=None, counting=Counting.WORKING, reason="", document=""):
    """A running clock: due on a date agreed in writing (`due_on`), or after so many `days`."""
    due = due_on or count(on, days, counting).due_on
    with acting(by=by, reason=reason or gettext_lazy("clock started")):
        clock = Clock.objects.create(due_on=due, original_due_on=due)
        _record(clock, Kind.STARTED, on, due_on=due_on, days=None if due_on else days, counting=counting,
                reason=reason, document=document)  # fmt: skip
    return clock


@transaction.atomic
def extend(clock, *, on, due_on, reason, by, document=""):
    """A later due date, with who granted it and why. The original date stays known."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    if due_on <= clock.due_on:
        raise ValidationError({"due_on": _("An extension must end after the present due date.")})
    with acting(by=by, reason=reason):
        _record(clock, Kind.EXTENDED, on, due_on=due_on, reason=reason, document=document)
        return _settle(clock)


@transaction.atomic
def stop(clock, *, on, by, reason=""):
    """The act this clock waited for has happened."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    with acting(by=by, reason=reason or gettext_lazy("clock stopped")):
        _record(clock, Kind.STOPPED, on, reason=reason)
        return _settle(clock)


def due_dates_known_on(day, clocks):
    """{clock id: due date} of those `clocks` that were moved later: the date that stood on `day`."""
    events = ClockEvent.objects.filter(clock__in=clocks, happened_on__lte=day).exclude(kind=Kind.STOPPED)
    moved = events.exclude(clock__due_on=F("clock__original_due_on")).order_by("clock", "pk")
    return {event.clock_id: event.due_on or event.derivation.due_on for event in moved}


def _record(clock, kind, on, **details):
    if "counting" in details and details.get("days") is None:
        details["counting"] = ""
    ClockEvent.objects.create(clock=clock, kind=kind, happened_on=on, **details)


def _settle(clock):
    """Work the clock out from its events."""
    for event in clock.events.all():
        if event.kind == Kind.STOPPED:
            clock.stopped_on = event.happened_on
        else:
            clock.due_on = event.due_on or event.derivation.due_on
            clock.stopped_on = None
    clock.save()
    return clock
