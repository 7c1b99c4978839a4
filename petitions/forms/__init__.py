"""Forms of the petitions room."""

from petitions.forms.bulk import BulkForm, RuleForm
from petitions.forms.filters import PetitionFilterForm
from petitions.forms.forwarding import PlanForm
from petitions.forms.handouts import BringBackForm, HandOutForm
from petitions.forms.importing import ColumnsForm, ImportForm, RowForm
from petitions.forms.intake import ClassifyForm, LogForm, MergeForm, OriginForm, ReviseForm, WhyForm
from petitions.forms.responding import ReturnForm
from petitions.forms.saved import FilterMailForm, SaveFilterForm

__all__ = [
    "BringBackForm",
    "BulkForm",
    "ClassifyForm",
    "ColumnsForm",
    "FilterMailForm",
    "HandOutForm",
    "ImportForm",
    "LogForm",
    "MergeForm",
    "OriginForm",
    "PetitionFilterForm",
    "PlanForm",
    "ReturnForm",
    "ReviseForm",
    "RowForm",
    "RuleForm",
    "SaveFilterForm",
    "WhyForm",
]
