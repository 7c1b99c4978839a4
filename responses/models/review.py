"""What reviewers think of an answer, and the phrases that promise nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from directory.models.wordlists import WordListEntry
from responses.models.replies import Answer


class VaguePhrase(WordListEntry):
    """Words that sound like an answer and commit to nothing: they are pointed out, never forbidden."""

    WORDS = "phrase"

    phrase = LineField(_("phrase"), max_length=120)

    class Meta:
        verbose_name = _("vague phrase")
        verbose_name_plural = _("vague phrases")
        ordering = ["phrase"]
        constraints = [models.UniqueConstraint(fields=["council", "phrase"], name="vague_phrase_is_listed_once")]


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The council's own marks for all who read the answer; the agency's stay in the agency."""
        shown = Q(by_council=True) | Q(answer__reply__agency__in=user.agencies)
        return self.filter(shown, answer__in=Answer.objects.visible_to(user))


class Assessment(TrackedModel):
    """Whether an answer meets its point, as one reviewer sees it: the agency before, the council after issue."""

    class Mark(models.TextChoices):
        ANSWERS = "answers", _("answers the point")
        PARTLY = "partly", _("answers it partly")
        OFF = "off", _("beside the point")

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="assessments", verbose_name=_("answer"))
    mark = models.CharField(_("mark"), max_length=10, choices=Mark)
    note = ProseField(_("note"), blank=True)
    by_council = models.BooleanField(_("by the council"), default=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments", verbose_name=_("reviewer")
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of an answer")
        verbose_name_plural = _("assessments of answers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "reviewer"], name="assessment_is_one_a_reviewer")]

    def __str__(self):
        return f"{self.answer.point}: {self.get_mark_display()}"
