"""Forms of the oversight room."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.formats import short_date
from common.forms import DateField, ManyField, tidy
from directory.models import Agency, Official
from oversight.models import Delegation, DelegationMember, Finding, Recommendation, WorkingSession
from oversight.workflow import rule_for
from petitions.models import Petition
from sessions.models import CouncilSession


class DelegationForm(forms.ModelForm):
    """The decision that sets a delegation up."""

    decision_on = DateField(label=_("Decision of"), required=False)
    starts_on = DateField(label=_("Begins"))
    ends_on = DateField(label=_("Ends"), required=False)

    class Meta:
        model = Delegation
        fields = [
            "name",
            "body",
            "subject",
            "council_session",
            "decision",
            "decision_on",
            "starts_on",
            "ends_on",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (Agency.Kind.STANDING_COMMITTEE, Agency.Kind.COMMITTEE)
        bodies = Agency.objects.visible_to(user).filter(kind__in=kinds).valid_on(timezone.localdate())
        self.fields["body"].queryset = bodies
        self.fields["council_session"].queryset = CouncilSession.objects.visible_to(user)
        tidy(self)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return cleaned


class MemberForm(forms.ModelForm):
    class Meta:
        model = DelegationMember
        fields = ["name", "post", "part"]


MemberFormSet = forms.formset_factory(MemberForm, extra=0, min_num=1, validate_min=True, max_num=30)


class WorkingSessionForm(forms.ModelForm):
    """When and where the delegation meets which agency, about which petitions."""

    held_on = DateField(label=_("Day"))
    agenda = ManyField(
        Petition.objects.none(),
        label=_("Petitions on the agenda"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = WorkingSession
        fields = ["held_on", "venue"]

    def __init__(self, *args, petitions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda"].queryset = petitions
        self.fields["agenda"].label_from_instance = lambda petition: f"{petition.code} — {petition.title}"


class AgencyForm(forms.Form):
    """Which agency the delegation meets."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = delegation.council.agencies.answering().valid_on(delegation.starts_on)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", "—"), *((a.pk, a.short_label) for a in agencies.alphabetical())]


class FindingForm(forms.ModelForm):
    class Meta:
        model = Finding
        fields = ["reported", "found", "assessed_result"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("reported", "found"):
            self.fields[name].widget.attrs |= {"rows": 3}


class AssessmentForm(forms.ModelForm):
    class Meta:
        model = WorkingSession
        fields = ["achievements", "limitations", "causes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"rows": 3}


class RecommendationForm(forms.ModelForm):
    due_on = DateField(
        label=_("To be done by"), required=False, help_text=_("Empty: a standing request without a day.")
    )

    class Meta:
        model = Recommendation
        fields = ["content", "petition", "due_on"]

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["content"].widget.attrs |= {"rows": 3}
        self.fields["petition"].queryset = Petition.objects.filter(agenda_items__working_session=working_session)
        self.fields["petition"].empty_label = _("none in particular")
        council, agency = working_session.delegation.council, working_session.agency
        if rule := rule_for(council, agency, timezone.localdate()):
            words = _("Empty: by the rule “%(rule)s”, counted from the day the notice is issued.") % {"rule": rule}
            self.fields["due_on"].help_text = words


class NoticeForm(forms.Form):
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer of the notice"))

    def __init__(self, *args, working_session, **kwargs):
        super().__init__(*args, **kwargs)
        signers = Official.objects.filter(agency=working_session.delegation.body).exclude(authority="")
        self.fields["signer"].queryset = signers.valid_on(working_session.held_on)
        tidy(self)


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
