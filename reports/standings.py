"""How petitions stand, as SQL: worked out from the records, and gathered into numbers of those that stand alike.

All that stands here is independent of the day: whether something is overdue is asked of its due date afterwards.
"""

from petitions.models.assignments import NO_LONGER_HELD

#: The day on which nothing is due.
NEVER = "9999-12-31"
#: The columns of a petition that `of_records` reads.
READ = "council_session_id, status, authority_level, result, origin_count, policy_field_id, place_id, received_on"
#: What stands alike shares, in this order.
SHARED = "apart, level, result, due_on, late, disagreed, assigned, times_raised, points"
KEY = f'"by", value, {SHARED}'


def touched(notes):
    """SQL of the petitions that `notes`, a table of the shape of `TouchedPetition`, stand for."""
    return f"""
    SELECT petition FROM {notes} WHERE petition IS NOT NULL
    UNION SELECT p.petition_id FROM {notes} n JOIN petitions_petitionpoint p ON p.id = n.point
    UNION SELECT p.petition_id FROM {notes} n
        JOIN petitions_assignment a ON a.clock_id = n.clock
        JOIN petitions_petitionpoint p ON p.id = a.point_id"""  # noqa: S608 — our own names


def of_records(petitions, day):
    """CTEs `petition` and `point`: how each of `petitions` stands, `point` those of what is to be dealt with.

    `petitions` is SQL that yields id, is_opening and `READ`. Points lie with those who were sent them by the `day`. A
    clock that is paused has no due date.
    """
    held = ", ".join(f"'{status}'" for status in NO_LONGER_HELD)
    return f"""
chosen AS ({petitions}),
one_point AS (
    SELECT p.petition_id, p.result, COALESCE(a.agency_id, 0) AS agency, a.sent_on,
        CASE WHEN p.result = '' THEN COALESCE(c.due_on, '{NEVER}') ELSE '{NEVER}' END AS due_on,
        CASE WHEN p.answered_on > c.due_on THEN 1 ELSE 0 END AS late,
        CASE WHEN p.result <> '' AND p.assessed_result <> '' AND p.assessed_result <> p.result THEN 1 ELSE 0 END
            AS disagreed
    FROM chosen
    JOIN petitions_petitionpoint p ON p.petition_id = chosen.id
    LEFT JOIN petitions_assignment a
        ON a.point_id = p.id AND a.part = 'lead' AND a.status NOT IN ({held}) AND a.sent_on <= {day}
    LEFT JOIN deadlines_clock c ON c.id = a.clock_id AND c.paused_on IS NULL
),
its_points AS (
    SELECT petition_id, MIN(due_on) AS due_on, MAX(late) AS late, MAX(disagreed) AS disagreed,
        MIN(CASE WHEN agency = 0 THEN 0 ELSE 1 END) AS assigned, COUNT(*) AS points, MAX(sent_on) AS sent_on
    FROM one_point GROUP BY petition_id
),
petition AS (
    SELECT chosen.id AS petition, is_opening, council_session_id AS council_session,
        CASE status WHEN 'merged' THEN 'merged' WHEN 'set_aside' THEN 'set_aside' WHEN 'undone' THEN 'set_aside'
            ELSE '' END AS apart,
        authority_level AS level, result, COALESCE(due_on, '{NEVER}') AS due_on, COALESCE(late, 0) AS late,
        COALESCE(disagreed, 0) AS disagreed, COALESCE(assigned, 0) AS assigned, origin_count AS times_raised,
        COALESCE(points, 0) AS points, COALESCE(policy_field_id, 0) AS policy_field, COALESCE(place_id, 0) AS place,
        CASE WHEN sent_on > received_on THEN sent_on ELSE received_on END AS stands_from
    FROM chosen
    LEFT JOIN its_points ON its_points.petition_id = chosen.id
),
point AS (
    SELECT petition, is_opening, council_session, one_point.result, one_point.due_on, agency
    FROM one_point
    JOIN petition ON petition.petition = one_point.petition_id AND apart = ''
)"""  # noqa: S608 — our own names


def gathered(petitions, points, sign, own):
    """SQL of rows of `own`, `KEY` and a number: all petitions, those by field and by place, and points by agency.

    `petitions` and `points` are tables of the shape of `CountedPetition` and `CountedPoint`, `own` a column of both.
    """
    number = f"{sign}COUNT(*) AS number"
    told_apart = f"'', '', result, due_on, 0, 0, 0, 0, 0, {number}"
    of_all = f"""
    SELECT {own}, '' AS "by", 0 AS value, {SHARED}, {number} FROM {petitions} GROUP BY {own}, {SHARED}"""  # noqa: S608
    of_each = [
        f"""
    UNION ALL SELECT {own}, '{by}', {column}, {told_apart} FROM {rows} GROUP BY {own}, {column}, result, due_on"""  # noqa: S608
        for by, column, rows in (
            ("field", "policy_field", f"{petitions} WHERE apart = ''"),
            ("place", "place", f"{petitions} WHERE apart = ''"),
            ("agency", "agency", points),
        )
    ]
    return of_all + "".join(of_each)
