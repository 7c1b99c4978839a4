"""Forms of the petitions room."""

from petitions.forms.filters import PetitionFilterForm
from petitions.forms.forwarding import PlanForm
from petitions.forms.intake import ClassifyForm, LogForm, MergeForm, OriginForm, ReviseForm, WhyForm
from petitions.forms.responding import ExtendForm, ReturnForm

__all__ = [
    "ClassifyForm",
    "ExtendForm",
    "LogForm",
    "MergeForm",
    "OriginForm",
    "PetitionFilterForm",
    "PlanForm",
    "ReturnForm",
    "ReviseForm",
    "WhyForm",
]
