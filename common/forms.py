"""Form fields every room uses."""

import re
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_NUMBERS = re.compile(r"\d+")


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
        numbers = [int(number) for number in _NUMBERS.findall(str(value))]
        if len(numbers) == 2:
            numbers.append(timezone.localdate().year)
        if len(numbers) != 3:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = reversed(numbers) if numbers[0] > 31 else numbers
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


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
