"""The figures of a session counted, each able to show the rows it counts."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.formats import percent
from common.text import alphabetical
from reports import counting
from reports.ages import AGES, age_of
from reports.catalogue import CATALOGUE, COLUMNS, Figure, Unit, columns_of, columns_of_point, figures_of
from reports.facts import Fact
from reports.loading import load, with_words


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
    """A table by one criterion; `petitions` is how many its points belong to, where it counts points."""

    key: str
    title: Any
    rows: list[BreakdownRow]
    total: dict[str, int]
    unit: Any
    petitions: int | None = None

    @property
    def explanation(self):
        """Why its total differs from the petitions', in words; "" where it does not."""
        if self.petitions in (None, self.total["total"]):
            return ""
        return gettext(
            "%(petitions)s petitions have %(points)s points; each point is counted once, with its lead agency."
        ) % {"petitions": self.petitions, "points": self.total["total"]}

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
#: Which groups tell its rows apart.
_GROUPS = {"level": "petitions", "committee": "fields", "field": "fields", "place": "places"}


class SessionFigures:
    """All figures of one session as of one day, from live records or from frozen rows."""

    def __init__(self, as_of: date, facts, session_name="", groups=None, part=("", "")):
        self.as_of = as_of
        self._facts = facts  # or what loads them, where they are asked for only if a row is
        self._counted = groups
        self.session_name = session_name  # as it was called when the figures were frozen; "" for live ones
        self.part = part  # ("agency", "15"): what they are an extract of

    @classmethod
    def live(cls, council_session, as_of, *, words=True):
        """With every row: for papers, workbooks and lists. Rows without words are told as they are shown."""
        return cls(as_of, load(council_session, as_of, words=words))

    @classmethod
    def numbers(cls, council_session, as_of):
        """For pages of numbers: today is counted by the database; rows, without words, are loaded when one is asked."""
        groups = counting.of_today(council_session) if as_of == timezone.localdate() else None
        return cls(as_of, partial(load, council_session, as_of, words=False), groups=groups)

    @cached_property
    def facts(self):
        return self._facts() if callable(self._facts) else self._facts

    @cached_property
    def groups(self):
        """Petitions and points by how they stand: what every number is a sum of."""
        return self._counted or counting.of_facts(self.facts, self.as_of)

    @classmethod
    def from_data(cls, data):
        """The figures as they were frozen."""

        def facts():
            return [Fact.from_data(fact) for fact in data["facts"]]

        return cls(date.fromisoformat(data["as_of"]), facts, data.get("session", ""))

    def as_data(self):
        """For freezing: plain values only."""
        return {"as_of": self.as_of.isoformat(), "facts": [fact.as_data() for fact in self.facts]}

    def only(self, by, value):
        """The same figures of one agency's points, or of one level, committee, field or place: an extract."""
        if by == "agency":
            kept = [
                replace(fact, points=tuple(point for point in fact.points if str(point.agency_id or "") == value))
                for fact in self.facts
            ]
            facts = [fact for fact in kept if fact.points]
        else:
            facts = [fact for fact in self.facts if BREAKDOWNS[by][1](fact)[0] == value]
        return SessionFigures(self.as_of, facts, self.session_name, part=(by, value))

    @cached_property
    def _standing(self):
        """[(fact, how it stands)]"""
        return [(fact, fact.standing(self.as_of)) for fact in self.facts]

    @cached_property
    def _alike(self):
        """{standing: how many petitions stand like this}"""
        return _totals((group.standing, group.number) for group in self.groups.petitions)

    def rows(self, key, by="", value=None):
        """The petitions one figure counts, or one number of a breakdown: what a click opens.

        Of a breakdown those of the row `value`, or of its total where that is None.
        """
        if not by:
            return [fact for fact, standing in self._standing if key in figures_of(standing)]
        if by == "age":
            return [fact for fact in self.rows(key) if age_of(fact, self.as_of) in ([value] if value else AGES)]
        read = BREAKDOWNS[by][1]
        return [
            fact
            for fact, standing in self._standing
            if "total" in figures_of(standing) and key in columns_of(standing) and value in (None, read(fact)[0])
        ]

    def points_of(self, column, agency=None):
        """[(fact, point), …] behind one number of the table by lead agency; of its total where `agency` is None."""
        return [
            (fact, point)
            for fact, point in self.all_points
            if agency in (None, str(point.agency_id or "")) and column in columns_of_point(point.standing(self.as_of))
        ]

    @property
    def all_points(self):
        """[(fact, point), …] of all petitions to be dealt with."""
        return [(fact, point) for fact in self.rows("total") for point in fact.points]

    def behind(self, key, by="", value=None):
        """[(fact, point or None), …] behind any number: points where it counts points, else petitions."""
        if by == "agency":
            return self.points_of(key, value)
        if CATALOGUE[key].unit == Unit.POINTS:
            return self.all_points
        return [(fact, None) for fact in self.rows(key, by, value)]

    def told(self, rows):
        """[(fact, point or None), …] with their words: of the few that are shown."""
        facts = {fact.pk: fact for fact in with_words([fact for fact, _point in rows], self.as_of)}
        return [
            (facts[fact.pk], point and next(p for p in facts[fact.pk].points if p.number == point.number))
            for fact, point in rows
        ]

    def label_of(self, by, value):
        """The name of one row of a breakdown: "Sở Xây dựng"; "" of none."""
        if by == "age":
            return AGES[value][1] if value in AGES else ""
        table = self.by_agency if by == "agency" else self.breakdown(by) if by else None
        return next((row.label for row in table.rows if row.key == value), "") if table else ""

    def count(self, key):
        figure = CATALOGUE[key]
        part = sum(figure.amount(alike) * number for alike, number in self._alike.items() if key in figures_of(alike))
        whole = sum(number for alike, number in self._alike.items() if figure.of in figures_of(alike))
        return Counted(figure, part, whole if figure.of else None)

    @cached_property
    def counts(self):
        return {key: self.count(key) for key in CATALOGUE}

    @property
    def left_before(self):
        """How many petitions the session before left, those merged or set aside since among them."""
        return sum(number for alike, number in self._alike.items() if alike.is_opening)

    @cached_property
    def balances(self):
        """Opening + new − closed = closing."""
        numbers = {key: self.counts[key].part for key in ("opening", "new", "closed", "closing")}
        return numbers["opening"] + numbers["new"] - numbers["closed"] == numbers["closing"]

    def columns(self, key):
        """{column: how many of the petitions a figure counts stand in it}"""
        found = Counter()
        for alike, number in self._alike.items():
            if key in figures_of(alike):
                _add(found, columns_of(alike), number)
        return found

    def breakdown(self, by):
        """One table over all petitions to be dealt with, central ones included."""
        title, read = BREAKDOWNS[by]
        groups = {}
        for group in getattr(self.groups, _GROUPS[by]):
            if "total" in figures_of(group.standing):
                _add(groups.setdefault(read(group), Counter()), columns_of(group.standing), group.number)
        ordered = sorted(groups, key=_level_order if by == "level" else _name_order)
        rows = [
            BreakdownRow(key, label or _("not classified yet"), _tally(groups[key, label])) for key, label in ordered
        ]
        return Breakdown(by, title, rows, _sum(rows), Unit.PETITIONS.label)

    @cached_property
    def by_agency(self):
        """Points by lead agency: a petition led by two agencies stands with each, a point with one."""
        groups, names = {}, {}
        for group in self.groups.points:
            key = str(group.agency_id or "")
            names.setdefault(key, group.agency)
            _add(groups.setdefault(key, Counter()), columns_of_point(group.point), group.number)
        ordered = sorted(names.items(), key=_name_order)
        rows = [BreakdownRow(key, label or _("not assigned yet"), _tally(groups[key])) for key, label in ordered]
        petitions = self.counts["total"].part
        return Breakdown("agency", _("By lead agency"), rows, _sum(rows), Unit.POINTS.label, petitions)


def _level_order(group):
    return _LEVELS.index(group[0])


def _name_order(group):
    key, label = group
    return (key == "", alphabetical(label))


def _totals(pairs):
    found = Counter()
    for key, number in pairs:
        found[key] += number
    return found


def _add(counts, columns, number):
    for name in columns:
        counts[name] += number


def _tally(counts):
    """A row of a table: every column, the empty ones too."""
    return {name: counts[name] for name in COLUMNS}


def _sum(rows):
    return {name: sum(row.counts[name] for row in rows) for name in COLUMNS}
