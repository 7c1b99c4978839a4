"""Very many petitions in a database: copies of what the demo has, with all that hangs on them, made inside it."""

from datetime import timedelta

from django.db import connection, transaction

from deadlines.models import Clock, ClockEvent
from petitions.models import Assignment, Petition, PetitionEvent, PetitionOrigin, PetitionPoint
from responses.models import Answer
from sessions.models import CouncilSession

#: In the order of what hangs on what; the keys between them move along.
_COPIED = [Petition, PetitionPoint, PetitionOrigin, Clock, ClockEvent, Assignment, Answer, PetitionEvent]
#: Between a row and its copy; far above what the demo has.
STEP = 10_000_000
_OWN = {
    "petitions_petition": {
        "code": "r.code || '-' || {copy}",
        "number": "r.id + 100000 * {copy}",
        "council_session_id": "{session}",
    },
    "petitions_petitionpoint": {"assessed_result": "''"},  # no delegation looked at a copy
    "petitions_assignment": {"return_clock_id": "NULL"},
    "deadlines_clock": {"beside_id": "NULL"},
}


def earlier_sessions(oldest, number):
    """So many regular sessions before the oldest one there is, half a year apart."""
    days = [timedelta(days=180 * place) for place in range(1, number + 1)]
    return CouncilSession.objects.bulk_create(
        CouncilSession(
            term=oldest.term, kind=oldest.kind, number=oldest.number, title=f"Kỳ họp thường lệ cách đây {day.days} ngày",
            opens_on=oldest.opens_on - day, closes_on=oldest.closes_on - day,
        )
        for day in days
    )  # fmt: skip


def copy(petitions, copies):
    """Each of these petitions once into each session of `copies`: {number of the copy, given once: session}."""
    keys = _keys(petitions)
    with transaction.atomic(), connection.cursor() as cursor:
        for number, session in copies.items():
            for model in _COPIED:
                _insert(cursor, model, keys[model], number, session)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _keys(petitions):
    """{model: keys of the rows that hang on the petitions}"""
    points = PetitionPoint.objects.filter(petition__in=petitions)
    assignments = Assignment.objects.filter(point__in=points)
    clocks = Clock.objects.filter(assignment__in=assignments)
    found = {
        Petition: petitions,
        PetitionPoint: points,
        PetitionOrigin: PetitionOrigin.objects.filter(petition__in=petitions),
        Clock: clocks,
        ClockEvent: ClockEvent.objects.filter(clock__in=clocks),
        Assignment: assignments,
        Answer: Answer.objects.filter(point__in=points),
        PetitionEvent: PetitionEvent.objects.filter(petition__in=petitions),
    }
    return {model: list(rows.order_by().values_list("pk", flat=True)) for model, rows in found.items()}


def _insert(cursor, model, keys, number, session):
    table = model._meta.db_table
    if not keys:
        return
    columns = [field.column for field in model._meta.concrete_fields]
    taken = [_taken(field, table, number, session) for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    among = ", ".join(map(str, keys))
    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {", ".join(taken)} FROM "{table}" r WHERE id IN ({among})')  # noqa: S608


def _taken(field, table, number, session):
    if own := _OWN.get(table, {}).get(field.column):
        return own.format(copy=number, session=session.pk)
    moves = field.primary_key or (
        field.related_model in _COPIED and field.name != "duplicate_of" and field.name != "repeats"
    )
    return f'r."{field.column}" + {STEP * number}' if moves else f'r."{field.column}"'
