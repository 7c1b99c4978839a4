"""Which petitions belong to the cycle of a session, found by index in a database that holds very many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from petitions.models import Petition, PetitionEvent, PetitionPoint
from petitions.models.petitions import NOT_COUNTED, Status
from petitions.models.results import CLOSING, combined
from responses.models import Answer
from sessions.models import CouncilSession

#: The events that take a petition out of the count or back into it.
_STANDINGS = ("merged", "unmerged", "set_aside", "reopened")


@dataclass(frozen=True)
class Cycle:
    """From the close of the previous regular session to the close of this one.

    What was raised for the session is new in it, and so is what came in `late` for an earlier one or for an irregular
    one in between; `carried_over` was unfinished when the cycle began. Both are keys of petitions. The cycle of the
    last session has no end yet.
    """

    session: int
    last_day: date
    late: frozenset[int] = frozenset()
    carried_over: frozenset[int] = frozenset()

    def petitions(self, as_of):
        own = Q(council_session=self.session, received_on__lte=self.last_day)
        new = (own | Q(pk__in=self.late)) & Q(received_on__lte=as_of)
        return Petition.objects.filter(new | Q(pk__in=self.carried_over))


def cycle_of(council_session):
    last_day = council_session.closes_on if council_session.next_regular() else date.max
    previous = council_session.previous_regular()
    if previous is None:
        return Cycle(council_session.pk, last_day)
    sessions = CouncilSession.objects.filter(term__council__in=council_session.council.lineage)
    earlier = _raised_for(sessions.filter(opens_on__lte=previous.opens_on))
    between = _raised_for(sessions.filter(opens_on__gt=previous.opens_on, opens_on__lt=council_session.opens_on))
    late = earlier.filter(received_on__gt=previous.closes_on) | between
    late = late.filter(received_on__lte=council_session.closes_on)
    carried_over = _carried_over(earlier, previous.closes_on)
    return Cycle(council_session.pk, last_day, frozenset(_keys(late)), frozenset(carried_over))


def _raised_for(sessions):
    """Petitions raised for these sessions, which are named by their keys: an index begins with them."""
    return Petition.objects.filter(council_session__in=_keys(sessions))


def _keys(rows):
    return list(rows.order_by().values_list("pk", flat=True))


def _carried_over(earlier, opening_day):
    """Keys of those that were to be dealt with and not closed at the end of the opening day."""
    received = earlier.filter(received_on__lte=opening_day)
    left_since = PetitionEvent.objects.filter(kind__in=_STANDINGS, happened_on__gt=opening_day).values("petition")
    found = [
        *_keys(received.exclude(status__in=NOT_COUNTED).exclude(result__in=CLOSING)),
        *_keys(received.filter(result__in=CLOSING, result_on__gt=opening_day)),
        *_keys(received.filter(status__in=NOT_COUNTED, pk__in=left_since)),
    ]
    return _unfinished_on(Petition.objects.filter(pk__in=found), opening_day)


def _unfinished_on(petitions, day):
    left = left_the_count(petitions, day)
    results = _results(petitions, day)
    points = {}
    for point, petition in PetitionPoint.objects.filter(petition__in=petitions).values_list("pk", "petition_id"):
        points.setdefault(petition, []).append(results.get(point, ""))
    return {
        pk
        for pk, status in petitions.values_list("pk", "status")
        if left.get(pk, status) not in NOT_COUNTED and combined(points.get(pk, ())) not in CLOSING
    }


def _results(petitions, day):
    """{point: what the latest answer in force on the day says became of it}."""
    effective = Answer.objects.effective_on(day).filter(point__petition__in=petitions)
    return dict(effective.order_by("reply__document__issued_on", "pk").values_list("point_id", "result"))


def left_the_count(petitions, as_of):
    """{petition: "merged", "set_aside" or ""}: how it stood on the day, for those whose standing ever changed."""
    acts = (
        PetitionEvent.objects.filter(petition__in=petitions, kind__in=_STANDINGS)
        .order_by("happened_on", "pk")
        .values_list("petition_id", "kind", "happened_on")
    )
    standing = {}
    for petition, kind, happened_on in acts:
        standing.setdefault(petition, "")
        if happened_on <= as_of:
            standing[petition] = kind if kind in (Status.MERGED, Status.SET_ASIDE) else ""
    return standing
