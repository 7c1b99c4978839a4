"""One form owns the filter: the page, its counts and its export agree by construction."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from directory.models import AdministrativeUnit, Agency, PolicyField
from petitions.models import Petition, PetitionOrigin, ResultClass
from petitions.models.petitions import SOON_DAYS, AuthorityLevel, Status
from sessions.models import Phase, VoterMeeting

SESSION, CARRIED, EVERYTHING = "session", "carried", "all"

#: The facets above the list: key → (label, condition on today).
FACETS = {
    "": (_("All"), lambda today: Q()),
    "new": (_("New"), lambda today: Q(status=Status.RECEIVED)),
    "to_forward": (_("To forward"), lambda today: Q(status=Status.CLASSIFIED)),
    "returned": (_("Returned"), lambda today: Q(status=Status.RETURNED)),
    "soon": (
        _("Due soon"),
        lambda today: _unanswered() & Q(due_on__range=(today, today + timedelta(days=SOON_DAYS))),
    ),
    "overdue": (_("Overdue"), lambda today: _unanswered() & Q(due_on__lt=today)),
    "unanswered": (_("Unanswered"), lambda today: _unanswered() & Q(status=Status.FORWARDED)),
    "answered": (_("Answered"), lambda today: Q(answered_on__isnull=False)),
    "repeated": (_("Repeated"), lambda today: Q(repeats__isnull=False)),
    "merged": (_("Merged"), lambda today: Q(status=Status.MERGED)),
}


def _unanswered():
    return Q(answered_on__isnull=True) & ~Q(status__in=[Status.MERGED, Status.SET_ASIDE])


@dataclass(frozen=True)
class Facet:
    key: str
    label: Any
    count: int


class PetitionFilterForm(forms.Form):
    """Which petitions to show. An invalid filter narrows nothing."""

    scope = forms.ChoiceField(
        label=_("Scope"),
        required=False,
        choices=[
            (SESSION, _("this session")),
            (CARRIED, _("carried over from earlier sessions")),
            (EVERYTHING, _("all sessions")),
        ],
    )
    facet = forms.ChoiceField(required=False, choices=[(key, label) for key, (label, _condition) in FACETS.items()])
    q = forms.CharField(label=_("Search"), required=False)
    field = forms.ModelChoiceField(PolicyField.objects.none(), label=_("Policy field"), required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Lead agency"), required=False)
    place = forms.ModelChoiceField(AdministrativeUnit.objects.none(), label=_("Locality"), required=False)
    level = forms.ChoiceField(label=_("Authority level"), required=False)
    result = forms.ChoiceField(label=_("Result"), required=False)
    phase = forms.ChoiceField(label=_("Raised"), required=False)
    meeting = forms.ModelChoiceField(VoterMeeting.objects.none(), label=_("Voter meeting"), required=False)

    PILLS = ("field", "agency", "place", "level", "result", "phase", "meeting", "q")
    SELECTS = ("field", "agency", "place", "level", "result", "phase")

    def __init__(self, data, *, user, council_session, today):
        super().__init__(data)
        self.user, self.council_session, self.today = user, council_session, today
        used = Petition.objects.filter(council__in=user.councils)
        self.fields["field"].queryset = PolicyField.objects.visible_to(user)
        agencies = Agency.objects.filter(pk__in=used.values("lead_agency"))
        self._offer("agency", agencies, ((a.pk, a.short_label) for a in agencies.alphabetical()))
        places = AdministrativeUnit.objects.filter(pk__in=used.values("place"))
        self._offer("place", places, ((p.pk, p.sentence_name) for p in places.alphabetical()))
        self.fields["meeting"].queryset = VoterMeeting.objects.visible_to(user)
        for name, choices in (("level", AuthorityLevel), ("result", ResultClass), ("phase", Phase)):
            self.fields[name].choices = [("", _("all")), *choices.choices]

    def _offer(self, name, queryset, choices):
        self.fields[name].queryset = queryset
        self.fields[name].choices = [("", _("all")), *choices]

    def base(self):
        """What the scope covers, before any filter."""
        petitions = Petition.objects.visible_to(self.user)
        scope = self._value("scope") or SESSION
        if scope == EVERYTHING or self.council_session is None:
            return petitions
        if scope == CARRIED:
            return self.carried_over()
        return petitions.filter(council_session=self.council_session)

    def carried_over(self):
        """What earlier sessions left unfinished."""
        if self.council_session is None:
            return Petition.objects.none()
        unfinished = Petition.objects.visible_to(self.user).open()
        return unfinished.filter(council_session__opens_on__lt=self.council_session.opens_on)

    def filter(self, petitions):
        """Narrow `petitions` by everything typed but the facet."""
        for name, lookup in (
            ("field", "policy_field"),
            ("agency", "lead_agency"),
            ("place", "place"),
            ("level", "authority_level"),
            ("result", "result"),
            ("phase", "phase"),
        ):
            if value := self._value(name):
                petitions = petitions.filter(**{lookup: value})
        if meeting := self._value("meeting"):
            petitions = petitions.filter(pk__in=PetitionOrigin.objects.filter(meeting=meeting).values("petition"))
        if q := self._value("q"):
            petitions = petitions.search(q)
        return petitions

    def petitions(self):
        """What the page shows, in its order: what is due first, then the latest."""
        condition = FACETS[self._value("facet") or ""][1](self.today)
        return self.filter(self.base()).filter(condition).order_by(F("due_on").asc(nulls_last=True), "-pk")

    def facets(self):
        """Every facet with its count, all counted in one query."""
        counts = self.filter(self.base()).aggregate(
            **{f"facet_{key}": Count("pk", filter=make(self.today)) for key, (_label, make) in FACETS.items()}
        )
        chosen = self._value("facet")
        return [
            Facet(key, label, counts[f"facet_{key}"])
            for key, (label, _make) in FACETS.items()
            if counts[f"facet_{key}"] or key in ("", chosen)
        ]

    def pills(self):
        """The filters in force as (name, label, value in words)."""
        found = []
        for name in self.PILLS:
            if value := self._value(name):
                field = self.fields[name]
                choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
                found.append((name, field.label, choices.get(value) or getattr(value, "short_label", value)))
        return found

    def _value(self, name):
        """A filter's value; None where it was left out or made no sense."""
        self.is_valid()
        return self.cleaned_data.get(name)
