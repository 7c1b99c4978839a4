"""Forms for terms, sessions and voter meetings."""

from operator import le, lt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.forms import DateField, tidy
from directory.models import AdministrativeUnit, Agency, PeoplesCouncil
from sessions.models import CouncilSession, CouncilTerm, VoterMeeting


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
