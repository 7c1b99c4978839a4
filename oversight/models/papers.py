"""The papers of oversight: of a delegation, of one of its working sessions, of the committees before a session."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
from documents.models import Document, Status
from documents.models import Kind as DocumentKind
from oversight.models.delegations import Delegation
from oversight.models.working_sessions import WorkingSession
from sessions.models import CouncilSession


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def standing(self):
        """Without the drafts that were given up."""
        return self.exclude(document__status=Status.ABANDONED)


class OversightPaper(TrackedModel):
    """One paper, drafted from the record and edited as text; `text` is what its document says.

    Written with the few signs of `responses.markup`. `drawn` is what the record gave on `drawn_on`, before anybody
    changed it; `revision` counts the times it was saved.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan of the oversight")
        DECISION = "decision", _("decision that sets the delegation up")
        OUTLINE = "outline", _("outline sent ahead")
        MINUTES = "minutes", _("minutes of a working session")
        NOTICE = "notice", _("conclusion notice")
        REPORT = "report", _("oversight report")
        VERIFICATION = "verification", _("verification report")
        STEP = "step", _("letter about a recommendation not carried out")

    #: Those about one working session; the others of a delegation are about the whole oversight.
    OF_A_SESSION = (Kind.OUTLINE, Kind.MINUTES, Kind.NOTICE)
    #: Those chosen by their kind; the others are drafted where what they say is recorded.
    CHOSEN = (Kind.PLAN, Kind.DECISION, Kind.OUTLINE, Kind.MINUTES, Kind.REPORT)
    #: What they are as official documents.
    AS_DOCUMENTS = {
        Kind.PLAN: DocumentKind.PLAN,
        Kind.DECISION: DocumentKind.DECISION,
        Kind.OUTLINE: DocumentKind.LETTER,
        Kind.MINUTES: DocumentKind.MINUTES,
        Kind.NOTICE: DocumentKind.NOTICE,
        Kind.REPORT: DocumentKind.REPORT,
        Kind.VERIFICATION: DocumentKind.REPORT,
    }

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="papers", null=True, blank=True, verbose_name=_("delegation")
    )
    working_session = models.ForeignKey(
        WorkingSession,
        models.PROTECT,
        related_name="papers",
        null=True,
        blank=True,
        verbose_name=_("working session"),
    )
    council_session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="oversight_papers",
        null=True,
        blank=True,
        verbose_name=_("council session"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="oversight_paper", verbose_name=_("document")
    )
    text = ProseField(_("text"), blank=True)
    drawn = ProseField(_("text drawn from the record"), blank=True, editable=False)
    drawn_on = models.DateField(_("drawn from the record on"), null=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a delegation")
        verbose_name_plural = _("papers of a delegation")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_of_a_session_names_it",
                condition=Q(
                    kind__in=["outline", "minutes", "notice", "step"],
                    delegation__isnull=False,
                    working_session__isnull=False,
                    council_session=None,
                )
                | Q(
                    kind__in=["plan", "decision", "report"],
                    delegation__isnull=False,
                    working_session=None,
                    council_session=None,
                )
                | Q(kind="verification", delegation=None, working_session=None, council_session__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.document)

    def history_since(self, user):
        """Others than the council and the delegation read of it from its issue on."""
        is_open = self.delegation_id and self.delegation.is_open_to(user)
        return None if is_open else self.document.history_since(user)

    def get_absolute_url(self):
        return reverse("oversight:paper", args=[self.pk])
