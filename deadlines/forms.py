"""Forms for clocks, the working calendar, rules about days and reminders."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from common.fields import CleanFormField
from common.forms import DateField, tidy
from deadlines.counting import Counting
from deadlines.models import CalendarEntry, DeadlineRule, ReminderPlan
from deadlines.models.rules import COUNTINGS

#: Empty rows offered under the entries of a calendar.
SPARE_ROWS = 4


class PauseForm(forms.Form):
    """From which day, why, by which document."""

    on = DateField(label=_("From the day"), help_text=_("This day and those after it do not count."))
    reason = CleanFormField(label=_("Reason"), max_length=300)
    document = CleanFormField(label=_("Document"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ResumeForm(PauseForm):
    """From which day time runs again."""

    on = DateField(label=_("Goes on from"), help_text=_("This day counts again."))


class ExtensionForm(forms.Form):
    """A new due date in writing, or so many days more: one of the two."""

    due_on = DateField(label=_("New due date"), required=False)
    days = forms.IntegerField(label=_("or so many days more"), required=False, min_value=1, max_value=999)
    counting = forms.ChoiceField(
        label=_("counted in"), choices=COUNTINGS, initial=Counting.WORKING.value, required=False
    )
    reason = CleanFormField(label=_("Reason"), max_length=300)
    document = CleanFormField(label=_("Document"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if bool(cleaned["due_on"]) == bool(cleaned["days"]):
            self.add_error("due_on", _("Give either a new due date or a number of days."))
        cleaned["counting"] = cleaned["counting"] or Counting.WORKING.value
        return cleaned


class InternalForm(forms.Form):
    due_on = DateField(label=_("Internal due date"), help_text=_("Seen and kept inside your agency."))
    reason = CleanFormField(label=_("Reason"), max_length=300, required=False)


class EntryForm(forms.ModelForm):
    """One day of the calendar; a row without a day, or whose day was cleared, is left out."""

    day = DateField(label=_("Day"), required=False)

    class Meta:
        model = CalendarEntry
        fields = ["day", "kind", "name"]

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["kind"].required = self.fields["name"].required = False
        self.fields["kind"].choices = CalendarEntry.Kind.choices
        self.use_required_attribute = False

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("day")
        if "day" in self.errors:
            return cleaned
        if day is None:
            if cleaned.get("name") and not self.initial.get("day"):
                self.add_error("day", _("Which day?"))
            return cleaned
        if day.year != self.year:
            self.add_error("day", _("The day lies outside %(year)s.") % {"year": self.year})
        if not cleaned.get("name"):
            self.add_error("name", _("Name the day: it stands in every derivation that skips it."))
        return cleaned

    @property
    def entry(self):
        """(day, kind, name), or None for an empty row."""
        cleaned = self.cleaned_data
        return (cleaned["day"], cleaned["kind"], cleaned["name"]) if cleaned.get("day") else None


class CalendarForm:
    """The entries of one year, a row each, and on what basis."""

    def __init__(self, data=None, *, year, entries=()):
        rows = [{"day": e.day, "kind": e.kind, "name": e.name} for e in entries]
        count = _count(data) if data is not None else len(rows) + SPARE_ROWS
        initial = rows + [{}] * (count - len(rows))
        self.basis = BasisForm(data)
        self.rows = [EntryForm(data, prefix=f"row{place}", year=year, initial=initial[place]) for place in range(count)]

    def is_valid(self):
        valid = all([self.basis.is_valid(), *[row.is_valid() for row in self.rows]])
        days = set()
        for row in self.rows if valid else ():
            if row.entry and row.entry[0] in days:
                row.add_error("day", _("This day stands here twice."))
                valid = False
            days.add(row.entry and row.entry[0])
        return valid

    @property
    def entries(self):
        return sorted(row.entry for row in self.rows if row.entry)


def _count(data):
    text = data.get("rows", "")
    return min(int(text), 120) if text.isdecimal() else 0


class BasisForm(forms.Form):
    basis = CleanFormField(
        label=_("Basis"), max_length=300, help_text=_("The announcement or decision, with number and day.")
    )


class RuleForm(forms.ModelForm):
    """A rule about days; a new version of another begins with its values."""

    valid_from = DateField(label=_("Valid from"), required=False)
    valid_to = DateField(label=_("Valid to"), required=False)

    class Meta:
        model = DeadlineRule
        fields = [
            "name",
            "starts_with",
            "stops_with",
            "days",
            "counting",
            "is_before",
            "counts_start_day",
            "moves",
            "holder",
            "stream",
            "level",
            "agency_kind",
            "agency",
            "legal_basis",
            "is_confirmed",
            "valid_from",
            "valid_to",
        ]

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = council.agencies.answering().valid_on(timezone.localdate()).order_by("name")
        for name in ("stream", "level", "agency_kind"):
            self.fields[name].choices = [("", _("any")), *[c for c in self.fields[name].choices if c[0]]]
        tidy(self)


class EndForm(forms.Form):
    on = DateField(label=_("Last day"), help_text=_("Clocks that run keep counting as they did."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ReminderForm(forms.ModelForm):
    class Meta:
        model = ReminderPlan
        fields = ["before", "on_the_day", "after"]


#: Who can be reminded of due dates.
REMINDED = (Role.DRAFTER, Role.HEAD, Role.REGISTRAR, Role.OFFICER, Role.LEADER)
