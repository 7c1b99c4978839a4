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
class Derivation:
    """How a due date came about; `sentence` can be read aloud."""

    start: date
    days: int
    counting: Counting
    due_on: date
    skipped: list[DayOff] = field(default_factory=list)
    moved_from: date | None = None

    @property
    def sentence(self):
        unit = "ngày làm việc" if self.counting == Counting.WORKING else "ngày"
        if self.days < 0:
            text = f"{-self.days} {unit} trước ngày {short_date(self.start)}"
        else:
            text = f"{self.days} {unit} kể từ ngày {short_date(self.start)}, không tính ngày bắt đầu"
        if self.moved_from:
            text += f"; ngày cuối {short_date(self.moved_from)} là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp"
        return f"{text}: hạn là ngày {short_date(self.due_on)}."


def count(start, days, counting=Counting.WORKING, calendar=VIETNAM):
    """`days` after `start`, which itself is not counted (Civil Code 2015, Article 147).

    Negative days count backwards. Working days skip every day off; a calendar period that would end
    on a day off ends on the next working day (Article 148.5). Backwards nothing is moved: “at least
    N days before” must not become fewer.
    """
    step = timedelta(days=1 if days >= 0 else -1)
    day, counted, skipped = start, 0, []
    while counted < abs(days):
        day += step
        name = calendar.day_off(day) if counting == Counting.WORKING else ""
        if name:
            skipped.append(DayOff(day, name))
        else:
            counted += 1
    moved_from = None
    if days >= 0 and counting == Counting.CALENDAR and calendar.day_off(day):
        moved_from, last = day, calendar.next_working_day(day)
        while day < last:
            skipped.append(DayOff(day, calendar.day_off(day)))
            day += step
    return Derivation(start, days, counting, day, skipped, moved_from)
