"""Start, pause, extend, move and stop clocks; the due date is worked out again from the events each time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting
from common.formats import short_date
from deadlines import notifications
from deadlines.counting import Counting
from deadlines.derivation import derive
from deadlines.models import Clock, ClockEvent, DeadlineRule, Holder, StartEvent, calendar_of, keep_still
from deadlines.subjects import subject_of

Kind = ClockEvent.Kind


@transaction.atomic
def start(
    *, on, by, due_on=None, days=None, counting=Counting.WORKING, counted_from=None, reason="", document="", **details
):
    """A running clock: due on a date agreed in writing (`due_on`), or after so many `days`.

    `details` are council, agency, holder, rule, anchor and beside of the clock, and further words on the counting:
    is_before, counts_start_day, moves.
    """
    council = details.get("council")
    keep_still(council and council.pk)
    words = {name: details.pop(name) for name in ("is_before", "counts_start_day", "moves") if name in details}
    event = ClockEvent(
        kind=Kind.STARTED,
        happened_on=on,
        due_on=due_on,
        days=None if due_on else days,
        counting="" if due_on or days is None else counting,
        counted_from=None if due_on else counted_from,
        reason=reason,
        document=document,
        recorded_by=by,
        **({} if due_on else words),
    )
    due = derive([event.plain], calendar_of(council)).due_on
    with acting(by=by, reason=reason or gettext_lazy("clock started")):
        event.clock = Clock.objects.create(due_on=due, original_due_on=due, **details)
        event.due_after = due
        event.save()
        if event.clock.holder == Holder.OFFICIAL:
            _start_inside_by_rule(event.clock, on=on, by=by)
    return event.clock


def start_by_rule(rule, *, on, by, counted_from=None, **details):
    """A clock that counts as `rule` says; it keeps counting so, whatever becomes of the rule."""
    return start(on=on, by=by, counted_from=counted_from, rule=rule, council=rule.council, **rule.counts, **details)


@transaction.atomic
def start_inside(clock, *, due_on, on, by, reason=""):
    """The agency's own earlier due date beside the official one; a later word replaces the present one."""
    clock = _locked(clock)
    if due_on > clock.due_on:
        raise ValidationError({"due_on": _("The internal due date must not lie after the official one.")})
    for earlier in clock.inside.internal().open():
        stop(earlier, on=on, by=by, reason=reason)
    return start(
        on=on,
        by=by,
        due_on=due_on,
        reason=reason,
        council=clock.council,
        agency=clock.agency,
        holder=Holder.INTERNAL,
        beside=clock,
    )


@transaction.atomic
def start_urged(clock, *, due_on, on, by, document):
    """The day an urging letter asks an answer by, beside the official one; a later letter replaces the earlier.

    By the rule where the letter names the day the rule gives; another day stands as written. None where the matter
    is settled already.
    """
    clock = _locked(clock)
    if clock.stopped_on:
        return None
    stop_urged(clock, on=on, by=by, reason=document)
    whose = {"agency": clock.agency, "holder": Holder.URGED, "beside": clock, "document": document}
    rule = clock.council and DeadlineRule.objects.find(clock.council, StartEvent.URGED, on=on, agency=clock.agency)
    if rule and rule.day_from(on) == due_on:
        return start_by_rule(rule, on=on, by=by, **whose)
    return start(on=on, due_on=due_on, by=by, council=clock.council, **whose)


@transaction.atomic
def stop_urged(clock, *, on, by, reason):
    """Something later takes the place of what an urging letter asked for."""
    for urged in clock.inside.urged().open():
        stop(urged, on=on, by=by, reason=reason)


def _start_inside_by_rule(clock, *, on, by):
    rule = clock.council and DeadlineRule.objects.find(
        clock.council, StartEvent.OFFICIAL_DUE, on=on, holder=Holder.INTERNAL, agency=clock.agency
    )
    if rule:
        start_by_rule(
            rule, on=on, by=by, counted_from=clock.due_on, agency=clock.agency, holder=Holder.INTERNAL, beside=clock
        )


@transaction.atomic
def extend(clock, *, on, reason, by, due_on=None, days=None, counting=Counting.WORKING, document=""):
    """A later due date, in writing or so many days more, with who granted it and why. The original stays known.

    It takes the place of what an urging letter asked for before that day.
    """
    clock = _locked(clock)
    _check_running(clock)
    if due_on and due_on <= clock.due_on:
        raise ValidationError({"due_on": _("An extension must end after the present due date.")})
    if clock.paused_on:
        raise ValidationError(_("The clock is paused. Let it go on before extending it."))
    counting = "" if due_on else counting
    with acting(by=by, reason=reason):
        clock = _record(
            clock, Kind.EXTENDED, on, by, due_on=due_on, days=days, counting=counting, reason=reason, document=document
        )
        for urged in clock.inside.urged().open().filter(due_on__lt=clock.due_on):
            _record(_locked(urged), Kind.STOPPED, on, by, reason=reason, document=document)
        return clock


@transaction.atomic
def pause(clock, *, on, reason, by, document=""):
    """From `on` no day counts until the clock goes on: the agency waits for something not in its hands."""
    clock = _locked(clock)
    _check_running(clock)
    if clock.paused_on:
        raise ValidationError(_("The clock is paused already."))
    if clock.is_counted_back:
        raise ValidationError(_("A date counted back from another day cannot be paused: extend it instead."))
    if on > clock.due_on:
        raise ValidationError({"on": _("The due date has passed. Extend it instead.")})
    _check_order(clock, on)
    with acting(by=by, reason=reason):
        return _record(clock, Kind.PAUSED, on, by, reason=reason, document=document)


@transaction.atomic
def resume(clock, *, on, reason, by, document=""):
    """From `on` days count again; those between do not."""
    clock = _locked(clock)
    _check_running(clock)
    if not clock.paused_on:
        raise ValidationError(_("The clock is not paused."))
    if on < clock.paused_on:
        raise ValidationError({"on": _("It was paused on %(day)s only.") % {"day": short_date(clock.paused_on)}})
    with acting(by=by, reason=reason):
        return _record(clock, Kind.RESUMED, on, by, reason=reason, document=document)


@transaction.atomic
def stop(clock, *, on, by, reason=""):
    """The act this clock waited for has happened; so have the clocks beside it."""
    return _end(clock, Kind.STOPPED, on=on, by=by, reason=reason, words=gettext_lazy("clock stopped"))


@transaction.atomic
def return_(clock, *, on, by, reason=""):
    """The matter was returned as not this agency's: its time is over; who gets it next has a clock of their own."""
    return _end(clock, Kind.RETURNED, on=on, by=by, reason=reason, words=gettext_lazy("returned"))


def _end(clock, kind, *, on, by, reason, words):
    clock = _locked(clock)
    if clock.stopped_on:
        return clock
    with acting(by=by, reason=reason or words):
        clock = _record(clock, kind, on, by, reason=reason)
        for inside in clock.inside.open():
            _record(_locked(inside), kind, on, by, reason=reason)
    return clock


@transaction.atomic
def reopen(clock, *, on, by, reason, document=""):
    """What stopped the clock no longer stands: it runs on as if it had not been stopped, and so do those beside it."""
    clock = _locked(clock)
    if not clock.stopped_on:
        return clock
    stop_event = clock.events.filter(kind__in=[Kind.STOPPED, Kind.RETURNED]).last()
    stopped_with_it = clock.inside.filter(events__kind=stop_event.kind, events__pk__gt=stop_event.pk)
    with acting(by=by, reason=reason):
        for inside in stopped_with_it.exclude(stopped_on=None).distinct():
            _record(_locked(inside), Kind.REOPENED, on, by, reason=reason, document=document)
        return _record(clock, Kind.REOPENED, on, by, reason=reason, document=document)


@transaction.atomic
def anchor_moved(anchor, *, to, by, reason, on=None):
    """The day some clocks are counted from moved: each open one is counted again from it; returns those that moved."""
    moved = []
    open_ones = Clock.objects.filter(anchor=anchor).open()
    for council in open_ones.order_by("council").values_list("council", flat=True).distinct():
        keep_still(council)
    for anchored in open_ones.select_for_update().order_by("pk"):
        before, base = anchored.due_on, _base(anchored)
        with acting(by=by, reason=reason):
            clock = _record(
                anchored, Kind.MOVED, on or timezone.localdate(), by, counted_from=to, reason=reason, **base
            )
        if clock.due_on != before:
            _tell(clock, before, by, reason)
            moved.append(clock)
    return moved


@transaction.atomic
def recount(clock, *, by, reason, on=None, document=""):
    """Count again by the calendar as it is now; an event only where the date moves."""
    clock = _locked(clock)
    before = clock.due_on
    if clock.derive().due_on == before:
        return clock
    with acting(by=by, reason=reason):
        clock = _record(clock, Kind.RECOUNTED, on or timezone.localdate(), by, reason=reason, document=document)
    _tell(clock, before, by, reason)
    return clock


def due_dates_known_on(day, clocks):
    """{clock id: due date} as it stood on `day`, of those `clocks` whose time changed; None while it was paused."""
    paused = ClockEvent.objects.filter(clock=OuterRef("pk"), kind=Kind.PAUSED)
    changed = Clock.objects.filter(~Q(due_on=F("original_due_on")) | Exists(paused), pk__in=clocks)
    events = ClockEvent.objects.filter(clock__in=changed, happened_on__lte=day)
    known, paused = {}, set()
    for event in events.exclude(kind__in=[Kind.STOPPED, Kind.RETURNED]).order_by("clock", "pk"):
        if event.kind == Kind.PAUSED:
            paused.add(event.clock_id)
        elif event.kind == Kind.RESUMED:
            paused.discard(event.clock_id)
        due_on = event.due_after or event.due_on or event.derivation.due_on
        known[event.clock_id] = None if event.clock_id in paused else due_on
    return known


def _tell(clock, before, by, reason):
    """The records above repeat the date; those responsible hear of it."""
    words = {"before": short_date(before), "after": short_date(clock.due_on), "why": reason}
    if subject := subject_of(clock):
        subject.settled(clock, by=by, words=words)
    notifications.due_date_moved(clock, before, reason)


def _base(clock):
    """How the clock counts, from the event that started it."""
    started = clock.events.filter(kind=Kind.STARTED).last()
    names = ("days", "counting", "is_before", "counts_start_day", "moves")
    return {name: getattr(started, name) for name in names}


def _locked(clock):
    keep_still(clock.council_id)
    return Clock.objects.select_for_update().get(pk=clock.pk)


def _check_running(clock):
    if clock.stopped_on:
        raise ValidationError(_("The clock has stopped."))


def _check_order(clock, on):
    last = clock.events.exclude(kind=Kind.RECOUNTED).last()
    if on < last.happened_on:
        raise ValidationError(
            {
                "on": _("Something later is on record: %(event)s.")
                % {"event": f"{last.get_kind_display()} {short_date(last.happened_on)}"}
            }
        )


def _record(clock, kind, on, by, **details):
    """Add an event and work the clock out from all of them; clocks counted back from its due date follow."""
    event = ClockEvent(clock=clock, kind=kind, happened_on=on, recorded_by=by, **details)
    earlier = list(clock.events.all())
    derived = derive([known.plain for known in [*earlier, event]], calendar_of(clock.council))
    event.due_after = derived.due_on
    event.save()
    due_before = clock.due_on
    clock.due_on, clock.paused_on, clock.stopped_on = derived.due_on, derived.paused_on, derived.stopped_on
    clock.save()
    if clock.due_on != due_before:
        for inside in clock.inside.open().filter(rule__starts_with=StartEvent.OFFICIAL_DUE):
            _record(inside, Kind.MOVED, on, by, counted_from=clock.due_on, **_base(inside))
    return clock
