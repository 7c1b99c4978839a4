"""The council's working calendar, rules about days, clocks, and when to remind of them."""

from deadlines.models.calendars import CalendarEntry, CalendarVersion, calendar_of, keep_still
from deadlines.models.clocks import Clock, ClockEvent, derive_together
from deadlines.models.reminders import ReminderPlan
from deadlines.models.rules import AuthorityLevel, DeadlineRule, Holder, StartEvent, StopAct, Stream

__all__ = [
    "AuthorityLevel",
    "CalendarEntry",
    "CalendarVersion",
    "Clock",
    "ClockEvent",
    "DeadlineRule",
    "Holder",
    "ReminderPlan",
    "StartEvent",
    "StopAct",
    "Stream",
    "calendar_of",
    "derive_together",
    "keep_still",
]
