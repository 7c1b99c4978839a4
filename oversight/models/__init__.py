"""An oversight delegation, its working sessions, findings and recommendations; what committees verify."""

from oversight.models.delegations import SCOPE_KINDS, Delegation, DelegationMember, ScopeItem
from oversight.models.findings import Evidence, Finding
from oversight.models.ladder import LadderStep
from oversight.models.papers import OversightPaper
from oversight.models.recommendations import CoordinatingAgency, Explanation, Recommendation
from oversight.models.verdicts import VoterVerdict
from oversight.models.verification import Verification
from oversight.models.working_sessions import AgendaItem, ConclusionNotice, Sign, WorkingSession

__all__ = [
    "SCOPE_KINDS",
    "AgendaItem",
    "ConclusionNotice",
    "CoordinatingAgency",
    "Delegation",
    "DelegationMember",
    "Evidence",
    "Explanation",
    "Finding",
    "LadderStep",
    "OversightPaper",
    "Recommendation",
    "ScopeItem",
    "Sign",
    "Verification",
    "VoterVerdict",
    "WorkingSession",
]
