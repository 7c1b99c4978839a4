"""Reports on a session: their texts and skeletons, the figures frozen with them; the criteria it is measured by."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.models import TrackedModel
from directory.models import PeoplesCouncil, Validity, ValidityQuerySet
from documents.models import Document
from sessions.models import CouncilSession


class ReportKind(models.TextChoices):
    """Which report it is: what came in, what the answering side did about it, what the council found."""

    AGGREGATE = "aggregate", _("Aggregate report of petitions")
    RESULTS = "results", _("Result report of the People's Committee")
    OVERSIGHT = "oversight", _("Oversight report on petitions")


class SkeletonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)

    def present(self, council, kind):
        """The version in use; None while the council uses the text shipped with the program."""
        latest = self.filter(council=council, kind=kind).order_by("-version").first()
        return latest if latest and latest.text else None


class Skeleton(TrackedModel):
    """One version of a council's own text for a kind of report. Versions are added, never changed.

    `text` is written with the signs of `reports.skeleton`; "" goes back to the text shipped with the program.
    `annexes` are the keys of the appendices in their order; None for those the kind has by default.
    """

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="report_skeletons", verbose_name=_("People's Council")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    version = models.PositiveIntegerField(_("version"))
    text = ProseField(_("text"), blank=True)
    annexes = models.JSONField(_("appendices"), null=True, blank=True)
    reason = LineField(_("why it is changed"), max_length=200, blank=True)

    objects = SkeletonQuerySet.as_manager()

    class Meta:
        verbose_name = _("skeleton of a report")
        verbose_name_plural = _("skeletons of reports")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["council", "kind", "version"], name="skeleton_version_is_kept_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.council}: {self.version}"


class SessionReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))


class SessionReport(TrackedModel):
    """A report on voters' petitions to one session, as of one day. Issued, its figures never change.

    `skeleton` is the text it was last written from; None for the one shipped with the program. `written` are the
    numbers of its paper and a digest of what else stands there, to find out whether the records changed since.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.OVERSIGHT)
    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="reports", verbose_name=_("council session")
    )
    as_of = models.DateField(_("as of"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    document = models.OneToOneField(Document, models.PROTECT, related_name="session_report", verbose_name=_("document"))
    skeleton = models.ForeignKey(
        Skeleton, models.PROTECT, related_name="reports", null=True, blank=True, editable=False,
        verbose_name=_("skeleton"),
    )  # fmt: skip
    remarks = ProseField(_("general remarks"), blank=True)
    direction = ProseField(_("direction by the People's Committee"), blank=True)
    achievements = ProseField(_("achievements"), blank=True)
    limitations = ProseField(_("limitations"), blank=True)
    causes = ProseField(_("causes"), blank=True)
    recommendations = ProseField(_("recommendations"), blank=True)
    correction = ProseField(_("why earlier figures are corrected"), blank=True)
    frozen = models.JSONField(_("figures at issue"), null=True, blank=True, editable=False)
    written = models.JSONField(_("figures when it was last written"), null=True, blank=True, editable=False)

    objects = SessionReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("session report")
        verbose_name_plural = _("session reports")
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return f"{self.council_session}, {self.as_of:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("reports:report", args=[self.pk])


class CriterionQuerySet(ValidityQuerySet):
    def of(self, council, day):
        """Those by which a council is measured on a day: its own, and those for every council of other measures."""
        valid = self.valid_on(day)
        own = models.Q(council=council)
        general = models.Q(council__isnull=True) & ~models.Q(measure__in=valid.filter(own).values("measure"))
        return valid.filter(own | general)


class Criterion(Validity):
    """One criterion of an evaluation framework: what is measured, from which share on it is met, what is left out."""

    class Measure(models.TextChoices):
        FORWARDED = "forwarded", _("petitions forwarded to the right body")
        ON_TIME = "on_time", _("points answered on time")
        VERIFIED = "verified", _("report on petitions before the session")
        PUBLISHED = "published", _("answers made public in time")
        UNANSWERED = "unanswered", _("petitions left unanswered")

    IN_DAYS = (Measure.PUBLISHED, Measure.UNANSWERED)
    MOST_DAYS = 3660

    council = models.ForeignKey(
        PeoplesCouncil,
        models.PROTECT,
        related_name="criteria",
        null=True,
        blank=True,
        verbose_name=_("People's Council"),
        help_text=_("Empty: for every council."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    met_from = models.DecimalField(_("met from (%)"), max_digits=5, decimal_places=2, default=100)
    partly_from = models.DecimalField(_("partly met from (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, help_text=_("Working days until publication; days an answer may take.")
    )
    without_central = models.BooleanField(_("without central matters"), default=True)
    source = LineField(_("drawn from"), max_length=200)
    is_draft = models.BooleanField(_("a draft framework"), default=True)

    objects = CriterionQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["place", "pk"]
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                name="criterion_is_partly_met_below_met",
                condition=models.Q(partly_from__isnull=True) | models.Q(partly_from__lt=models.F("met_from")),
            ),
        ]

    def __str__(self):
        return self.get_measure_display()

    def clean(self):
        """Shares lie within 100%, the lower below the other; what is measured in days says how many."""
        super().clean()
        wrong = {}
        if self.met_from is not None and not 0 < self.met_from <= 100:
            wrong["met_from"] = _("A share from above 0 to 100%.")
        if self.partly_from is not None and not 0 <= self.partly_from <= 100:
            wrong["partly_from"] = _("A share from 0 to 100%.")
        elif self.partly_from is not None and self.met_from is not None and self.partly_from >= self.met_from:
            wrong["partly_from"] = _("It must lie below the share from which the criterion is met.")
        if self.measure in self.IN_DAYS and not self.days:
            wrong["days"] = _("This measure needs a number of days.")
        elif self.days and self.days > self.MOST_DAYS:
            wrong["days"] = _("No more than %(number)d days.") % {"number": self.MOST_DAYS}
        if wrong:
            raise ValidationError(wrong)


class TouchedPetition(models.Model):
    """Something a figure asks of a petition has changed since it was last counted: itself, a point of it or a clock.

    The database writes it down in the transaction of the change, whoever makes it (`reports.tallies`).
    """

    petition = models.BigIntegerField(null=True)
    point = models.BigIntegerField(null=True)
    clock = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("petition to be counted again")
        verbose_name_plural = _("petitions to be counted again")

    def __str__(self):
        return f"{self.petition or self.point or self.clock}"


class Alike(models.Model):
    """What petitions, or points, that stand alike have in common.

    `due_on` is the day after which it is overdue, 9999-12-31 where nothing is due. No record named: 0.
    """

    council_session = models.BigIntegerField()
    result = models.CharField(max_length=12)
    due_on = models.DateField()

    class Meta:
        abstract = True


class AlikePetition(Alike):
    """`apart`: "merged" or "set_aside", "" for one to be dealt with; `late`, `disagreed` and `assigned` are 0 or 1."""

    apart = models.CharField(max_length=9)
    level = models.CharField(max_length=10)
    late = models.SmallIntegerField()
    disagreed = models.SmallIntegerField()
    assigned = models.SmallIntegerField()
    times_raised = models.IntegerField()
    points = models.IntegerField()

    class Meta:
        abstract = True


class CountedPetition(AlikePetition):
    """A petition as it was last counted. It has stood like this from the day `stands_from` on."""

    petition = models.BigIntegerField(primary_key=True)
    policy_field = models.BigIntegerField()
    place = models.BigIntegerField()
    stands_from = models.DateField()

    class Meta:
        verbose_name = _("petition as counted")
        verbose_name_plural = _("petitions as counted")
        indexes = [models.Index(fields=["council_session", "stands_from"])]

    def __str__(self):
        return f"{self.petition}"


class CountedPoint(Alike):
    """A point of a petition to be dealt with as it was last counted, with its lead agency."""

    petition = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField()

    class Meta:
        verbose_name = _("point as counted")
        verbose_name_plural = _("points as counted")

    def __str__(self):
        return f"{self.petition}"


class StandingTally(AlikePetition):
    """So many petitions counted that stand alike; `by` a field, a place or (points) an agency, or "" for all together.

    By a field, place or agency only those to be dealt with are told apart, by result and due date.
    """

    by = models.CharField(max_length=6)
    value = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("count of those that stand alike")
        verbose_name_plural = _("counts of those that stand alike")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "council_session", "by", "value", "apart", "level", "result", "due_on", "late", "disagreed",
                    "assigned", "times_raised", "points",
                ],
                name="standing_is_counted_once",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.number}"
