"""Promises made in answers; they live on after the session until they are kept or shown to be broken."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
from directory.models import Agency
from documents.models import Document
from responses.models.replies import Answer


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(answer__in=Answer.objects.visible_to(user))

    def standing(self):
        """Those of letters in force: a draft promises nothing yet, a replaced or recalled letter nothing any more."""
        return self.filter(answer__unticked_on=None, answer__reply__document__in=Document.objects.in_force())

    def still_open(self):
        return self.filter(status__in=[Commitment.Status.OPEN, Commitment.Status.REPORTED])

    def overdue(self, today):
        return self.still_open().filter(due_on__lt=today)


class Commitment(TrackedModel):
    """One promise: the sentence that makes it, who keeps it, by when. Its state changes through `promising` only."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        REPORTED = "reported", _("reported kept, to be verified")
        KEPT = "kept", _("kept")
        MISSED = "missed", _("missed")

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="commitments", verbose_name=_("answer"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="commitments", verbose_name=_("owner"))
    quote = ProseField(_("promise"), max_length=2000, help_text=_("The sentence of the letter, word for word."))
    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(_("originally due on"), editable=False)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    evidence = ProseField(_("evidence"), blank=True)
    closing_note = ProseField(_("what was found"), blank=True)
    extensions = models.JSONField(_("extensions"), default=list, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="commitments_confirmed", verbose_name=_("confirmed by")
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="commitments_reported",
        null=True,
        blank=True,
        verbose_name=_("reported by"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "quote"], name="commitment_is_confirmed_once"),
            models.CheckConstraint(name="commitment_kept_has_evidence", condition=~Q(status="kept") | ~Q(evidence="")),
        ]
        indexes = [models.Index(fields=["agency", "status", "due_on"])]

    def __str__(self):
        return f"{self.answer.point}: {self.quote[:80]}"

    def get_absolute_url(self):
        return reverse("responses:commitment", args=[self.pk])

    @property
    def times_extended(self):
        """[{"from": date, "to": date, "reason": …}, …] in the order they were granted."""
        days = ("from", "to")
        return [line | {day: date.fromisoformat(line[day]) for day in days} for line in self.extensions]

    def is_overdue(self, today):
        return self.status in (self.Status.OPEN, self.Status.REPORTED) and self.due_on < today
