"""A row that came back beside what was handed out and what stands now."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petitions.handouts.kinds import Cell, kind_of
from petitions.models import HandbackRow


class State(StrEnum):
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    DONE = "done"
    LEFT_OUT = "left_out"


LABELS = {
    State.CHANGED: gettext_lazy("can be taken over"),
    State.CONFLICT: gettext_lazy("changed on both sides"),
    State.REFUSED: gettext_lazy("has errors"),
    State.UNCHANGED: gettext_lazy("unchanged"),
    State.DONE: gettext_lazy("taken over"),
    State.LEFT_OUT: gettext_lazy("left out"),
}


@dataclass
class Compared:
    """`cells` are those that differ on any side; `problem` is what stands against the whole row."""

    row: HandbackRow
    state: State
    record: Any = None
    cells: list = field(default_factory=list)
    problem: str = ""

    @property
    def label(self):
        return LABELS[self.state]

    @property
    def changes(self):
        """{column key: words} to be taken over."""
        return {cell.column.key: cell.file for cell in self.cells if cell.is_changed and not cell.is_agreed}


def compared(handback, rows, user):
    """Each of the rows of one file, looked at afresh.

    Who handed it in and takes nothing over sees the changes, not what one's own role would refuse.
    """
    kind = kind_of(handback.handout)
    hands_in = handback.handout.recipient_id in user.agencies and not handback.is_dealt_with_by(user)
    known = [row.row for row in rows if row.row and row.outcome != HandbackRow.Outcome.DONE]
    records = kind.found(handback.handout, known, user)
    return [_compared(kind, handback, row, records.get(row.row), user, hands_in=hands_in) for row in rows]


def _compared(kind, handback, row, record, user, *, hands_in):
    if row.outcome == HandbackRow.Outcome.DONE:
        return Compared(row, State.DONE, cells=[_taken_over(kind, cell) for cell in row.taken_over])
    if row.problem or record is None:
        why = row.problem or _("There is nothing with the code %(code)s that you may see.") % {"code": row.code}
        return Compared(row, State.REFUSED, problem=why)
    cells = _cells(kind, handback, row, kind.values(record, user))
    found = Compared(row, State.UNCHANGED, record, [c for c in cells if c.is_changed or c.is_changed_meanwhile])
    if not found.changes:
        found.cells = []
        return found
    if any(cell.is_changed_meanwhile and not cell.is_agreed for cell in cells):
        found.state = State.CONFLICT
    elif not hands_in and (problems := kind.problems(record, found.changes, user)):
        seen = {cell.column.key for cell in found.cells}
        found.state, found.problem = State.REFUSED, " ".join(why for key, why in problems.items() if key not in seen)
        found.cells = [_with_problem(cell, problems) for cell in found.cells]
    else:
        found.state = State.CHANGED
    if row.outcome == HandbackRow.Outcome.LEFT_OUT:
        found.state = State.LEFT_OUT
    return found


def _cells(kind, handback, row, now):
    """Columns that did not come back say nothing."""
    return [
        Cell(column, row.row.values.get(column.key, ""), now[column.key], row.values[column.key])
        for column in kind.columns
        if column.key in handback.columns and column.key in row.row.values
    ]


def _with_problem(cell, problems):
    return Cell(cell.column, cell.base, cell.now, cell.file, problems.get(cell.column.key, ""))


def _taken_over(kind, cell):
    columns = {column.key: column for column in kind.columns}
    return Cell(columns[cell["column"]], cell["before"], cell["before"], cell["after"])
