"""Every act that changes a petition. Rooms above call `record_answers` and `note`; nobody else writes here."""

from petitions.workflow.assignments import accept, extend, return_
from petitions.workflow.forwarding import FORWARDING_LETTER, draft_forwarding, plan_refusal, replan
from petitions.workflow.intake import (
    add_origin,
    classify,
    log,
    merge,
    reopen,
    revise,
    set_aside,
    unmerge,
)
from petitions.workflow.record import note, record_answers, record_assessment, refresh, restate_answers
from petitions.workflow.tables import ASSIGNMENTS, PETITIONS

__all__ = [
    "ASSIGNMENTS",
    "FORWARDING_LETTER",
    "PETITIONS",
    "accept",
    "add_origin",
    "classify",
    "draft_forwarding",
    "extend",
    "log",
    "merge",
    "note",
    "plan_refusal",
    "record_answers",
    "record_assessment",
    "refresh",
    "reopen",
    "replan",
    "restate_answers",
    "return_",
    "revise",
    "set_aside",
    "unmerge",
]
