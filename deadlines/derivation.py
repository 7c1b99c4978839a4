"""From everything that happened to a clock to its due date: one stage an event, each with its reason."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from common.formats import short_date
from deadlines.calendar import VIETNAM
from deadlines.counting import Counting, DayOff, Derivation, Pause, count


class Happening(StrEnum):
    """What can happen to a clock."""

    STARTED = "started"
    MOVED = "moved"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    RECOUNTED = "recounted"
    RETURNED = "returned"
    STOPPED = "stopped"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Event:
    """One thing that happened, as plain values. A date in writing (`due_on`) stands; `days` are counted."""

    kind: Happening
    on: date
    due_on: date | None = None
    days: int | None = None
    counting: str = Counting.WORKING
    counted_from: date | None = None
    is_before: bool = False
    counts_start_day: bool = False
    moves: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Stage:
    """An event and the due date after it; `derivation` where days were counted, `skipped` where days were passed."""

    event: Event
    due_on: date
    derivation: Derivation | None = None
    skipped: list[DayOff] = field(default_factory=list)


@dataclass(frozen=True)
class Derived:
    """A due date with all that led to it."""

    stages: list[Stage]
    due_on: date
    original_due_on: date
    paused_on: date | None = None
    stopped_on: date | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def base(self):
        """The stage whose counting gives the due date before extensions: the start, or the last move of it."""
        return [stage for stage in self.stages if stage.event.kind in (Happening.STARTED, Happening.MOVED)][-1]

    @property
    def sentences(self):
        """Two sentences that can be read aloud: where the date comes from, and what changed it."""
        base = self.base
        if base.derivation:
            first = base.derivation.sentence
        else:
            first = f"Hạn ngày {short_date(base.event.due_on)} được ấn định bằng văn bản."
        return [first[:1].upper() + first[1:], self._second()]

    def _second(self):
        told = []
        if moves := sum(1 for stage in self.stages if stage.event.kind == Happening.MOVED):
            told.append(f"mốc tính hạn dời {moves} lần")
        if self.pauses:
            told.append(f"tạm dừng {sum(pause.days for pause in self.pauses)} ngày")
        if extensions := [stage for stage in self.stages if stage.event.kind == Happening.EXTENDED]:
            told.append(f"gia hạn {len(extensions)} lần")
        if recounts := sum(1 for stage in self.stages if stage.event.kind == Happening.RECOUNTED):
            told.append(f"lịch làm việc thay đổi {recounts} lần")
        if reopenings := sum(1 for stage in self.stages if stage.event.kind == Happening.REOPENED):
            told.append(f"tính tiếp {reopenings} lần")
        changed = ", ".join(told)
        if self.paused_on:
            return f"Thời hạn đang tạm dừng từ ngày {short_date(self.paused_on)}, chưa tính tiếp."
        if not changed:
            return f"Hạn chưa thay đổi lần nào: ngày {short_date(self.due_on)}."
        return f"Sau khi {changed}, hạn hiện nay là ngày {short_date(self.due_on)}."


def derive(events, calendar=VIETNAM):
    """Work a clock out from its `events`, in the order they were recorded.

    The base period runs from its start, or from where that start was moved to; every finished pause leaves its days
    out of it. An extension in days goes on from the due date before it; one to a date in writing stands as written,
    and a pause recorded after it moves it by as many days. What an unfinished pause will cost is not known yet: the
    date before it is kept and nothing is late meanwhile. A clock that was stopped and is reopened runs on as if it
    had not been stopped.
    """
    events = list(events)
    stages, paused, stopped_on = [], None, None
    for position, event in enumerate(events):
        if event.kind == Happening.PAUSED:
            paused = event
        elif event.kind == Happening.RESUMED:
            paused = None
        if event.kind in (Happening.STOPPED, Happening.RETURNED):
            stopped_on = event.on
        elif event.kind in (Happening.STARTED, Happening.EXTENDED, Happening.REOPENED):
            stopped_on = None
        stages.append(_stage(events[: position + 1], calendar, stages))
    pauses = tuple(pause for _place, pause in _pauses(events))
    return Derived(stages, stages[-1].due_on, stages[0].due_on, paused.on if paused else None, stopped_on, pauses)


def _stage(events, calendar, stages):
    """What the last of the `events` leaves as the due date."""
    event = events[-1]
    if event.kind in (Happening.PAUSED, Happening.STOPPED, Happening.RETURNED):
        return Stage(event, stages[-1].due_on)
    pauses = _pauses(events)
    base_place, base = [(place, e) for place, e in enumerate(events) if e.kind in (Happening.STARTED, Happening.MOVED)][
        -1
    ]
    due_on, derivation, skipped = _set(base, base_place, None, pauses, calendar)
    for place, extension in enumerate(events):
        if extension.kind == Happening.EXTENDED:
            due_on, derivation, skipped = _set(extension, place, due_on, pauses, calendar)
    return Stage(event, due_on, derivation, skipped)


def _set(event, place, due_before, pauses, calendar):
    """(due date, derivation, days passed) by one event that sets or counts a date."""
    if event.due_on:
        due_on, skipped = event.due_on, []
        for recorded, pause in pauses:
            if recorded > place and pause.first <= due_on:
                shifted = calendar.next_working_day(due_on + timedelta(days=pause.days))
                skipped += _between(due_on, shifted, pause, calendar)
                due_on = shifted
        return due_on, None, skipped
    start = event.counted_from or (due_before if event.kind == Happening.EXTENDED else event.on)
    days = -event.days if event.is_before else event.days
    derivation = count(
        start,
        days,
        Counting(event.counting),
        calendar,
        counts_start_day=event.counts_start_day,
        moves=event.moves,
        pauses=tuple(pause for _recorded, pause in pauses),
    )
    return derivation.due_on, derivation, derivation.skipped


def _between(due_on, shifted, pause, calendar):
    """The days by which a date in writing was moved: those of the pause, then days off at the end."""
    passed = [DayOff(pause.first + timedelta(days=number), pause.name) for number in range(pause.days)]
    day = due_on + timedelta(days=pause.days)
    while day < shifted:
        passed.append(DayOff(day, calendar.day_off(day)))
        day += timedelta(days=1)
    return passed


def _pauses(events):
    """[(place of the resumption among the events, pause)] of every pause that has ended."""
    found, begun = [], None
    for place, event in enumerate(events):
        if event.kind == Happening.PAUSED:
            begun = event
        elif event.kind == Happening.RESUMED and begun:
            found.append((place, Pause(begun.on, event.on, begun.reason)))
            begun = None
    return found
