"""Every act that changes a petition. Rooms above call `record_answers` and `note`; nobody else writes here."""

from petitions.workflow.assignments import accept, extend, return_
from petitions.workflow.forwarding import FORWARDING_LETTER, draft_forwarding, plan_refusal, replan
from petitions.workflow.importing import (
    begin_import,
    check_may_import,
    claims,
    drop_import,
    finish_import,
    finish_undo,
    import_rows,
    refused_ready,
    show_import,
    start_accepting,
    start_reading,
    start_undoing,
    undo_rows,
)
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
from petitions.workflow.many import Entry, log_many
from petitions.workflow.record import note, record_answers, record_assessment, refresh, restate_answers
from petitions.workflow.tables import ASSIGNMENTS, IMPORTS, PETITIONS
from petitions.workflow.urging import URGING_LETTER, draft_urging, submit_urging, to_urge, urge_refusal

__all__ = [
    "ASSIGNMENTS",
    "FORWARDING_LETTER",
    "IMPORTS",
    "PETITIONS",
    "URGING_LETTER",
    "Entry",
    "accept",
    "add_origin",
    "begin_import",
    "check_may_import",
    "claims",
    "classify",
    "draft_forwarding",
    "draft_urging",
    "drop_import",
    "extend",
    "finish_import",
    "finish_undo",
    "import_rows",
    "log",
    "log_many",
    "merge",
    "note",
    "plan_refusal",
    "record_answers",
    "record_assessment",
    "refresh",
    "refused_ready",
    "reopen",
    "replan",
    "restate_answers",
    "return_",
    "revise",
    "set_aside",
    "show_import",
    "start_accepting",
    "start_reading",
    "start_undoing",
    "submit_urging",
    "to_urge",
    "undo_rows",
    "unmerge",
    "urge_refusal",
]
