"""What people rather look at than read: results by agency and field, punctuality over sessions, age of the backlog."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.formats import dotted, percent, short_date
from common.templatetags.hoiam import short_name
from reports import drawing
from reports.catalogue import CATALOGUE
from reports.facts import capital
from reports.loading import load
from reports.times import SessionTimes

_RESULTS = ["resolved", "in_progress", "explained", "not_resolved", "unanswered"]

#: As many bars as stay readable; the others stand in the table.
MOST_BARS = 20
#: How many regular sessions the trend looks back over, the present one included.
SESSIONS = 6

#: (most days since received, words); the last has no end.
_AGES = [
    (30, _("up to 30 days")),
    (90, _("31 to 90 days")),
    (180, _("91 to 180 days")),
    (365, _("181 to 365 days")),
    (None, _("more than a year")),
]


@dataclass(frozen=True)
class Chart:
    """A picture and the numbers in it: `heads` over the columns of `rows`, the first of which is a name."""

    key: str
    title: Any
    sentence: Any
    picture: str
    heads: list[Any]
    rows: list[list[Any]]


def charts(council_session, figures):
    """The four charts of a session as of the day of its figures."""
    return [
        _results("agency", _("Results by lead agency"), _("Points by lead agency, the longest first."),
                 figures.by_agency),
        _results("field", _("Results by policy field"), _("Petitions by policy field, the most first."),
                 figures.breakdown("field")),
        _trend(council_session, figures),
        _backlog(figures),
    ]  # fmt: skip


def _results(key, title, sentence, table):
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
    )


def _trend(council_session, figures):
    """Points answered on time of those due: earlier sessions as of their close, this one as of the day."""
    rows = punctual_sessions(council_session, figures)
    sentence = _("Points answered on time of those due; earlier sessions as of their close.")
    drawn = [(title, on_time / due if due else None, percent(on_time, due)) for title, _day, on_time, due in rows]
    return Chart(
        "trend",
        _("Answered on time, session by session"),
        sentence,
        drawing.columns("chart-trend", sentence, drawn, 1),
        [_("Session"), _("As of"), _("Answered on time"), _("Due by the day"), _("On-time rate")],
        [[title, short_date(day), on_time, due, percent(on_time, due)] for title, day, on_time, due in rows],
    )


def punctual_sessions(council_session, figures):
    """[(title, day counted on, points answered on time, points due)] of the sessions of the trend, the oldest first."""
    rows = []
    for session in _sessions(council_session):
        is_this = session.pk == council_session.pk
        day = figures.as_of if is_this else min(session.closes_on, figures.as_of)
        facts = figures.facts if is_this else load(session, day, words=False)
        counts = SessionTimes(facts, day).total.counts
        rows.append((session.title, day, counts["on_time"], counts["due"]))
    return rows


def _sessions(council_session):
    """The regular sessions up to this one, the oldest first."""
    found = [council_session]
    while len(found) < SESSIONS and (earlier := found[0].previous_regular()):
        found.insert(0, earlier)
    return found


def _backlog(figures):
    """What is not closed, by the days since it was received."""
    left, ages = backlog_ages(figures)
    drawn = [(words, number, dotted(number)) for _days, words, number in ages]
    sentence = _("Petitions that are not closed, by the days since they were received.")
    return Chart(
        "backlog",
        _("Age of what is left"),
        sentence,
        drawing.columns("chart-backlog", sentence, drawn, max(number for _days, _words, number in ages)),
        [_("Age"), _("Petitions"), _("Share")],
        [[words, number, percent(number, left)] for _days, words, number in ages],
    )


def backlog_ages(figures):
    """How many petitions are left, and of each age group (most days or None, words, how many)."""
    left = figures.rows("closing")
    counts = [0] * len(_AGES)
    for fact in left:
        if fact.received_on:
            counts[_age((figures.as_of - fact.received_on).days)] += 1
    return len(left), [(days, words, number) for (days, words), number in zip(_AGES, counts, strict=True)]


def _age(days):
    """The place of the age group."""
    return next(place for place, (most, _words) in enumerate(_AGES) if most is None or days <= most)
