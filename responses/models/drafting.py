"""How a draft came to be: each version kept, comments on passages, what each person has seen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from responses.models.replies import Answer, Reply


class ReplyVersion(models.Model):
    """The words of a draft as they were saved once. Appended to, never changed."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="versions", verbose_name=_("reply"))
    revision = models.PositiveIntegerField(_("revision"))
    texts = models.JSONField(_("texts"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reply_versions", verbose_name=_("author")
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a reply")
        verbose_name_plural = _("versions of replies")
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["reply", "revision"], name="reply_version_is_kept_once")]

    def __str__(self):
        return f"{self.reply} · {self.revision}"


class Glance(models.Model):
    """The last version of a draft one person has looked at."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="glances", verbose_name=_("reply"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="glances", verbose_name=_("person")
    )
    revision = models.PositiveIntegerField(_("revision"))

    class Meta:
        verbose_name = _("glance at a draft")
        verbose_name_plural = _("glances at drafts")
        constraints = [models.UniqueConstraint(fields=["reply", "person"], name="glance_is_one_a_person")]

    def __str__(self):
        return f"{self.person}: {self.revision}"


class PassageCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Comments are the agency's own: they are read where the draft was written."""
        return self.filter(answer__in=Answer.objects.visible_to(user), answer__reply__agency__in=user.agencies)


class PassageComment(TrackedModel):
    """A remark on a passage of a draft answer; settled, it stays on record."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="comments", verbose_name=_("answer"))
    passage = LineField(_("passage"), max_length=500, blank=True)
    text = ProseField(_("comment"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="passage_comments", verbose_name=_("author")
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = PassageCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]

    @property
    def is_still_there(self):
        """Whether the passage still stands in the answer as it was quoted."""
        return not self.passage or self.passage in " ".join(self.answer.text.split())
