"""Reports to a session: their texts, and the figures frozen with them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
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
