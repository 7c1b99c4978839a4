"""What the committees say of the results in their fields, before a session."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
from directory.models import Agency
from petitions.models import PetitionPoint, ResultClass
from sessions.models import CouncilSession


class VerificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The council's own: an agency hears of it from the reports to the session."""
        return self.filter(council_session__term__council__in=user.sees_councils)


class Verification(TrackedModel):
    """What a committee says of one point for one session (thẩm tra): its own result, and a remark.

    `assessed_on` is the day the result was last chosen. `revision` counts the times it was saved.
    """

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="verifications", verbose_name=_("council session")
    )
    committee = models.ForeignKey(Agency, models.PROTECT, related_name="verifications", verbose_name=_("committee"))
    point = models.ForeignKey(PetitionPoint, models.PROTECT, related_name="verifications", verbose_name=_("point"))
    assessed_result = models.CharField(_("committee's own result"), max_length=12, choices=ResultClass, blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, editable=False)
    remark = ProseField(_("remark"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification by a committee")
        verbose_name_plural = _("verifications by committees")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council_session", "point"], name="verification_is_one_a_point_and_session"
            ),
            models.CheckConstraint(
                name="verification_result_has_its_day", condition=Q(assessed_result="") | Q(assessed_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.point}: {self.get_assessed_result_display()}"

    @property
    def words(self):
        """(result, remark): what people type."""
        return self.assessed_result, self.remark

    @property
    def disagrees(self):
        """Whether the committee came to another result than the agency says."""
        return bool(self.assessed_result and self.point.result and self.assessed_result != self.point.result)
