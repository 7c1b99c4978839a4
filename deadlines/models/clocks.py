"""Clocks: what is due when. A due date is never edited; it follows from recorded events."""

from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from deadlines import subjects
from deadlines.counting import Counting, count
from deadlines.derivation import Event, Happening, derive
from deadlines.models.calendars import calendar_from, calendar_of, calendars_of
from deadlines.models.rules import COUNTINGS, DeadlineRule, Holder
from directory.models import PeoplesCouncil


class ClockQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of records one may see, and those beside them; a clock inside an agency is that agency's own."""
        seen = Q(pk__in=[])
        for subject in subjects.all_subjects():
            seen |= subject.visible(user)
        officials = Clock.objects.filter(seen, beside=None)
        beside = Q(beside__in=officials) & (~Q(holder=Holder.INTERNAL) | Q(agency__in=user.agencies))
        return self.filter(Q(pk__in=officials) | beside)

    def open(self):
        """Not stopped; paused ones too."""
        return self.filter(stopped_on=None)

    def running(self):
        """Open, and neither they nor the official ones they stand beside are paused."""
        return self.open().filter(paused_on=None, beside__paused_on=None)

    def internal(self):
        return self.filter(holder=Holder.INTERNAL)

    def urged(self):
        return self.filter(holder=Holder.URGED)


class Clock(TrackedModel):
    """The time one agency has for one matter. Changes only through `deadlines.workflow`."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="clocks", null=True, verbose_name=_("People's Council")
    )
    agency = models.ForeignKey(
        "directory.Agency", models.PROTECT, related_name="clocks", null=True, verbose_name=_("agency")
    )
    holder = models.CharField(_("whose clock"), max_length=12, choices=Holder, default=Holder.OFFICIAL)
    rule = models.ForeignKey(
        DeadlineRule, models.PROTECT, related_name="clocks", null=True, blank=True, verbose_name=_("rule")
    )
    #: What day it is counted from, if that day can move: "session/7/opens". The room that owns the day says it moved.
    anchor = models.CharField(_("counted from"), max_length=60, blank=True)
    beside = models.ForeignKey(
        "self", models.PROTECT, related_name="inside", null=True, blank=True, verbose_name=_("beside the clock")
    )
    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(_("originally due on"))
    paused_on = models.DateField(_("paused since"), null=True, blank=True)
    stopped_on = models.DateField(_("stopped on"), null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        indexes = [models.Index(fields=["council", "stopped_on", "due_on"])]

    def __str__(self):
        return f"{self.due_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("deadlines:clock", args=[self.pk])

    def history_parts(self):
        return list(self.events.all())

    @property
    def is_counted_back(self):
        return any(event.is_before for event in self.events.all())

    @cached_property
    def derived(self):
        """The derivation: each stage by the calendar it was recorded under, the due date by the one in force.

        A stopped clock's is that of its time.
        """
        return self.derive_from(calendars_of({self.council_id} - {None}).get(self.council_id, ()))

    def derive_from(self, versions):
        """`derived`, from versions of the calendar read before."""
        events = list(self.events.all())
        present = self.derive(calendar_from(versions, self.as_of()))
        if all(event.kind != Happening.RECOUNTED for event in events):
            return present
        plain = [event.plain for event in events]
        stages = [
            derive(plain[: place + 1], calendar_from(versions, event.recorded_at)).stages[-1]
            for place, event in enumerate(events)
        ]
        return replace(present, stages=stages, original_due_on=stages[0].due_on)

    def derive(self, calendar=None):
        if calendar is None:
            calendar = calendar_of(self.council, self.as_of())
        return derive([event.plain for event in self.events.all()], calendar)

    def as_of(self):
        """The moment whose calendar counts: now for a running clock, its last event for a stopped one."""
        return list(self.events.all())[-1].recorded_at if self.stopped_on else None


def derive_together(clocks):
    """Work out the derivations of many clocks with prefetched events, in two queries however many they are."""
    versions = calendars_of({clock.council_id for clock in clocks} - {None})
    for clock in clocks:
        clock.derived = clock.derive_from(versions.get(clock.council_id, ()))


class ClockEvent(TrackedModel):
    """What happened to a clock. The due date is the last one that follows from the events together."""

    class Kind(models.TextChoices):
        STARTED = Happening.STARTED.value, _("started")
        MOVED = Happening.MOVED.value, _("the day it is counted from moved")
        PAUSED = Happening.PAUSED.value, _("paused")
        RESUMED = Happening.RESUMED.value, _("resumed")
        EXTENDED = Happening.EXTENDED.value, _("extended")
        RECOUNTED = Happening.RECOUNTED.value, _("counted again by a changed calendar")
        RETURNED = Happening.RETURNED.value, _("returned: not this agency's")
        STOPPED = Happening.STOPPED.value, _("stopped")
        REOPENED = Happening.REOPENED.value, _("runs on, as what stopped it no longer stands")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events", verbose_name=_("clock"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    happened_on = models.DateField(_("on"))
    due_on = models.DateField(_("due date set"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    counting = models.CharField(_("counted in"), max_length=8, choices=COUNTINGS, blank=True)
    counted_from = models.DateField(_("counted from"), null=True, blank=True)
    is_before = models.BooleanField(_("counted back"), default=False)
    counts_start_day = models.BooleanField(_("the first day counts"), default=False)
    moves = models.BooleanField(_("an end on a day off moves to the next working day"), default=True)
    due_after = models.DateField(_("due date afterwards"), null=True, blank=True)
    reason = LineField(_("reason"), max_length=300, blank=True)
    document = LineField(_("document"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="clock_events",
        null=True,
        blank=True,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("event of a clock")
        verbose_name_plural = _("events of a clock")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="clock_event_sets_a_date_or_counts_days",
                condition=~Q(kind__in=["started", "moved", "extended"])
                | Q(due_on__isnull=False)
                | Q(days__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"

    @property
    def plain(self):
        """As the derivation reads it."""
        return Event(
            Happening(self.kind),
            self.happened_on,
            due_on=self.due_on,
            days=self.days,
            counting=self.counting,
            counted_from=self.counted_from,
            is_before=self.is_before,
            counts_start_day=self.counts_start_day,
            moves=self.moves,
            reason=self.reason,
        )

    @property
    def derivation(self):
        """How the days of this event alone are counted; None where the date was set by hand."""
        if self.due_on or self.days is None:
            return None
        days = -self.days if self.is_before else self.days
        return count(self.counted_from or self.happened_on, days, Counting(self.counting))
