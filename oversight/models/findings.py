"""What a delegation found, beside what the agency reported."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel, Upload
from oversight.models.recommendations import Recommendation
from oversight.models.working_sessions import WorkingSession
from petitions.models import PetitionPoint, ResultClass


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(working_session__in=WorkingSession.objects.visible_to(user))


class Finding(TrackedModel):
    """What the agency reported on one point and what the delegation found: two facts, two owners."""

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="findings", verbose_name=_("working session")
    )
    point = models.ForeignKey(PetitionPoint, models.PROTECT, related_name="findings", verbose_name=_("point"))
    reported = ProseField(_("reported by the agency"), blank=True)
    found = ProseField(_("found by the delegation"), blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)
    assessed_result = models.CharField(_("council's own result"), max_length=12, choices=ResultClass, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["working_session", "point"], name="finding_is_made_once_a_session"),
        ]

    def __str__(self):
        return f"{self.point}: {self.get_assessed_result_display()}"

    def history_since(self, user):
        return self.working_session.history_since(user)

    @property
    def seal(self):
        """Changes whenever the assessment or what was found changes; "" where neither stands."""
        if not (self.assessed_result or self.found):
            return ""
        return hashlib.sha256(f"{self.assessed_result}\n{self.found}".encode()).hexdigest()[:16]

    @property
    def disagrees(self):
        """Whether the delegation came to another result than the agency says."""
        return bool(self.assessed_result and self.point.result and self.assessed_result != self.point.result)


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With what it proves: a finding and a session once their notice is issued, a report with its demand."""
        sessions = WorkingSession.objects.visible_to(user)
        return self.filter(
            Q(working_session__in=sessions)
            | Q(finding__working_session__in=sessions)
            | Q(recommendation__in=Recommendation.objects.visible_to(user))
        )


class Evidence(TrackedModel):
    """A photo or document: of a finding, of the agency as a whole, or of what was done about a recommendation."""

    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="files", null=True, blank=True, verbose_name=_("finding")
    )
    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="files", null=True, blank=True, verbose_name=_("working session")
    )
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="files", null=True, blank=True, verbose_name=_("recommendation")
    )
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="oversight_evidence", verbose_name=_("file"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of oversight")
        verbose_name_plural = _("evidence of oversight")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_proves_one_thing",
                condition=Q(finding__isnull=False, working_session__isnull=True, recommendation__isnull=True)
                | Q(finding__isnull=True, working_session__isnull=False, recommendation__isnull=True)
                | Q(finding__isnull=True, working_session__isnull=True, recommendation__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.upload)
