"""What a delegation asks for, and the explanation an agency owes for what it did not do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from deadlines.models import Clock, DeadlineRule, StartEvent, StopAct
from directory.models import Agency
from oversight.models.delegations import DelegationMember, seen_by
from oversight.models.working_sessions import WorkingSession
from petitions.models import Petition


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With their delegation; to who is in charge until it is done; to the agency once it is sent to it."""
        return self.filter(
            seen_by(user, "working_session__delegation")
            | _in_the_hands_of(user)
            | Q(agency__in=user.agencies) & ~Q(status=Recommendation.Status.PREPARED)
        )

    def sent(self):
        """Those the agency has been told of."""
        return self.exclude(status=Recommendation.Status.PREPARED)

    def still_owed(self):
        """Those the agency has to carry out, or to carry out better."""
        return self.filter(status__in=Recommendation.OWED)

    def pending(self):
        return self.filter(status__in=[*Recommendation.OWED, Recommendation.Status.REPORTED])


def _in_the_hands_of(user):
    """What a member follows up after the delegation has ended, until it is done or passed on."""
    if not user.councils_overseen:
        return Q(pk__in=[])
    return Q(in_charge__user=user, in_charge__left_on=None) & ~Q(status=Recommendation.Status.DONE)


def notice_rule(council, agency, day):
    """The council's rule about what a conclusion notice asks of the agency; None where there is none."""
    return DeadlineRule.objects.find(
        council, StartEvent.FINDING_ISSUED, on=day, stops_with=StopAct.RECOMMENDATION_DONE, agency=agency
    )


class Recommendation(TrackedModel):
    """What the delegation asks an agency to do, by when. Done only when somebody else has verified the evidence."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("not sent yet")
        OPEN = "open", _("being carried out")
        REPORTED = "reported", _("reported done, to be verified")
        NOT_MET = "not_met", _("does not meet the requirement")
        DONE = "done", _("done, verified")

    #: The states in which it is the agency's turn.
    OWED = (Status.OPEN, Status.NOT_MET)

    class Apart(models.TextChoices):
        """Why a recommendation is left out of the on-time rate, though its day may have come."""

        MULTI_YEAR = "multi_year", _("work of several years")
        EXCUSED = "excused", _("excused in writing")

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
    product = LineField(
        _("product"),
        max_length=300,
        blank=True,
        help_text=_("What is handed in when it is done: report, decision, record."),
    )
    coordinating = models.ManyToManyField(
        Agency,
        through="CoordinatingAgency",
        related_name="recommendations_helped",
        blank=True,
        verbose_name=_("coordinating agencies"),
    )
    is_by_rule = models.BooleanField(
        _("due by the council's rule"),
        default=False,
        help_text=_("Counted from the issue of the conclusion notice."),
    )
    in_charge = models.ForeignKey(
        DelegationMember,
        models.PROTECT,
        related_name="recommendations",
        null=True,
        blank=True,
        verbose_name=_("followed up by"),
    )
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
    apart = models.CharField(_("counted apart"), max_length=10, choices=Apart, blank=True)
    apart_reason = LineField(_("reason"), max_length=500, blank=True)
    apart_document = LineField(_("document"), max_length=200, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_done_has_evidence_and_day",
                condition=~Q(status="done") | ~Q(evidence="") & Q(verified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_counted_apart_says_why",
                condition=Q(apart="") | ~Q(apart_reason="") & (~Q(apart="excused") | ~Q(apart_document="")),
            ),
        ]

    def __str__(self):
        return self.content[:80]

    def get_absolute_url(self):
        return reverse("oversight:recommendation", args=[self.pk])

    def fields_hidden_from(self, user):
        """Who follows it up is the council's own business."""
        return frozenset() if self.working_session.delegation.is_open_to(user) else {"in_charge"}

    @property
    def done_on(self):
        """The day it was reported done; None while it is the agency's turn, again if what was shown did not do."""
        return None if self.status in self.OWED else self.reported_on

    def history_since(self, user):
        return self.working_session.history_since(user)

    def history_parts(self):
        return [*self.coordinating_rows.select_related("agency"), *self.steps.taken()]

    def rule_on(self, day):
        """The council's rule about the time after a conclusion notice; None where it is not due by one, or has none."""
        if not self.is_by_rule:
            return None
        council = self.working_session.delegation.council
        return notice_rule(council, self.agency, day)

    @property
    def is_owed(self):
        return self.status in self.OWED

    @property
    def thread(self):
        """The key under which everything told about it stands together."""
        return f"recommendation/{self.pk}"


class CoordinatingAgency(TrackedModel):
    """An agency that helps the one asked."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="coordinating_rows", verbose_name=_("recommendation")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="coordinating_rows", verbose_name=_("coordinating agency")
    )

    class Meta:
        verbose_name = _("coordinating agency")
        verbose_name_plural = _("coordinating agencies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "agency"], name="agency_helps_once_with_a_recommendation")
        ]

    def __str__(self):
        return f"{self.recommendation}: {self.agency}"


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
        return self.recommendation.get_absolute_url()
