"""What lost its holder: returned petitions, and those whose agency or place no longer exists."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from deadlines import workflow as clocks
from petitions.models import Assignment, Petition, Proposals
from petitions.models.petitions import Status
from petitions.workflow.record import note, refresh
from petitions.workflow.tables import ASSIGNMENTS, PETITIONS

_NOT_THEIRS = Assignment.ReturnReason.NOT_COMPETENT


@dataclass(frozen=True)
class Holder:
    """An agency that had a point in hand, and for how many days."""

    agency: Any
    days: int
    why: str


@dataclass(frozen=True)
class Waiting:
    """A petition to assign again: who had it how long, whom to propose (never who said it is not theirs), by when."""

    petition: Petition
    holders: list
    proposed: Any
    clock: Any
    is_held_by_an_ended_agency: bool


def to_reassign(petitions, today):
    """The queue: returned ones, open ones at agencies that have ended, new ones from such places or for such
    agencies."""
    ended_agency = Q(status=Status.FORWARDED, answered_on__isnull=True, lead_agency__valid_to__lt=today)
    ended_place = Q(status__in=[Status.RECEIVED, Status.CLASSIFIED], place__valid_to__lt=today)
    ended_named = Q(status__in=[Status.RECEIVED, Status.CLASSIFIED], named_agency__valid_to__lt=today)
    return petitions.filter(Q(status=Status.RETURNED) | ended_agency | ended_place | ended_named).order_by("pk")


def with_holders(petitions, council, today):
    """[Waiting] for petitions of the queue, in a fixed number of queries."""
    proposals = Proposals(council, today)
    found = petitions.select_related("place", "policy_field", "lead_agency", "named_agency", "council_session")
    found = found.prefetch_related("points__assignments__agency", "points__assignments__return_clock")
    return [_waiting(petition, proposals, today) for petition in found]


def _waiting(petition, proposals, today):
    held = [a for point in petition.points.all() for a in point.assignments.all() if a.sent_on and a.part == "lead"]
    holders = {}
    for assignment in sorted(held, key=lambda a: (a.sent_on, a.ended_on is None, a.pk)):  # what was given back counts
        days = ((assignment.ended_on or today) - assignment.sent_on).days
        holder = Holder(assignment.agency, days, assignment.get_return_reason_display())
        holders.setdefault((assignment.agency_id, assignment.sent_on), holder)
    ended = bool(petition.lead_agency and not petition.lead_agency.is_valid_on(today))
    proposed = proposals.agency(petition)
    if ended:
        proposed = proposals.successor(petition.lead_agency, petition.policy_field_id) or proposed
    if proposed and proposed.pk in {a.agency_id for a in held if a.return_reason == _NOT_THEIRS}:
        proposed = None
    return Waiting(petition, list(holders.values()), proposed, _first_due(held), ended)


def _first_due(held):
    """The clock to send it on that ends first; None where no rule gives a time."""
    running = [a.return_clock for a in held if a.return_clock and not a.return_clock.stopped_on]
    return min(running, key=lambda clock: clock.due_on, default=None)


@transaction.atomic
def take_back(petition, *, by, why):
    """Take an open petition from an agency that no longer exists; the holder stays on record with the days it had."""
    if not by.may(Permission.PETITION_FORWARD, at=petition.council):
        raise PermissionDenied(_("Your role does not allow forwarding petitions."))
    today = timezone.localdate()
    held = Assignment.objects.waiting().filter(point__petition=petition, agency__valid_to__lt=today)
    if not held:
        raise PermissionDenied(_("No agency that has ended holds this petition."))
    for assignment in held.select_related("agency", "clock", "point"):
        ASSIGNMENTS.take(
            "take_back",
            assignment,
            by=by,
            reason=why,
            return_reason=Assignment.ReturnReason.OTHER,
            return_note=why[:500],
            ended_on=today,
        )
        clocks.stop(assignment.clock, on=today, by=by, reason=why)
        note(petition, "returned", by=by, agency=assignment.agency.name, point=assignment.point.number, why=why)
    PETITIONS.take("return", petition, by=by, reason=why)
    return refresh(petition, by=by)
