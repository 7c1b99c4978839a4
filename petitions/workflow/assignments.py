"""What an agency does with what it was given."""

from django.db import transaction
from django.utils import timezone

from common.acting import acting, official
from deadlines import workflow as clocks
from petitions.models import Assignment
from petitions.workflow.dates import return_clock
from petitions.workflow.record import note, refresh
from petitions.workflow.tables import ASSIGNMENTS, PETITIONS


@transaction.atomic
def accept(assignment, *, by, on=None):
    """The agency takes the point on."""
    assignment = ASSIGNMENTS.take("accept", assignment, by=by)
    note(
        assignment.point.petition,
        "accepted",
        by=by,
        on=on,
        agency=assignment.agency.name,
        point=assignment.point.number,
    )
    return assignment


@transaction.atomic
def return_(assignment, *, by, reason, explanation, on=None):
    """The agency gives the point back with a reason; the secretariat finds it, the holder stays on record."""
    on = on or timezone.localdate()
    assignment = ASSIGNMENTS.take(
        "return",
        assignment,
        by=by,
        reason=explanation,
        return_reason=reason,
        return_note=explanation,
        ended_on=on,
    )
    clocks.return_(assignment.clock, on=on, by=by, reason=explanation)
    petition = assignment.point.petition
    note(
        petition,
        "returned",
        by=by,
        on=on,
        agency=assignment.agency.name,
        point=assignment.point.number,
        why=f"{official(Assignment.ReturnReason(reason).label)} — {explanation}",
    )
    if assignment.part == Assignment.Part.LEAD:
        _release_coordinating(assignment, on=on, by=by, reason=explanation)
        with acting(by=by, reason=explanation):
            assignment.change(return_clock=return_clock(assignment, on=on, by=by))
        PETITIONS.take("return", petition, by=by, reason=explanation)
    refresh(petition, by=by)
    return assignment


def _release_coordinating(assignment, *, on, by, reason):
    """Without a lead there is nobody to help: the agencies asked to coordinate are free until the next letter."""
    helpers = assignment.point.assignments.waiting().filter(part=Assignment.Part.COORDINATING).select_related("clock")
    for helper in helpers:
        ASSIGNMENTS.take("release", helper, by=by, reason=reason, ended_on=on)
        clocks.stop(helper.clock, on=on, by=by, reason=reason)
