"""What people rather look at than read: results by agency and field, punctuality over sessions, age of the backlog."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.formats import dotted, percent, short_date
from common.templatetags.hoiam import short_name
from reports import drawing
from reports.addresses import rows_address, times_address
from reports.ages import AGES, age_of
from reports.catalogue import CATALOGUE
from reports.facts import capital
from reports.loading import load
from reports.times import SessionTimes

_RESULTS = ["resolved", "in_progress", "explained", "not_resolved", "unanswered"]

#: As many bars as stay readable; the others stand in the table.
MOST_BARS = 20
#: How many regular sessions the trend looks back over, the present one included.
SESSIONS = 6


@dataclass(frozen=True)
class Chart:
    """A picture and the numbers in it: `heads` over the columns of `rows`, the first of which is a name.

    `addresses` are those of the rows behind each number, "" where a cell is no number of rows.
    """

    key: str
    title: Any
    sentence: Any
    picture: str
    heads: list[Any]
    rows: list[list[Any]]
    addresses: list[list[str]]

    @property
    def cells(self):
        """[[(what stands in a cell, address of the rows behind it), …], …]"""
        return [list(zip(*row, strict=True)) for row in zip(self.rows, self.addresses, strict=True)]


def charts(council_session, figures):
    """The four charts of a session as of the day of its figures."""
    return [
        _results("agency", _("Results by lead agency"), _("Points by lead agency, the longest first."),
                 figures.by_agency, partial(rows_address, council_session, as_of=figures.as_of)),
        _results("field", _("Results by policy field"), _("Petitions by policy field, the most first."),
                 figures.breakdown("field"), partial(rows_address, council_session, as_of=figures.as_of)),
        _trend(council_session, figures),
        _backlog(council_session, figures),
    ]  # fmt: skip


def _results(key, title, sentence, table, address):
    """`address(figure, by=, value=)` is that of the rows behind a number."""
    ordered = sorted(table.rows, key=lambda row: -row.counts["total"])
    numbers = [[row.counts[name] for name in _RESULTS] for row in ordered]
    labels = [capital(short_name(str(row.label))) for row in ordered]
    shown = [(label, parts, dotted(sum(parts))) for label, parts in list(zip(labels, numbers, strict=True))[:MOST_BARS]]
    names = [CATALOGUE[name].label for name in _RESULTS]
    if len(ordered) > MOST_BARS:
        part = _("The picture shows the first %(shown)s rows; the table has all %(all)s.")
        sentence = f"{sentence} {part % {'shown': MOST_BARS, 'all': len(ordered)}}"
    return Chart(
        key,
        title,
        sentence,
        drawing.bars(f"chart-{key}", sentence, names, shown),
        [_("Name"), CATALOGUE["total"].short, *names],
        [[label, sum(parts), *parts] for label, parts in zip(labels, numbers, strict=True)],
        [["", *(address(name, by=key, value=row.key) for name in ("total", *_RESULTS))] for row in ordered],
    )


def _trend(council_session, figures):
    """Points answered on time of those due: earlier sessions as of their close, this one as of the day."""
    rows = punctual_sessions(council_session, figures)
    sentence = _("Points answered on time of those due; earlier sessions as of their close.")
    drawn = [
        (session.title, on_time / due if due else None, percent(on_time, due)) for session, _day, on_time, due in rows
    ]
    return Chart(
        "trend",
        _("Answered on time, session by session"),
        sentence,
        drawing.columns("chart-trend", sentence, drawn, 1),
        [_("Session"), _("As of"), _("Answered on time"), _("Due by the day"), _("On-time rate")],
        [[s.title, short_date(day), on_time, due, percent(on_time, due)] for s, day, on_time, due in rows],
        [
            ["", "", *(times_address(session, key, day) for key in ("on_time", "due")), ""]
            for session, day, _on_time, _due in rows
        ],
    )


def punctual_sessions(council_session, figures):
    """[(session, day counted on, points answered on time, points due)] of the trend, the oldest session first."""
    rows = []
    for session in _sessions(council_session):
        is_this = session.pk == council_session.pk
        day = figures.as_of if is_this else min(session.closes_on, figures.as_of)
        facts = figures.facts if is_this else load(session, day, words=False)
        counts = SessionTimes(facts, day).total.counts
        rows.append((session, day, counts["on_time"], counts["due"]))
    return rows


def _sessions(council_session):
    """The regular sessions up to this one, the oldest first."""
    found = [council_session]
    while len(found) < SESSIONS and (earlier := found[0].previous_regular()):
        found.insert(0, earlier)
    return found


def _backlog(council_session, figures):
    """What is not closed, by the days since it was received."""
    left, ages = backlog_ages(figures)
    drawn = [(AGES[key][1], number, dotted(number)) for key, number in ages.items()]
    sentence = _("Petitions that are not closed, by the days since they were received.")
    return Chart(
        "backlog",
        _("Age of what is left"),
        sentence,
        drawing.columns("chart-backlog", sentence, drawn, max(ages.values())),
        [_("Age"), _("Petitions"), _("Share")],
        [[AGES[key][1], number, percent(number, left)] for key, number in ages.items()],
        [["", rows_address(council_session, "closing", figures.as_of, "age", key), ""] for key in AGES],
    )


def backlog_ages(figures):
    """How many petitions are left, and {age group: how many of them}."""
    left = figures.rows("closing")
    counts = Counter(age_of(fact, figures.as_of) for fact in left)
    return len(left), {key: counts[key] for key in AGES}
