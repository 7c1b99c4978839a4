"""Who is in charge, who takes over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.forms import DateField, tidy
from oversight import succeeding
from oversight.forms.planning import accounts_of
from oversight.models import Delegation, DelegationMember


class SeatForm(forms.ModelForm):
    """A member of a delegation: as on the decision, and the account where there is one."""

    class Meta:
        model = DelegationMember
        fields = ["name", "post", "part", "user"]

    def __init__(self, *args, council=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts_of([council])
        self.fields["user"].empty_label = _("none")


class InChargeForm(forms.Form):
    in_charge = forms.ModelChoiceField(
        DelegationMember.objects.none(), label=_("In charge"), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args, record, delegation, **kwargs):
        super().__init__(*args, initial={"in_charge": record.in_charge_id}, **kwargs)
        self.fields["in_charge"].queryset = succeeding.heirs(delegation)
        _group_by_delegation(self.fields["in_charge"], delegation)


class HandOverForm(forms.Form):
    """Everything one member has in hand passes on."""

    to = forms.ModelChoiceField(DelegationMember.objects.none(), label=_("Passes to"))
    reason = CleanFormField(
        label=_("Reason"), max_length=300, help_text=_("Stands in the history of everything that passes on.")
    )
    left_on = DateField(
        label=_("Left the delegation on"), required=False, help_text=_("Empty: the member goes on sitting in it.")
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = succeeding.heirs(member.delegation).exclude(pk=member.pk)
        tidy(self)
        _group_by_delegation(self.fields["to"], member.delegation)
        if member.left_on:
            del self.fields["left_on"]


def _group_by_delegation(field, own):
    """The delegation's own members first, then those of others by delegation."""
    groups = {own.name: []}
    for member in field.queryset.order_by("delegation__name", "pk"):
        groups.setdefault(member.delegation.name, []).append((member.pk, str(member)))
    blank = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*blank, *((name, members) for name, members in groups.items() if members)]


class HandoverFilterForm(forms.Form):
    """Whose open items are listed. An invalid filter narrows nothing."""

    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=_("all")
    )
    member = forms.ModelChoiceField(DelegationMember.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["delegation"].queryset = Delegation.objects.visible_to(user)
        self.fields["member"].queryset = DelegationMember.objects.visible_to(user)

    def chosen(self):
        """{"delegation": …, "member": …}, None where all are meant."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
