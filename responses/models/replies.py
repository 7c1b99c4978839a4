"""A reply letter, its answers point by point, their evidence."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel, Upload
from directory.models import Agency
from documents.models import Amendment, Document
from petitions.models import PetitionPoint, ResultClass
from responses import markup


class ResultReason(TrackedModel):
    """Why a result is what it is: a list kept as data."""

    result = models.CharField(_("result"), max_length=12, choices=ResultClass)
    name = LineField(_("reason"), max_length=120)
    needs_roadmap = models.BooleanField(_("needs a roadmap date"), default=False)
    is_about_documents = models.BooleanField(
        _("about a document"),
        default=False,
        help_text=_("A document is made, changed, submitted or waited for: reports list these petitions apart."),
    )
    place_in_list = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason of a result")
        verbose_name_plural = _("reasons of results")
        ordering = ["place_in_list", "pk"]
        constraints = [models.UniqueConstraint(fields=["result", "name"], name="result_reason_is_named_once")]

    def __str__(self):
        return self.name


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))


class Reply(TrackedModel):
    """One official letter of one agency that answers points of one or many petitions."""

    class Kind(models.TextChoices):
        FINAL = "final", _("final reply")
        INTERIM = "interim", _("interim reply")
        SUPPLEMENTARY = "supplementary", _("supplementary reply")

    #: An interim reply tells how far things are; it closes nothing and stops no clock.
    CLOSING_KINDS = (Kind.FINAL, Kind.SUPPLEMENTARY)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="replies", verbose_name=_("answering agency"))
    document = models.OneToOneField(Document, models.PROTECT, related_name="reply", verbose_name=_("letter"))
    kind = models.CharField(_("kind of reply"), max_length=15, choices=Kind, default=Kind.FINAL)
    opening = ProseField(_("opening"), help_text=_("“Thực hiện Công văn số … ngày … của … về việc …”."))
    closing = ProseField(_("closing"))
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")

    def __str__(self):
        return f"{self.document.number_and_symbol} {self.agency}"

    def get_absolute_url(self):
        return reverse("responses:draft", args=[self.pk])

    def history_parts(self):
        return list(self.answers.select_related("point__petition", "reply__document__agency"))

    def history_since(self, user):
        return self.document.history_since(user)


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of letters one may read. Of a letter about more than what is entrusted to a person only that part."""
        answers = self.filter(reply__in=Reply.objects.visible_to(user))
        if not user.councils_overseen:
            return answers
        return answers.filter(Q(point__in=PetitionPoint.objects.visible_to(user)) | Q(reply__agency__in=user.agencies))

    def in_letter_order(self):
        return self.order_by("petition_place", "point__petition", "point__number")

    def ticked(self):
        """Without those of registered letters that were found not to answer their point."""
        return self.filter(unticked_on=None)

    def effective(self):
        """Answers of issued final or supplementary replies that were neither replaced nor recalled, nor unticked."""
        in_force = Document.objects.in_force()
        return self.ticked().filter(reply__document__in=in_force, reply__kind__in=Reply.CLOSING_KINDS)

    def effective_on(self, day):
        """Those that stood on a day, whatever became of their letters since."""
        fallen = Amendment.objects.in_force().exclude(kind=Amendment.Kind.CORRIGENDUM)
        fallen = fallen.filter(document__issued_on__lte=day).values("original")
        issued = Document.objects.issued().filter(issued_on__lte=day)
        stood = self.filter(Q(unticked_on=None) | Q(unticked_on__gt=day))
        return stood.filter(reply__document__in=issued, reply__kind__in=Reply.CLOSING_KINDS).exclude(
            reply__document__in=fallen
        )


class Answer(TrackedModel):
    """What the agency says to one point. Answered is one fact, resolved another."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="answers", verbose_name=_("reply"))
    point = models.ForeignKey(PetitionPoint, models.PROTECT, related_name="answers", verbose_name=_("point"))
    petition_place = models.PositiveSmallIntegerField(_("place of the petition in the letter"), default=0)
    heading = LineField(_("heading in the letter"), max_length=300, blank=True)
    text = ProseField(_("answer"), blank=True)
    result = models.CharField(_("result"), max_length=12, choices=ResultClass, blank=True)
    reason = models.ForeignKey(
        ResultReason,
        models.PROTECT,
        related_name="answers",
        null=True,
        blank=True,
        verbose_name=_("more precisely"),
    )
    roadmap_on = models.DateField(_("roadmap date"), null=True, blank=True, help_text=_("When it will be done."))
    evidence = ProseField(
        _("evidence"), blank=True, help_text=_("Acceptance report, decision, payment … with number and date.")
    )
    directive_document = LineField(
        _("directive document"),
        max_length=200,
        blank=True,
        help_text=_("Number and date of the document that orders it."),
    )
    cited_documents = ProseField(_("documents cited"), blank=True, help_text=_("One a line."))
    unticked_on = models.DateField(_("found not to answer the point on"), null=True, blank=True, editable=False)
    unticked_because = LineField(_("does not answer the point because"), max_length=300, blank=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["reply", "point"], name="answer_is_given_once_a_reply"),
            models.CheckConstraint(
                name="answer_unticked_says_why",
                condition=Q(unticked_on=None, unticked_because="")
                | Q(unticked_on__isnull=False) & ~Q(unticked_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.point} — {self.reply}"

    @property
    def plain_text(self):
        """The answer without the signs of its formatting."""
        return markup.plain(self.text)

    @property
    def is_written(self):
        return bool(self.text and self.result)

    def history_since(self, user):
        return self.reply.history_since(user)


class EvidenceFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            Q(answer__in=Answer.objects.visible_to(user))
            | Q(answer__point__in=PetitionPoint.objects.visible_to(user)) & Q(answer__reply__document__status="issued")
        )


class EvidenceFile(TrackedModel):
    """A file that proves what an answer says."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="files", verbose_name=_("answer"))
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="evidence_files", verbose_name=_("file"))

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")

    def __str__(self):
        return str(self.upload)

    def history_since(self, user):
        return self.answer.reply.history_since(user)
