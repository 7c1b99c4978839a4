"""Bringing in a file: what it is, which column holds what, a row put right."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField, tidy
from common.tables import ENDINGS
from directory.models import AdministrativeUnit, Agency
from petitions.models import Petition
from sessions.models import Phase, VoterMeeting


class ImportForm(forms.Form):
    """The file and what it does not say itself."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or Word (.docx); at most 20 MB and 50 000 rows."),
    )
    sender = CleanFormField(
        label=_("Sender"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "senders"}),
        help_text=_("Delegate group or commune; its columns are remembered for the next time."),
    )
    meeting = forms.ModelChoiceField(VoterMeeting.objects.none(), label=_("Voter meeting"), required=False)
    unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Locality"),
        required=False,
        help_text=_("Where the file does not name one."),
    )
    raised_on = DateField(
        label=_("Raised on"), required=False, help_text=_("Where the file does not say; empty: the day of the meeting.")
    )
    phase = forms.ChoiceField(label=_("Raised"), choices=Phase)
    source = forms.ChoiceField(label=_("Source"), choices=Petition.Source)

    def __init__(self, *args, council_session, **kwargs):
        super().__init__(*args, **kwargs)
        meetings = VoterMeeting.objects.filter(council_session=council_session).select_related("unit")
        self.fields["meeting"].queryset = meetings
        units = AdministrativeUnit.objects.within(council_session.council.unit).valid_on(timezone.localdate())
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = [("", "—"), *((unit.pk, unit.sentence_name) for unit in units.alphabetical())]
        groups = Agency.objects.filter(council=council_session.council, kind=Agency.Kind.DELEGATE_GROUP)
        self.senders = [group.name for group in groups.alphabetical()]
        tidy(self)

    def clean_raised_on(self):
        day = self.cleaned_data["raised_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        cleaned = super().clean()
        meeting = cleaned.get("meeting")
        if not cleaned.get("raised_on"):
            cleaned["raised_on"] = meeting.held_on if meeting else timezone.localdate()
        if meeting:
            cleaned["phase"] = meeting.phase
        return cleaned

    @property
    def details(self):
        """What the run keeps besides the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class ColumnsForm(forms.Form):
    """One choice a column; each meaning is chosen once."""

    def __init__(self, *args, titles, meanings, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles, self.meanings = titles, meanings
        chosen = {column: meaning for meaning, column in columns.items()}
        for column, title in enumerate(titles):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=title or _("column %s") % (column + 1),
                choices=list(meanings.items()),
                required=False,
                initial=chosen.get(column, ""),
            )

    def clean(self):
        cleaned = super().clean()
        columns = self.columns
        for name, meaning in list(cleaned.items()):
            if meaning and f"column_{columns[meaning]}" != name:
                self.add_error(name, _("Another column holds this already."))
        if "content" not in columns:
            raise ValidationError(_("Say which column holds the content of the petitions."))
        return cleaned

    @property
    def columns(self):
        """{meaning: column}, the leftmost of equals."""
        found = {}
        for column in range(len(self.titles)):
            if meaning := self.cleaned_data.get(f"column_{column}"):
                found.setdefault(meaning, column)
        return found


class RowForm(forms.Form):
    """A row put right before it is imported; what is wrong is said by the check, beside its field."""

    content = CleanProseFormField(label=_("content of the petition"), required=False)
    title = CleanFormField(label=_("Title"), required=False)
    place = CleanFormField(label=_("Locality"), required=False, widget=forms.TextInput(attrs={"list": "places"}))
    field = CleanFormField(label=_("Policy field"), required=False, widget=forms.TextInput(attrs={"list": "fields"}))
    level = CleanFormField(label=_("Authority level"), required=False)
    agency = CleanFormField(
        label=_("Agency that answers"), required=False, widget=forms.TextInput(attrs={"list": "agencies"})
    )
    raised_on = CleanFormField(label=_("Raised on"), required=False)
    voter_name = CleanFormField(label=_("Voter's name"), required=False)
    voter_address = CleanFormField(label=_("Voter's address"), required=False)
    voter_phone = CleanFormField(label=_("Voter's telephone"), required=False)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, initial=row.values, auto_id=f"row-{row.pk}-%s", **kwargs)
        for name, field in self.fields.items():
            wrong = {"aria-invalid": "true"} if name in row.problems else {}
            field.widget.attrs |= {"class": "form-control is-invalid" if wrong else "form-control"} | wrong
