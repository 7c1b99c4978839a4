"""Text columns that hold clean Vietnamese: NFC, no control characters, no stray spaces."""

from django import forms
from django.db import models

from common.text import clean_line, clean_prose


class CleanFormField(forms.CharField):
    """A form field that cleans before it validates, so that lengths are counted on what is kept."""

    clean_text = staticmethod(clean_line)

    def to_python(self, value):
        value = super().to_python(value)
        return value if value in self.empty_values else self.clean_text(value)


class CleanProseFormField(CleanFormField):
    clean_text = staticmethod(clean_prose)
    widget = forms.Textarea(attrs={"rows": 4})


class _CleanTextMixin:
    clean_text = None
    form_class = None

    def to_python(self, value):
        value = super().to_python(value)
        return self.clean_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.clean_text(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = self.clean_text(value)
            setattr(instance, self.attname, value)
        return value


class LineField(_CleanTextMixin, models.CharField):
    """One line: NFC, white space folded to single spaces. Dirty text is cleaned, never refused."""

    clean_text = staticmethod(clean_line)

    def formfield(self, **kwargs):
        if self.choices is None:
            kwargs.setdefault("form_class", CleanFormField)
        return super().formfield(**kwargs)


class ProseField(_CleanTextMixin, models.TextField):
    """Several lines: NFC, no trailing spaces, at most one empty line in a row."""

    clean_text = staticmethod(clean_prose)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": CleanProseFormField, "widget": None, **kwargs})
