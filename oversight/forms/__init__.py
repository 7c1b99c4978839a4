"""Forms of the oversight room."""

from oversight.forms.following import ApartForm, ExplainForm, FollowUpForm, LadderForm, RemarkForm, ReportDoneForm
from oversight.forms.handover import HandoverFilterForm, HandOverForm, InChargeForm, SeatForm
from oversight.forms.papers import LeaveForm, PaperDraftForm, PaperTextForm, VerificationReportForm
from oversight.forms.planning import (
    AgencyForm,
    ChoosingForm,
    DelegationEditForm,
    DelegationForm,
    MemberFormSet,
    PinForm,
    TickedForm,
    WorkingSessionForm,
    accounts_of,
)
from oversight.forms.recording import AssessmentForm, AttachForm, FindingForm, NoticeForm, RecommendationForm
from oversight.forms.sheet import LETTERS, sheet_formset
from oversight.forms.verdicts import VerdictForm
from oversight.forms.verification import NarrowForm, VerificationRowForm

__all__ = [
    "LETTERS",
    "AgencyForm",
    "ApartForm",
    "AssessmentForm",
    "AttachForm",
    "ChoosingForm",
    "DelegationEditForm",
    "DelegationForm",
    "ExplainForm",
    "FindingForm",
    "FollowUpForm",
    "HandOverForm",
    "HandoverFilterForm",
    "InChargeForm",
    "LadderForm",
    "LeaveForm",
    "MemberFormSet",
    "NarrowForm",
    "NoticeForm",
    "PaperDraftForm",
    "PaperTextForm",
    "PinForm",
    "RecommendationForm",
    "RemarkForm",
    "ReportDoneForm",
    "SeatForm",
    "TickedForm",
    "VerdictForm",
    "VerificationReportForm",
    "VerificationRowForm",
    "WorkingSessionForm",
    "accounts_of",
    "sheet_formset",
]
