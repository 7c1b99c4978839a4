"""An oversight delegation, its working sessions, findings and recommendations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from deadlines.models import Clock
from directory.models import Agency, PeoplesCouncil
from documents.models import Document, Status
from petitions.models import Petition, PetitionPoint, ResultClass
from sessions.models import CouncilSession


class DelegationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)


class Delegation(TrackedModel):
    """An oversight delegation (Đoàn giám sát), set up by a decision of the Standing Committee or a committee."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="delegations", verbose_name=_("People's Council")
    )
    council_session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="delegations",
        null=True,
        blank=True,
        verbose_name=_("petitions of session"),
    )
    body = models.ForeignKey(Agency, models.PROTECT, related_name="delegations", verbose_name=_("set up by"))
    name = LineField(_("name"), max_length=200)
    subject = LineField(_("subject of oversight"), max_length=300)
    decision = LineField(_("decision"), max_length=120, blank=True, help_text=_("Number and symbol: 25/QĐ-BPC."))
    decision_on = models.DateField(_("decision of"), null=True, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("oversight delegation")
        verbose_name_plural = _("oversight delegations")
        ordering = ["-starts_on", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("oversight:delegation", args=[self.pk])

    def history_parts(self):
        return list(self.members.all())


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(delegation__in=Delegation.objects.visible_to(user))


class DelegationMember(TrackedModel):
    """Somebody in a delegation, with the real post beside the part played."""

    class Part(models.TextChoices):
        HEAD = "head", _("head of the delegation")
        DEPUTY = "deputy", _("deputy head")
        MEMBER = "member", _("member")
        SECRETARY = "secretary", _("secretary")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="members", verbose_name=_("delegation"))
    name = LineField(_("full name"), max_length=100)
    post = LineField(_("post"), max_length=160)
    part = models.CharField(_("part"), max_length=10, choices=Part, default=Part.MEMBER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegation_seats",
        null=True,
        blank=True,
        verbose_name=_("account"),
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a delegation")
        verbose_name_plural = _("members of a delegation")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name}, {self.post}"


class WorkingSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The council sees its own; an agency sees a session with it once its conclusion notice is issued."""
        return self.filter(
            Q(delegation__council__in=user.sees_councils)
            | Q(agency__in=user.agencies, pk__in=ConclusionNotice.objects.issued().values("working_session"))
        )

    def without_notice(self):
        """Those whose conclusions nobody has begun to write down."""
        return self.exclude(pk__in=ConclusionNotice.objects.standing().values("working_session"))

    def without_issued_notice(self):
        """Those whose agency has not been told what was concluded."""
        return self.exclude(pk__in=ConclusionNotice.objects.issued().values("working_session"))


class WorkingSession(TrackedModel):
    """The delegation meets one agency (buổi làm việc)."""

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="working_sessions", verbose_name=_("delegation")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="working_sessions", verbose_name=_("agency"))
    held_on = models.DateField(_("day"))
    venue = LineField(_("venue"), max_length=160, blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)

    objects = WorkingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("working session")
        verbose_name_plural = _("working sessions")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.agency}, {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("oversight:working_session", args=[self.pk])

    @property
    def notice(self):
        """The conclusion notice, drafted or issued; None before, and after a draft was given up."""
        return next((one for one in self.notices.all() if one.document.status != Status.ABANDONED), None)

    def history_parts(self):
        return [*self.findings.select_related("point__petition"), *self.recommendations.all()]


class AgendaItem(TrackedModel):
    """One petition on the agenda of a working session."""

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="agenda", verbose_name=_("working session")
    )
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="agenda_items", verbose_name=_("petition"))

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["working_session", "petition"], name="agenda_names_a_petition_once"),
        ]

    def __str__(self):
        return f"{self.working_session}: {self.petition}"


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(working_session__in=WorkingSession.objects.visible_to(user))


class Finding(TrackedModel):
    """What the agency reported on one point and what the delegation found: two facts, two owners."""

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="findings", verbose_name=_("working session")
    )
    point = models.ForeignKey(PetitionPoint, models.PROTECT, related_name="findings", verbose_name=_("point"))
    reported = ProseField(_("reported by the agency"), blank=True)
    found = ProseField(_("found by the delegation"), blank=True)
    assessed_result = models.CharField(_("council's own result"), max_length=12, choices=ResultClass, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["working_session", "point"], name="finding_is_made_once_a_session"),
        ]

    def __str__(self):
        return f"{self.point}: {self.get_assessed_result_display()}"

    @property
    def disagrees(self):
        """Whether the delegation came to another result than the agency says."""
        return bool(self.assessed_result and self.point.result and self.assessed_result != self.point.result)


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The council sees its own; the agency once the recommendation is sent to it."""
        return self.filter(
            Q(working_session__delegation__council__in=user.sees_councils)
            | Q(agency__in=user.agencies) & ~Q(status=Recommendation.Status.PREPARED)
        )

    def pending(self):
        return self.filter(status__in=[Recommendation.Status.OPEN, Recommendation.Status.REPORTED])


class Recommendation(TrackedModel):
    """What the delegation asks an agency to do, by when. Done only when somebody else has verified the evidence."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("not sent yet")
        OPEN = "open", _("being carried out")
        REPORTED = "reported", _("reported done, to be verified")
        DONE = "done", _("done, verified")

    working_session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="recommendations", verbose_name=_("working session")
    )
    petition = models.ForeignKey(
        Petition,
        models.PROTECT,
        related_name="recommendations",
        null=True,
        blank=True,
        verbose_name=_("about petition"),
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="recommendations", verbose_name=_("to"))
    content = ProseField(_("what is asked"))
    due_on = models.DateField(
        _("to be done by"), null=True, blank=True, help_text=_("Empty: a standing request without a day.")
    )
    clock = models.OneToOneField(
        Clock, models.PROTECT, related_name="recommendation", null=True, blank=True, verbose_name=_("clock")
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.PREPARED, editable=False)
    evidence = ProseField(_("evidence"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recommendations_reported",
        null=True,
        blank=True,
        verbose_name=_("reported by"),
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    remark = LineField(_("remark"), max_length=500, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_done_has_evidence_and_day",
                condition=~Q(status="done") | ~Q(evidence="") & Q(verified_on__isnull=False),
            )
        ]

    def __str__(self):
        return self.content[:80]

    @property
    def thread(self):
        """The key under which everything told about it stands together."""
        return f"recommendation/{self.pk}"


class ExplanationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recommendation__in=Recommendation.objects.visible_to(user))

    def awaited(self):
        """Those still owed: what was done meanwhile needs no explanation."""
        return self.filter(given_on=None).exclude(recommendation__status=Recommendation.Status.DONE)


class Explanation(TrackedModel):
    """A written explanation (giải trình) an agency owes for not carrying out a recommendation.

    Law 121/2025/QH15, Article 40: within a time the council's rules about days give.
    """

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="explanations", verbose_name=_("recommendation")
    )
    asked_on = models.DateField(_("asked for on"))
    question = ProseField(_("what is to be explained"))
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="explanation", verbose_name=_("clock"))
    text = ProseField(_("written explanation"), blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("written explanation")
        verbose_name_plural = _("written explanations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="explanation_is_awaited_once", fields=["recommendation"], condition=Q(given_on=None)
            ),
            models.CheckConstraint(name="explanation_given_has_words", condition=Q(given_on=None) | ~Q(text="")),
        ]

    def __str__(self):
        return self.question[:80]

    @property
    def due_on(self):
        return self.clock.due_on

    @property
    def is_awaited(self):
        return not self.given_on and self.recommendation.status != Recommendation.Status.DONE

    def get_absolute_url(self):
        return self.recommendation.working_session.get_absolute_url()


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
