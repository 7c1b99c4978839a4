"""Which rule gives an assignment its due date, and the clock that follows."""

from dataclasses import dataclass
from datetime import date

from deadlines import workflow as clocks
from deadlines.models import DeadlineRule, Holder, StartEvent, StopAct
from directory.models import Agency
from petitions.models import Assignment
from sessions.models import CouncilSession

#: Bodies that answer in the National Assembly's stream.
NATIONAL = (Agency.Kind.NA_DELEGATION, Agency.Kind.MINISTRY)


@dataclass(frozen=True)
class Proposal:
    """What a rule says of a due date: the day, and the day it is counted from."""

    rule: DeadlineRule
    counted_from: date
    due_on: date


def proposal(council, *, agency, council_session, level, on, coordinating=False):
    """The due date by the council's rules for a letter received on a day; None where no rule applies.

    A rule that counts back from the session goes before one that counts from the letter. Without an agency only
    rules that hold for every agency count.
    """
    case = {
        "on": on,
        "holder": Holder.COORDINATING if coordinating else Holder.OFFICIAL,
        "stream": "national" if agency and agency.kind in NATIONAL else "council",
        "level": level,
        "agency": agency,
        "stops_with": StopAct.REPLY_ISSUED,
    }
    rules = DeadlineRule.objects
    if rule := rules.find(council, StartEvent.SESSION_OPENS, **case):
        counted_from = council_session.opens_on
    elif rule := rules.find(council, StartEvent.FORWARDED, **case):
        counted_from = on
    else:
        return None
    return Proposal(rule, counted_from, rule.day_from(counted_from))


def start_clock(assignment, *, on, by):
    """The clock of an assignment whose letter was issued: by the rule where the letter names the day the rule gives.

    A day the letter sets otherwise stands as written. A coordinating agency has a day of its own where a rule gives
    it one, never after the lead's. The session may move at this very moment: its days are read under a lock.
    """
    forwarding, petition = assignment.forwarding, assignment.point.petition
    session = CouncilSession.objects.select_for_update(no_key=True).get(pk=petition.council_session_id)
    helps = assignment.part == Assignment.Part.COORDINATING
    found = proposal(
        petition.council,
        agency=assignment.agency,
        council_session=session,
        level=petition.authority_level,
        on=on,
        coordinating=helps,
    )
    whose = {
        "agency": assignment.agency,
        "holder": Holder.COORDINATING if helps else Holder.OFFICIAL,
        "document": forwarding.document.number_and_symbol,
    }
    if found and (found.due_on < forwarding.due_on if helps else found.due_on == forwarding.due_on):
        anchored = found.rule.starts_with == StartEvent.SESSION_OPENS
        if anchored:
            anchor = session.anchor(StartEvent.SESSION_OPENS)
            whose |= {"anchor": anchor, "reason": f"ngày khai mạc {session.title}"}
        return clocks.start_by_rule(found.rule, on=on, by=by, counted_from=found.counted_from, **whose)
    return clocks.start(on=on, due_on=forwarding.due_on, by=by, council=petition.council, **whose)


def return_clock(assignment, *, on, by):
    """The clock of the council's Office to send on what an agency returned; None where no rule gives it a time."""
    petition = assignment.point.petition
    council, level = petition.council, petition.authority_level
    stream = "national" if assignment.agency.kind in NATIONAL else "council"
    office = council.agencies.valid_on(on).filter(kind=Agency.Kind.OFFICE).first()
    rule = DeadlineRule.objects.find(
        council, StartEvent.RETURNED, on=on, stops_with=StopAct.FORWARDED, stream=stream, level=level, agency=office
    )
    return clocks.start_by_rule(rule, on=on, by=by, agency=office, reason=assignment.return_note) if rule else None


def stop_return_clocks(points, *, on, by, reason):
    """The points went to another agency, or nowhere: nothing is left to send on."""
    waiting = Assignment.objects.filter(point__in=points, return_clock__stopped_on=None).exclude(return_clock=None)
    for returned in waiting.select_related("return_clock").order_by("return_clock"):
        clocks.stop(returned.return_clock, on=on, by=by, reason=reason)
