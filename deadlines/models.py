"""Clocks: what is due when. A due date is never edited; it follows from recorded events."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from deadlines.counting import Counting, count

COUNTINGS = [(Counting.WORKING, _("working days")), (Counting.CALENDAR, _("calendar days"))]


class Clock(TrackedModel):
    """The time one agency has for one matter. Changes only through `deadlines.workflow`."""

    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(_("originally due on"))
    stopped_on = models.DateField(_("stopped on"), null=True, blank=True)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")

    def __str__(self):
        return f"{self.due_on:%d/%m/%Y}"


class ClockEvent(TrackedModel):
    """What happened to a clock. The due date is the last one that an event gives."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        EXTENDED = "extended", _("extended")
        STOPPED = "stopped", _("stopped")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events", verbose_name=_("clock"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    happened_on = models.DateField(_("on"))
    due_on = models.DateField(_("due date set"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    counting = models.CharField(_("counted in"), max_length=8, choices=COUNTINGS, blank=True)
    reason = LineField(_("reason"), max_length=300, blank=True)
    document = LineField(_("document"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a clock")
        verbose_name_plural = _("events of a clock")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="clock_event_sets_a_date_or_counts_days",
                condition=Q(kind="stopped") | Q(due_on__isnull=False) | Q(days__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"

    @property
    def derivation(self):
        """How the days were counted; None where the date was set by hand."""
        if self.due_on or self.days is None:
            return None
        return count(self.happened_on, self.days, Counting(self.counting))
