"""What clocks belong to. The rooms above say here who sees a clock, what it is about and who answers for it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """What a clock is about, in words for a list, a notice or a preview."""

    code: str
    title: str
    url: str
    agency: Any
    group: str  # one key for everything about the same record
    what: str = "Hạn trả lời"  # what its official due date is called
    is_owed: bool = True  # not once it was handed in and waits for somebody's judgement


class Subject:
    """One kind of record that has a clock, made known by `register` when its room starts."""

    relation = ""  # the related_name of the record's one-to-one field to Clock

    def visible(self, user):
        """A condition on clocks: those of records `user` may see."""
        raise NotImplementedError

    def tell(self, clocks):
        """{clock id: Told} for those of the `clocks` that belong to this subject."""
        raise NotImplementedError

    def change_refusal(self, clock, user):
        """Why `user` may not pause or extend this clock, in words; "" when they may."""
        raise NotImplementedError

    def settled(self, clock, *, by, words):
        """The due date changed: note it and bring up to date whatever repeats it."""


_registered = []


def register(subject):
    _registered.append(subject)


def all_subjects():
    return list(_registered)


def subject_of(clock):
    """The subject of a clock, or None for one that hangs in the air."""
    official = clock.beside or clock
    return next((subject for subject in _registered if hasattr(official, subject.relation)), None)


def tell(clocks):
    """{clock id: Told} over every subject. A clock beside another is about the same."""
    clocks = list(clocks)
    officials = {clock.pk: clock.beside_id or clock.pk for clock in clocks}
    known = {}
    for subject in _registered:
        known |= subject.tell(set(officials.values()))
    return {pk: known[official] for pk, official in officials.items() if official in known}
