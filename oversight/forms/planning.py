"""Setting up a delegation, planning a working session, choosing its agenda."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.forms import DateField, ManyField, tidy
from directory.models import Agency, PolicyField
from oversight import choosing
from oversight.models import Delegation, DelegationMember, Sign, WorkingSession
from petitions.models import Petition
from sessions.models import CouncilSession


class DelegationForm(forms.ModelForm):
    """The decision that sets a delegation up."""

    decision_on = DateField(label=_("Decision of"), required=False)
    starts_on = DateField(label=_("Begins"))
    ends_on = DateField(label=_("Ends"), required=False)

    class Meta:
        model = Delegation
        fields = [
            "name",
            "body",
            "subject",
            "council_session",
            "decision",
            "decision_on",
            "starts_on",
            "ends_on",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (Agency.Kind.STANDING_COMMITTEE, Agency.Kind.COMMITTEE)
        bodies = Agency.objects.visible_to(user).filter(kind__in=kinds).valid_on(timezone.localdate())
        self.fields["body"].queryset = bodies
        self.fields["council_session"].queryset = CouncilSession.objects.visible_to(user)
        tidy(self)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned


class MemberForm(forms.ModelForm):
    class Meta:
        model = DelegationMember
        fields = ["name", "post", "part"]


MemberFormSet = forms.formset_factory(MemberForm, extra=0, min_num=1, validate_min=True, max_num=30)


class AgencyForm(forms.Form):
    """Which agency the delegation meets."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = delegation.council.agencies.answering().valid_on(delegation.starts_on)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", "—"), *((a.pk, a.short_label) for a in agencies.alphabetical())]


class WorkingSessionForm(forms.ModelForm):
    """When and where the delegation meets the agency."""

    held_on = DateField(label=_("Day"))

    class Meta:
        model = WorkingSession
        fields = ["held_on", "venue", "in_charge"]

    def __init__(self, *args, delegation, **kwargs):
        """The secretary of the delegation is in charge unless somebody else is chosen."""
        super().__init__(*args, **kwargs)
        members = delegation.members.sitting()
        self.fields["in_charge"].queryset = members
        self.fields["in_charge"].empty_label = _("nobody")
        self.fields["in_charge"].initial = members.filter(part=DelegationMember.Part.SECRETARY).first()


CYCLE, EVERYTHING = "", "all"


class ChoosingForm(forms.Form):
    """Which petitions are offered for the agenda. An invalid filter narrows nothing."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("all"))
    field = forms.ModelChoiceField(
        PolicyField.objects.none(), label=_("Policy field"), required=False, empty_label=_("all")
    )
    scope = forms.ChoiceField(
        label=_("Scope"),
        required=False,
        choices=[(CYCLE, _("the delegation's session and what it carries over")), (EVERYTHING, _("all sessions"))],
    )
    q = CleanFormField(label=_("Search"), required=False)
    sign = forms.MultipleChoiceField(
        label=_("With at least one of these signs"),
        required=False,
        choices=Sign.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, *, working_session, user, today):
        """Without anything chosen: what the agency of the working session holds."""
        super().__init__(data or {"agency": working_session.agency_id})
        self.working_session, self.user, self.today = working_session, user, today
        self.delegation = working_session.delegation
        council = self.delegation.council
        agencies = council.agencies.answering().valid_on(working_session.held_on)
        agencies = agencies | Agency.objects.filter(pk=working_session.agency_id)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", _("all")), *((a.pk, a.short_label) for a in agencies.alphabetical())]
        self.fields["field"].queryset = PolicyField.objects.filter(council=council)

    def petitions(self):
        """What is offered, the latest session first; what is on the agenda already is left out."""
        petitions = choosing.within_reach(self.delegation).exclude(agenda_items__working_session=self.working_session)
        if self._value("scope") != EVERYTHING:
            petitions = choosing.of_the_cycle(petitions, self.delegation)
        if agency := self._value("agency"):
            petitions = choosing.held_by(petitions, agency)
        if policy_field := self._value("field"):
            petitions = petitions.filter(policy_field=policy_field)
        if words := self._value("q"):
            petitions = petitions.search(words, user=self.user)
        if signs := self._value("sign"):
            petitions = choosing.with_signs(petitions, signs, self.delegation, self.today)
        return petitions.order_by("-council_session__opens_on", "number")

    def _value(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)


class TickedForm(forms.Form):
    """The petitions ticked in what was offered."""

    petition = ManyField(
        Petition.objects.none(),
        label=_("Petitions"),
        error_messages={"required": _("Tick at least one petition.")},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["petition"].queryset = offered


class PinForm(forms.Form):
    """Petitions named by their codes, whatever the filters say."""

    codes = CleanFormField(
        label=_("Pin by code"),
        max_length=1000,
        help_text=_("One or several codes, with commas or spaces between them: KN-2026-00012, KN-2026-00015."),
        error_messages={"required": _("Type at least one code.")},
    )

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.working_session = working_session

    def clean_codes(self):
        """The petitions; those not found are named."""
        typed = list(dict.fromkeys(code.upper() for code in re.split(r"[,;\s]+", self.cleaned_data["codes"]) if code))
        reach = choosing.within_reach(self.working_session.delegation)
        found = {petition.code: petition for petition in reach.filter(code__in=typed)}
        if missing := [code for code in typed if code not in found]:
            raise forms.ValidationError(
                _("Not found among the petitions sent to an agency: %(codes)s.") % {"codes": ", ".join(missing)}
            )
        return [found[code] for code in typed]
