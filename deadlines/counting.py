"""From a start and a number of days to a due date, with every step of the way."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from common.formats import short_date
from deadlines.calendar import VIETNAM


class Counting(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class DayOff:
    day: date
    name: str


@dataclass(frozen=True)
class Pause:
    """Days that do not count: from the first up to, not including, the day the period goes on."""

    first: date
    until: date
    reason: str = ""

    def __contains__(self, day):
        return self.first <= day < self.until

    @property
    def days(self):
        return (self.until - self.first).days

    @property
    def name(self):
        return f"tạm dừng ({self.reason})" if self.reason else "tạm dừng"


@dataclass(frozen=True)
class Derivation:
    """How a due date came about; `sentence` can be read aloud."""

    start: date
    days: int
    counting: Counting
    due_on: date
    skipped: list[DayOff] = field(default_factory=list)
    moved_from: date | None = None
    counts_start_day: bool = False

    @property
    def sentence(self):
        unit = "ngày làm việc" if self.counting == Counting.WORKING else "ngày"
        if self.days < 0:
            text = f"{-self.days} {unit} trước ngày {short_date(self.start)}"
        else:
            first = "tính cả" if self.counts_start_day else "không tính"
            text = f"{self.days} {unit} kể từ ngày {short_date(self.start)}, {first} ngày bắt đầu"
        if self.moved_from:
            text += f"; ngày cuối {short_date(self.moved_from)} là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp"
        return f"{text}: hạn là ngày {short_date(self.due_on)}."


def count(start, days, counting=Counting.WORKING, calendar=VIETNAM, *, counts_start_day=False, moves=True, pauses=()):
    """`days` after `start`, which itself is not counted (Civil Code 2015, Article 147) unless `counts_start_day`.

    Negative days count backwards. Working days skip every day off; a calendar period that would end
    on a day off ends on the next working day (Article 148.5) where it `moves`. Backwards nothing is moved: “at least
    N days before” must not become fewer. Days inside one of the `pauses` do not count, and a period does not end
    inside one.
    """
    off = _Skipping(calendar, counting, pauses if days >= 0 else ())
    step = timedelta(days=1 if days >= 0 else -1)
    day, counted, skipped = start, 0, []
    if counts_start_day and days > 0:
        day -= step
    while counted < abs(days):
        day += step
        if name := off.name(day):
            skipped.append(DayOff(day, name))
        else:
            counted += 1
    moved_from = None
    if days >= 0 and counting == Counting.CALENDAR and moves and calendar.day_off(day):
        moved_from = day
        while name := off.pause(day) or calendar.day_off(day):
            skipped.append(DayOff(day, name))
            day += step
    return Derivation(start, days, counting, day, skipped, moved_from, counts_start_day)


@dataclass(frozen=True)
class _Skipping:
    """Which days are passed over, and why."""

    calendar: object
    counting: Counting
    pauses: tuple

    def pause(self, day):
        return next((pause.name for pause in self.pauses if day in pause), "")

    def name(self, day):
        return self.pause(day) or (self.calendar.day_off(day) if self.counting == Counting.WORKING else "")
