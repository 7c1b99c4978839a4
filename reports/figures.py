"""Figures: each defined once, each able to show the rows it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.formats import percent
from common.text import alphabetical
from petitions.models import ResultClass
from reports.loading import load


@dataclass(frozen=True)
class Figure:
    """One number with its meaning. `of` names the figure it is a share of, if any."""

    key: str
    label: Any
    sentence: Any
    counts: Callable  # (fact, as_of) → bool
    of: str = ""


def _result(result_class):
    return lambda fact, as_of: fact.is_counted and fact.is_local and fact.result == result_class


CATALOGUE = {
    figure.key: figure
    for figure in [
        Figure(
            "opening",
            _("Carried over"),
            _("Petitions of earlier sessions that were not finished when the previous regular session closed."),
            lambda fact, as_of: fact.is_opening and fact.is_counted,
        ),
        Figure(
            "received",
            _("Received"),
            _("Petitions of this session before merging, without those not to be forwarded."),
            lambda fact, as_of: not fact.is_opening and not fact.is_set_aside,
        ),
        Figure(
            "merged",
            _("Merged"),
            _("Petitions of this session merged into another one because they say the same."),
            lambda fact, as_of: not fact.is_opening and fact.is_merged,
        ),
        Figure(
            "new",
            _("New after merging"),
            _("Petitions of this session after merging."),
            lambda fact, as_of: not fact.is_opening and fact.is_counted,
        ),
        Figure(
            "total",
            _("To be dealt with"),
            _("Carried over and new after merging."),
            lambda fact, as_of: fact.is_counted,
        ),
        Figure(
            "central",
            _("Central authority"),
            _("Petitions for central bodies; counted apart from all shares below."),
            lambda fact, as_of: fact.is_counted and not fact.is_local,
        ),
        Figure(
            "local",
            _("Local authority"),
            _("Petitions within the authority of the province and its communes: the denominator of the shares."),
            lambda fact, as_of: fact.is_counted and fact.is_local,
        ),
        Figure(
            "answered",
            _("Answered"),
            _("Every point has an answer in an issued letter."),
            lambda fact, as_of: fact.is_counted and fact.is_local and fact.is_answered,
            of="local",
        ),
        Figure(
            "resolved",
            _("Resolved"),
            _("The agency has done what was asked."),
            _result(ResultClass.RESOLVED),
            of="local",
        ),
        Figure(
            "in_progress",
            _("In progress"),
            _("Answered; the agency is still at work."),
            _result(ResultClass.IN_PROGRESS),
            of="local",
        ),
        Figure(
            "explained",
            _("Explained"),
            _("Answered with an explanation or information."),
            _result(ResultClass.EXPLAINED),
            of="local",
        ),
        Figure(
            "not_resolved",
            _("Not resolved"),
            _("Answered that it cannot be done, with the reason."),
            _result(ResultClass.NOT_RESOLVED),
            of="local",
        ),
        Figure(
            "unanswered",
            _("Unanswered"),
            _("At least one point has no answer in an issued letter."),
            lambda fact, as_of: fact.is_counted and fact.is_local and not fact.is_answered,
            of="local",
        ),
        Figure(
            "overdue",
            _("Overdue"),
            _("Unanswered although the due date has passed."),
            lambda fact, as_of: fact.is_counted and fact.is_local and fact.is_overdue(as_of),
            of="local",
        ),
        Figure(
            "late",
            _("Answered late"),
            _("Answered by a letter issued after the due date."),
            lambda fact, as_of: fact.is_counted and fact.is_local and fact.is_answered and fact.was_late(),
            of="answered",
        ),
        Figure(
            "disagreed",
            _("Assessed differently"),
            _("The council came to another result than the agency says."),
            lambda fact, as_of: (
                fact.is_counted
                and any(p.assessed_result and p.result and p.assessed_result != p.result for p in fact.points)
            ),
        ),
        Figure(
            "closed",
            _("Closed"),
            _("Resolved or explained: finished for this council."),
            lambda fact, as_of: fact.is_counted and fact.is_closed,
        ),
        Figure(
            "closing",
            _("Left at the end"),
            _("Carried over + new − closed: what goes into the next session."),
            lambda fact, as_of: fact.is_counted and not fact.is_closed,
        ),
    ]
}

#: Columns of every breakdown; total = resolved + in progress + explained + not resolved + unanswered.
COLUMNS = [
    "total",
    "answered",
    "resolved",
    "in_progress",
    "explained",
    "not_resolved",
    "unanswered",
    "overdue",
]


@dataclass(frozen=True)
class Counted:
    """A figure counted: `part` of `whole` (None where it is no share)."""

    figure: Figure
    part: int
    whole: int | None = None

    @property
    def share(self):
        """ "97,4%", or "-" of nothing."""
        return percent(self.part, self.whole) if self.whole is not None else ""


@dataclass(frozen=True)
class BreakdownRow:
    key: str
    label: Any
    counts: dict[str, int]


@dataclass(frozen=True)
class Breakdown:
    """A table by one criterion. `explanation` says why its total differs from the petitions', where it does."""

    key: str
    title: Any
    rows: list[BreakdownRow]
    total: dict[str, int]
    unit: Any
    explanation: str = ""

    @property
    def widest(self):
        """The largest row, which sets the scale of the bars."""
        return max((row.counts["total"] for row in self.rows), default=0)


_LEVELS = ["central", "provincial", "district", "communal", ""]

BREAKDOWNS = {
    "level": (_("By authority level"), lambda fact: (fact.level, fact.level_name)),
    "committee": (_("By committee"), lambda fact: (fact.committee, fact.committee)),
    "field": (_("By policy field"), lambda fact: (fact.field, fact.field)),
    "place": (_("By locality"), lambda fact: (str(fact.place_id or ""), fact.place)),
}


class SessionFigures:
    """All figures of one session as of one day, from live records or from frozen rows."""

    def __init__(self, as_of: date, facts):
        self.as_of = as_of
        self.facts = facts

    @classmethod
    def live(cls, council_session, as_of):
        return cls(as_of, load(council_session, as_of))

    def rows(self, key, by="", value=""):
        """The petitions one figure counts, or one number of a breakdown if given: what a click opens."""
        if by:
            read = BREAKDOWNS[by][1]
            return [f for f in self.rows("total") if read(f)[0] == value and _fact_counts(key, f, self.as_of)]
        counts = CATALOGUE[key].counts
        return [fact for fact in self.facts if counts(fact, self.as_of)]

    def points_of(self, column, agency):
        """[(fact, point), …] behind one number of the table by lead agency."""
        return [
            (fact, point)
            for fact in self.rows("total")
            for point in fact.points
            if str(point.agency_id or "") == agency and _point_counts(column, point, self.as_of)
        ]

    def label_of(self, by, value):
        """The name of one row of a breakdown: "Sở Xây dựng"."""
        table = self.by_agency if by == "agency" else self.breakdown(by) if by else None
        return next((row.label for row in table.rows if row.key == value), "") if table else ""

    def count(self, key):
        figure = CATALOGUE[key]
        return Counted(figure, len(self.rows(key)), len(self.rows(figure.of)) if figure.of else None)

    @cached_property
    def counts(self):
        return {key: self.count(key) for key in CATALOGUE}

    @cached_property
    def points(self):
        """The points of all petitions to be dealt with."""
        return sum(len(fact.points) for fact in self.rows("total"))

    @cached_property
    def balances(self):
        """Opening + new − closed = closing."""
        numbers = {key: self.counts[key].part for key in ("opening", "new", "closed", "closing")}
        return numbers["opening"] + numbers["new"] - numbers["closed"] == numbers["closing"]

    def breakdown(self, by):
        """One table over all petitions to be dealt with, central ones included."""
        title, read = BREAKDOWNS[by]
        groups = {}
        for fact in self.rows("total"):
            groups.setdefault(read(fact), []).append(fact)
        ordered = sorted(groups, key=_level_order if by == "level" else _name_order)
        rows = [
            BreakdownRow(key, label or _("not classified yet"), _tally(groups[key, label], self.as_of))
            for key, label in ordered
        ]
        return Breakdown(by, title, rows, _sum(rows), _("petitions"))

    @cached_property
    def by_agency(self):
        """Points by lead agency: a petition led by two agencies stands with each, a point with one."""
        groups = {}
        for fact in self.rows("total"):
            for point in fact.points:
                groups.setdefault(str(point.agency_id or ""), []).append(point)
        names = sorted(((key, points[0].agency) for key, points in groups.items()), key=_name_order)
        rows = [
            BreakdownRow(key, label or _("not assigned yet"), _tally_points(groups[key], self.as_of))
            for key, label in names
        ]
        petitions = len(self.rows("total"))
        explanation = ""
        if self.points != petitions:
            explanation = _(
                "%(petitions)s petitions have %(points)s points; each point is counted once, with its lead agency."
            ) % {
                "petitions": petitions,
                "points": self.points,
            }
        return Breakdown("agency", _("By lead agency"), rows, _sum(rows), _("points"), explanation)


def _level_order(group):
    return _LEVELS.index(group[0])


def _name_order(group):
    key, label = group
    return (key == "", alphabetical(label))


def _tally(facts, as_of):
    return {column: sum(_fact_counts(column, fact, as_of) for fact in facts) for column in COLUMNS}


def _fact_counts(column, fact, as_of):
    """Whether a petition belongs to a column of a breakdown, central ones included."""
    if column == "total":
        return True
    if column == "answered":
        return fact.is_answered
    if column == "unanswered":
        return not fact.is_answered
    if column == "overdue":
        return fact.is_overdue(as_of)
    return fact.result == column


def _tally_points(points, as_of):
    return {column: sum(_point_counts(column, point, as_of) for point in points) for column in COLUMNS}


def _point_counts(column, point, as_of):
    """Whether a point belongs to a column of the table by agency."""
    if column == "total":
        return True
    if column == "answered":
        return bool(point.result)
    if column == "unanswered":
        return not point.result
    if column == "overdue":
        return bool(point.due_on and point.due_on < as_of and not point.result)
    return point.result == column


def _sum(rows):
    return {name: sum(row.counts[name] for row in rows) for name in COLUMNS}
