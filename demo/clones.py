"""Many more petitions for trials and benchmarks: consistent copies of those that went through the workflow."""

import random
from dataclasses import dataclass
from itertools import islice

from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from common.models import Sequence
from deadlines.models import Clock, ClockEvent
from demo import topics
from petitions.models import Assignment, Petition, PetitionEvent, PetitionOrigin, PetitionPoint
from petitions.models.wording import written_out
from responses.models import Answer

SEED = 4711
CHUNK = 2000


@dataclass(frozen=True)
class Pattern:
    """One petition with everything that hangs on it."""

    petition: Petition
    points: list
    origins: list
    assignments: list
    answers: list
    events: list


def multiply(seasons, number):
    """`number` more petitions over the same sessions; none where it is not positive."""
    if number <= 0:
        return
    patterns = [pattern for season in seasons for pattern in _patterns(season.council_session)]
    chance = random.Random(SEED)
    numbering = _Numbering()
    copies = ((chance.choice(patterns), chance.choice(topics.NAMES), place) for place in range(number))
    while chunk := list(islice(copies, CHUNK)):
        _copy(chunk, numbering)
    numbering.keep()


def _patterns(council_session):
    petitions = (
        Petition.objects.filter(council_session=council_session, duplicate_of__isnull=True)
        .exclude(points__assignments__status=Assignment.Status.PLANNED)
        .prefetch_related("points__assignments__clock__events", "points__answers", "origins", "events")
        .distinct()
    )
    for petition in petitions:
        points = list(petition.points.all())
        yield Pattern(
            petition,
            points,
            list(petition.origins.all()),
            [assignment for point in points for assignment in point.assignments.all()],
            [a for point in points for a in point.answers.all() if a.reply.document.is_issued],
            list(petition.events.all()),
        )


class _Numbering:
    """Codes and numbers that go on where the registers stand."""

    def __init__(self):
        self.last = {}

    def next(self, key):
        if key not in self.last:
            self.last[key] = Sequence.objects.filter(key=key).aggregate(last=Max("last"))["last"] or 0
        self.last[key] += 1
        return self.last[key]

    def keep(self):
        for key, last in self.last.items():
            Sequence.objects.update_or_create(key=key, defaults={"last": last})


def _copy(chunk, numbering):
    petitions = _save(Petition, [_petition(pattern, name, place, numbering) for pattern, name, place in chunk])
    pairs = [(pattern, petition) for (pattern, _name, _place), petition in zip(chunk, petitions, strict=True)]
    unseen = {"petition": lambda row, to: to, "assessed_result": lambda row, to: ""}  # no delegation looked at a copy
    points = _children(PetitionPoint, pairs, lambda pattern: pattern.points, unseen)
    _children(PetitionOrigin, pairs, lambda pattern: pattern.origins, {"petition": lambda row, to: to})
    clocks = _clocks(pairs)
    _save(
        Assignment,
        [
            _twin(row, point=points[petition.pk, row.point_id], clock=clocks.get((petition.pk, row.clock_id)))
            for pattern, petition in pairs
            for row in pattern.assignments
        ],
    )
    _save(
        Answer,
        [_twin(row, point=points[petition.pk, row.point_id]) for pattern, petition in pairs for row in pattern.answers],
    )
    PetitionEvent.objects.bulk_create(
        [_twin(row, petition=petition) for pattern, petition in pairs for row in pattern.events]
    )


def _petition(pattern, name, place, numbering):
    source = pattern.petition
    year = source.received_on.year
    code = f"KN-{year}-{numbering.next(f'petitions/{source.council_id}/{year}'):05d}"
    title = f"{source.title} — khu {name} {place}"
    return _twin(
        source,
        code=code,
        number=numbering.next(f"petitions/session/{source.council_session_id}"),
        title=title,
        search_text=written_out(f"{code} {title} {source.search_text}"),
    )


def _clocks(pairs):
    """{(new petition, old clock): new clock}, each with its events."""
    old = [
        (petition.pk, row.clock)
        for pattern, petition in pairs
        for row in pattern.assignments
        if row.clock_id is not None
    ]
    new = _save(Clock, [_twin(clock) for _pk, clock in old])
    by_old = {(pk, clock.pk): twin for (pk, clock), twin in zip(old, new, strict=True)}
    events = [
        _twin(event, clock=twin) for (_pk, clock), twin in zip(old, new, strict=True) for event in clock.events.all()
    ]
    _save(ClockEvent, events)
    return by_old


def _children(model, pairs, rows_of, links):
    """Copies of what hangs on the patterns; {(new petition, old row id): new row}."""
    sources = [(petition, row) for pattern, petition in pairs for row in rows_of(pattern)]
    twins = [_twin(row, **{name: link(row, petition) for name, link in links.items()}) for petition, row in sources]
    saved = _save(model, twins)
    return {(petition.pk, row.pk): twin for (petition, row), twin in zip(sources, saved, strict=True)}


def _twin(row, **changes):
    """An unsaved copy of a row."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    twin = type(row)(**values)
    for name, value in changes.items():
        setattr(twin, name, value)
    return twin


def _save(model, rows):
    return bulk_create_with_history(rows, model, batch_size=CHUNK) if rows else []
