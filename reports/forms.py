"""As of which day, and the author's own words."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField, ManyField, tidy
from directory.models import Official
from reports import comparison, skeleton
from reports.catalogue import CATALOGUE, COLUMNS
from reports.kinds import KINDS
from reports.models import ReportKind, SessionReport
from reports.vocabulary import OWN, vocabulary
from sessions.models import CouncilSession


class AsOfForm(forms.Form):
    """The day the figures are counted on."""

    as_of = DateField(label=_("As of"), required=False)

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["as_of"].widget.attrs |= {"data-submit-on-change": "", "size": "10", "class": "form-control"}

    @property
    def day(self):
        """The day chosen; today where none or one to come was given."""
        today = timezone.localdate()
        chosen = self.cleaned_data.get("as_of") if self.is_valid() else None
        return min(chosen or today, today)


class ComparisonForm(forms.Form):
    """Which sessions stand side by side, and how; the latest regular ones where none is chosen."""

    MOST, FIRST = 60, 4

    sessions = ManyField(
        CouncilSession.objects.none(),
        label=_("Sessions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    across = forms.ChoiceField(choices=comparison.ACROSS.items(), label=_("Side by side"), required=False)
    by = forms.ChoiceField(choices=comparison.ROWS.items(), label=_("Rows"), required=False)
    figure = forms.ChoiceField(
        choices=[(key, CATALOGUE[key].label) for key in COLUMNS], label=_("Number in the rows"), required=False
    )
    structure = forms.ChoiceField(choices=comparison.STRUCTURE.items(), label=_("Agencies and places"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        seen = CouncilSession.objects.filter(term__council__in=user.sees_councils).order_by("-opens_on")
        self.fields["sessions"].queryset = seen.select_related("term__council__unit")

    def clean_sessions(self):
        chosen = self.cleaned_data["sessions"]
        if len(chosen) > self.MOST:
            raise forms.ValidationError(_("Choose %(most)d sessions at most.") % {"most": self.MOST})
        return chosen

    @property
    def chosen(self):
        """The sessions to show, the oldest first."""
        chosen = self.cleaned_data["sessions"] if self.is_valid() else []
        latest = self.fields["sessions"].queryset.regular()[: self.FIRST]
        return sorted(chosen or latest, key=lambda session: session.opens_on)

    def choice(self, name):
        """What was chosen; the first choice where none or none known was."""
        chosen = self.cleaned_data.get(name) if self.is_bound and self.is_valid() else ""
        return chosen or self.fields[name].choices[0][0]


class DraftForm(forms.Form):
    """A new report."""

    as_of = DateField(label=_("Figures as of"), initial=timezone.localdate)
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"))

    def __init__(self, *args, issuer, **kwargs):
        super().__init__(*args, **kwargs)
        signers = Official.objects.filter(agency=issuer).exclude(authority="")
        self.fields["signer"].queryset = signers.valid_on(timezone.localdate())
        tidy(self)

    def clean_as_of(self):
        if self.cleaned_data["as_of"] > timezone.localdate():
            raise forms.ValidationError(_("Nothing is known yet about a day to come."))
        return self.cleaned_data["as_of"]


class ReportForm(forms.ModelForm):
    """The day of the figures and the texts a person writes in this kind of report."""

    as_of = DateField(label=_("Figures as of"))

    class Meta:
        model = SessionReport
        fields = ["as_of", *OWN, "correction"]

    def __init__(self, *args, erratum, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {*OWN, "correction"} - set(KINDS[self.instance.kind].texts):
            del self.fields[name]
        if self.instance.kind != ReportKind.OVERSIGHT:
            self.fields["recommendations"].label = _("Proposals of the report")
        if erratum:
            self.fields["correction"].help_text = _("Printed with the figures and petitions that changed.")
        else:
            del self.fields["correction"]

    clean_as_of = DraftForm.clean_as_of


class SkeletonForm(forms.Form):
    """A council's text for one kind of report; names it does not know are refused beside the field."""

    text = CleanProseFormField(
        label=_("Text of the report"),
        max_length=skeleton.LONGEST,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false"}),
    )
    reason = CleanFormField(label=_("Why it is changed"), max_length=200, required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_text(self):
        if wrong := skeleton.problems(self.cleaned_data["text"], vocabulary(self.kind)):
            raise forms.ValidationError(wrong)
        return self.cleaned_data["text"]
