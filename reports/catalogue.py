"""The catalogue: each figure defined once, for screens, papers, workbooks and files alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.models.results import ResultClass
from reports.facts import PointStanding, Standing


class Unit(models.TextChoices):
    """What a figure counts."""

    PETITIONS = "petitions", _("petitions")
    POINTS = "points", _("points")
    MENTIONS = "mentions", _("mentions")


#: Rules about the day: when a record belongs to the figures of a day.
RECEIVED_BY = _("Received on or before the day.")
AT_OPENING = _("As they stood on the day the previous regular session closed.")
SENT_BY = _("Forwarded on or before the day and not given back by then.")
LETTERS_BY = _("Letters issued on or before the day and in force on it.")
DUE_BY = _("Due dates as known on the day; what is due on the day itself is not late yet.")
FOUND_BY = _("Working sessions held on or before the day.")
MERGED_BY = _("Merged on or before the day and not taken apart by then.")


@dataclass(frozen=True)
class Figure:
    """One number with its meaning.

    It counts those petitions of the figure named `base` ("" for all known) whose standing passes `test`; `of` names
    the figure it is a share of. `point_test` asks the same of a point's standing, for tables in points. `amount` is
    what one petition adds.
    """

    key: str
    label: Any
    sentence: Any
    test: Callable[[Standing], bool]
    base: str = ""
    of: str = ""
    unit: Unit = Unit.PETITIONS
    day: Any = ""
    short: Any = ""  # a heading for columns side by side
    point_test: Callable[[PointStanding], bool] | None = None
    amount: Callable[[Standing], int] = lambda petition: 1


def _result(result_class, label, sentence, short):
    key = result_class.value
    return Figure(
        key, label, sentence, lambda petition: petition.result == key, base="local", of="local", day=LETTERS_BY,
        short=short, point_test=lambda point: point.result == key,
    )  # fmt: skip


_FIGURES = [
    Figure(
        "opening",
        _("Carried over"),
        _("Petitions of earlier sessions that were not finished when the previous regular session closed."),
        lambda petition: petition.is_opening and petition.is_counted,
        day=AT_OPENING,
    ),
    Figure(
        "received",
        _("Received"),
        _("Petitions of this session before merging, without those not to be forwarded."),
        lambda petition: not petition.is_opening and not petition.is_set_aside,
        day=RECEIVED_BY,
    ),
    Figure(
        "mentions",
        _("Mentions"),
        _("How often voters raised the petitions received: at each meeting and in each letter once."),
        lambda petition: True,
        base="received",
        unit=Unit.MENTIONS,
        day=RECEIVED_BY,
        amount=lambda petition: petition.times_raised,
    ),
    Figure(
        "merged",
        _("Merged"),
        _("Petitions of this session merged into another one because they say the same."),
        lambda petition: petition.is_merged,
        base="received",
        day=MERGED_BY,
    ),
    Figure(
        "new",
        _("New after merging"),
        _("Petitions of this session after merging."),
        lambda petition: not petition.is_merged,
        base="received",
        day=MERGED_BY,
    ),
    Figure(
        "total",
        _("To be dealt with"),
        _("Carried over and new after merging."),
        lambda petition: petition.is_counted,
        day=RECEIVED_BY,
        short=_("Total"),
        point_test=lambda point: True,
    ),
    Figure(
        "points",
        _("Points to be dealt with"),
        _("The points of all petitions to be dealt with; a point led by one agency and helped by others counts once."),
        lambda petition: True,
        base="total",
        unit=Unit.POINTS,
        day=RECEIVED_BY,
        amount=lambda petition: petition.points,
    ),
    Figure(
        "unassigned",
        _("Not assigned"),
        _("At least one point does not lie with a lead agency."),
        lambda petition: not petition.is_assigned,
        base="total",
        day=SENT_BY,
    ),
    Figure(
        "central",
        _("Central authority"),
        _("Petitions for central bodies; counted apart from all shares below."),
        lambda petition: not petition.is_local,
        base="total",
        day=RECEIVED_BY,
    ),
    Figure(
        "local",
        _("Local authority"),
        _("Petitions within the authority of the province and its communes: the denominator of the shares."),
        lambda petition: petition.is_local,
        base="total",
        day=RECEIVED_BY,
    ),
    Figure(
        "answered",
        _("Answered"),
        _("Every point has an answer in an issued letter."),
        lambda petition: petition.is_answered,
        base="local",
        of="local",
        day=LETTERS_BY,
        short=_("Answered"),
        point_test=lambda point: bool(point.result),
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
        lambda petition: not petition.is_answered,
        base="local",
        of="local",
        day=LETTERS_BY,
        short=_("Unanswered"),
        point_test=lambda point: not point.result,
    ),
    Figure(
        "overdue",
        _("Overdue"),
        _("Unanswered although the due date has passed."),
        lambda petition: petition.is_overdue,
        base="local",
        of="local",
        day=DUE_BY,
        short=_("Overdue"),
        point_test=lambda point: point.is_overdue,
    ),
    Figure(
        "late",
        _("Answered late"),
        _("Answered by a letter issued after the due date."),
        lambda petition: petition.was_late,
        base="answered",
        of="answered",
        day=DUE_BY,
    ),
    Figure(
        "disagreed",
        _("Assessed differently"),
        _("The council came to another result than the agency says."),
        lambda petition: petition.is_disagreed,
        base="total",
        day=FOUND_BY,
    ),
    Figure(
        "closed",
        _("Closed"),
        _("Resolved or explained: finished for this council."),
        lambda petition: petition.is_closed,
        base="total",
        day=LETTERS_BY,
    ),
    Figure(
        "closing",
        _("Left at the end"),
        _("Carried over + new − closed: what goes into the next session."),
        lambda petition: not petition.is_closed,
        base="total",
        day=LETTERS_BY,
    ),
]

CATALOGUE = {figure.key: figure for figure in _FIGURES}

#: Columns of every table by level, committee, field, place or agency, central matters included:
#: total = resolved + in progress + explained + not resolved + unanswered.
COLUMNS = ["total", "answered", *ResultClass.values, "unanswered", "overdue"]


@lru_cache(maxsize=100_000)
def figures_of(petition: Standing):
    """The keys of all figures that count a petition standing like this."""
    found = set()
    for figure in _FIGURES:  # what a figure is based on stands before it
        if (not figure.base or figure.base in found) and figure.test(petition):
            found.add(figure.key)
    return frozenset(found)


@lru_cache(maxsize=100_000)
def columns_of(petition: Standing):
    """The columns a petition to be dealt with stands in: what each of them asks, whatever its level."""
    return frozenset(name for name in COLUMNS if CATALOGUE[name].test(petition))


@lru_cache(maxsize=100)
def columns_of_point(point: PointStanding):
    """The columns one of its points stands in, in the table by lead agency."""
    return frozenset(name for name in COLUMNS if CATALOGUE[name].point_test(point))
