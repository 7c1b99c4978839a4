"""The catalogue: each figure defined once, for screens, papers, workbooks and files alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.models.results import ResultClass


class Unit(models.TextChoices):
    """What a figure counts."""

    PETITIONS = "petitions", _("petitions")
    POINTS = "points", _("points")
    MENTIONS = "mentions", _("mentions")


#: Rules about the day: when a record belongs to the figures of a day.
RECEIVED_BY = _("Received on or before the day.")
AT_OPENING = _("As they stood on the day the previous regular session closed.")
LETTERS_BY = _("Letters issued on or before the day and in force on it.")
DUE_BY = _("Due dates as known on the day; what is due on the day itself is not late yet.")
FOUND_BY = _("Working sessions held on or before the day.")
MERGED_BY = _("Merged on or before the day and not taken apart by then.")


def _of_point(test):
    """A question about one point, asked of the point alone."""
    return lambda point, as_of: test(point)


@dataclass(frozen=True)
class Figure:
    """One number with its meaning.

    It counts those rows of the figure named `base` ("" for all rows known) that pass `test`; `of` names the figure
    it is a share of. `point_test` asks the same of one point, for tables in points. `amount` is what one row adds.
    """

    key: str
    label: Any
    sentence: Any
    test: Callable  # (row, as_of) → bool
    base: str = ""
    of: str = ""
    unit: Unit = Unit.PETITIONS
    day: Any = ""
    short: Any = ""  # a heading for columns side by side
    point_test: Callable | None = None  # (point, as_of) → bool
    amount: Callable = lambda row: 1


def _result(result_class, label, sentence, short):
    key = result_class.value
    return Figure(
        key, label, sentence, lambda fact, as_of: fact.result == key, base="local", of="local", day=LETTERS_BY,
        short=short, point_test=_of_point(lambda point: point.result == key),
    )  # fmt: skip


_FIGURES = [
    Figure(
        "opening",
        _("Carried over"),
        _("Petitions of earlier sessions that were not finished when the previous regular session closed."),
        lambda fact, as_of: fact.is_opening and fact.is_counted,
        day=AT_OPENING,
    ),
    Figure(
        "received",
        _("Received"),
        _("Petitions of this session before merging, without those not to be forwarded."),
        lambda fact, as_of: not fact.is_opening and not fact.is_set_aside,
        day=RECEIVED_BY,
    ),
    Figure(
        "mentions",
        _("Mentions"),
        _("How often voters raised the petitions received: at each meeting and in each letter once."),
        lambda fact, as_of: True,
        base="received",
        unit=Unit.MENTIONS,
        day=RECEIVED_BY,
        amount=lambda fact: fact.times_raised,
    ),
    Figure(
        "merged",
        _("Merged"),
        _("Petitions of this session merged into another one because they say the same."),
        lambda fact, as_of: fact.is_merged,
        base="received",
        day=MERGED_BY,
    ),
    Figure(
        "new",
        _("New after merging"),
        _("Petitions of this session after merging."),
        lambda fact, as_of: not fact.is_merged,
        base="received",
        day=MERGED_BY,
    ),
    Figure(
        "total",
        _("To be dealt with"),
        _("Carried over and new after merging."),
        lambda fact, as_of: fact.is_counted,
        day=RECEIVED_BY,
        short=_("Total"),
        point_test=_of_point(lambda point: True),
    ),
    Figure(
        "points",
        _("Points to be dealt with"),
        _("The points of all petitions to be dealt with; a point led by one agency and helped by others counts once."),
        lambda fact, as_of: True,
        base="total",
        unit=Unit.POINTS,
        day=RECEIVED_BY,
        amount=lambda fact: len(fact.points),
    ),
    Figure(
        "central",
        _("Central authority"),
        _("Petitions for central bodies; counted apart from all shares below."),
        lambda fact, as_of: not fact.is_local,
        base="total",
        day=RECEIVED_BY,
    ),
    Figure(
        "local",
        _("Local authority"),
        _("Petitions within the authority of the province and its communes: the denominator of the shares."),
        lambda fact, as_of: fact.is_local,
        base="total",
        day=RECEIVED_BY,
    ),
    Figure(
        "answered",
        _("Answered"),
        _("Every point has an answer in an issued letter."),
        lambda fact, as_of: fact.is_answered,
        base="local",
        of="local",
        day=LETTERS_BY,
        short=_("Answered"),
        point_test=_of_point(lambda point: bool(point.result)),
    ),
    _result(ResultClass.RESOLVED, _("Resolved"), _("The agency has done what was asked."), _("Done")),
    _result(ResultClass.IN_PROGRESS, _("In progress"), _("Answered; the agency is still at work."), _("Doing")),
    _result(ResultClass.EXPLAINED, _("Explained"), _("Answered with an explanation or information."), _("Explained")),
    _result(
        ResultClass.NOT_RESOLVED,
        _("Not resolved"),
        _("Answered that it cannot be done, with the reason."),
        _("Not done"),
    ),
    Figure(
        "unanswered",
        _("Unanswered"),
        _("At least one point has no answer in an issued letter."),
        lambda fact, as_of: not fact.is_answered,
        base="local",
        of="local",
        day=LETTERS_BY,
        short=_("Unanswered"),
        point_test=_of_point(lambda point: not point.result),
    ),
    Figure(
        "overdue",
        _("Overdue"),
        _("Unanswered although the due date has passed."),
        lambda fact, as_of: fact.is_overdue(as_of),
        base="local",
        of="local",
        day=DUE_BY,
        short=_("Overdue"),
        point_test=lambda point, as_of: point.is_overdue(as_of),
    ),
    Figure(
        "late",
        _("Answered late"),
        _("Answered by a letter issued after the due date."),
        lambda fact, as_of: fact.was_late(),
        base="answered",
        of="answered",
        day=DUE_BY,
    ),
    Figure(
        "disagreed",
        _("Assessed differently"),
        _("The council came to another result than the agency says."),
        lambda fact, as_of: fact.is_disagreed,
        base="total",
        day=FOUND_BY,
    ),
    Figure(
        "closed",
        _("Closed"),
        _("Resolved or explained: finished for this council."),
        lambda fact, as_of: fact.is_closed,
        base="total",
        day=LETTERS_BY,
    ),
    Figure(
        "closing",
        _("Left at the end"),
        _("Carried over + new − closed: what goes into the next session."),
        lambda fact, as_of: not fact.is_closed,
        base="total",
        day=LETTERS_BY,
    ),
]

CATALOGUE = {figure.key: figure for figure in _FIGURES}

#: Columns of every table by level, committee, field, place or agency, central matters included:
#: total = resolved + in progress + explained + not resolved + unanswered.
COLUMNS = ["total", "answered", *ResultClass.values, "unanswered", "overdue"]
