"""The papers a delegation produces besides its conclusion notices: plan, decision, outline, minutes, report."""

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


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def standing(self):
        """Without the drafts that were given up."""
        return self.exclude(document__status=Status.ABANDONED)


class OversightPaper(TrackedModel):
    """One paper, drafted from the record and edited as text; `text` is what its document says.

    Written with the few signs of `responses.markup`. `revision` counts the times it was saved.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan of the oversight")
        DECISION = "decision", _("decision that sets the delegation up")
        OUTLINE = "outline", _("outline sent ahead")
        MINUTES = "minutes", _("minutes of a working session")
        REPORT = "report", _("oversight report")

    #: Those about one working session; the others are about the whole oversight.
    OF_A_SESSION = (Kind.OUTLINE, Kind.MINUTES)
    #: What they are as official documents.
    AS_DOCUMENTS = {
        Kind.PLAN: DocumentKind.PLAN,
        Kind.DECISION: DocumentKind.DECISION,
        Kind.OUTLINE: DocumentKind.LETTER,
        Kind.MINUTES: DocumentKind.MINUTES,
        Kind.REPORT: DocumentKind.REPORT,
    }

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="papers", verbose_name=_("delegation"))
    working_session = models.ForeignKey(
        WorkingSession,
        models.PROTECT,
        related_name="papers",
        null=True,
        blank=True,
        verbose_name=_("working session"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="oversight_paper", verbose_name=_("document")
    )
    text = ProseField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a delegation")
        verbose_name_plural = _("papers of a delegation")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_of_a_session_names_it",
                condition=Q(kind__in=["outline", "minutes"], working_session__isnull=False)
                | Q(kind__in=["plan", "decision", "report"], working_session__isnull=True),
            )
        ]

    def __str__(self):
        return str(self.document)

    def get_absolute_url(self):
        return reverse("oversight:paper", args=[self.pk])
