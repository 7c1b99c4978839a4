"""How the petitions of a session stand today, counted by the database: a few hundred groups instead of every row.

Today is what the records say now; those that changed since they were last counted (`reports.tallies`) are counted
again. An earlier day is read from history, row by row (`reports.loading`); for today both say the same.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from common.acting import official
from petitions.models.petitions import AuthorityLevel
from reports import standings
from reports.cycles import cycle_of
from reports.facts import PointStanding, Standing, capital


class Group(NamedTuple):
    """So many petitions that stand alike and belong to the same level, field, committee and place."""

    number: int
    standing: Standing
    level: str = ""
    level_name: Any = ""
    field: str = ""
    committee: str = ""
    place: str = ""
    place_id: int | None = None


class PointGroup(NamedTuple):
    """So many points of petitions to be dealt with that stand alike with the same agency."""

    number: int
    point: PointStanding
    agency: str = ""
    agency_id: int | None = None


class Groups(NamedTuple):
    """All petitions by how they stand; those to be dealt with by field, by place, and their points by lead agency."""

    petitions: Iterable[Group]
    fields: Iterable[Group]
    places: Iterable[Group]
    points: Iterable[PointGroup]


def of_facts(facts, as_of):
    """Each petition and each point a group of its own."""
    standing = [(fact, fact.standing(as_of)) for fact in facts]
    petitions = [
        Group(1, alike, f.level, f.level_name, f.field, f.committee, f.place, f.place_id) for f, alike in standing
    ]
    to_be_dealt_with = [group for group in petitions if group.standing.is_counted]
    points = [
        PointGroup(1, point.standing(as_of), point.agency, point.agency_id)
        for fact, alike in standing
        if alike.is_counted
        for point in fact.points
    ]
    return Groups(petitions, to_be_dealt_with, to_be_dealt_with, points)


def of_today(council_session):
    """The groups of a session as of today; beyond finding its cycle, one query whatever the number."""
    found = {"": [], "field": [], "place": [], "agency": []}
    with _one_state():
        cycle, today = cycle_of(council_session), timezone.localdate()
        days = {"today": today.isoformat(), "last_day": cycle.last_day.isoformat(), "session": cycle.session}
        rows = _answered(_query(cycle), days)
    for by, *row in rows:
        found[by].append(_READ[by](row))
    return Groups(found[""], found["field"], found["place"], found["agency"])


@contextmanager
def _one_state():
    """On PostgreSQL all that is asked within is asked of one state of the records, whoever writes meanwhile."""
    begins = not connection.in_atomic_block
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _answered(query, days):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_BY_INDEX)
        cursor.execute(query, days)
        return cursor.fetchall()


def _among(keys):
    return ", ".join(map(str, sorted(keys))) or "NULL"


def _of_all(row):
    number, *standing, _value, _name, _committee = row
    return Group(number, _standing(*standing), standing[2], _levels()[standing[2]])


def _of_field(row):
    number, *standing, _value, name, committee = row
    return Group(number, _standing(*standing), field=name or "", committee=committee or "")


def _of_place(row):
    number, *standing, place, name, _committee = row
    return Group(number, _standing(*standing), place=capital(name or ""), place_id=place or None)


def _of_agency(row):
    number, _is_opening, _apart, _level, result, overdue, *_other, agency, name, _committee = row
    return PointGroup(number, PointStanding(result, bool(overdue)), name or "", agency or None)


_READ = {"": _of_all, "field": _of_field, "place": _of_place, "agency": _of_agency}


@lru_cache
def _levels():
    return {level.value: official(level.label) for level in AuthorityLevel} | {"": ""}


def _standing(is_opening, apart, level, result, overdue, late, disagreed, assigned, raised, points):
    return Standing(
        is_opening=bool(is_opening),
        is_merged=apart == "merged",
        is_set_aside=apart == "set_aside",
        is_local=level != AuthorityLevel.CENTRAL,
        is_assigned=bool(assigned),
        result=result,
        is_overdue=bool(overdue),
        was_late=bool(late),
        is_disagreed=bool(disagreed),
        times_raised=raised,
        points=points,
    )


#: PostgreSQL takes every page it has not just read for one on a turning disk, and reads whole tables instead.
_BY_INDEX = "SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off"


def _query(cycle):
    """What was counted of the session (`StandingTally`), with those of earlier sessions that belong to its cycle.

    Petitions that stand otherwise by now, or not yet, are taken out as they were counted and put in as they stand.
    """
    own = f"""
    SELECT id, 0 AS is_opening, {standings.READ} FROM petitions_petition
        WHERE council_session_id = %(session)s AND id IN (SELECT petition FROM recounted)
        AND received_on <= %(last_day)s AND received_on <= %(today)s
    UNION ALL SELECT id, 0, {standings.READ} FROM petitions_petition
        WHERE id IN ({_among(cycle.late)}) AND received_on <= %(today)s
    UNION ALL SELECT id, 1, {standings.READ} FROM petitions_petition
        WHERE id IN ({_among(cycle.carried_over)})"""  # noqa: S608 — our own names, numbers
    return f"""
WITH touched AS ({standings.touched("reports_touchedpetition")}),
recounted AS (
    SELECT petition FROM touched
    UNION SELECT id FROM petitions_petition WHERE council_session_id = %(session)s AND received_on > %(last_day)s
    UNION SELECT petition FROM reports_countedpetition
        WHERE council_session = %(session)s AND stands_from > %(today)s
),
{standings.of_records(own, "%(today)s")},
counted AS (
    SELECT 0 AS is_opening, c.* FROM reports_countedpetition c
    WHERE council_session = %(session)s AND petition IN (SELECT petition FROM recounted)
),
counted_point AS (
    SELECT 0 AS is_opening, c.* FROM reports_countedpoint c
    WHERE council_session = %(session)s AND petition IN (SELECT petition FROM recounted)
),
every AS (
    SELECT 0 AS is_opening, {standings.KEY}, number FROM reports_standingtally WHERE council_session = %(session)s
    UNION ALL {standings.gathered("counted", "counted_point", "-", "is_opening")}
    UNION ALL {standings.gathered("petition", "point", "", "is_opening")}
),
alike AS (
    SELECT "by", CAST(SUM(number) AS BIGINT) AS number, is_opening, apart, level, result, overdue, late, disagreed,
        assigned, times_raised, points, value
    FROM (SELECT every.*, CASE WHEN due_on < %(today)s THEN 1 ELSE 0 END AS overdue FROM every) AS on_the_day
    GROUP BY "by", is_opening, apart, level, result, overdue, late, disagreed, assigned, times_raised, points, value
    HAVING SUM(number) <> 0
)
SELECT alike.*, COALESCE(field.name, place.name, agency.name), committee.name
FROM alike
LEFT JOIN directory_policyfield field ON "by" = 'field' AND field.id = value
LEFT JOIN directory_agency committee ON committee.id = field.committee_id
LEFT JOIN directory_administrativeunit place ON "by" = 'place' AND place.id = value
LEFT JOIN directory_agency agency ON "by" = 'agency' AND agency.id = value"""  # noqa: S608 — our own names
