"""The table of a committee before a session: one form a row, and what narrows the table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanProseFormField
from directory.models import Agency
from oversight import verification
from petitions.models import ResultClass


class VerificationRowForm(forms.Form):
    """What a committee says of one point. `revision` is that of the words the page showed."""

    result = forms.ChoiceField(
        label=_("Committee's own result"), required=False, choices=[("", "—"), *ResultClass.choices]
    )
    remark = CleanProseFormField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, data, *, row):
        """Labels name the row, for those who hear the page."""
        said = row.verification
        super().__init__(
            data,
            prefix=f"point-{row.point.pk}",
            initial={"result": said.assessed_result, "remark": said.remark, "revision": said.revision},
        )
        for name in ("result", "remark"):
            self.fields[name].widget.attrs |= {
                "aria-label": f"{self.fields[name].label}, {row.point}",
                "data-column": name,
            }
        self.fields["result"].widget.attrs |= {"class": "form-select"}
        self.fields["remark"].widget.attrs |= {"class": "form-control"}


class NarrowForm(forms.Form):
    """Which rows of the table are shown. An invalid filter narrows nothing."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("all")),
            (verification.WAITING, _("not assessed yet")),
            (verification.DIFFERING, _("differs from the agency's own result")),
            (verification.UNANSWERED, _("without an answer")),
            *ResultClass.choices,
        ],
    )

    def __init__(self, data, *, council_session, points):
        super().__init__(data)
        self.council_session, self.points = council_session, points
        agencies = Agency.objects.filter(pk__in=points.order_by().values("petition__lead_agency"))
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", _("all")), *((a.pk, a.short_label) for a in agencies.alphabetical())]

    def narrowed(self):
        """The points asked for."""
        self.is_valid()
        found = verification.narrowed(self.points, self.council_session, self.cleaned_data.get("show"))
        if agency := self.cleaned_data.get("agency"):
            found = found.filter(petition__lead_agency=agency)
        return found
