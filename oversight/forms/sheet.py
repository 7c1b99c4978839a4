"""The sheet a delegation filled in by hand, typed back row by row: short code, assessment, remark."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.text import fold
from oversight.pack import MARKS
from petitions.models import ResultClass

#: {the result: its letter}.
LETTERS = {result.value: letter for letter, result in MARKS.items()}
#: {what may be typed: the result}: the circled letter, with or without its mark, or the words themselves.
_TYPED = {fold(letter): result for letter, result in MARKS.items()} | {
    fold(str(result.label)): result for result in MARKS.values()
}
_BETWEEN = re.compile(r"[\s,;:/_-]+")


class SheetRowForm(forms.Form):
    """One row. `points` is {short code: point} of the agenda; `over` the seal of the finding the row was typed over."""

    code = CleanFormField(label=_("Short code"), max_length=20, required=False)
    mark = CleanFormField(label=_("Assessment"), max_length=40, required=False)
    remark = CleanProseFormField(label=_("Delegation's remark"), required=False)
    over = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = points

    @property
    def is_blank(self):
        return not any(self.cleaned_data.get(name) for name in ("code", "mark", "remark"))

    def clean_code(self):
        """The code as it stands on the sheet: "3,1" and "3-1" are read as "3.1"."""
        return _BETWEEN.sub(".", self.cleaned_data["code"]).strip(".")

    def clean_mark(self):
        typed = self.cleaned_data["mark"]
        if not typed:
            return ""
        result = _TYPED.get(fold(typed))
        if result is None:
            raise forms.ValidationError(
                _("“%(typed)s” is no assessment: type %(letters)s.") % {"typed": typed, "letters": ", ".join(MARKS)}
            )
        return ResultClass(result)

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.is_blank:
            return cleaned
        if not cleaned["code"]:
            self.add_error("code", _("Type the short code."))
        elif cleaned["code"] not in self.points:
            self.add_error("code", self._unknown(cleaned["code"]))
        elif not cleaned["mark"] and not cleaned["remark"]:
            self.add_error("mark", _("Type an assessment or a remark."))
        return cleaned

    def _unknown(self, code):
        of_petition = [known for known in self.points if known.startswith(f"{code}.")]
        if of_petition:
            return _("Petition %(code)s has several points: type one of %(codes)s.") % {
                "code": code,
                "codes": ", ".join(of_petition),
            }
        return _("No petition of this agenda has the short code %(code)s.") % {"code": code}

    @property
    def point(self):
        return self.points[self.cleaned_data["code"]]

    def open_over(self, finding):
        """The row again with the words that stand, what was typed after them: a person brings them together."""
        typed = self.cleaned_data
        mark = typed["mark"] or finding.assessed_result
        said = [finding.found, "" if typed["remark"] in finding.found else typed["remark"]]
        self.data = self.data.copy()
        self.data[self.add_prefix("mark")] = LETTERS.get(mark, "")
        self.data[self.add_prefix("remark")] = "\n".join(filter(None, said))
        self.data[self.add_prefix("over")] = finding.seal
        words = _(
            "A finding stands here already%(result)s. Its words stand in this row now: recorded, the row replaces them."
        )
        result = f" ({finding.get_assessed_result_display()})" if finding.assessed_result else ""
        self.add_error("code", words % {"result": result})


class _SheetFormSet(forms.BaseFormSet):
    def clean(self):
        """The same code twice with different assessments is a mistake of one of the rows."""
        seen = {}
        for number, form in enumerate(self.forms, start=1):
            if form.errors or form.is_blank:
                continue
            code, mark = form.cleaned_data["code"], form.cleaned_data["mark"]
            row, before = seen.setdefault(code, (number, mark))
            if row != number and mark and before and mark != before:
                form.add_error("code", _("%(code)s stands in row %(row)d already.") % {"code": code, "row": row})

    @property
    def good(self):
        """The rows that can be recorded; every other row that is not blank has an error beside it."""
        return [form for form in self.forms if not form.errors and not form.is_blank]

    @property
    def bad(self):
        return [form for form in self.forms if form.errors]


def sheet_formset(rows):
    """A sheet with so many rows to begin with; more can be added while typing."""
    return forms.formset_factory(SheetRowForm, formset=_SheetFormSet, extra=rows, max_num=400, absolute_max=400)
