"""Keeping a filter under a name."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from petitions.forms.filters import PetitionFilterForm
from petitions.models import FilterMail, SavedFilter


class FilterMailForm(forms.Form):
    """How often one wants to be told of a filter; empty for not at all."""

    period = forms.ChoiceField(
        label=_("Mail"), choices=[("", _("not at all")), *FilterMail.Period.choices], required=False
    )


class SaveFilterForm(forms.Form):
    name = CleanFormField(label=_("Name of the filter"), max_length=80)
    query = forms.CharField(required=False, max_length=1000)
    is_shared = forms.BooleanField(label=_("shared with the council's people"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_query(self):
        """Only what a filter knows, nothing else of the address."""
        known = {*PetitionFilterForm.base_fields, "session"}
        return urlencode([(name, value) for name, value in parse_qsl(self.cleaned_data["query"]) if name in known])

    def clean(self):
        cleaned = super().clean()
        if not self.user.main_role:
            raise forms.ValidationError(_("You have no role in any council."))
        return cleaned

    def save(self):
        details = {"query": self.cleaned_data["query"], "is_shared": self.cleaned_data["is_shared"]}
        council = self.user.main_role.agency.council
        saved, _is_new = SavedFilter.objects.update_or_create(
            owner=self.user, name=self.cleaned_data["name"], defaults={"council": council, **details}
        )
        return saved
