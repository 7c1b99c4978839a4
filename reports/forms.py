"""As of which day, and the author's own words."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField, ManyField, tidy
from directory.models import Official
from reports import comparison, skeleton
from reports.catalogue import CATALOGUE, COLUMNS
from reports.kinds import KINDS
from reports.models import SessionReport
from reports.vocabulary import OWN, own_label, problems_of, title_of
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

    FIRST = 4

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
        self.fields["recommendations"].label = capfirst(own_label(self.instance.kind, "recommendations"))
        if erratum:
            self.fields["correction"].help_text = _("Printed with the figures and petitions that changed.")
        else:
            del self.fields["correction"]

    clean_as_of = DraftForm.clean_as_of


class SkeletonForm(forms.Form):
    """A council's text for one kind of report and its appendices, each with its place; empty: not attached.

    Names the text may not use are refused beside the field.
    """

    text = CleanProseFormField(
        label=_("Text of the report"),
        max_length=skeleton.LONGEST,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false"}),
        error_messages={"required": _("Write the text: a report cannot be empty.")},
    )
    reason = CleanFormField(label=_("Why it is changed"), max_length=200, required=False)

    def __init__(self, *args, kind, annexes, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.annexes = kind, list(annexes)
        for key in KINDS[kind].choosable:
            self.fields[f"annex_{key}"] = forms.IntegerField(
                label=title_of(key),
                required=False,
                min_value=1,
                max_value=99,
                initial=self.annexes.index(key) + 1 if key in self.annexes else None,
                widget=forms.NumberInput(attrs={"class": "form-control form-control-sm"}),
            )

    @property
    def places(self):
        """The fields of the appendices, those attached first in their order."""
        keys = [*self.annexes, *(key for key in KINDS[self.kind].choosable if key not in self.annexes)]
        return [self[f"annex_{key}"] for key in keys]

    def clean(self):
        cleaned = super().clean()
        places = {key: cleaned.pop(f"annex_{key}", None) for key in KINDS[self.kind].choosable}
        if any(f"annex_{key}" in self.data for key in places):
            self.annexes = sorted((key for key, place in places.items() if place), key=places.get)
        cleaned["annexes"] = self.annexes
        for key, place in places.items():
            if place and list(places.values()).count(place) > 1:
                self.add_error(f"annex_{key}", _("Two appendices have the same place."))
        if "text" in cleaned and (wrong := problems_of(self.kind, cleaned["text"], self.annexes)):
            self.add_error("text", wrong)
        return cleaned
