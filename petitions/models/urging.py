"""Urging letters (đôn đốc): which agency was reminded of what, for the how manieth time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.models import TrackedModel
from deadlines.models import Clock
from directory.models import Agency, PeoplesCouncil
from documents.models import Document, Status
from petitions.models.assignments import Assignment


class UrgingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def issued(self):
        return self.filter(document__status=Status.ISSUED)

    def under_way(self):
        """Drafted, but neither issued nor given up."""
        return self.exclude(document__status__in=[Status.ISSUED, Status.ABANDONED])


class Urging(TrackedModel):
    """One letter to one agency about everything of it that is overdue or nearly so."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="urgings", verbose_name=_("People's Council")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="urgings", verbose_name=_("agency"))
    document = models.OneToOneField(Document, models.PROTECT, related_name="urging", verbose_name=_("letter"))
    number = models.PositiveSmallIntegerField(_("time"))
    reply_by = models.DateField(_("reply asked for by"))

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("urging letter")
        verbose_name_plural = _("urging letters")

    def __str__(self):
        return f"{self.document.number_and_symbol} → {self.agency}"


class UrgedItemQuerySet(models.QuerySet):
    def issued(self):
        return self.filter(urging__document__status=Status.ISSUED)


class UrgedItem(TrackedModel):
    """One point an agency is reminded of, with the due date as it stood.

    Its clock counts to the day the letter asks an answer by, from the day it is issued.
    """

    urging = models.ForeignKey(Urging, models.PROTECT, related_name="items", verbose_name=_("urging letter"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urged_items", verbose_name=_("assignment"))
    number = models.PositiveSmallIntegerField(_("time"))
    due_on = models.DateField(_("due on"))
    clock = models.OneToOneField(
        Clock, models.PROTECT, related_name="urged_item", null=True, blank=True, verbose_name=_("clock")
    )

    objects = UrgedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("point urged")
        verbose_name_plural = _("points urged")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["urging", "assignment"], name="urging_names_a_point_once"),
        ]

    def __str__(self):
        return f"{self.assignment}: {self.number}"
