"""A reply draft as typed: the letter's frame, and one answer per point."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import CleanFormField, CleanProseFormField
from common.formats import short_date
from common.forms import DateField, ManyField, tidy
from common.text import key_in
from directory.models import Agency
from documents.models import Document
from petitions.models import Assignment, Petition, ResultClass
from responses.models import Answer, Assessment, Commitment, Reply
from sessions.models import CouncilSession

#: Petitions the form offers at once; the search finds the others.
OFFERED = 50


_GIVEN = [Assignment.Status.SENT, Assignment.Status.ACCEPTED, Assignment.Status.ANSWERED]


class CreateForm(forms.Form):
    """Which petitions one letter answers: those ticked, then those still owed or, once words are typed, those found."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Answering agency"))
    kind = forms.ChoiceField(label=_("Kind of reply"), choices=Reply.Kind)
    q = CleanFormField(
        label=_("Find petitions by code or words"),
        max_length=100,
        required=False,
        help_text=_("Those still to be answered are offered below; the search finds answered ones as well."),
    )
    petitions = ManyField(Petition.objects.none(), label=_("Petitions"), widget=forms.CheckboxSelectMultiple)

    origin = forms.ChoiceField(
        label=_("The letter is"),
        choices=[
            (Document.Origin.HERE, _("to be written here")),
            (Document.Origin.PAPER, _("signed on paper already")),
            (Document.Origin.OTHER_SYSTEM, _("signed in another system already")),
        ],
        required=False,
    )
    file = forms.FileField(
        label=_("Signed letter (PDF)"),
        required=False,
        help_text=_("Only for a letter that is signed already; it is kept as it is."),
    )

    def __init__(self, *args, agencies, user, is_signed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=agencies)
        if is_signed:
            self.fields["origin"].choices = self.fields["origin"].choices[1:]
            self.fields["origin"].required = self.fields["file"].required = True
        if len(agencies) == 1:
            self.fields["agency"].initial = next(iter(agencies))
            self.fields["agency"].widget = forms.HiddenInput()
        given = Assignment.objects.lead().filter(agency__in=agencies, status__in=_GIVEN)
        petitions = Petition.objects.filter(points__assignments__in=given).distinct().order_by("due_on", "pk")
        self.fields["petitions"].queryset = petitions
        self.fields["petitions"].choices = self._offered(petitions, given, user)
        tidy(self)

    def _offered(self, petitions, given, user):
        """What can be ticked; `left_out` says how many more there are."""
        ticked = [key for key in map(key_in, map(str, self["petitions"].value() or [])) if key]
        if words := str(self["q"].value() or "").strip():
            others = petitions.search(words, user=user)
        else:
            others = petitions.filter(points__assignments__in=given.exclude(status=Assignment.Status.ANSWERED))
        others = others.exclude(pk__in=ticked)
        self.left_out = max(0, others.count() - OFFERED)
        offered = [*petitions.filter(pk__in=ticked), *others[:OFFERED]]
        return [(petition.pk, _label(petition)) for petition in offered]

    def clean_origin(self):
        return self.cleaned_data["origin"] or Document.Origin.HERE

    def clean(self):
        cleaned = super().clean()
        is_signed = cleaned.get("origin", Document.Origin.HERE) != Document.Origin.HERE
        if is_signed and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _("Hand in the signed letter as a PDF."))
        if not is_signed:
            cleaned["file"] = None
        return cleaned


def _label(petition):
    label = f"{petition.code} — {petition.title}"
    if petition.answered_on is None:
        return label
    return _("%(petition)s (answered %(day)s)") % {"petition": label, "day": short_date(petition.answered_on)}


class LetterForm(forms.Form):
    """The frame of the letter."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of reply"), choices=Reply.Kind)
    opening = CleanProseFormField(label=_("Opening"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    closing = CleanProseFormField(label=_("Closing"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class AnswerForm(forms.ModelForm):
    """The answer to one point; it may be saved unfinished."""

    heading = CleanFormField(label=_("Heading in the letter"), max_length=300, required=False)
    roadmap_on = DateField(label=_("Roadmap date"), required=False)

    class Meta:
        model = Answer
        fields = [
            "heading",
            "text",
            "result",
            "reason",
            "roadmap_on",
            "evidence",
            "directive_document",
            "cited_documents",
        ]

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": 6, "data-letter-text": ""}
        self.fields["text"].help_text = _(
            "What is typed stands as it will in the letter; text pasted from Word keeps headings, lists, tables, bold "
            "and italic."
        )
        self.fields["evidence"].widget.attrs |= {"rows": 2}
        self.fields["cited_documents"].widget.attrs |= {"rows": 2, "data-cited": ""}
        self.fields["result"].choices = [("", _("— choose —")), *ResultClass.choices]
        self.fields["reason"].queryset = reasons
        groups = {}
        for reason in reasons:
            groups.setdefault(reason.get_result_display(), []).append((reason.pk, reason.name))
        self.fields["reason"].choices = [("", "—"), *groups.items()]

    def clean(self):
        cleaned = super().clean()
        reason, result = cleaned.get("reason"), cleaned.get("result")
        if reason and result and reason.result != result:
            self.add_error(
                "reason",
                _("“%(reason)s” belongs to the result “%(result)s”.")
                % {"reason": reason, "result": reason.get_result_display()},
            )
        return cleaned

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class AskForm(forms.Form):
    """What the lead needs from a coordinating agency."""

    request = CleanProseFormField(
        label=_("What your agency needs from them"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class AskAgainForm(forms.Form):
    """Why what a coordinating agency gave does not do yet."""

    why = CleanFormField(label=_("What the new version must say or change"), max_length=500)
    due_on = DateField(label=_("Needed by"), required=False)

    def __init__(self, *args, clock, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = _("It has until %(day)s; a later day gives it more time.") % {
            "day": short_date(clock.due_on)
        }


class ContributionForm(forms.Form):
    """The text of a contribution; it may be saved unfinished."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = CleanProseFormField(
        label=_("Contribution to this point"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "data-letter-text": ""}),
        help_text=_("The lead agency takes it into its letter; the signs of formatting are those of a reply."),
    )


class ReturnContributionForm(forms.Form):
    reason = CleanFormField(label=_("Reason"), max_length=500)


class UntickForm(forms.Form):
    reason = CleanFormField(label=_("It does not answer this petition because"), max_length=300)


class EvidenceForm(forms.Form):
    file = forms.FileField(label=_("File"))


class CommitmentForm(forms.Form):
    """A promise as it will stand in the ledger."""

    quote = CleanProseFormField(label=_("Promise"), max_length=2000)
    due_on = DateField(label=_("Until"))


class ReportForm(forms.Form):
    evidence = CleanProseFormField(label=_("Evidence"), max_length=2000)


class NoteForm(forms.Form):
    note = CleanProseFormField(label=_("What was found"), max_length=1000)


class ExtendForm(forms.Form):
    due_on = DateField(label=_("New date"))
    note = CleanProseFormField(label=_("Reason"), max_length=1000)


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=Assessment.Mark)
    note = CleanProseFormField(max_length=1000, required=False)


class CommentForm(forms.Form):
    passage = CleanFormField(max_length=500, required=False)
    text = CleanProseFormField(max_length=2000)


class CompareForm(forms.Form):
    """Two versions of a draft; without a choice, the last two."""

    before = forms.TypedChoiceField(label=_("From version"), coerce=int, required=False)
    after = forms.TypedChoiceField(label=_("To version"), coerce=int, required=False)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {version.revision: version for version in versions}
        for name in ("before", "after"):
            self.fields[name].choices = [
                (v.revision, f"{v.revision} · {timezone.localtime(v.saved_at):%d/%m %H:%M} · {v.author}")
                for v in versions
            ]
        self.latest = list(self.versions)[:2]
        if self.latest:
            self.fields["after"].initial, self.fields["before"].initial = self.latest[0], self.latest[-1]

    def chosen(self):
        """(earlier, later) version, or Nones where there is none."""
        picked = [self.cleaned_data[name] for name in ("before", "after")] if self.is_valid() else []
        picked = [number for number in picked if number] or self.latest
        if not picked:
            return None, None
        return self.versions[min(picked)], self.versions[max(picked)]


class LedgerForm(forms.Form):
    """Narrows the ledger of promises."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("all"))
    session = forms.ModelChoiceField(
        CouncilSession.objects.none(), label=_("Session"), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, commitments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(commitments__in=commitments).distinct()
        self.fields["session"].queryset = CouncilSession.objects.filter(
            petitions__points__answers__commitments__in=commitments
        ).distinct()
        self.fields["status"].choices = [("", _("all")), ("overdue", _("overdue")), *Commitment.Status.choices]

    def filter(self, commitments, today):
        """Narrow `commitments` by what was chosen; an invalid filter narrows nothing."""
        if not self.is_valid():
            return commitments
        chosen = self.cleaned_data
        if chosen["agency"]:
            commitments = commitments.filter(agency=chosen["agency"])
        if chosen["session"]:
            commitments = commitments.filter(answer__point__petition__council_session=chosen["session"])
        if chosen["status"] == "overdue":
            return commitments.overdue(today)
        return commitments.filter(status=chosen["status"]) if chosen["status"] else commitments
