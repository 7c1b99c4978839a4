"""What voters think of the answer, place by place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
from directory.models import AdministrativeUnit
from petitions.models import Petition
from sessions.models import VoterMeeting


class VoterVerdictQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(petition__in=Petition.objects.visible_to(user))


class VoterVerdict(TrackedModel):
    """What the voters of one place said when the answer was announced to them.

    `raised_again` is the petition that was logged for the next session because they disagreed.
    """

    class Verdict(models.TextChoices):
        SATISFIED = "satisfied", _("satisfied")
        CLARIFY = "clarify", _("asks for clarification")
        DISAGREES = "disagrees", _("disagrees")

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="verdicts", verbose_name=_("petition"))
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="verdicts", verbose_name=_("locality"))
    verdict = models.CharField(_("voters' verdict"), max_length=10, choices=Verdict)
    told_on = models.DateField(_("announced on"))
    meeting = models.ForeignKey(
        VoterMeeting,
        models.PROTECT,
        related_name="verdicts",
        null=True,
        blank=True,
        verbose_name=_("voter meeting"),
    )
    remark = ProseField(_("what they said"), blank=True)
    raised_again = models.OneToOneField(
        Petition,
        models.PROTECT,
        related_name="raised_by_verdict",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("raised again as"),
    )

    objects = VoterVerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict of voters")
        verbose_name_plural = _("verdicts of voters")
        ordering = ["told_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "unit"], name="verdict_is_one_a_place"),
            models.CheckConstraint(
                name="verdict_raised_again_disagrees", condition=Q(raised_again=None) | Q(verdict="disagrees")
            ),
        ]

    def __str__(self):
        return f"{self.unit.sentence_name}: {self.get_verdict_display()}"
