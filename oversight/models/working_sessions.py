"""A working session with an agency, its agenda, and the notice of what was concluded."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.formats import short_date
from common.models import TrackedModel
from directory.models import Agency
from documents.models import Document, Status
from oversight.models.delegations import Delegation, DelegationMember, seen_by
from petitions.models import Petition


class WorkingSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With their delegation; an agency sees a session with it once its conclusion notice is issued."""
        return self.filter(
            seen_by(user, "delegation")
            | Q(agency__in=user.agencies, pk__in=ConclusionNotice.objects.issued().values("working_session"))
        )

    def without_notice(self):
        """Those whose conclusions nobody has begun to write down."""
        return self.exclude(pk__in=ConclusionNotice.objects.standing().values("working_session"))

    def without_issued_notice(self):
        """Those whose agency has not been told what was concluded."""
        return self.exclude(pk__in=ConclusionNotice.objects.issued().values("working_session"))


class WorkingSession(TrackedModel):
    """The delegation meets one agency (buổi làm việc), or looks for itself at a place (khảo sát thực địa)."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("working session")
        VISIT = "visit", _("field visit")

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="working_sessions", verbose_name=_("delegation")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="working_sessions", verbose_name=_("agency"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MEETING)
    held_on = models.DateField(_("day"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    venue = LineField(_("venue"), max_length=160, blank=True)
    in_charge = models.ForeignKey(
        DelegationMember,
        models.PROTECT,
        related_name="working_sessions",
        null=True,
        blank=True,
        verbose_name=_("in charge"),
        help_text=_("Who completes the record and follows up what is asked for."),
    )
    reported = ProseField(_("reported by the agency"), blank=True)
    found = ProseField(_("found by the delegation"), blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)

    objects = WorkingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("working session")
        verbose_name_plural = _("working sessions")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.agency}, {short_date(self.held_on)}"

    def get_absolute_url(self):
        return reverse("oversight:working_session", args=[self.pk])

    @property
    def notice(self):
        """The conclusion notice, drafted or issued; None before, and after a draft was given up."""
        return next((one for one in self.notices.all() if one.document.status != Status.ABANDONED), None)

    def fields_hidden_from(self, user):
        """Who is in charge is the council's own business."""
        return frozenset() if self.delegation.is_open_to(user) else {"in_charge"}

    def history_since(self, user):
        """Others read of it from the issue of the notice on: how it was found is the delegation's business."""
        if self.delegation.is_open_to(user):
            return None
        issued = next((one for one in self.notices.all() if one.document.is_issued), None)
        return issued.document.history_since(user) if issued else timezone.now()

    def history_parts(self):
        return [*self.findings.select_related("point__petition"), *self.recommendations.all()]


class Sign(models.TextChoices):
    """What speaks for looking at a petition; see `oversight.choosing`."""

    OVERDUE = "overdue", _("overdue")
    CARRIED = "carried", _("carried over")
    REPEATED = "repeated", _("repeated")
    VAGUE = "vague", _("vague answer")
    OFF = "off", _("beside the point")
    MISSED = "missed", _("promise not kept")


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(working_session__in=WorkingSession.objects.visible_to(user))


class AgendaItem(TrackedModel):
    """One petition on the agenda of a working session.

    `number` is its short code in this session, on the delegation's papers: given once, never to another petition.
    `signs` are what spoke for it when it was chosen.
    """

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="agenda", verbose_name=_("working session")
    )
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="agenda_items", verbose_name=_("petition"))
    number = models.PositiveSmallIntegerField(_("short code"))
    signs = models.JSONField(_("why it was chosen"), default=list)
    is_pinned = models.BooleanField(_("pinned by hand"), default=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["working_session", "petition"], name="agenda_names_a_petition_once"),
            models.UniqueConstraint(fields=["working_session", "number"], name="agenda_number_is_given_once"),
        ]

    def __str__(self):
        return f"{self.working_session}: {self.petition}"

    @property
    def reasons(self):
        """Why it is on the agenda, in words."""
        words = [str(Sign(sign).label) for sign in self.signs]
        return [*words, str(_("pinned by hand"))] if self.is_pinned else words

    def short_code(self, point):
        """ "3" for the only point of a petition, "3.2" for one of several."""
        return f"{self.number}.{point.number}" if self.petition.point_count > 1 else str(self.number)


class ConclusionNoticeQuerySet(models.QuerySet):
    def standing(self):
        """Without the drafts that were given up: one a working session at most."""
        return self.exclude(document__status=Status.ABANDONED)

    def issued(self):
        return self.filter(document__status=Status.ISSUED)


class ConclusionNotice(TrackedModel):
    """The notice (thông báo) that tells an agency what the delegation concluded after a working session."""

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="notices", verbose_name=_("working session")
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="conclusion_notice", verbose_name=_("document")
    )

    objects = ConclusionNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("conclusion notice")
        verbose_name_plural = _("conclusion notices")

    def __str__(self):
        return str(self.document)
