"""Forms of the oversight room."""

from oversight.forms.following import ExplainForm, LadderForm, RemarkForm, ReportDoneForm
from oversight.forms.planning import (
    AgencyForm,
    ChoosingForm,
    DelegationForm,
    MemberFormSet,
    PinForm,
    TickedForm,
    WorkingSessionForm,
)
from oversight.forms.recording import AssessmentForm, AttachForm, FindingForm, NoticeForm, RecommendationForm
from oversight.forms.sheet import sheet_formset

__all__ = [
    "AgencyForm",
    "AssessmentForm",
    "AttachForm",
    "ChoosingForm",
    "DelegationForm",
    "ExplainForm",
    "FindingForm",
    "LadderForm",
    "MemberFormSet",
    "NoticeForm",
    "PinForm",
    "RecommendationForm",
    "RemarkForm",
    "ReportDoneForm",
    "TickedForm",
    "WorkingSessionForm",
    "sheet_formset",
]
