"""Who gets which point, until when, under whose signature."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField
from common.forms import DateField, tidy
from directory.models import Agency, Official
from petitions.models import Assignment

COORDINATING = 2


@dataclass(frozen=True)
class PointFields:
    """The bound fields of one point, for the template."""

    point: object
    lead: object
    coordinating: list


class PlanForm(forms.Form):
    """One forwarding letter: addressee, due date, signer, and for each point lead and coordinating agencies."""

    addressee = forms.ModelChoiceField(Agency.objects.none(), label=_("Addressee of the letter"))
    due_on = DateField(label=_("Reply due on"), help_text=_("The day is set by the Standing Committee."))
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"))
    subject = CleanFormField(
        label=_("Subject"),
        max_length=300,
        required=False,
        help_text=_("Empty: “chuyển kiến nghị của cử tri …”."),
    )

    def __init__(self, *args, issuer, points, forwarding=None, proposed=None, agencies=(), **kwargs):
        super().__init__(*args, **kwargs)
        if proposed:
            self.initial["due_on"] = proposed.due_on
            self.fields["due_on"].help_text = _("By the rule “%(rule)s”; another day stands as written.") % {
                "rule": proposed.rule
            }
        today = timezone.localdate()
        self.points = points
        proposals = dict(agencies)
        self.initial["addressee"] = _shared(proposals, points)
        offered = issuer.council.agencies.answering().valid_on(today)
        choices = [(agency.pk, agency.short_label) for agency in offered.alphabetical()]
        self._offer("addressee", offered, choices)
        self.fields["signer"].queryset = Official.objects.filter(agency=issuer).exclude(authority="").valid_on(today)
        if forwarding:
            self.initial |= {"addressee": forwarding.addressee_id, "due_on": forwarding.due_on}
            del self.fields["signer"], self.fields["subject"], self.fields["addressee"]
        planned = self._planned(forwarding)
        tidy(self)
        for point in points:
            lead = None if self.initial.get("addressee") else proposals.get(point.petition_id)
            self._add_point(point, offered, choices, *planned.get(point.pk, (lead, [])))

    def _planned(self, forwarding):
        """{point id: (lead id, [coordinating ids])} as the draft stands."""
        planned = {}
        for assignment in forwarding.assignments.filter(status=Assignment.Status.PLANNED) if forwarding else ():
            lead, others = planned.get(assignment.point_id, (None, []))
            if assignment.part == Assignment.Part.LEAD:
                lead = assignment.agency_id
            else:
                others = [*others, assignment.agency_id]
            planned[assignment.point_id] = (lead, others)
        return planned

    def _add_point(self, point, agencies, choices, lead, others):
        self.fields[f"lead_{point.pk}"] = forms.ModelChoiceField(
            agencies, label=_("Lead"), required=False, initial=lead, empty_label=_("the addressee")
        )
        self._offer(f"lead_{point.pk}", agencies, choices, empty=_("the addressee"))
        for place in range(COORDINATING):
            name = f"with_{point.pk}_{place}"
            initial = others[place] if place < len(others) else None
            self.fields[name] = forms.ModelChoiceField(
                agencies, label=_("Coordinating"), required=False, initial=initial
            )
            self._offer(name, agencies, choices)

    def _offer(self, name, queryset, choices, empty="—"):
        self.fields[name].queryset = queryset
        self.fields[name].choices = [("", empty), *choices]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("The due date has already passed."))
        return due_on

    def clean(self):
        cleaned = super().clean()
        for point in self.points:
            lead = cleaned.get(f"lead_{point.pk}") or cleaned.get("addressee")
            for place in range(COORDINATING):
                name = f"with_{point.pk}_{place}"
                if lead and cleaned.get(name) == lead:
                    self.add_error(name, _("This agency leads the point already."))
        return cleaned

    def plan(self, addressee):
        """{point: (lead agency, [coordinating agencies])} as typed."""
        cleaned = self.cleaned_data
        return {
            point: (
                cleaned[f"lead_{point.pk}"] or addressee,
                list(dict.fromkeys(a for place in range(COORDINATING) if (a := cleaned[f"with_{point.pk}_{place}"]))),
            )
            for point in self.points
        }

    def rows(self):
        """The fields of each point, for the template."""
        return [
            PointFields(
                point,
                self[f"lead_{point.pk}"],
                [self[f"with_{point.pk}_{place}"] for place in range(COORDINATING)],
            )
            for point in self.points
        ]


def _shared(proposals, points):
    """The agency proposed for every petition; None where they differ or for one there is no proposal."""
    found = {proposals.get(point.petition_id) for point in points}
    return found.pop() if len(found) == 1 else None
