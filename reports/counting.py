"""How the petitions of a session stand today, counted by the database: a few hundred groups instead of every row.

Today is what the records repeat of themselves: results, due dates, holders. An earlier day is read from history, row by
row (`reports.loading`); for today both say the same.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from common.acting import official
from petitions.models.assignments import NO_LONGER_HELD
from petitions.models.petitions import AuthorityLevel, Status
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
    """So many points that stand alike with the same agency, of petitions that stand alike."""

    number: int
    petition: Standing
    point: PointStanding
    agency: str = ""
    agency_id: int | None = None


class Groups(NamedTuple):
    petitions: Iterable[Group]
    points: Iterable[PointGroup]


def of_facts(facts, as_of):
    """Each petition and each point a group of its own."""
    standing = [(fact, fact.standing(as_of)) for fact in facts]
    return Groups(
        [
            Group(1, alike, f.level, f.level_name, f.field, f.committee, f.place, f.place_id)
            for f, alike in standing
        ],
        [
            PointGroup(1, alike, point.standing(as_of), point.agency, point.agency_id)
            for fact, alike in standing
            for point in fact.points
        ],
    )  # fmt: skip


def of_today(council_session):
    """The groups of a session as of today; beyond finding its cycle, one query whatever the number."""
    cycle, today = cycle_of(council_session), timezone.localdate()
    query = _QUERY.format(
        held=", ".join(f"'{status}'" for status in NO_LONGER_HELD),
        columns="status, authority_level, result, origin_count, policy_field_id, place_id",
        late=_among(cycle.late),
        carried_over=_among(cycle.carried_over),
    )
    days = {"today": today.isoformat(), "last_day": cycle.last_day.isoformat(), "session": cycle.session}
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_BY_INDEX)
        cursor.execute(query, days)
        rows = cursor.fetchall()
    levels = {level.value: official(level.label) for level in AuthorityLevel} | {"": ""}
    return Groups([_group(row, levels) for row in rows if not row[0]], [_point_group(row) for row in rows if row[0]])


def _among(keys):
    return ", ".join(map(str, sorted(keys))) or "NULL"


def _group(row, levels):
    _of_points, number, *standing, field, committee, place, place_id, _agency, _agency_id, _result, _overdue = row
    level = standing[2]
    return Group(
        number, _standing(*standing), level, levels[level], field or "", committee or "", capital(place or ""), place_id
    )


def _point_group(row):
    _of_points, number, *standing, _field, _committee, _place, _place_id, agency, agency_id, result, overdue = row
    return PointGroup(number, _standing(*standing), PointStanding(result, bool(overdue)), agency or "", agency_id)


def _standing(is_opening, status, level, result, overdue, late, disagreed, assigned, raised, points):
    return Standing(
        is_opening=bool(is_opening),
        is_merged=status == Status.MERGED,
        is_set_aside=status in (Status.SET_ASIDE, Status.UNDONE),
        is_local=level != AuthorityLevel.CENTRAL,
        is_assigned=bool(assigned),
        result=result,
        is_overdue=bool(overdue),
        was_late=bool(late),
        is_disagreed=bool(disagreed),
        times_raised=raised,
        points=points or 0,
    )


#: PostgreSQL takes every page it has not just read for one on a turning disk, and reads whole tables instead.
_BY_INDEX = "SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off"

#: Two tables under each other: petitions by how they stand and where they belong, points by how they stand and who
#: leads them. A clock that is paused has no due date.
_QUERY = """
WITH cycle AS (
    SELECT id, 0 AS is_opening, {columns} FROM petitions_petition
    WHERE council_session_id = %(session)s AND received_on <= %(last_day)s AND received_on <= %(today)s
    UNION ALL SELECT id, 0, {columns} FROM petitions_petition WHERE id IN ({late}) AND received_on <= %(today)s
    UNION ALL SELECT id, 1, {columns} FROM petitions_petition WHERE id IN ({carried_over})
),
point AS (
    SELECT p.petition_id, p.result, a.agency_id,
        CASE WHEN p.result = '' AND c.due_on < %(today)s THEN 1 ELSE 0 END AS overdue,
        CASE WHEN p.answered_on > c.due_on THEN 1 ELSE 0 END AS late,
        CASE WHEN p.result <> '' AND p.assessed_result <> '' AND p.assessed_result <> p.result THEN 1 ELSE 0 END
            AS disagreed
    FROM cycle
    JOIN petitions_petitionpoint p ON p.petition_id = cycle.id
    LEFT JOIN petitions_assignment a
        ON a.point_id = p.id AND a.part = 'lead' AND a.status NOT IN ({held}) AND a.sent_on <= %(today)s
    LEFT JOIN deadlines_clock c ON c.id = a.clock_id AND c.paused_on IS NULL
),
petition AS (
    SELECT petition_id, MAX(overdue) AS overdue, MAX(late) AS late, MAX(disagreed) AS disagreed,
        MIN(CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END) AS assigned, COUNT(*) AS points
    FROM point GROUP BY petition_id
),
standing AS (
    SELECT cycle.*, petition.overdue, petition.late, petition.disagreed, petition.assigned, petition.points
    FROM cycle
    LEFT JOIN petition ON petition.petition_id = cycle.id
),
alike AS (
    SELECT COUNT(*) AS number, is_opening, status, authority_level, result, overdue, late, disagreed, assigned,
        origin_count, points, policy_field_id, place_id
    FROM standing
    GROUP BY is_opening, status, authority_level, result, overdue, late, disagreed, assigned, origin_count, points,
        policy_field_id, place_id
),
points_alike AS (
    SELECT COUNT(*) AS number, s.is_opening, s.status, s.authority_level, s.result, s.overdue, s.late, s.disagreed,
        s.assigned, s.origin_count, s.points, point.agency_id, point.result AS point_result,
        point.overdue AS point_overdue
    FROM standing s
    JOIN point ON point.petition_id = s.id
    GROUP BY s.is_opening, s.status, s.authority_level, s.result, s.overdue, s.late, s.disagreed, s.assigned,
        s.origin_count, s.points, point.agency_id, point.result, point.overdue
)
SELECT 0, number, is_opening, status, authority_level, result, overdue, late, disagreed, assigned, origin_count, points,
    field.name, committee.name, place.name, place_id, NULL, NULL, NULL, NULL
FROM alike
LEFT JOIN directory_policyfield field ON field.id = policy_field_id
LEFT JOIN directory_agency committee ON committee.id = field.committee_id
LEFT JOIN directory_administrativeunit place ON place.id = place_id
UNION ALL
SELECT 1, number, is_opening, status, authority_level, result, overdue, late, disagreed, assigned, origin_count, points,
    NULL, NULL, NULL, NULL, agency.name, agency_id, point_result, point_overdue
FROM points_alike
LEFT JOIN directory_agency agency ON agency.id = agency_id
"""
