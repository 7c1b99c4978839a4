"""One form owns the filter: the page, its counts and its export agree by construction."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.models import AdministrativeUnit, Agency, PolicyField
from petitions.models import Petition, PetitionOrigin, PetitionTally, ResultClass
from petitions.models.petitions import NOT_COUNTED, SOON_DAYS, AuthorityLevel, Status
from sessions.models import CouncilSession, Phase, VoterMeeting

SESSION, CARRIED, EVERYTHING = "session", "carried", "all"

#: The orders a list can have; the first is the usual one.
ORDERS = {
    "": _("what is due first"),
    "new": _("latest first"),
    "code": _("by code"),
    "place": _("by locality"),
    "agency": _("by agency"),
}

#: What facets ask of a petition beside its columns.
ASKED = {"is_answered": Q(answered_on__isnull=False), "is_repeat": Q(repeats__isnull=False)}

#: The facets above the list: key → (label, condition on today).
FACETS = {
    "": (_("All"), lambda today: Q()),
    "new": (_("New"), lambda today: Q(status=Status.RECEIVED)),
    "to_forward": (_("To forward"), lambda today: Q(status=Status.CLASSIFIED)),
    "returned": (_("Returned"), lambda today: Q(status=Status.RETURNED)),
    "soon": (
        _("Due soon"),
        lambda today: Q(due_on__range=(today, today + timedelta(days=SOON_DAYS))) & _unanswered(),
    ),
    "overdue": (_("Overdue"), lambda today: Q(due_on__lt=today) & _unanswered()),
    "unanswered": (_("Unanswered"), lambda today: Q(status=Status.FORWARDED, is_answered=False)),
    "answered": (_("Answered"), lambda today: Q(is_answered=True)),
    "repeated": (_("Repeated"), lambda today: Q(is_repeat=True)),
    "merged": (_("Merged"), lambda today: Q(status=Status.MERGED)),
}

#: What the list is counted by beside its facets: filter → column.
COUNTED_BY = {"field": "policy_field", "agency": "lead_agency"}
NARROWED_BY = {"place": "place", "level": "authority_level", "result": "result", "phase": "phase"}

#: The usual order, and that of petitions that share what a list is sorted by.
DUE_FIRST = [F("due_on").asc(nulls_last=True), "-pk"]

#: Orders by what many petitions share.
SORTED_BY = {"place": "place", "agency": "lead_agency"}

#: Filters by what `PetitionTally` does not tell apart.
UNTALLIED = ("place", "level", "phase", "meeting", "q")


def _unanswered():
    return Q(is_answered=False) & ~Q(status__in=NOT_COUNTED)


def _used(user, name):
    """Whether a petition of the user's councils names the record."""
    return Exists(Petition.objects.filter(**{name: OuterRef("pk")}, council__in=user.councils))


def _in_the_order_of(lookup, choices):
    """The rows in the order of the choices, which is that of a Vietnamese dictionary; those without one last."""
    places = [When(**{lookup: key}, then=Value(place)) for place, (key, _label) in enumerate(choices) if key]
    return Case(*places, default=Value(len(places) + 1))


@dataclass(frozen=True)
class Facet:
    key: str
    label: Any
    count: int | None


class PetitionFilterForm(forms.Form):
    """Which petitions to show. An invalid filter narrows nothing.

    With `at_most`, a search that finds more than so many is not counted, and shown latest first: `is_counted` says so.
    """

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

    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERS.items()))

    PILLS = ("field", "agency", "place", "level", "result", "phase", "meeting", "q")
    SELECTS = ("field", "agency", "place", "level", "result", "phase", "sort")

    def __init__(self, data, *, user, council_session, today, at_most=None):
        super().__init__(data)
        self.user, self.council_session, self.today, self.at_most = user, council_session, today, at_most
        fields = PolicyField.objects.visible_to(user)
        self._offer("field", fields, ((field.pk, str(field)) for field in fields))
        agencies = Agency.objects.filter(_used(user, "lead_agency"))
        self._offer("agency", agencies, ((a.pk, a.short_label) for a in agencies.alphabetical()))
        places = AdministrativeUnit.objects.filter(_used(user, "place"))
        self._offer("place", places, ((p.pk, p.sentence_name) for p in places.alphabetical()))
        self.fields["meeting"].queryset = VoterMeeting.objects.visible_to(user)
        for name, choices in (("level", AuthorityLevel), ("result", ResultClass), ("phase", Phase)):
            self.fields[name].choices = [("", _("all")), *choices.choices]

    def _offer(self, name, queryset, choices):
        self.fields[name].queryset = queryset
        self.fields[name].choices = [("", _("all")), *choices]

    def base(self):
        """What the scope covers, before any filter."""
        scope = self._value("scope") or SESSION
        if scope == EVERYTHING or self.council_session is None:
            return Petition.objects.visible_to(self.user).exclude(status=Status.UNDONE)
        if scope == CARRIED:
            return self.carried_over()
        return Petition.objects.of_sessions(self.user, [self.council_session]).exclude(status=Status.UNDONE)

    def carried_over(self):
        """What earlier sessions of this council and those it succeeds left unfinished."""
        return Petition.objects.of_sessions(self.user, self._earlier).open()

    @cached_property
    def _earlier(self):
        if self.council_session is None:
            return []
        councils = self.user.councils_behind(self.council_session.council)
        sessions = CouncilSession.objects.filter(term__council__in=councils).select_related("term__council")
        return list(sessions.filter(opens_on__lt=self.council_session.opens_on))

    def filter(self, petitions, *, but=()):
        """Narrow `petitions` by everything typed but the facet and the filters named in `but`."""
        petitions = self._narrow(petitions, but)
        if not (q := self._value("q")):
            return petitions
        if self.at_most is None:
            return petitions.search(q, user=self.user)
        if self.is_counted:
            return petitions.filter(pk__in=self._hits)
        return petitions.search_in_order(q, user=self.user)

    def _narrow(self, petitions, but):
        for name, lookup in (*COUNTED_BY.items(), *NARROWED_BY.items()):
            value = None if name in but else self._value(name)
            if value:
                petitions = petitions.filter(**{lookup: value})
        if meeting := self._value("meeting"):
            petitions = petitions.filter(pk__in=PetitionOrigin.objects.filter(meeting=meeting).values("petition"))
        return petitions

    @cached_property
    def _hits(self):
        """The keys of what the search finds whatever the facet, field and agency: `at_most` and one more."""
        found = self._narrow(self.base(), COUNTED_BY).search(self._value("q"), user=self.user).order_by()
        return list(found.values_list("pk", flat=True)[: self.at_most + 1])

    @property
    def is_counted(self):
        """Whether the numbers are known: not for a search that finds more than `at_most`."""
        return self.at_most is None or not self._value("q") or len(self._hits) <= self.at_most

    def petitions(self):
        """What the page shows, in its order: what is due first, then the latest, unless another order is chosen."""
        condition = FACETS[self._value("facet") or ""][1](self.today)
        return self.filter(self.base()).alias(**ASKED).filter(condition).order_by(*self._order())

    def _order(self):
        """What was found and not counted comes latest first: any other order would ask to look at all of it."""
        if not self.is_counted:
            return ["-pk"]
        match self._value("sort"):
            case "new":
                return ["-pk"]
            case "code":
                return ["code", "pk"]
            case "place" | "agency" as name:
                return [_in_the_order_of(SORTED_BY[name], self.fields[name].choices), *DUE_FIRST]
        return DUE_FIRST

    def groups_in_order(self):
        """What the list is sorted by and how many it holds of each: (lookup, [(keys, number)]); None for other orders.

        Those that are not offered as a filter come last, together.
        """
        name = self._value("sort")
        if name not in SORTED_BY or not self.is_counted:
            return None
        places = {key: place for place, (key, _label) in enumerate(self.fields[name].choices) if key}
        groups = {}
        for key, number in self._sizes(name):
            keys, total = groups.get(places.get(key, len(places) + 1), ([], 0))
            groups[places.get(key, len(places) + 1)] = [*keys, key], total + number
        return SORTED_BY[name], [groups[place] for place in sorted(groups)]

    def _sizes(self, name):
        if name == "agency":
            shown = f"facet_{self._value('facet') or ''}"
            return [(group[COUNTED_BY[name]], group[shown]) for group in self._chosen_groups()]
        return self.petitions().order_by().values_list(SORTED_BY[name]).annotate(number=Count("council_session"))

    @cached_property
    def _groups(self):
        """Everything counted about the list by field and agency, in one query; those two filters aside."""
        if (tallies := self._tallies(self._value("scope") or SESSION)) is not None:
            result = self._value("result")
            return self._counted(tallies.filter(result=result) if result else tallies, Sum, "number", "points")
        found = self.filter(self.base(), but=COUNTED_BY).alias(**ASKED)
        return self._counted(found.order_by(), Count, "council_session", "point_count")

    def _counted(self, rows, number, numbers, points):
        conditions = {key: make(self.today) for key, (_label, make) in FACETS.items()}
        default = {"default": 0} if number is Sum else {}
        facets = {f"facet_{key}": number(numbers, filter=condition, **default) for key, condition in conditions.items()}
        shown = conditions[self._value("facet") or ""]
        return list(rows.values(*COUNTED_BY.values()).annotate(**facets, points=Sum(points, filter=shown, default=0)))

    def _tallies(self, scope):
        """What a scope covers as the database keeps it counted.

        None where something is asked that is not kept there, or where not everything may be seen.
        """
        if any(self._value(name) for name in UNTALLIED):
            return None
        tallies, sees = PetitionTally.objects.all(), self.user.sees_councils
        if scope == EVERYTHING or self.council_session is None:
            everything = bool(sees) and not Petition.objects.are_given_beyond(sees, self.user)
            return tallies.filter(council__in=sees).exclude(status=Status.UNDONE) if everything else None
        sessions = self._earlier if scope == CARRIED else [self.council_session]
        if not {session.council.pk for session in sessions} <= sees:
            return None
        if scope == CARRIED:
            return tallies.left_by(sessions)
        return tallies.filter(council_session=self.council_session.pk).exclude(status=Status.UNDONE)

    @cached_property
    def carried_total(self):
        """How many petitions earlier sessions left unfinished, whatever else is chosen."""
        if {session.council.pk for session in self._earlier} <= self.user.sees_councils:
            return PetitionTally.objects.left_by(self._earlier).aggregate(total=Sum("number", default=0))["total"]
        return self.carried_over().count()

    def _chosen_groups(self, *, but=""):
        """The groups the chosen field and agency leave, the filter `but` aside."""
        chosen = {lookup: self._value(name) for name, lookup in COUNTED_BY.items() if name != but and self._value(name)}
        return [group for group in self._groups if all(group[key] == one.pk for key, one in chosen.items())]

    @cached_property
    def counts(self):
        """How many petitions each facet holds, and how many points the page shows."""
        counted = ["points", *(f"facet_{key}" for key in FACETS)]
        groups = self._chosen_groups()
        return {name: sum(group[name] for group in groups) for name in counted}

    def breakdown(self):
        """How the page's petitions divide by agency and by field: (filter, its label, [Facet]), most first.

        Each counts what one would see by choosing it: the choice made there already is set aside.
        """
        if not self.is_counted:
            return
        shown = f"facet_{self._value('facet') or ''}"
        for name in ("agency", "field"):
            totals = {}
            for group in self._chosen_groups(but=name):
                totals[group[COUNTED_BY[name]]] = totals.get(group[COUNTED_BY[name]], 0) + group[shown]
            labels = dict(self.fields[name].choices)
            found = [Facet(pk, labels[pk], count) for pk, count in totals.items() if count and pk in labels]
            if found:
                yield name, self.fields[name].label, sorted(found, key=lambda facet: -facet.count), self._value(name)

    @property
    def total(self):
        """How many petitions the page shows; `at_most` where they are not counted."""
        if not self.is_counted:
            return self.at_most
        return self.counts[f"facet_{self._value('facet') or ''}"]

    def facets(self):
        """Every facet with its count; without any where they are not counted."""
        if not self.is_counted:
            return [Facet(key, label, None) for key, (label, _make) in FACETS.items()]
        chosen = self._value("facet")
        return [
            Facet(key, label, self.counts[f"facet_{key}"])
            for key, (label, _make) in FACETS.items()
            if self.counts[f"facet_{key}"] or key in ("", chosen)
        ]

    def facet_label(self):
        """The facet chosen, in words; "" for none."""
        return FACETS[self._value("facet")][0] if self._value("facet") else ""

    def pills(self):
        """The filters in force as (name, label, value in words)."""
        found = []
        for name in self.PILLS:
            if value := self._value(name):
                field = self.fields[name]
                choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
                found.append((name, field.label, choices.get(value) or getattr(value, "short_label", value)))
        return found

    def said(self):
        """What narrows the list, as (name, label, words): the facet, then the filters."""
        facet = [("facet", _("Only"), self.facet_label())] if self.facet_label() else []
        return [*facet, *self.pills()]

    def _value(self, name):
        """A filter's value; None where it was left out or made no sense."""
        self.is_valid()
        return self.cleaned_data.get(name)
