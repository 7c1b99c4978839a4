"""The ladder: what the council does, step after step, about a recommendation that is not carried out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from directory.models import Agency
from documents.models import Document, Status
from oversight.models.delegations import seen_by
from oversight.models.recommendations import Recommendation
from oversight.models.working_sessions import WorkingSession


class LadderStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With their delegation; an agency what was taken about its recommendations."""
        reached = self.filter(recommendation__in=Recommendation.objects.visible_to(user))
        own = seen_by(user, "recommendation__working_session__delegation")
        return reached.filter(own | Q(taken_on__isnull=False))

    def standing(self):
        """Without the letters that were given up."""
        return self.exclude(document__status=Status.ABANDONED)

    def taken(self):
        return self.filter(taken_on__isnull=False)


class LadderStep(TrackedModel):
    """One step. The system proposes it, a person decides; it counts from the day of its document.

    `taken_on` is empty while the letter drafted for it is not issued.
    """

    class Kind(models.TextChoices):
        URGED = "urged", _("urging letter")
        SUPERIOR = "superior", _("proposal to the superior authority")
        EXPLANATION = "explanation", _("written explanation asked for")
        QUESTIONING = "questioning", _("questioning at the session")
        AGAIN = "again", _("overseen again")
        REPORT = "report", _("report to the People's Council")

    #: The step that asks for no answer: it ends the ladder.
    WITHOUT_ANSWER = (Kind.REPORT,)

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="steps", verbose_name=_("recommendation")
    )
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    number = models.PositiveSmallIntegerField(_("time"), default=1)
    taken_on = models.DateField(_("day"), null=True, blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="ladder_step", null=True, blank=True, verbose_name=_("letter")
    )
    reference = LineField(
        _("document"), max_length=200, blank=True, help_text=_("Number and symbol of a document written elsewhere.")
    )
    addressee = models.ForeignKey(
        Agency, models.PROTECT, related_name="ladder_steps", null=True, blank=True, verbose_name=_("addressee")
    )
    answer_by = models.DateField(_("answer asked for by"), null=True, blank=True)
    words = ProseField(_("what is asked, or noted"), blank=True)
    reason = LineField(
        _("why not the step proposed"),
        max_length=300,
        blank=True,
        help_text=_("Where another step is taken than the system proposes."),
    )
    working_session = models.ForeignKey(
        WorkingSession,
        models.PROTECT,
        related_name="overseen_again",
        null=True,
        blank=True,
        verbose_name=_("working session"),
    )

    objects = LadderStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="ladder_step_taken_has_a_document",
                condition=Q(taken_on__isnull=True, document__isnull=False)
                | Q(taken_on__isnull=False)
                & (Q(document__isnull=False) | ~Q(reference="") | Q(working_session__isnull=False)),
            )
        ]

    def __str__(self):
        return f"{self.label}: {self.recommendation}"

    def fields_hidden_from(self, user):
        """Why the council chose this step is its own business."""
        return frozenset() if self.recommendation.working_session.delegation.is_open_to(user) else {"reason"}

    @property
    def label(self):
        """ "đôn đốc lần 2", "chất vấn tại kỳ họp"."""
        if self.kind != self.Kind.URGED:
            return self.get_kind_display()
        return _("urging letter, time %(number)d") % {"number": self.number}

    @property
    def written(self):
        """The number and symbol of its document; "" while that has none."""
        if self.document:
            return self.document.number_and_symbol if self.document.is_issued else ""
        return self.reference
