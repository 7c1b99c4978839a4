"""What voters of a place say of an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, tidy
from oversight import verdicts
from oversight.models import VoterVerdict


class VerdictForm(forms.ModelForm):
    told_on = DateField(label=_("Announced on"))

    class Meta:
        model = VoterVerdict
        fields = ["unit", "verdict", "told_on", "meeting", "remark"]
        widgets = {"verdict": forms.RadioSelect}

    def __init__(self, *args, petition, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = verdicts.places(petition)
        self.fields["unit"].label_from_instance = lambda unit: unit.sentence_name
        self.fields["verdict"].choices = VoterVerdict.Verdict.choices
        meetings = verdicts.meetings(petition, user).select_related("unit")
        self.fields["meeting"].queryset = meetings.order_by("-held_on")
        self.fields["remark"].widget.attrs |= {"rows": 2}
        tidy(self)

    def validate_unique(self):
        """Recorded again, the later verdict of a place counts."""
