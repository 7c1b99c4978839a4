"""From the decision to set up a delegation to the last recommendation verified."""

from oversight.workflow.following import RECOMMENDATIONS, count_apart, reject, report_done, verify
from oversight.workflow.notices import CONCLUSION_NOTICE, draft_notice
from oversight.workflow.papers import (
    DELEGATION_PAPER,
    SavedMeanwhileError,
    draft_paper,
    draft_paper_again,
    draft_verification_report,
    leave_out,
    save_paper,
    take_in,
)
from oversight.workflow.permitting import check, check_recording
from oversight.workflow.planning import (
    plan_session,
    put_on_agenda,
    reschedule,
    revise,
    set_up,
    take_off_agenda,
)
from oversight.workflow.recording import StandsAlreadyError, assess, attach, recommend, record_finding, type_in

__all__ = [
    "CONCLUSION_NOTICE",
    "DELEGATION_PAPER",
    "RECOMMENDATIONS",
    "SavedMeanwhileError",
    "StandsAlreadyError",
    "assess",
    "attach",
    "check",
    "check_recording",
    "count_apart",
    "draft_notice",
    "draft_paper",
    "draft_paper_again",
    "draft_verification_report",
    "leave_out",
    "plan_session",
    "put_on_agenda",
    "recommend",
    "record_finding",
    "reject",
    "report_done",
    "reschedule",
    "revise",
    "save_paper",
    "set_up",
    "take_in",
    "take_off_agenda",
    "type_in",
    "verify",
]
