"""Reports on sessions and the texts they are written from."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from directory.models import PeoplesCouncil
from documents.models import Document
from sessions.models import CouncilSession


class ReportKind(models.TextChoices):
    """Which report it is: what came in, what the answering side did about it, what the council found."""

    AGGREGATE = "aggregate", _("Aggregate report of petitions")
    RESULTS = "results", _("Result report of the People's Committee")
    OVERSIGHT = "oversight", _("Oversight report on petitions")


class SkeletonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)

    def present(self, council, kind):
        """The version in use; None while the council uses the text shipped with the program."""
        latest = self.filter(council=council, kind=kind).order_by("-version").first()
        return latest if latest and latest.text else None


class Skeleton(TrackedModel):
    """One version of a council's own text for a kind of report. Versions are added, never changed.

    `text` is written with the signs of `reports.skeleton`; "" goes back to the text shipped with the program.
    `annexes` are the keys of the appendices in their order; None for those the kind has by default.
    """

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="report_skeletons", verbose_name=_("People's Council")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    version = models.PositiveIntegerField(_("version"))
    text = ProseField(_("text"), blank=True)
    annexes = models.JSONField(_("appendices"), null=True, blank=True)
    reason = LineField(_("why it is changed"), max_length=200, blank=True)

    objects = SkeletonQuerySet.as_manager()

    class Meta:
        verbose_name = _("skeleton of a report")
        verbose_name_plural = _("skeletons of reports")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["council", "kind", "version"], name="skeleton_version_is_kept_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.council}: {self.version}"


class SessionReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def in_force_beside(self, report):
        """Other reports of its kind on its session that are issued and in force, the latest version first."""
        beside = self.filter(kind=report.kind, council_session=report.council_session_id).exclude(pk=report.pk)
        issued = beside.filter(frozen__isnull=False, document__in=Document.objects.in_force())
        return issued.select_related("document").order_by("-version")


class SessionReport(TrackedModel):
    """A report on voters' petitions to one session, as of one day. Issued, its figures never change.

    `skeleton` is the text it was last written from; None for the one shipped with the program. `written` are the
    numbers of its paper and a digest of what else stands there, to find out whether the records changed since.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.OVERSIGHT)
    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="reports", verbose_name=_("council session")
    )
    as_of = models.DateField(_("as of"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    document = models.OneToOneField(Document, models.PROTECT, related_name="session_report", verbose_name=_("document"))
    skeleton = models.ForeignKey(
        Skeleton, models.PROTECT, related_name="reports", null=True, blank=True, editable=False,
        verbose_name=_("skeleton"),
    )  # fmt: skip
    remarks = ProseField(_("general remarks"), blank=True)
    direction = ProseField(_("direction by the People's Committee"), blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)
    recommendations = ProseField(_("recommendations"), blank=True)
    correction = ProseField(_("why earlier figures are corrected"), blank=True)
    frozen = models.JSONField(_("figures at issue"), null=True, blank=True, editable=False)
    written = models.JSONField(_("figures when it was last written"), null=True, blank=True, editable=False)

    objects = SessionReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("session report")
        verbose_name_plural = _("session reports")
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return f"{self.council_session}, {self.as_of:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("reports:report", args=[self.pk])
