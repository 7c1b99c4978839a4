"""Everything that changes a clock, a calendar or a rule."""

from deadlines.workflow.calendars import adopt_calendar, calendar_moves
from deadlines.workflow.clocks import (
    anchor_moved,
    due_dates_known_on,
    extend,
    pause,
    recount,
    reopen,
    resume,
    return_,
    start,
    start_by_rule,
    start_inside,
    start_urged,
    stop,
    stop_urged,
)
from deadlines.workflow.rules import add_rule, adopt_defaults, end_rule, may_keep

__all__ = [
    "add_rule",
    "adopt_calendar",
    "adopt_defaults",
    "anchor_moved",
    "calendar_moves",
    "due_dates_known_on",
    "end_rule",
    "extend",
    "may_keep",
    "pause",
    "recount",
    "reopen",
    "resume",
    "return_",
    "start",
    "start_by_rule",
    "start_inside",
    "start_urged",
    "stop",
    "stop_urged",
]
