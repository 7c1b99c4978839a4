"""What an agency answers to an assignment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.forms import ManyField
from petitions.models import Assignment


class ReturnForm(forms.Form):
    """Give points back, with a reason from the list and in words."""

    assignments = ManyField(Assignment.objects.none(), label=_("Points to return"), widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label=_("Reason"), choices=Assignment.ReturnReason)
    explanation = CleanFormField(
        label=_("Explanation"),
        max_length=500,
        help_text=_("Name the agency you think is competent, if you know it."),
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignments"].queryset = waiting
        self.fields["assignments"].initial = [assignment.pk for assignment in waiting]
        self.fields["assignments"].label_from_instance = lambda a: f"{a.point.number}. {a.point.content}"
