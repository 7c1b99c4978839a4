"""Workbooks that go out, are worked on elsewhere and come back: matched by code and version, compared cell by cell."""

from petitions.handouts.comparing import State, compared
from petitions.handouts.kinds import Cell, HandoutColumn, HandoutKind, kind_for, kind_of, register
from petitions.handouts.receiving import carry_out_row, prepare, receive, turn
from petitions.handouts.writing import MOST_ROWS, hand_out, refused_workbook, workbook

__all__ = [
    "MOST_ROWS",
    "Cell",
    "HandoutColumn",
    "HandoutKind",
    "State",
    "carry_out_row",
    "compared",
    "hand_out",
    "kind_for",
    "kind_of",
    "prepare",
    "receive",
    "refused_workbook",
    "register",
    "turn",
    "workbook",
]
