"""How many petitions of each session stand alike, kept so that the figures of very many need not count them again.

The database notes by triggers which petitions have changed, in the transaction of the change, whoever makes it and by
whatever statement. A duty counts those anew. Who asks before that leaves them out and counts them himself
(`reports.counting`), so the numbers are exact at any moment.
"""

from django.db import connection, transaction

from reports import standings
from reports.models import CountedPetition, CountedPoint, StandingTally, TouchedPetition

#: {table: (what is noted of a change, the column it is found in, the columns a figure asks of)}
_WATCHED = {
    "petitions_petition": ("petition", "id", standings.READ.split(", ")),
    "petitions_petitionpoint": ("petition", "petition_id", ["result", "answered_on", "assessed_result"]),
    "petitions_assignment": ("point", "point_id", ["agency_id", "part", "status", "sent_on", "clock_id"]),
    "deadlines_clock": ("clock", "id", ["due_on", "paused_on"]),
}
#: So many notes are worked off in one transaction.
BATCH = 5000

_NOTES, _TALLIES = TouchedPetition._meta.db_table, StandingTally._meta.db_table
_PETITIONS, _POINTS = CountedPetition._meta.db_table, CountedPoint._meta.db_table
_ROWS = {"insert": ["new"], "delete": ["old"], "update": ["old", "new"]}


def keep():
    """Have the database note changes from now on, and have every petition counted: after every migration.

    SQLite forgets who notes whenever a migration alters a table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _alone(cursor)
        for statement in _triggers(cursor):
            cursor.execute(statement)
        for model in (CountedPetition, CountedPoint, StandingTally, TouchedPetition):
            model.objects.all().delete()
        cursor.execute(f"INSERT INTO {_NOTES} (petition) SELECT id FROM petitions_petition")  # noqa: S608 — our own names


def keep_counting(**_signal):
    if _NOTES in connection.introspection.table_names():
        keep()


def count_again(_now=None):
    """Count anew every petition noted, so many at a time; returns how many notes are worked off."""
    done = 0
    while worked_off := _count_some():
        done += worked_off
    if done > BATCH and connection.vendor == "postgresql":
        _tidy_up()
    return done


def _tidy_up():
    """Or the next to ask wades through the notes worked off, by a plan for few."""
    how = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"  # within a transaction none vacuums
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {_PETITIONS}, {_POINTS}, {_TALLIES}, {_NOTES}")


@transaction.atomic
def _count_some():
    """A change that comes in between leaves a note of its own, and is counted again with that."""
    with connection.cursor() as cursor:
        _alone(cursor)
        notes = list(TouchedPetition.objects.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not notes:
            return 0
        noted = f"SELECT * FROM {_NOTES} WHERE id IN ({', '.join(map(str, notes))})"  # noqa: S608 — numbers
        cursor.execute(f"WITH noted AS ({noted}) {standings.touched('noted')}")
        among = ", ".join(str(petition) for (petition,) in cursor.fetchall()) or "NULL"
        _add(cursor, among, "-")
        for table in (_PETITIONS, _POINTS):
            cursor.execute(f"DELETE FROM {table} WHERE petition IN ({among})")  # noqa: S608 — as above
        _count(cursor, among)
        _add(cursor, among, "")
        StandingTally.objects.filter(number=0).delete()
        TouchedPetition.objects.filter(pk__in=notes).delete()
    return len(notes)


def _alone(cursor):
    """One at a time counts; where there is one writer at a time that is so in any case."""
    if connection.vendor == "postgresql":
        cursor.execute(f"LOCK TABLE {_TALLIES} IN SHARE ROW EXCLUSIVE MODE")


def _count(cursor, among):
    """Write down how these petitions and their points stand."""
    chosen = f"SELECT id, 0 AS is_opening, {standings.READ} FROM petitions_petition WHERE id IN ({among})"  # noqa: S608 — numbers
    standing = f"WITH {standings.of_records(chosen, repr(standings.NEVER))}"
    for table, source, columns in (
        (_PETITIONS, "petition", f"petition, council_session, {standings.SHARED}, policy_field, place, stands_from"),
        (_POINTS, "point", "petition, council_session, result, due_on, agency"),
    ):
        cursor.execute(f"INSERT INTO {table} ({columns}) {standing} SELECT {columns} FROM {source}")  # noqa: S608 — our own names


def _add(cursor, among, sign):
    """Add to the tallies what is written down of these petitions, or take it away."""
    key = f"council_session, {standings.KEY}"
    rows = standings.gathered("petitions", "points", sign, "council_session")
    cursor.execute(
        f"WITH petitions AS (SELECT * FROM {_PETITIONS} WHERE petition IN ({among})), "  # noqa: S608 — our own names
        f"points AS (SELECT * FROM {_POINTS} WHERE petition IN ({among})) "
        f"INSERT INTO {_TALLIES} ({key}, number) SELECT {key}, number FROM ({rows}) AS gathered WHERE true "
        f"ON CONFLICT ({key}) DO UPDATE SET number = {_TALLIES}.number + excluded.number"
    )


def _triggers(cursor):
    """SQL that has the database note changes; none on PostgreSQL where all of it stands already.

    To put up a trigger there is to wait for writers and to keep others waiting: with one who had written to another of
    the tables that is a deadlock, and what somebody was doing is lost.
    """
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    made = [
        make(f"touched_{table}_{event}", table, event, rows, *watched)
        for table, watched in _WATCHED.items()
        for event, rows in _ROWS.items()
    ]
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgenabled = 'O'"
        )
        there = dict(cursor.fetchall())
        if all(there.get(name) == body for name, body, *_statements in made):
            return []
    return [statement for _name, _body, *statements in made for statement in statements]


def _on_postgresql(name, table, event, rows, what, column, asked):
    """Its name, what it does and how it is put up: one statement for each change, however many rows that touches."""
    read = ", ".join(dict.fromkeys(["id", column, *asked]))
    changed = f"SELECT {column} FROM {rows[0]}_rows"  # noqa: S608 — our own names
    if event == "update":
        changed = " UNION ".join(
            f"SELECT {column} FROM (SELECT {read} FROM {one}_rows EXCEPT SELECT {read} FROM {other}_rows) AS {one}"  # noqa: S608
            for one, other in (("old", "new"), ("new", "old"))
        )
    seen = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
    body = f" BEGIN INSERT INTO {_NOTES} ({what}) {changed}; RETURN NULL; END "
    return (
        name,
        body,
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {seen} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        ),
    )


def _on_sqlite(name, table, event, rows, what, column, asked):
    differs = " OR ".join(f"OLD.{asked_of} IS NOT NEW.{asked_of}" for asked_of in dict.fromkeys([column, *asked]))
    only = f"WHEN {differs} " if event == "update" else ""
    noted = " UNION ".join(f"SELECT {row.upper()}.{column}" for row in rows)
    body = f"BEGIN INSERT INTO {_NOTES} ({what}) {noted}; END"
    return (
        name,
        body,
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {only}{body}",
    )
