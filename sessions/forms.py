"""Forms for terms, sessions and voter meetings."""

from operator import le, lt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.fields import CleanFormField
from common.forms import DateField, tidy
from directory.models import AdministrativeUnit, Agency, PeoplesCouncil
from sessions.models import AssemblySession, CouncilSession, CouncilTerm, VoterMeeting


class TermForm(forms.ModelForm):
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))

    class Meta:
        model = CouncilTerm
        fields = ["council", "name", "starts_on", "ends_on"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        councils = PeoplesCouncil.objects.visible_to(user).valid_on(timezone.localdate())
        editable = [council.pk for council in councils if user.may(Permission.SESSION_EDIT, at=council)]
        self.fields["council"].queryset = councils.filter(pk__in=editable)
        tidy(self)

    def clean(self):
        return _in_order(self, "starts_on", "ends_on", lt, _("The last day must come after the first day."))


class SessionForm(forms.ModelForm):
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(label=_("Closes on"))
    cutoff_on = DateField(
        label=_("Petitions accepted until"), required=False, help_text=_("Later ones go to the next session.")
    )

    class Meta:
        model = CouncilSession
        fields = ["term", "kind", "number", "title", "opens_on", "closes_on", "cutoff_on"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = CouncilTerm.objects.visible_to(user).order_by("-starts_on")
        tidy(self)

    def clean(self):
        return _in_order(self, "opens_on", "closes_on", le, _("The closing day lies before the opening day."))


class AssemblyForm(forms.ModelForm):
    """A session of the National Assembly, kept for one council."""

    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(label=_("Closes on"))

    class Meta:
        model = AssemblySession
        fields = ["council", "name", "opens_on", "closes_on"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        councils = PeoplesCouncil.objects.visible_to(user).valid_on(timezone.localdate())
        kept = [council.pk for council in councils if user.may(Permission.SESSION_EDIT, at=council)]
        self.fields["council"].queryset = councils.filter(pk__in=kept)
        self.fields["council"].initial = kept[0] if len(kept) == 1 else None
        self.fields["council"].disabled = bool(self.instance.pk)
        tidy(self)

    def clean(self):
        return _in_order(self, "opens_on", "closes_on", le, _("The closing day lies before the opening day."))


class SentForm(forms.Form):
    """When the report was sent, and by which letter."""

    sent_on = DateField(label=_("Sent on"))
    reference = CleanFormField(
        label=_("Number and symbol"), max_length=120, help_text=_("Of the report or the letter with it: 215/BC-UBND.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = timezone.localdate


class TakeBackForm(forms.Form):
    reason = CleanFormField(label=_("Reason"), max_length=300)


def _in_order(form, first, last, is_in_order, message):
    """The cleaned data; a last day that does not follow the first is named beside it."""
    cleaned = form.cleaned_data
    if cleaned.get(first) and cleaned.get(last) and not is_in_order(cleaned[first], cleaned[last]):
        form.add_error(last, message)
    return cleaned


class MeetingForm(forms.ModelForm):
    held_on = DateField(label=_("Held on"))

    class Meta:
        model = VoterMeeting
        fields = [
            "phase",
            "kind",
            "held_on",
            "unit",
            "venue",
            "delegate_group",
            "voters_attending",
            "mentions",
            "answered_on_the_spot",
        ]

    def __init__(self, *args, council_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.council_session = council_session
        council = council_session.council
        units = AdministrativeUnit.objects.within(council.unit).valid_on(council_session.opens_on)
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = [
            ("", "—"),
            *((unit.pk, unit.sentence_name) for unit in units.alphabetical()),
        ]
        self.fields["delegate_group"].queryset = council.agencies.filter(kind=Agency.Kind.DELEGATE_GROUP)
        tidy(self)
