"""What a delegation found, beside what the agency reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
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

    @property
    def disagrees(self):
        """Whether the delegation came to another result than the agency says."""
        return bool(self.assessed_result and self.point.result and self.assessed_result != self.point.result)
