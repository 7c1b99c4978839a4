"""Reports to a session: their texts, and the figures frozen with them; the criteria a session is measured by."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from directory.models import PeoplesCouncil, Validity, ValidityQuerySet
from documents.models import Document
from sessions.models import CouncilSession


class SessionReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))


class SessionReport(TrackedModel):
    """The report on how voters' petitions were dealt with, as of one day. Issued, its figures never change."""

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="reports", verbose_name=_("council session")
    )
    as_of = models.DateField(_("as of"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    document = models.OneToOneField(Document, models.PROTECT, related_name="session_report", verbose_name=_("document"))
    direction = ProseField(_("direction by the People's Committee"), blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)
    recommendations = ProseField(_("recommendations"), blank=True)
    correction = ProseField(_("why earlier figures are corrected"), blank=True)
    frozen = models.JSONField(_("figures at issue"), null=True, blank=True, editable=False)

    objects = SessionReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("session report")
        verbose_name_plural = _("session reports")
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return f"{self.council_session}, {self.as_of:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("reports:report", args=[self.pk])


class CriterionQuerySet(ValidityQuerySet):
    def of(self, council, day):
        """Those by which a council is measured on a day: its own, and those for every council."""
        return self.valid_on(day).filter(models.Q(council=council) | models.Q(council__isnull=True))


class Criterion(Validity):
    """One criterion of an evaluation framework: what is measured, from which share on it is met, what is left out."""

    class Measure(models.TextChoices):
        FORWARDED = "forwarded", _("petitions forwarded to the right body")
        ON_TIME = "on_time", _("points answered on time")
        VERIFIED = "verified", _("report on petitions before the session")
        PUBLISHED = "published", _("answers made public in time")
        UNANSWERED = "unanswered", _("petitions left unanswered")

    council = models.ForeignKey(
        PeoplesCouncil,
        models.PROTECT,
        related_name="criteria",
        null=True,
        blank=True,
        verbose_name=_("People's Council"),
        help_text=_("Empty: for every council."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    met_from = models.DecimalField(_("met from (%)"), max_digits=5, decimal_places=2, default=100)
    partly_from = models.DecimalField(_("partly met from (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, help_text=_("Working days until publication; days an answer may take.")
    )
    without_central = models.BooleanField(_("without central matters"), default=True)
    source = LineField(_("drawn from"), max_length=200)
    is_draft = models.BooleanField(_("a draft framework"), default=True)

    objects = CriterionQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["place", "pk"]
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                name="criterion_is_partly_met_below_met",
                condition=models.Q(partly_from__isnull=True) | models.Q(partly_from__lt=models.F("met_from")),
            ),
        ]

    def __str__(self):
        return self.get_measure_display()
