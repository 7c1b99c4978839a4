"""What to do with many petitions, and the rules that propose agencies."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.forms import DateField, tidy
from directory.models import AdministrativeUnit, Official, PolicyField
from petitions.models import AgencyRule, BulkAct
from petitions.models.petitions import AuthorityLevel


class BulkForm(forms.Form):
    """The act and what it needs; fields of other acts are left alone."""

    kind = forms.ChoiceField(label=_("What to do"), choices=BulkAct.Kind)
    policy_field = forms.ModelChoiceField(PolicyField.objects.none(), label=_("Policy field"), required=False)
    authority_level = forms.ChoiceField(label=_("Authority level"), required=False)
    why = CleanFormField(label=_("Reason"), max_length=300, required=False)
    due_on = DateField(label=_("Reply due on"), required=False)
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"), required=False)

    NEEDED = {
        BulkAct.Kind.CLASSIFY: ("policy_field", "authority_level"),
        BulkAct.Kind.FORWARD: ("due_on",),
        BulkAct.Kind.SET_ASIDE: ("why",),
    }

    def __init__(self, data, *, council, issuer, petitions, proposals):
        proposed = {f"agency_{petition.pk}": proposals.agency(petition) for petition in petitions}
        if data:  # the first screen has no field for agencies: the proposal stands until somebody chooses
            data = data.copy()
            for name, agency in proposed.items():
                data.setdefault(name, agency.pk if agency else "")
        super().__init__(data)
        today = timezone.localdate()
        self.petitions = petitions
        self.fields["policy_field"].queryset = PolicyField.objects.filter(council=council, is_in_use=True)
        levels = [level for level in AuthorityLevel.choices if level[0] != AuthorityLevel.DISTRICT]
        self.fields["authority_level"].choices = [("", "—"), *levels]
        self.fields["signer"].queryset = Official.objects.filter(agency=issuer).exclude(authority="").valid_on(today)
        agencies = council.agencies.answering().valid_on(today)
        choices = [("", "—"), *((agency.pk, agency.short_label) for agency in agencies.alphabetical())]
        for name, agency in proposed.items():
            field = forms.ModelChoiceField(agencies, required=False, label=_("Agency"), initial=agency)
            field.choices = choices
            self.fields[name] = field
        tidy(self)

    def clean(self):
        cleaned = super().clean()
        for name in self.NEEDED.get(cleaned.get("kind"), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for what you chose."))
        due_on = cleaned.get("due_on")
        if cleaned.get("kind") == BulkAct.Kind.FORWARD and due_on and due_on < timezone.localdate():
            self.add_error("due_on", _("The due date has already passed."))
        if cleaned.get("kind") == BulkAct.Kind.FORWARD and not self.chosen:
            self.add_error(None, _("Choose an agency for at least one petition."))
        return cleaned

    @property
    def chosen(self):
        """{petition: agency} where one was confirmed."""
        pairs = ((petition, self.cleaned_data.get(f"agency_{petition.pk}")) for petition in self.petitions)
        return {petition: agency for petition, agency in pairs if agency}

    def agency_field(self, petition):
        return self[f"agency_{petition.pk}"]


class RuleForm(forms.ModelForm):
    class Meta:
        model = AgencyRule
        fields = ["policy_field", "unit", "agency"]

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.council = council
        today = timezone.localdate()
        self.fields["policy_field"].queryset = PolicyField.objects.filter(council=council, is_in_use=True)
        units = AdministrativeUnit.objects.within(council.unit).valid_on(today)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = [("", _("everywhere")), *((u.pk, u.sentence_name) for u in units.alphabetical())]
        agencies = council.agencies.answering().valid_on(today)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", "—"), *((a.pk, a.short_label) for a in agencies.alphabetical())]
        tidy(self)
