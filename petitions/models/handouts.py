"""Workbooks handed out to be worked on elsewhere, and what came back in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.models import Upload
from common.tables import FileKind
from directory.models import Agency
from petitions.models.petitions import Petition, PetitionPoint
from sessions.models import CouncilSession


class HandoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those whose return one deals with, those for one's delegate group, and those one made."""
        made = self.filter(made_by=user, council_session__term__council__in=user.councils)
        return self.brought_back_by(user) | made

    def brought_back_by(self, user):
        """Whoever deals with what comes back, and the delegate group it was made for: it proposes, others decide."""
        of_group = Q(recipient__kind=Agency.Kind.DELEGATE_GROUP, recipient__in=user.agencies)
        return self.dealt_with_by(user) | self.filter(of_group)

    def dealt_with_by(self, user):
        """An agency deals with its own answers; what it drafts is nobody else's. The rest is the secretariat's."""
        councils = user.councils_where(Permission.PETITION_LOG)
        return self.filter(
            Q(holder__isnull=True, council_session__term__council__in=councils)
            | Q(holder__in=user.agencies_where(Permission.ASSIGNMENT_RESPOND))
        )


class Handout(models.Model):
    """One workbook for one body: which rows, as they stood then. `holder` is the agency that alone deals with what
    comes back; empty for the council's secretariat.
    """

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="handouts", verbose_name=_("council session")
    )
    kind = models.CharField(_("kind"), max_length=10)
    recipient = models.ForeignKey(Agency, models.PROTECT, related_name="handouts", verbose_name=_("for"))
    holder = models.ForeignKey(
        Agency, models.PROTECT, related_name="handouts_held", null=True, verbose_name=_("dealt with by")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handouts", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("workbook handed out")
        verbose_name_plural = _("workbooks handed out")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.recipient.short_label}, {self.made_at:%d/%m/%Y}"

    @property
    def council(self):
        return self.council_session.council


class HandoutRow(models.Model):
    """One petition or point as it was handed out: what may be changed, by column."""

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="rows", verbose_name=_("workbook"))
    code = models.CharField(_("code"), max_length=30)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="handout_rows", verbose_name=_("petition"))
    point = models.ForeignKey(
        PetitionPoint, models.PROTECT, related_name="handout_rows", null=True, verbose_name=_("point")
    )
    values = models.JSONField(_("as handed out"), default=dict)
    digest = models.CharField(_("fingerprint"), max_length=8)

    class Meta:
        verbose_name = _("row of a workbook handed out")
        verbose_name_plural = _("rows of workbooks handed out")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["handout", "code"], name="handout_names_a_row_once")]

    def __str__(self):
        return self.code

    @property
    def version(self):
        """What stands in the last column: which workbook, and the fingerprint of the row in it."""
        return f"B{self.handout_id}-{self.digest}"


class HandbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(handout__in=Handout.objects.brought_back_by(user))


class Handback(models.Model):
    """A workbook that came back: the file, who brought it in when."""

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="handbacks", verbose_name=_("workbook"))
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="handbacks", verbose_name=_("file"))
    file_kind = models.CharField(_("kind of file"), max_length=4, choices=[(kind, kind) for kind in FileKind])
    columns = models.JSONField(_("columns found"), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handbacks", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = HandbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("workbook that came back")
        verbose_name_plural = _("workbooks that came back")
        ordering = ["-pk"]

    def __str__(self):
        return self.upload.name

    def get_absolute_url(self):
        return reverse("petitions:handback", args=[self.pk])

    def is_dealt_with_by(self, user):
        """Whether `user` takes over what came back; others that see it have handed it in."""
        return Handout.objects.dealt_with_by(user).filter(pk=self.handout_id).exists()


class HandbackRow(models.Model):
    """One row of a file that came back, and what became of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("not taken over yet")
        LEFT_OUT = "left_out", _("left out")
        DONE = "done", _("taken over")
        REFUSED = "refused", _("refused")

    handback = models.ForeignKey(Handback, models.PROTECT, related_name="rows", verbose_name=_("file"))
    row = models.ForeignKey(
        HandoutRow, models.PROTECT, related_name="handback_rows", null=True, verbose_name=_("as handed out")
    )
    line = models.PositiveIntegerField(_("line"))
    code = models.CharField(_("code"), max_length=120, blank=True)
    values = models.JSONField(_("as it came back"), default=dict)
    problem = models.CharField(_("problem"), max_length=400, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN)
    taken_over = models.JSONField(_("cells taken over"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handback_rows", null=True, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), null=True)

    class Meta:
        verbose_name = _("row of a workbook that came back")
        verbose_name_plural = _("rows of workbooks that came back")
        ordering = ["handback", "line"]

    def __str__(self):
        return f"{self.handback_id}:{self.line}"
