"""What becomes of a recommendation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.forms import DateField, tidy
from deadlines.models import DeadlineRule, StartEvent
from directory.models import Agency, Official
from oversight import explaining, follow_up
from oversight.models import Delegation, LadderStep, Recommendation, WorkingSession


class ReportDoneForm(forms.Form):
    evidence = CleanProseFormField(
        label=_("Evidence"), help_text=_("Document, number, date: by what it can be seen that it is done.")
    )
    file = forms.FileField(label=_("Photo or document"), required=False)


HERE, ELSEWHERE = "here", "elsewhere"


class LadderForm(forms.Form):
    """The next step: what the system proposes is chosen already; a person decides."""

    kind = forms.ChoiceField(label=_("Step"), choices=LadderStep.Kind.choices)
    reason = CleanFormField(
        label=_("Why not the step proposed"),
        max_length=300,
        required=False,
        help_text=_("Where another step is taken than the system proposes."),
    )
    how = forms.ChoiceField(
        label=_("Document"),
        choices=[(HERE, _("draft the letter here")), (ELSEWHERE, _("written elsewhere, or a working session"))],
        widget=forms.RadioSelect,
    )
    answer_by = DateField(label=_("Answer asked for by"), required=False)
    signer = forms.ModelChoiceField(Official.objects.none(), label=_("Signer"), required=False)
    addressee = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Superior authority"), required=False, help_text=_("For a proposal to it only.")
    )
    words = CleanProseFormField(
        label=_("What is asked, or noted"),
        required=False,
        help_text=_("Stands in the letter; for an explanation it is the question."),
    )
    reference = CleanFormField(
        label=_("Number and symbol"), max_length=200, required=False, help_text=_("Of a document written elsewhere.")
    )
    taken_on = DateField(label=_("Day of the step"), required=False)
    working_session = forms.ModelChoiceField(
        WorkingSession.objects.none(),
        label=_("Working session"),
        required=False,
        help_text=_("Where the matter was overseen again."),
    )

    def __init__(self, *args, recommendation, proposal, may_draft, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        session = recommendation.working_session
        council, body = session.delegation.council, session.delegation.body
        superiors = council.agencies.filter(kind__in=[Agency.Kind.PEOPLES_COMMITTEE, Agency.Kind.STANDING_COMMITTEE])
        sessions = WorkingSession.objects.filter(delegation__council=council, held_on__gte=session.held_on)
        self.fields["signer"].queryset = Official.objects.filter(agency=body).exclude(authority="").valid_on(today)
        self.fields["addressee"].queryset = superiors.valid_on(today).order_by("kind", "name")
        self.fields["working_session"].queryset = sessions.exclude(pk=session.pk).select_related("agency")
        may_draft = may_draft and self.fields["signer"].queryset.exists()
        if not may_draft:
            self.fields["how"].choices = self.fields["how"].choices[1:]
        kind = getattr(proposal, "kind", LadderStep.Kind.URGED)
        is_drafted = may_draft
        self.initial = {
            "kind": kind,
            "how": HERE if is_drafted else ELSEWHERE,
            "answer_by": _usual_day(recommendation, kind, today),
            "signer": self.fields["signer"].queryset.first(),
            "addressee": superiors.filter(kind=Agency.Kind.PEOPLES_COMMITTEE).valid_on(today).first(),
            "taken_on": None if is_drafted else today,
        } | self.initial
        tidy(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == HERE:
            self._check_letter(cleaned)
        elif not cleaned.get("taken_on"):
            self._require("taken_on")
        return cleaned

    def _check_letter(self, cleaned):
        asks = cleaned.get("kind") not in LadderStep.WITHOUT_ANSWER
        for name in ("signer", "answer_by") if asks else ("signer",):
            if not cleaned.get(name):
                self._require(name)
        if cleaned.get("kind") == LadderStep.Kind.SUPERIOR and not cleaned.get("addressee"):
            self._require("addressee")

    def _require(self, name):
        if name not in self.errors:
            self.add_error(name, self.fields[name].error_messages["required"])

    @property
    def is_drafted(self):
        return self.cleaned_data["how"] == HERE

    def details(self):
        """What the step is made with, as its way asks for it."""
        names = (
            ("kind", "reason", "signer", "answer_by", "words", "addressee")
            if self.is_drafted
            else ("kind", "reason", "taken_on", "reference", "working_session", "answer_by", "words")
        )
        return {name: self.cleaned_data[name] for name in names}


def _usual_day(recommendation, kind, today):
    """By the council's rule about explanations or urging letters; None where there is none."""
    if kind == LadderStep.Kind.EXPLANATION:
        return explaining.proposed_day(recommendation)
    rule = DeadlineRule.objects.find(recommendation.working_session.delegation.council, StartEvent.URGED, on=today)
    return rule.day_from(today) if rule else None


class ExplainForm(forms.Form):
    text = CleanProseFormField(label=_("Written explanation"))

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("What is to be explained: %(question)s") % {"question": question}


class RemarkForm(forms.Form):
    remark = CleanFormField(label=_("What is missing"), max_length=500)


class FollowUpForm(forms.Form):
    """Which recommendations are followed up. An invalid filter narrows nothing."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("all"))
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=_("all")
    )
    by = forms.ChoiceField(
        label=_("Figures"),
        required=False,
        choices=[(follow_up.BY_AGENCY, _("by agency")), (follow_up.BY_DELEGATION, _("by delegation"))],
    )
    figure = forms.ChoiceField(required=False, choices=list(follow_up.FIGURES.items()))

    def __init__(self, data, *, user):
        super().__init__(data)
        self.visible = Recommendation.objects.visible_to(user).sent()
        agencies = Agency.objects.filter(recommendations__in=self.visible).distinct()
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", _("all")), *((a.pk, a.short_label) for a in agencies.alphabetical())]
        self.fields["delegation"].queryset = Delegation.objects.filter(
            working_sessions__recommendations__in=self.visible
        ).distinct()

    def recommendations(self):
        """Those of the agency and delegation chosen."""
        found = self.visible
        if agency := self.value("agency"):
            found = found.filter(agency=agency)
        if delegation := self.value("delegation"):
            found = found.filter(working_session__delegation=delegation)
        return found

    def value(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def chosen(self):
        """The figure whose rows are shown: the open ones, unless another is asked for."""
        return self.value("figure") or "open"

    def words(self):
        """What was chosen, in words."""
        chosen = [self.value("agency"), self.value("delegation")]
        return [str(one) for one in chosen if one] + [str(follow_up.FIGURES[self.chosen])]


class ApartForm(forms.Form):
    """Why a recommendation is left out of the on-time rate."""

    apart = forms.ChoiceField(
        label=_("Counted apart"),
        required=False,
        choices=[("", _("counted like the others")), *Recommendation.Apart.choices],
    )
    reason = CleanFormField(label=_("Reason"), max_length=500, required=False)
    document = CleanFormField(
        label=_("Document"), max_length=200, required=False, help_text=_("Number, symbol and day, where it is excused.")
    )
