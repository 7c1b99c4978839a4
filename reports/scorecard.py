"""A session measured against the criteria of an evaluation framework: each value with its evidence and what to do next.

The criteria are data (`reports.models.Criterion`); what each of them counts stands here.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import percent, short_date
from deadlines.counting import Counting, count
from deadlines.models import calendar_of
from documents.models import Document
from documents.models import Status as DocumentStatus
from oversight.models import OversightPaper
from petitions.models import Assignment, Petition, PetitionEvent
from reports import times
from reports.catalogue import DUE_BY, LETTERS_BY, RECEIVED_BY, SENT_BY, Unit
from reports.models import Criterion, ReportKind

Measure = Criterion.Measure
VERIFICATION = OversightPaper.Kind.VERIFICATION


class Level(models.TextChoices):
    """How a value stands against the thresholds."""

    MET = "met", gettext_lazy("met")
    PARTLY = "partly", gettext_lazy("partly met")
    NOT_MET = "not_met", gettext_lazy("not met")
    OPEN = "open", gettext_lazy("nothing to measure yet")


@dataclass(frozen=True)
class Evidence:
    """One petition, point or paper that a value rests on; `is_gap` where it is what keeps the value down.

    `is_past` where it was done, only too late: nothing mends that any more.
    """

    code: str
    title: str
    words: Any
    is_gap: bool
    petition: int | None = None
    is_past: bool = False


@dataclass(frozen=True)
class Score:
    """One criterion measured: `part` of `whole`; for what is deducted, `part` points off.

    `address` is the page where all gaps are dealt with at once; "" where each is opened from the evidence.
    """

    criterion: Criterion
    part: int
    whole: int
    evidence: list[Evidence] = field(default_factory=list)
    address: str = ""

    @property
    def is_deducted(self):
        """Whether `part` counts what takes points off."""
        return self.criterion.measure == Measure.UNANSWERED

    @property
    def gaps(self):
        return [row for row in self.evidence if row.is_gap]

    @property
    def reached(self):
        """What `part` counts: what is not a gap; for what is deducted, each gap."""
        return self.gaps if self.is_deducted else [r for r in self.evidence if not r.is_gap]

    @property
    def value(self):
        """ "92,3%", "-" of nothing; "−3" for what is deducted."""
        if self.is_deducted and self.whole:
            return f"−{self.part}" if self.part else "0"
        return percent(self.part, self.whole)

    @property
    def level(self):
        if not self.whole:
            return Level.OPEN
        if self.is_deducted:
            return Level.NOT_MET if self.part else Level.MET
        reached = self.part * 100
        if reached >= self.criterion.met_from * self.whole:
            return Level.MET
        partly = self.criterion.partly_from
        return Level.PARTLY if partly is not None and reached >= partly * self.whole else Level.NOT_MET

    @property
    def can_be_mended(self):
        return any(not row.is_past for row in self.gaps)

    @property
    def next_step(self):
        """What to do about the gaps, or before one opens; "" where there is nothing to do."""
        if self.criterion.measure == Measure.VERIFIED and not self.whole:
            return _("Have the report signed and issued before the session opens.")
        if self.gaps and not self.can_be_mended:
            return _("All of it is done, some of it too late: nothing is left to do.")
        return str(_NEXT[self.criterion.measure]) if self.gaps else ""


_NEXT = {
    Measure.FORWARDED: gettext_lazy("Classify and forward these petitions; assign again what was returned."),
    Measure.ON_TIME: gettext_lazy("Urge the agencies in writing; propose questioning for what stays unanswered."),
    Measure.VERIFIED: gettext_lazy("The session has opened: have the report signed and issued at once."),
    Measure.PUBLISHED: gettext_lazy("Publish the answers on the public page."),
    Measure.UNANSWERED: gettext_lazy("Propose explanation or questioning of the agencies named."),
}


#: {measure: (what it counts of what, unit, which day decides)}
MEANINGS = {
    Measure.FORWARDED: (
        gettext_lazy(
            "New petitions every point of which lies with a lead agency, of all new ones; "
            "where the criterion gives days, sent within so many working days."
        ),
        Unit.PETITIONS.label,
        SENT_BY,
    ),
    Measure.ON_TIME: (
        gettext_lazy("Points answered on or before their due date, of those due."), Unit.POINTS.label, DUE_BY,
    ),
    Measure.VERIFIED: (
        gettext_lazy("The council's own report on petitions, issued by the day the session opened."),
        gettext_lazy("reports"),
        LETTERS_BY,
    ),
    Measure.PUBLISHED: (
        gettext_lazy("Answered petitions made public within so many working days of the letter, of those answered."),
        Unit.PETITIONS.label,
        LETTERS_BY,
    ),
    Measure.UNANSWERED: (
        gettext_lazy("Petitions without a full answer so many days after they were received: one point off for each."),
        Unit.PETITIONS.label,
        RECEIVED_BY,
    ),
}  # fmt: skip


def explained():
    """[(name, what is counted of what, unit, which day decides)] of every measure."""
    return [(measure.label, *meaning) for measure, meaning in MEANINGS.items()]


def scores(council_session, figures):
    """Every criterion of the council valid on the day, measured on the session's figures."""
    criteria = Criterion.objects.of(council_session.council, figures.as_of)
    return [_MEASURES[criterion.measure](criterion, council_session, figures) for criterion in criteria]


def _counted(criterion, figures):
    """The petitions to be dealt with, without those the criterion leaves out."""
    return figures.rows("local" if criterion.without_central else "total")


def _forwarded(criterion, council_session, figures):
    """New petitions every point of which lies with an agency: sent by the day, not returned as another one's.

    Where the criterion gives days, each point was first sent within so many working days after the petition came.
    """
    new = [fact for fact in _counted(criterion, figures) if not fact.is_opening]
    sent_on = _first_sent([fact.pk for fact in new], figures.as_of) if criterion.days else {}
    last_day, evidence = _last_day(criterion, council_session), []
    for fact in new:
        if not fact.is_assigned:
            evidence.append(Evidence(fact.code, fact.title, _("not with an agency yet"), True, fact.pk))
            continue
        words, is_late = _("forwarded"), False
        if criterion.days and fact.received_on and fact.pk in sent_on:
            last = last_day(fact.received_on)
            is_late = sent_on[fact.pk] > last
            words = _("forwarded %(day)s · until %(last)s") % {
                "day": short_date(sent_on[fact.pk]), "last": short_date(last)}  # fmt: skip
        evidence.append(Evidence(fact.code, fact.title, words, is_late, fact.pk, is_past=True))
    return _score(criterion, evidence)


def _last_day(criterion, council_session):
    """A function of a day: the last of the criterion's working days after it."""
    calendar = calendar_of(council_session.council)
    return cache(lambda day: count(day, criterion.days or 0, Counting.WORKING, calendar).due_on)


def _first_sent(petitions, as_of):
    """{petition: the day on which the last of its points was first sent to a lead agency}"""
    sent = Assignment.objects.lead().filter(point__petition__in=petitions, sent_on__lte=as_of).order_by()
    first = sent.values("point", "point__petition").annotate(day=models.Min("sent_on"))
    found = {}
    for row in first:
        petition = row["point__petition"]
        found[petition] = max(row["day"], found.get(petition, row["day"]))
    return found


def _on_time(criterion, council_session, figures):
    """Points that were due by the day, and those answered on or before it; what is not due yet is left out."""
    held = times.load([fact.pk for fact in _counted(criterion, figures)], figures.as_of)
    due = [row for row in held if row.counts("due", figures.as_of)]
    urged = _urged([row.petition for row in due], figures.as_of)
    evidence = [_kept(row, urged.get(row.petition, 0), figures.as_of) for row in due]
    return _score(criterion, evidence, reverse("petitions:urging"))


def _kept(row, urged, as_of):
    on_time = row.counts("on_time", as_of)
    if row.answered_on:
        words = _("due %(due)s, answered %(answered)s") % {
            "due": short_date(row.due_on), "answered": short_date(row.answered_on)}  # fmt: skip
    else:
        words = _("due %(due)s, not answered") % {"due": short_date(row.due_on)}
    if urged:
        words += " · " + _("urged in writing: %(number)d") % {"number": urged}
    return Evidence(
        row.code, row.title, f"{row.agency_name}: {words}", not on_time, row.petition, bool(row.answered_on)
    )


def _urged(petitions, as_of):
    """{petition: how often its agencies were urged in writing by the day}: the draft framework weighs that in."""
    events = PetitionEvent.objects.filter(petition__in=petitions, kind="urged", happened_on__lte=as_of)
    return dict(events.order_by().values_list("petition").annotate(number=models.Count("pk")))


def _verified(criterion, council_session, figures):
    """The council's own report on petitions, its oversight's or its committees', went out by the day the session
    opened; until then it is not late.
    """
    of_the_council = Q(session_report__council_session=council_session, session_report__kind=ReportKind.OVERSIGHT)
    of_committees = Q(oversight_paper__council_session=council_session, oversight_paper__kind=VERIFICATION)
    issued = Document.objects.filter(status=DocumentStatus.ISSUED, issued_on__lte=figures.as_of)
    first = issued.filter(of_the_council | of_committees).order_by("issued_on", "pk").first()
    road = f"{reverse('reports:cockpit', args=[council_session.pk])}#road"
    if first is None and figures.as_of < council_session.opens_on:
        return Score(criterion, 0, 0, address=road)
    in_time = first is not None and first.issued_on <= council_session.opens_on
    if first is None:
        evidence = Evidence("", council_session.official_name, _("no report was issued"), True)
    else:
        words = _("issued %(day)s") % {"day": short_date(first.issued_on)}
        evidence = Evidence(first.number_and_symbol, first.subject, words, not in_time, is_past=True)
    return _score(criterion, [evidence], road)


def _published(criterion, council_session, figures):
    """Answered petitions whose answer was made public in so many working days after its letter."""
    answered = [fact for fact in _counted(criterion, figures) if fact.is_answered]
    public = dict(
        Petition.objects.filter(pk__in=[fact.pk for fact in answered], publication__published_on__lte=figures.as_of)
        .filter(Q(publication__withdrawn_on=None) | Q(publication__withdrawn_on__gt=figures.as_of))
        .values_list("pk", "publication__published_on")
    )
    last_day, evidence = _last_day(criterion, council_session), []
    for fact in answered:
        last, on = last_day(max(point.letter_on for point in fact.points)), public.get(fact.pk)
        if on is None and last >= figures.as_of:
            continue
        words = _("public since %(day)s") % {"day": short_date(on)} if on else _("not public")
        until = _("until %(day)s") % {"day": short_date(last)}
        is_gap = on is None or on > last
        evidence.append(Evidence(fact.code, fact.title, f"{words} · {until}", is_gap, fact.pk, on is not None))
    return _score(criterion, evidence)


def _unanswered(criterion, council_session, figures):
    """Petitions without a full answer so many days after they were received: one point off for each."""
    before = figures.as_of - timedelta(days=criterion.days or 0)
    old = [f for f in _counted(criterion, figures) if not f.is_answered and f.received_on and f.received_on <= before]
    evidence = [
        Evidence(fact.code, fact.title, _("received %(day)s") % {"day": short_date(fact.received_on)}, True, fact.pk)
        for fact in old
    ]
    return Score(criterion, len(old), len(_counted(criterion, figures)), evidence, reverse("petitions:urging"))


def _score(criterion, evidence, address=""):
    """The share of what is no gap; gaps stand first."""
    ordered = sorted(evidence, key=lambda row: not row.is_gap)
    return Score(criterion, sum(not row.is_gap for row in evidence), len(evidence), ordered, address)


_MEASURES = {
    Measure.FORWARDED: _forwarded,
    Measure.ON_TIME: _on_time,
    Measure.VERIFIED: _verified,
    Measure.PUBLISHED: _published,
    Measure.UNANSWERED: _unanswered,
}
