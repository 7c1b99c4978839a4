"""Form fields every room uses."""

import re
from datetime import date

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.text import key_in

_NUMBERS = re.compile(r"\d+")
_LONGEST_NUMBER = 4


class DateInput(forms.DateInput):
    """A day as officials write it, 05/01/2026, whatever the browser's language; a picker is added by script."""

    def __init__(self, attrs=None):
        attrs = {"data-date": "", "inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"} | (
            attrs or {}
        )
        super().__init__(attrs, format="%d/%m/%Y")


class DateField(forms.DateField):
    """A day typed as 5/1/2026, 05-01-2026, 5.1 (this year) or 2026-01-05."""

    widget = DateInput
    default_error_messages = {"invalid": _("Type a day that exists, as day/month/year: 05/01/2026.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return _day(_NUMBERS.findall(str(value)))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


def _day(figures):
    """The day of two or three numbers as typed; `ValueError` where there is none."""
    if len(figures) not in (2, 3) or max(map(len, figures)) > _LONGEST_NUMBER:
        raise ValueError
    numbers = [int(number) for number in figures]
    if len(numbers) == 2:
        numbers.append(timezone.localdate().year)
    day, month, year = reversed(numbers) if numbers[0] > 31 else numbers
    return date(year + 2000 if year < 100 else year, month, day)


class ManyField(forms.ModelMultipleChoiceField):
    """Several records; a number that no record can have is refused like any other that is not offered."""

    def clean(self, value):
        for pk in value if isinstance(value, list | tuple) else ():
            if key_in(str(pk)) is None:
                raise forms.ValidationError(self.error_messages["invalid_choice"] % {"value": pk}, "invalid_choice")
        return super().clean(value)


def tidy(form):
    """Empty choices read “—”; a choice of one is made already."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField) or isinstance(field, forms.ModelMultipleChoiceField):
            continue
        if field.empty_label == "---------":
            field.empty_label = "—"
        only = list(field.queryset[:2]) if field.required else []
        if len(only) == 1 and not form.initial.get(name) and not field.initial:
            field.initial = only[0].pk


class WordForm(forms.Form):
    """One entry of a list people keep: its words, and whether it is in use."""

    words = CleanFormField(label=_("New entry"))
    is_in_use = forms.TypedChoiceField(
        choices=[("1", ""), ("", "")], coerce=bool, initial="1", required=False, empty_value=False,
        widget=forms.HiddenInput,
    )  # fmt: skip

    def __init__(self, *args, max_length, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].max_length = max_length
        self.fields["words"].validators.append(MaxLengthValidator(max_length))
        self.fields["words"].widget.attrs["maxlength"] = max_length


def add_problem(form, problem):
    """Show what an act refused beside the fields it names; what names no field of the form, above them all."""
    named = getattr(problem, "error_dict", {})
    if named and set(named) <= set(form.fields):
        form.add_error(None, problem)
    else:
        form.add_error(None, problem.messages)
