"""What an agency that helps says to a point, for the agency that answers it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from petitions.models import Assignment
from responses.models.replies import Answer


class ContributionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of one's own agency's; once given, those to points one's agency leads. Nobody else reads them."""
        led = Assignment.objects.current().lead().filter(agency__in=user.agencies).values("point")
        given = Q(status=Contribution.Status.GIVEN, assignment__point__in=led)
        return self.filter(Q(assignment__agency__in=user.agencies) | given)

    def given(self):
        return self.filter(status=Contribution.Status.GIVEN)

    def to_be_merged(self):
        """Given, and in no draft yet, while the lead still owes its answer."""
        owed = Assignment.objects.waiting().lead().values("point")
        return self.given().filter(merged_into=None, assignment__point__in=owed)


class Contribution(TrackedModel):
    """The part of one coordinating agency in one point: what the lead asks of it, and what it gives.

    Its state changes through `contributing` only.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("waiting for clearance")
        GIVEN = "given", _("given to the lead agency")

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="contribution", verbose_name=_("assignment")
    )
    request = ProseField(_("what the lead agency asks for"), blank=True)
    text = ProseField(_("contribution"), blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="contributions_drafted",
        null=True,
        editable=False,
        verbose_name=_("drafted by"),
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="contributions_cleared",
        null=True,
        editable=False,
        verbose_name=_("cleared by"),
    )
    return_reason = LineField(_("sent back because"), max_length=500, blank=True, editable=False)
    given_on = models.DateField(_("given on"), null=True, editable=False)
    merged_into = models.ForeignKey(
        Answer,
        models.PROTECT,
        related_name="contributions",
        null=True,
        editable=False,
        verbose_name=_("taken into the answer"),
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_given_has_text_and_day",
                condition=Q(status="given", given_on__isnull=False) & ~Q(text="")
                | ~Q(status="given") & Q(given_on__isnull=True, merged_into__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.assignment.agency}: {self.assignment.point}"

    def get_absolute_url(self):
        return reverse("responses:contribute", args=[self.assignment_id])

    def fields_hidden_from(self, user):
        return frozenset({"revision"})

    def history_since(self, user):
        """The lead reads of it from when it was last given: how it came about is the agency's own."""
        if self.assignment.agency_id in user.agencies:
            return None
        unfinished = self.history.exclude(status=self.Status.GIVEN).order_by("-history_id").first()
        given = self.history.filter(status=self.Status.GIVEN, history_id__gt=unfinished.history_id if unfinished else 0)
        first = given.order_by("history_id").first()
        return first and first.history_date
