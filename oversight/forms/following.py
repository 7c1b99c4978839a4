"""What becomes of a recommendation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.formats import short_date
from common.forms import DateField


class ReportDoneForm(forms.Form):
    evidence = CleanProseFormField(
        label=_("Evidence"), help_text=_("Document, number, date: by what it can be seen that it is done.")
    )


class AskExplanationForm(forms.Form):
    question = CleanProseFormField(label=_("What is to be explained"))
    due_on = DateField(label=_("Due on"), required=False)

    def __init__(self, *args, proposed_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = proposed_on is None
        if proposed_on:
            words = _("Empty: %(day)s, by the council's rule about days.") % {"day": short_date(proposed_on)}
            self.fields["due_on"].help_text = words


class ExplainForm(forms.Form):
    text = CleanProseFormField(label=_("Written explanation"))

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("What is to be explained: %(question)s") % {"question": question}


class RemarkForm(forms.Form):
    remark = CleanFormField(label=_("What is missing"), max_length=500)
