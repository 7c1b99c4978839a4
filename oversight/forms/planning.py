"""Setting up a delegation, planning a working session, choosing its agenda."""

import re

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.permissions import Permission
from common.fields import CleanFormField
from common.forms import DateField, ManyField, tidy
from directory.models import AdministrativeUnit, Agency, PolicyField
from oversight import choosing, coverage
from oversight.models import SCOPE_KINDS, Delegation, DelegationMember, Sign, WorkingSession
from petitions.models import Petition
from sessions.models import CouncilSession


def _scope_field(model, label):
    return ManyField(
        model.objects.none(), label=label, required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("None chosen: all. Hold Ctrl to choose several."),
    )  # fmt: skip


class DelegationForm(forms.ModelForm):
    """The decision that sets a delegation up."""

    decision_on = DateField(label=_("Decision of"), required=False)
    starts_on = DateField(label=_("Begins"))
    ends_on = DateField(label=_("Ends"), required=False)
    scope_council_session = _scope_field(CouncilSession, _("Petitions of further sessions"))
    scope_policy_field = _scope_field(PolicyField, _("Only these fields"))
    scope_agency = _scope_field(Agency, _("Only these agencies"))
    scope_unit = _scope_field(AdministrativeUnit, _("Only these places"))

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
        if "body" in self.fields:
            self.fields["body"].queryset = bodies
        sessions = CouncilSession.objects.visible_to(user).select_related("term__council")
        self.fields["council_session"].queryset = sessions
        councils = [self.instance.council] if self.instance.pk else user.councils_where(Permission.OVERSIGHT_PLAN)
        self._offer_scope(sessions, councils)
        tidy(self)

    def _offer_scope(self, sessions, councils):
        """What the council's oversight can look at: its sessions, fields, agencies and places."""
        agencies = Agency.objects.filter(council__in=councils).answering().valid_on(timezone.localdate())
        offered = {
            "council_session": sessions,
            "policy_field": PolicyField.objects.filter(council__in=councils, is_in_use=True),
            "agency": agencies,
            "unit": AdministrativeUnit.objects.filter(
                Q(councils__in=councils) | Q(parent__councils__in=councils)
            ).valid_on(timezone.localdate()),
        }
        for kind, records in offered.items():
            field = self.fields[f"scope_{kind}"]
            named = [one.pk for one in self.instance.scope_of(kind)] if self.instance.pk else []
            among = Q(pk__in=records.order_by().values("pk")) | Q(pk__in=named)  # what ended since stays named
            field.queryset, field.initial = records.model.objects.filter(among), named
        self.fields["scope_council_session"].help_text = _(
            "Added to the session above. With no session chosen here or there: all sessions."
        )
        self.fields["scope_agency"].label_from_instance = lambda agency: agency.short_label
        self.fields["scope_unit"].label_from_instance = lambda unit: unit.sentence_name

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned

    def details(self):
        """The fields of the delegation, and its scope as (kind, record) pairs."""
        cleaned = dict(self.cleaned_data)
        scope = [(kind, record) for kind in SCOPE_KINDS for record in cleaned.pop(f"scope_{kind}")]
        return cleaned | {"scope": scope}


class DelegationEditForm(DelegationForm):
    """The same once it is set up: whose delegation it is stays."""

    class Meta(DelegationForm.Meta):
        fields = [name for name in DelegationForm.Meta.fields if name != "body"]


class MemberForm(forms.ModelForm):
    """A member as on the decision, and the account by which the delegation's record is open to them."""

    class Meta:
        model = DelegationMember
        fields = ["name", "post", "part", "user"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].choices = [("", _("none")), *((person.pk, str(person)) for person in people)]


def accounts_of(councils):
    """The accounts of those who work for the own bodies of these councils today."""
    roles = Membership.objects.valid_on(timezone.localdate())
    roles = roles.filter(agency__council__in=councils, agency__kind__in=Agency.COUNCIL_BODIES)
    return User.objects.filter(pk__in=roles.values("user")).order_by("full_name")


MemberFormSet = forms.formset_factory(MemberForm, extra=0, min_num=1, validate_min=True, max_num=30)


class AgencyForm(forms.Form):
    """Which agency the delegation meets."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = delegation.council.agencies.answering().valid_on(delegation.starts_on)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", "—"), *((a.pk, a.short_label) for a in agencies.alphabetical())]


#: The hour as people write it: 08:30, 8h30, 8g30, 8h, 08 giờ 30.
_HOURS = ("%H:%M", "%Hh%M", "%Hg%M", "%Hh", "%H giờ %M", "%H giờ")


class WorkingSessionForm(forms.ModelForm):
    """When and where the delegation meets the agency."""

    held_on = DateField(label=_("Day"))

    class Meta:
        model = WorkingSession
        fields = ["kind", "held_on", "begins_at", "venue", "in_charge"]
        widgets = {"begins_at": forms.TimeInput(attrs={"placeholder": "08:30"}, format="%H:%M")}

    def __init__(self, *args, delegation, **kwargs):
        """The secretary of the delegation is in charge unless somebody else is chosen."""
        super().__init__(*args, **kwargs)
        members = DelegationMember.objects.filter(pk=self.instance.in_charge_id) | delegation.members.sitting()
        self.fields["begins_at"].input_formats = _HOURS
        self.fields["in_charge"].queryset = members
        self.fields["in_charge"].empty_label = _("nobody")
        if not self.instance.pk:
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
            petitions = petitions.filter(coverage.held_by([agency]))
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
