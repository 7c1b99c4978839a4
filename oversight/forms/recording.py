"""What is written down at a working session, and the notice about it."""

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, tidy
from directory.models import Official
from oversight.models import Finding, Recommendation, WorkingSession
from oversight.models.recommendations import notice_rule
from petitions.models import Petition


class FindingForm(forms.ModelForm):
    class Meta:
        model = Finding
        fields = ["reported", "found", "assessed_result", "achievements", "limitations", "causes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("reported", "found"):
            self.fields[name].widget.attrs |= {"rows": 3}
        for name in ("achievements", "limitations", "causes"):
            self.fields[name].widget.attrs |= {"rows": 2}


class AssessmentForm(forms.ModelForm):
    class Meta:
        model = WorkingSession
        fields = ["reported", "found", "achievements", "limitations", "causes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"rows": 3}


class AttachForm(forms.Form):
    """A photo or document, and what it proves."""

    file = forms.FileField(label=_("Photo or document"))
    finding = forms.ModelChoiceField(
        Finding.objects.none(), label=_("It proves"), required=False, empty_label=_("the assessment of the agency")
    )

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = working_session.findings.select_related("point__petition")
        self.fields["finding"].label_from_instance = lambda finding: (
            f"{finding.point}: {Truncator(finding.point.content).words(8)}"
        )


class RecommendationForm(forms.ModelForm):
    due_on = DateField(
        label=_("To be done by"), required=False, help_text=_("Empty: a standing request without a day.")
    )

    class Meta:
        model = Recommendation
        fields = ["content", "petition", "agency", "coordinating", "product", "due_on", "is_by_rule"]

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["content"].widget.attrs |= {"rows": 3}
        self.fields["petition"].queryset = Petition.objects.filter(agenda_items__working_session=working_session)
        self.fields["petition"].empty_label = _("none in particular")
        council, day = working_session.delegation.council, working_session.held_on
        agencies = council.agencies.answering().valid_on(day).exclude(pk=working_session.agency_id)
        choices = [(agency.pk, agency.short_label) for agency in agencies.alphabetical()]
        for name in ("agency", "coordinating"):
            self.fields[name].required = False
            self.fields[name].queryset = agencies
        self.fields["agency"].choices = [("", working_session.agency.short_label), *choices]
        self.fields["coordinating"].choices = choices
        self.fields["coordinating"].widget.attrs |= {"size": 4}
        rule = notice_rule(council, working_session.agency, timezone.localdate())
        if rule:
            self.fields["is_by_rule"].help_text = str(rule)
        else:
            del self.fields["is_by_rule"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_by_rule") and cleaned.get("due_on"):
            self.add_error("due_on", _("Either a day agreed on, or the council's rule."))
        return cleaned


class NoticeForm(forms.Form):
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer of the notice"))

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        signers = Official.objects.filter(agency=working_session.delegation.body).exclude(authority="")
        self.fields["signer"].queryset = signers.valid_on(working_session.held_on)
        tidy(self)
