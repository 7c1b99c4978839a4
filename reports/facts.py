"""The rows every figure counts: each petition as it stood on one day."""

from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from petitions.models.petitions import AuthorityLevel
from petitions.models.results import CLOSING, combined


class PointStanding(NamedTuple):
    """How a point stands on the day: all that a figure may ask of it."""

    result: str
    is_overdue: bool


class _Petition:
    """What follows for a petition from how it stands."""

    @property
    def is_counted(self):
        return not (self.is_merged or self.is_set_aside)

    @property
    def is_answered(self):
        return bool(self.result)

    @property
    def is_closed(self):
        return self.result in CLOSING


class _Asked(NamedTuple):
    is_opening: bool
    is_merged: bool
    is_set_aside: bool
    is_local: bool
    is_assigned: bool
    result: str
    is_overdue: bool
    was_late: bool
    is_disagreed: bool
    times_raised: int
    points: int


class Standing(_Petition, _Asked):
    """How a petition stands on the day: all that a figure may ask of it. Very many petitions stand alike."""

    __slots__ = ()


@dataclass(frozen=True)
class PointFact:
    """One point on the day: who leads it, what was answered, what the council found."""

    number: int
    content: str
    agency: str = ""
    agency_id: int | None = None
    coordinating: tuple[str, ...] = ()
    due_on: date | None = None
    result: str = ""
    answered_on: date | None = None
    roadmap_on: date | None = None
    letter: str = ""
    letter_on: date | None = None
    answer: str = ""
    assessed_result: str = ""

    def standing(self, as_of):
        return PointStanding(self.result, self.is_overdue(as_of))

    def is_overdue(self, as_of):
        return bool(self.due_on and self.due_on < as_of and not self.result)

    @property
    def was_late(self):
        return bool(self.due_on and self.answered_on and self.answered_on > self.due_on)

    @property
    def is_disagreed(self):
        """The council came to another result than the agency."""
        return bool(self.assessed_result and self.result and self.assessed_result != self.result)


@dataclass(frozen=True)
class Fact(_Petition):
    """One petition on the day. `is_opening`: carried over from an earlier session."""

    pk: int
    code: str
    title: str
    session: str
    phase: str
    level: str
    level_name: str
    field: str
    committee: str
    place: str
    place_id: int | None
    is_opening: bool
    is_merged: bool
    is_set_aside: bool
    times_raised: int
    points: tuple[PointFact, ...] = field(default_factory=tuple)
    received_on: date | None = None

    @cached_property
    def result(self):
        return combined(point.result for point in self.points)

    @property
    def is_local(self):
        """Within the authority of the province and its communes; central matters are counted apart."""
        return self.level != AuthorityLevel.CENTRAL

    @property
    def is_assigned(self):
        """Every point lies with a lead agency."""
        return bool(self.points) and all(point.agency for point in self.points)

    def standing(self, as_of):
        """How it stands, for the figures of the day."""
        return Standing(
            self.is_opening,
            self.is_merged,
            self.is_set_aside,
            self.is_local,
            self.is_assigned,
            self.result,
            any(point.is_overdue(as_of) for point in self.points),
            any(point.was_late for point in self.points),
            any(point.is_disagreed for point in self.points),
            self.times_raised,
            len(self.points),
        )

    def as_data(self):
        """For freezing: plain values only."""
        return _plain(asdict(self))

    @classmethod
    def from_data(cls, data):
        points = tuple(PointFact(**_with_dates(point)) for point in data["points"])
        received_on = data.get("received_on")
        return cls(
            **{**data, "points": points, "received_on": date.fromisoformat(received_on) if received_on else None}
        )


_DATES = ("due_on", "answered_on", "roadmap_on", "letter_on")


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _with_dates(point):
    read = {name: date.fromisoformat(point[name]) if point[name] else None for name in _DATES}
    return {**point, **read, "coordinating": tuple(point["coordinating"])}


def capital(words):
    """ "Xã Yên Mô": the first letter large, the others as they are."""
    return words[:1].upper() + words[1:]
