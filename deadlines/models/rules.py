"""Rules about days as data: what starts the time, how long it is, what stops it, to whom it applies, on what basis."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from deadlines.counting import Counting, count
from deadlines.models.calendars import calendar_of
from directory.models import Agency, PeoplesCouncil
from directory.models.validity import Validity, ValidityQuerySet

COUNTINGS = [(Counting.WORKING.value, _("working days")), (Counting.CALENDAR.value, _("calendar days"))]


class StartEvent(models.TextChoices):
    FORWARDED = "forwarded", _("the forwarding letter is received")
    RETURNED = "returned", _("the agency returns it as not its own")
    SESSION_OPENS = "session_opens", _("the session opens")
    SESSION_CLOSES = "session_closes", _("the session closes")
    FINDING_ISSUED = "finding_issued", _("the conclusion notice is issued")
    EXPLANATION_ASKED = "explanation_asked", _("an explanation is asked for")
    URGED = "urged", _("an urging letter is issued")
    OFFICIAL_DUE = "official_due", _("the official due date")


class StopAct(models.TextChoices):
    REPLY_ISSUED = "reply_issued", _("the final reply is issued")
    FORWARDED = "forwarded", _("it is forwarded to another agency")
    RECOMMENDATION_DONE = "recommendation_done", _("the recommendation is reported done and verified")
    REPORT_SENT = "report_sent", _("the report is sent")
    EXPLAINED = "explained", _("the written explanation is sent")


#: What each start leads to. No other pair starts a clock or proposes a day.
STOPS = {
    StartEvent.FORWARDED: {StopAct.REPLY_ISSUED},
    StartEvent.RETURNED: {StopAct.FORWARDED},
    StartEvent.SESSION_OPENS: {StopAct.REPLY_ISSUED, StopAct.REPORT_SENT},
    StartEvent.SESSION_CLOSES: {StopAct.REPORT_SENT},
    StartEvent.FINDING_ISSUED: {StopAct.RECOMMENDATION_DONE},
    StartEvent.EXPLANATION_ASKED: {StopAct.EXPLAINED},
    StartEvent.URGED: {StopAct.REPLY_ISSUED},
    StartEvent.OFFICIAL_DUE: set(StopAct),
}


class Holder(models.TextChoices):
    OFFICIAL = "official", _("official: the lead agency towards the council")
    COORDINATING = "coordinating", _("of a coordinating agency")
    INTERNAL = "internal", _("internal: inside the agency")
    URGED = "urged", _("by an urging letter")


#: Whose time a rule can give; what an urging letter asks for has a start of its own (`StartEvent.URGED`).
OF_RULES = [(holder.value, holder.label) for holder in Holder if holder != Holder.URGED]


class Stream(models.TextChoices):
    COUNCIL = "council", _("People's Council")
    NATIONAL = "national", _("National Assembly")


class AuthorityLevel(models.TextChoices):
    """Whose matter it is: of a petition, and of the rules that hold for it."""

    CENTRAL = "central", _("central")
    PROVINCIAL = "provincial", _("provincial")
    DISTRICT = "district", _("district (until June 2025)")
    COMMUNAL = "communal", _("communal")


class RuleQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.councils)

    def find(
        self, council, starts_with, *, on, stops_with="", holder=Holder.OFFICIAL, stream="", level="", agency=None
    ):
        """The rule in force on the day that fits the case most closely; None where there is none.

        From one day several things may be due: `stops_with` says which of them is meant.
        """
        kind = agency.kind if agency else ""
        fitting = (
            self.valid_on(on)
            .filter(council=council, starts_with=starts_with, holder=holder)
            .filter(stream__in={"", stream}, level__in={"", level}, agency_kind__in={"", kind})
            .filter(Q(agency=None) | Q(agency=agency))
        )
        if stops_with:
            fitting = fitting.filter(stops_with=stops_with)
        return max(fitting, key=lambda rule: (rule.closeness, rule.pk), default=None)


class DeadlineRule(Validity):
    """One rule. What a running clock counts by never changes: another length is another rule, from another day."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="deadline_rules", verbose_name=_("People's Council")
    )
    name = LineField(_("name"), max_length=160)
    starts_with = models.CharField(_("counted from"), max_length=20, choices=StartEvent)
    stops_with = models.CharField(_("ended by"), max_length=20, choices=StopAct)
    days = models.PositiveSmallIntegerField(_("days"))
    counting = models.CharField(_("counted in"), max_length=8, choices=COUNTINGS)
    is_before = models.BooleanField(_("counted back"), default=False, help_text=_("So many days before that day."))
    counts_start_day = models.BooleanField(
        _("the first day counts"),
        default=False,
        help_text=_("Civil Code 2015, Article 147.1: it does not, unless said otherwise."),
    )
    moves = models.BooleanField(
        _("an end on a day off moves to the next working day"),
        default=True,
        help_text=_("Civil Code 2015, Article 148.5; to be confirmed by the council's lawyer."),
    )
    holder = models.CharField(_("whose clock"), max_length=12, choices=OF_RULES, default=Holder.OFFICIAL)
    stream = models.CharField(_("stream"), max_length=8, choices=Stream, blank=True)
    level = models.CharField(_("authority level"), max_length=10, choices=AuthorityLevel, blank=True)
    agency_kind = models.CharField(_("kind of agency"), max_length=20, choices=Agency.Kind, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="deadline_rules",
        null=True,
        blank=True,
        verbose_name=_("agency"),
        help_text=_("Empty: every agency."),
    )
    legal_basis = LineField(_("legal basis"), max_length=300, blank=True)
    is_confirmed = models.BooleanField(
        _("confirmed"), default=False, help_text=_("By the council's lawyer, against the text itself.")
    )

    objects = RuleQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("rule about days")
        verbose_name_plural = _("rules about days")
        ordering = ["starts_with", "holder", "pk"]
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                name="deadline_rule_counts_back_from_a_day_known_ahead",
                condition=Q(is_before=False) | Q(starts_with__in=["session_opens", "session_closes", "official_due"]),
                violation_error_message=_("Days are counted back from a session or from the official due date only."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """A pair that starts nothing would be a promise nobody keeps."""
        super().clean()
        possible = STOPS.get(self.starts_with, set())
        if self.starts_with and self.stops_with and self.stops_with not in possible:
            words = ", ".join(str(stop.label) for stop in StopAct if stop in possible)
            raise ValidationError({"stops_with": _("From this start, time is ended by: %(stops)s.") % {"stops": words}})

    @property
    def closeness(self):
        """How many criteria it names: the more, the closer it fits."""
        return sum(map(bool, (self.agency_id, self.agency_kind, self.level, self.stream)))

    @property
    def counts(self):
        """How it counts, as an event of a clock keeps it."""
        return {
            "days": self.days,
            "counting": self.counting,
            "is_before": self.is_before,
            "counts_start_day": self.counts_start_day,
            "moves": self.moves,
        }

    def day_from(self, counted_from):
        """The due date of what is counted from a day, by the council's calendar as it stands."""
        return count(
            counted_from,
            -self.days if self.is_before else self.days,
            Counting(self.counting),
            calendar_of(self.council),
            counts_start_day=self.counts_start_day,
            moves=self.moves,
        ).due_on
