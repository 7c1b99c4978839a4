"""The papers of a delegation: drafting one, and its text."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.fields import CleanFormField, CleanProseFormField
from common.forms import tidy
from directory.models import Agency, Official
from oversight.models import OversightPaper


class PaperDraftForm(forms.Form):
    """Which paper, and who signs it; those there are already are not offered."""

    kind = forms.ChoiceField(label=_("Paper"))
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"))

    def __init__(self, *args, delegation, working_session=None, **kwargs):
        super().__init__(*args, **kwargs)
        present = OversightPaper.objects.standing().filter(delegation=delegation, working_session=working_session)
        drafted = set(present.values_list("kind", flat=True))
        self.fields["kind"].choices = [
            (kind.value, kind.label)
            for kind in OversightPaper.CHOSEN
            if (kind in OversightPaper.OF_A_SESSION) == (working_session is not None) and kind not in drafted
        ]
        signers = Official.objects.filter(agency=delegation.body).exclude(authority="")
        self.fields["signer"].queryset = signers.valid_on(timezone.localdate())
        tidy(self)

    @property
    def offers_any(self):
        return bool(self.fields["kind"].choices)


class VerificationReportForm(forms.Form):
    """Who signs the report on what the committees verified: the committee that puts it together is the signer's."""

    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"))

    def __init__(self, *args, council_session, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = council_session.council.agencies.filter(kind=Agency.Kind.COMMITTEE).valid_on(today)
        drafted_for = [body.pk for body in bodies if user.may(Permission.DOCUMENT_DRAFT, at=body)]
        signers = Official.objects.filter(agency__in=drafted_for).exclude(authority="").valid_on(today)
        self.fields["signer"].queryset = signers.select_related("agency")
        self.fields["signer"].label_from_instance = lambda signer: f"{signer.agency.short_label}: {signer.name}"
        tidy(self)


class LeaveForm(forms.Form):
    reason = CleanFormField(label=_("Why the text stays as it is"), max_length=300)


class PaperTextForm(forms.Form):
    text = CleanProseFormField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 28, "data-letter-text": ""}),
        help_text=_(
            "“1. Heading” without a full stop is a heading, “- ” begins an item, “| a | b |” a row of a table, "
            "**bold** and _italic_ stand inside a line."
        ),
    )
    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
