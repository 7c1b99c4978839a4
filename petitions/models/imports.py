"""Lists that were sent in as files: each import, its rows, and what keeps a row from coming in twice."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel, Upload
from common.tables import FileKind
from directory.models import AdministrativeUnit, PeoplesCouncil
from petitions.models.petitions import Petition
from sessions.models import CouncilSession, Phase, VoterMeeting


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the councils one works for; the rows hold voters' data, so only for those who may read it."""
        councils = user.councils_where("petition_log") & user.councils_where("personal_data_see")
        return self.filter(council_session__term__council__in=councils)


class ImportRun(TrackedModel):
    """One file with a list of petitions: what it was, what became of each row, who brought it in when.

    Its state changes only through `petitions.workflow`. The counts are those of the last reading.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("file received")
        READING = "reading", _("being read")
        READY = "ready", _("to be looked over")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("dropped")

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="imports", verbose_name=_("council session")
    )
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="imports", verbose_name=_("file"))
    file_kind = models.CharField(_("kind of file"), max_length=4, choices=[(kind, kind) for kind in FileKind])
    sender = LineField(_("sender"), max_length=160, blank=True)
    meeting = models.ForeignKey(
        VoterMeeting,
        models.PROTECT,
        related_name="imports",
        null=True,
        blank=True,
        verbose_name=_("voter meeting"),
    )
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="imports",
        null=True,
        blank=True,
        verbose_name=_("locality"),
    )
    raised_on = models.DateField(_("raised on"))
    phase = models.CharField(_("raised"), max_length=6, choices=Phase, default=Phase.BEFORE)
    source = models.CharField(_("source"), max_length=10, choices=Petition.Source, default=Petition.Source.MEETING)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.UPLOADED, editable=False)
    table_index = models.PositiveSmallIntegerField(_("table"), null=True, editable=False)
    head_line = models.PositiveIntegerField(_("line of the headings"), null=True, editable=False)
    columns = models.JSONField(_("columns"), default=dict, editable=False)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0, editable=False)
    accepted = models.PositiveIntegerField(_("accepted"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused"), default=0, editable=False)
    duplicates = models.PositiveIntegerField(_("there already"), default=0, editable=False)
    left_out = models.PositiveIntegerField(_("left out"), default=0, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("by"), editable=False
    )
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return self.upload.name

    def get_absolute_url(self):
        return reverse("petitions:import", args=[self.pk])

    @property
    def council(self):
        return self.council_session.council


class ImportRow(models.Model):
    """One petition found in a file, with the lines it was read from: a working table, emptied of nothing."""

    class State(models.TextChoices):
        READY = "ready", _("can be imported")
        REFUSED = "refused", _("has errors")
        DUPLICATE = "duplicate", _("there already")
        LEFT_OUT = "left_out", _("left out")
        IMPORTED = "imported", _("imported")
        UNDONE = "undone", _("taken back")

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("lines as read"), default=list)
    heads = models.JSONField(_("group rows above"), default=list)
    values = models.JSONField(_("values"), default=dict)
    problems = models.JSONField(_("problems"), default=dict)
    notes = models.JSONField(_("remarks"), default=list)
    digest = models.CharField(_("fingerprint"), max_length=32, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READY)
    petition = models.ForeignKey(
        Petition, models.PROTECT, related_name="import_rows", null=True, blank=True, verbose_name=_("petition")
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["run", "line"]
        indexes = [
            models.Index(fields=["run", "state", "line"]),
            models.Index(fields=["digest"]),
        ]

    def __str__(self):
        return f"{self.run_id}:{self.line}"


class ImportClaim(models.Model):
    """The fingerprint of what an import brought into a session: a second row of the same fingerprint stays out,
    also when two people import at the same moment."""

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="import_claims", verbose_name=_("council session")
    )
    digest = models.CharField(_("fingerprint"), max_length=32)
    row = models.OneToOneField(ImportRow, models.PROTECT, related_name="claim", verbose_name=_("row"))

    class Meta:
        verbose_name = _("fingerprint of an imported row")
        verbose_name_plural = _("fingerprints of imported rows")
        constraints = [
            models.UniqueConstraint(fields=["council_session", "digest"], name="import_brings_a_row_in_once")
        ]

    def __str__(self):
        return self.digest


class ColumnMemory(models.Model):
    """How the columns of one sender's lists were matched last time."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="column_memories", verbose_name=_("People's Council")
    )
    sender = models.CharField(_("sender"), max_length=170)
    headings = models.CharField(_("fingerprint of the headings"), max_length=32)
    columns = models.JSONField(_("columns"), default=dict)

    class Meta:
        verbose_name = _("columns of a sender")
        verbose_name_plural = _("columns of senders")
        constraints = [
            models.UniqueConstraint(fields=["council", "sender", "headings"], name="columns_are_remembered_once")
        ]

    def __str__(self):
        return self.sender
