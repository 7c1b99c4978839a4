"""A council's term of office, its sessions, the voter meetings before and after them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, ProseField
from common.formats import ordinal
from common.models import TrackedModel
from deadlines.models import Clock, StartEvent, Stream
from directory.models import AdministrativeUnit, Agency, PeoplesCouncil


class Phase(models.TextChoices):
    BEFORE = "before", _("before the session")
    DURING = "during", _("during the session")
    AFTER = "after", _("after the session")


#: The days of a session that days are counted from, as the anchors of clocks name them.
ANCHORED = {StartEvent.SESSION_OPENS: "opens", StartEvent.SESSION_CLOSES: "closes"}


class TermQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.councils)


class CouncilTerm(TrackedModel):
    """Five years of one council: “khóa XV, nhiệm kỳ 2021–2026”."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="terms", verbose_name=_("People's Council")
    )
    name = LineField(_("term"), max_length=20, help_text=_("The Roman number alone: XV."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("council term")
        verbose_name_plural = _("council terms")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "name"],
                name="council_term_is_named_once",
                violation_error_message=_("This council already has a term of this name."),
            ),
            models.CheckConstraint(
                name="council_term_ends_after_it_begins",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The last day must come after the first day."),
            ),
        ]

    def __str__(self):
        return f"{self.council.short_name} khóa {self.name}"


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(term__council__in=user.councils)

    def regular(self):
        """Only regular sessions carry a petition cycle."""
        return self.filter(kind=CouncilSession.Kind.REGULAR)


class CouncilSession(TrackedModel):
    """One sitting of the council. Its number is for display only: merged provinces repeat them."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular")
        THEMATIC = "thematic", _("thematic")
        EXTRAORDINARY = "extraordinary", _("extraordinary")

    term = models.ForeignKey(
        CouncilTerm, models.PROTECT, related_name="council_sessions", verbose_name=_("council term")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.REGULAR)
    number = models.PositiveSmallIntegerField(_("session number"), help_text=_("For display: “Kỳ họp thứ 17”."))
    title = LineField(_("title"), max_length=120, help_text=_("Short, for screens: “Kỳ họp thường lệ cuối năm 2026”."))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    cutoff_on = models.DateField(
        _("petitions accepted until"),
        null=True,
        blank=True,
        help_text=_("Later ones go to the next session."),
    )

    objects = SessionQuerySet.as_manager()

    #: Which rules about days hold for what is due before and after it.
    stream = Stream.COUNCIL

    class Meta:
        verbose_name = _("council session")
        verbose_name_plural = _("council sessions")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="council_session_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The closing day lies before the opening day."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:cockpit", args=[self.pk])

    @property
    def council(self):
        return self.term.council

    def anchor(self, event):
        """What clocks counted from its first or last day name as that day."""
        return f"session/{self.pk}/{ANCHORED[event]}"

    @property
    def official_name(self):
        """As a document cites it: “Kỳ họp thứ 17, Hội đồng nhân dân tỉnh Ninh Bình khóa XV”."""
        return f"Kỳ họp {ordinal(self.number)}, {self.council.name} khóa {self.term.name}"

    def next_regular(self):
        """The regular session after this one, of this council or of one that succeeds it; None for the latest."""
        regular = CouncilSession.objects.regular().filter(opens_on__gt=self.opens_on).select_related("term__council")
        later = regular.order_by("opens_on")
        return next((session for session in later if self.council in session.council.lineage), None)

    def previous_regular(self):
        """The regular session before this one, of this council or of one it succeeds; None for the first."""
        return (
            CouncilSession.objects.regular()
            .filter(term__council__in=self.council.lineage, opens_on__lt=self.opens_on)
            .order_by("-opens_on")
            .first()
        )


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council_session__term__council__in=user.councils)


class VoterMeeting(TrackedModel):
    """Delegates meet voters (tiếp xúc cử tri): where what is raised gets written down."""

    class Kind(models.TextChoices):
        PERIODIC = "periodic", _("periodic")
        THEMATIC = "thematic", _("on a subject")
        TARGET_GROUP = "target_group", _("with a group of voters")
        RESIDENCE = "residence", _("where the delegate lives")
        WORKPLACE = "workplace", _("where the delegate works")
        OUTSIDE = "outside", _("outside the constituency")
        ONLINE = "online", _("online or mixed")

    council_session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="meetings", verbose_name=_("council session")
    )
    phase = models.CharField(_("when"), max_length=6, choices=Phase, default=Phase.BEFORE)
    kind = models.CharField(_("kind of meeting"), max_length=12, choices=Kind, default=Kind.PERIODIC)
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="meetings", verbose_name=_("locality"))
    venue = LineField(_("venue"), max_length=160, blank=True)
    held_on = models.DateField(_("held on"))
    delegate_group = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="meetings",
        null=True,
        blank=True,
        verbose_name=_("delegate group"),
    )
    voters_attending = models.PositiveIntegerField(_("voters attending"), null=True, blank=True)
    mentions = models.PositiveIntegerField(
        _("times someone spoke"),
        null=True,
        blank=True,
        help_text=_("Lượt ý kiến — not the number of petitions."),
    )
    answered_on_the_spot = ProseField(_("answered on the spot"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("voter meeting")
        verbose_name_plural = _("voter meetings")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.unit.sentence_name}, {self.held_on:%d/%m/%Y}"


class AssemblySessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)


class AssemblySession(TrackedModel):
    """A session of the National Assembly, kept by a council's Office: reports are due before it and after it."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="assembly_sessions", verbose_name=_("People's Council")
    )
    name = LineField(_("name"), max_length=120, help_text=_("“Kỳ họp thứ 2, Quốc hội khóa XVI”."))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

    objects = AssemblySessionQuerySet.as_manager()

    stream = Stream.NATIONAL

    class Meta:
        verbose_name = _("session of the National Assembly")
        verbose_name_plural = _("sessions of the National Assembly")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "name"],
                name="assembly_session_is_named_once",
                violation_error_message=_("A session of this name is on record already."),
            ),
            models.CheckConstraint(
                name="assembly_session_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The closing day lies before the opening day."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("sessions:reports")

    @property
    def title(self):
        return self.name

    def anchor(self, event):
        return f"assembly/{self.pk}/{ANCHORED[event]}"


class DueReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those one's own agency sends, and all of the councils one follows."""
        return self.filter(Q(agency__in=user.agencies) | Q(agency__council__in=user.sees_councils))

    def awaited(self):
        return self.filter(sent_on=None)


class DueReport(TrackedModel):
    """A report an agency owes before or after a session, by the council's rules about days.

    Its clock starts when the session is on record, moves with it, and stops on the day the report was sent.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="due_reports", verbose_name=_("agency"))
    title = LineField(_("report"), max_length=160)
    council_session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="due_reports",
        null=True,
        blank=True,
        verbose_name=_("council session"),
    )
    assembly_session = models.ForeignKey(
        AssemblySession,
        models.PROTECT,
        related_name="due_reports",
        null=True,
        blank=True,
        verbose_name=_("session of the National Assembly"),
    )
    counted_from = models.CharField(_("counted from"), max_length=20, choices=StartEvent)
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="due_report", verbose_name=_("clock"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    reference = LineField(_("number and symbol"), max_length=120, blank=True)

    objects = DueReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report owed")
        verbose_name_plural = _("reports owed")
        ordering = ["clock__due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="due_report_belongs_to_one_session",
                condition=Q(council_session=None) ^ Q(assembly_session=None),
            ),
            models.CheckConstraint(name="due_report_sent_has_a_number", condition=Q(sent_on=None) | ~Q(reference="")),
            models.UniqueConstraint(
                name="due_report_is_owed_once_a_council_session", fields=["council_session", "agency", "counted_from"]
            ),
            models.UniqueConstraint(
                name="due_report_is_owed_once_an_assembly_session",
                fields=["assembly_session", "agency", "counted_from"],
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.session.title})"

    def get_absolute_url(self):
        return f"{reverse('sessions:reports')}#report-{self.pk}"

    @property
    def session(self):
        return self.council_session or self.assembly_session

    @property
    def due_on(self):
        return self.clock.due_on
