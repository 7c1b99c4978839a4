"""Which agencies are urged, until when they should answer, who signs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, ManyField, tidy
from deadlines.models import DeadlineRule
from directory.models import Agency, Official
from petitions.models.petitions import SOON_DAYS


class WhatForm(forms.Form):
    """What counts as nearly overdue."""

    soon = forms.IntegerField(label=_("Also due within days"), min_value=0, max_value=60, required=False)

    @property
    def days(self):
        typed = self.cleaned_data.get("soon") if self.is_valid() else None
        return SOON_DAYS if typed is None else typed


class UrgeForm(forms.Form):
    """One letter for each agency ticked."""

    agencies = ManyField(
        Agency.objects.none(), label=_("Agencies"), error_messages={"required": _("Tick at least one agency.")}
    )
    reply_by = DateField(label=_("Reply asked for by"))
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"))
    submit = forms.BooleanField(
        label=_("Submit the letters for clearance at once"),
        required=False,
        help_text=_("Otherwise they wait as drafts under Documents."),
    )

    def __init__(self, *args, issuer, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["agencies"].queryset = Agency.objects.filter(pk__in=agencies)
        self.fields["signer"].queryset = Official.objects.filter(agency=issuer).exclude(authority="").valid_on(today)
        if rule := DeadlineRule.objects.find(issuer.council, "urged", on=today):
            self.fields["reply_by"].initial = rule.day_from(today)
            self.fields["reply_by"].help_text = _("By the rule “%(rule)s”; another day stands as written.") % {
                "rule": rule
            }
        tidy(self)

    def clean_reply_by(self):
        reply_by = self.cleaned_data["reply_by"]
        if reply_by <= timezone.localdate():
            raise forms.ValidationError(_("The day must lie ahead."))
        return reply_by
