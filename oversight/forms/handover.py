"""Who is in charge, who takes over."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import CleanFormField
from common.formats import short_date
from common.forms import DateField, tidy
from oversight import succeeding
from oversight.forms.planning import accounts_of
from oversight.models import Delegation, DelegationMember


class SeatForm(forms.ModelForm):
    """A member of a delegation: as on the decision, and the account where there is one, now or later."""

    class Meta:
        model = DelegationMember
        fields = ["name", "post", "part", "user"]

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        self.delegation = delegation
        present = User.objects.filter(pk=self.instance.user_id)
        self.fields["user"].queryset = (accounts_of([delegation.council]) | present).distinct()
        self.fields["user"].empty_label = _("none")

    def clean_user(self):
        user = self.cleaned_data["user"]
        others = self.delegation.members.sitting().exclude(pk=self.instance.pk)
        if user and others.filter(user=user).exists():
            raise ValidationError(_("This account has a seat in the delegation already."))
        return user


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
    """The delegation's own members first, then those of others, the latest delegation first."""
    groups = {own: []}
    for member in field.queryset.order_by("-delegation__starts_on", "-delegation", "pk"):
        groups.setdefault(member.delegation, []).append((member.pk, str(member)))
    blank = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*blank, *((_named(delegation), members) for delegation, members in groups.items() if members)]


def _named(delegation):
    if not delegation.has_ended(timezone.localdate()):
        return str(delegation)
    return _("%(delegation)s, ended on %(day)s") % {"delegation": delegation, "day": short_date(delegation.ends_on)}


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
