"""How long each agency takes for each step, who keeps due dates, and where the time of late ones went."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.formats import percent
from common.text import alphabetical
from deadlines.workflow import due_dates_known_on
from directory.models import Agency
from documents.models import Status as DocumentStatus
from petitions.models import Assignment, PetitionEvent
from reports.catalogue import DUE_BY, Figure, Unit
from reports.loading import names_on
from responses import replacing
from responses.models import Answer, Reply

STEPS = {
    "accept": (_("until accepted"), _("From the day of the letter to the day the agency accepted.")),
    "draft": (_("until drafted"), _("From acceptance to the day the reply was drafted.")),
    "issue": (_("until issued"), _("From the draft to the day the letter was issued.")),
    "whole": (_("in all"), _("From the day of the letter to the day of the reply.")),
    "returned": (_("held, then returned"), _("From the day of the letter to the return as not this agency's.")),
}


def _points(of, **words):
    """{key: figure} about points in an agency's hands; `words` are label and sentence by key."""
    return {
        key: Figure(key, label, sentence, _held_test(key), of=of, unit=Unit.POINTS, day=DUE_BY)
        for key, (label, sentence) in words.items()
    }


def _held_test(key):
    return lambda held, as_of: held.counts(key, as_of)


#: Points in a lead agency's hands on the day; returned ones are in no figure.
FIGURES = {
    **_points("", held=(_("Points held"), _("Points of local authority sent to a lead agency by the day."))),
    **_points("held", due=(_("Due by the day"), _("Points whose due date has come: the denominator of the rate."))),
    **_points(
        "due",
        on_time=(_("Answered on time"), _("Answered by a letter issued on or before the due date.")),
        answered_late=(_("Answered late"), _("Answered by a letter issued after the due date.")),
        open_late=(_("Overdue, not answered"), _("The due date has passed and no letter answers.")),
    ),
    **_points(
        "held",
        not_due=(_("Not due yet, not counted in the rate"), _("The due date is still to come, or none is set.")),
    ),
}

#: Where late ones were when the day came.
REASONS = _points(
    "due",
    not_accepted=(_("not accepted when the day came"), _("The agency had not accepted the point.")),
    not_drafted=(_("accepted, but no reply drafted when the day came"), _("No reply had been drafted.")),
    not_issued=(_("drafted, but not issued when the day came"), _("The draft had not been issued.")),
)


@dataclass(frozen=True)
class Held:
    """One point in one lead agency's hands, with the day of each step it has reached by the day counted on."""

    petition: int
    code: str
    title: str
    agency: int
    agency_name: str
    sent_on: date
    due_on: date | None
    accepted_on: date | None = None
    drafted_on: date | None = None
    answered_on: date | None = None
    returned_on: date | None = None

    def days(self, step):
        """Days of a finished step; None while it is not finished or its days are out of order."""
        first, last = {
            "accept": (self.sent_on, self.accepted_on),
            "draft": (self.accepted_on, self.drafted_on),
            "issue": (self.drafted_on, self.answered_on),
            "whole": (self.sent_on, self.answered_on),
            "returned": (self.sent_on, self.returned_on),
        }[step]
        return (last - first).days if first and last and last >= first else None

    def counts(self, key, as_of):
        """Whether a figure or a reason counts this point."""
        if self.returned_on:
            return False
        passed = self.due_on is not None and self.due_on < as_of
        due = passed or bool(self.answered_on and self.due_on == as_of)
        late = due and (self.answered_on is None or self.answered_on > self.due_on)
        return {
            "held": True,
            "due": due,
            "on_time": due and not late,
            "answered_late": late and self.answered_on is not None,
            "open_late": late and self.answered_on is None,
            "not_due": not due,
            "not_accepted": late and not _by(self.accepted_on, self.due_on),
            "not_drafted": late and _by(self.accepted_on, self.due_on) and not _by(self.drafted_on, self.due_on),
            "not_issued": late and _by(self.accepted_on, self.due_on) and _by(self.drafted_on, self.due_on),
        }[key]


def _by(day, due_on):
    return day is not None and day <= due_on


@dataclass(frozen=True)
class AgencyTimes:
    """One agency's row."""

    agency: int
    name: str
    counts: dict
    steps: dict  # step → (median of days, how many)
    reasons: dict

    @property
    def rate(self):
        """On time of due: "83,3%", "-" where nothing was due."""
        return percent(self.counts["on_time"], self.counts["due"])


class SessionTimes:
    """The times of one session's petitions as of a day."""

    def __init__(self, facts, as_of):
        self.as_of = as_of
        self.held = load([fact.pk for fact in facts if fact.is_counted and fact.is_local], as_of)

    @property
    def agencies(self):
        """Row by row, the least punctual of those with something due first."""
        rows = defaultdict(list)
        for held in self.held:
            rows[held.agency, held.agency_name].append(held)
        found = [self._row(agency, name, held) for (agency, name), held in rows.items()]
        return sorted(found, key=lambda row: (_punctuality(row.counts), alphabetical(row.name)))

    @property
    def total(self):
        return self._row(0, "", self.held)

    def _row(self, agency, name, held):
        steps = {step: sorted(d for row in held if (d := row.days(step)) is not None) for step in STEPS}
        return AgencyTimes(
            agency,
            name,
            {key: sum(row.counts(key, self.as_of) for row in held) for key in FIGURES},
            {step: (median(days), len(days)) if days else None for step, days in steps.items()},
            {key: sum(row.counts(key, self.as_of) for row in held) for key in REASONS},
        )

    def rows(self, key, agency):
        """[(row, days)] behind one number: of one agency, or of all where `agency` is 0."""
        held = [row for row in self.held if agency in (0, row.agency)]
        if key in STEPS:
            found = [(row, row.days(key)) for row in held if row.days(key) is not None]
            return sorted(found, key=lambda pair: -pair[1])
        return [(row, None) for row in held if row.counts(key, self.as_of)]


def _punctuality(counts):
    return counts["on_time"] / counts["due"] if counts["due"] else 2


def load(petitions, as_of):
    """Every point of the petitions sent to a lead agency by the day, each with its holder's days; at most 7 queries."""
    assignments = (
        Assignment.objects.lead()
        .filter(point__petition__in=petitions, sent_on__lte=as_of)
        .select_related("agency", "clock", "point__petition")
        .order_by("point__petition__number", "point__number", "pk")
    )
    known = due_dates_known_on(as_of, Assignment.objects.filter(point__petition__in=petitions).values("clock"))
    accepted, replies = _accepted(petitions, as_of), _replies(petitions, as_of)
    names = names_on(Agency, as_of)
    return [_held(assignment, known, accepted, replies, names, as_of) for assignment in assignments]


def _held(assignment, known, accepted, replies, names, as_of):
    point, petition = assignment.point, assignment.point.petition
    ended = assignment.ended_on if assignment.ended_on and assignment.ended_on <= as_of else None
    drafted_on, answered_on = replies.get((point.pk, assignment.agency_id), (None, None))
    accepted_on = accepted.get((petition.pk, str(point.number), assignment.agency_id))
    returned = assignment.status in (Assignment.Status.RETURNED, Assignment.Status.RELEASED)
    return Held(
        petition=petition.pk,
        code=str(point),
        title=petition.title,
        agency=assignment.agency_id,
        agency_name=names.get(assignment.agency_id, assignment.agency.name),
        sent_on=assignment.sent_on,
        due_on=known.get(assignment.clock_id, assignment.clock.due_on),
        accepted_on=accepted_on,
        drafted_on=drafted_on,
        answered_on=answered_on,
        returned_on=ended if returned else None,
    )


def _accepted(petitions, as_of):
    """{(petition, point number, agency): the day it was accepted}; the record names agencies as they were called."""
    events = PetitionEvent.objects.filter(petition__in=petitions, kind="accepted", happened_on__lte=as_of)
    rows = events.order_by("-happened_on").values_list("petition", "details", "happened_on")
    called = {}
    for pk, name in Agency.history.order_by().values_list("id", "name").distinct():
        called.setdefault(name, []).append(pk)
    return {
        (petition, str(details["point"]), agency): day
        for petition, details, day in rows
        for agency in called.get(details["agency"], ())
    }


def _replies(petitions, as_of):
    """{(point, agency): (the day its first final letter was drafted, the day it was issued or None)}.

    A letter that was recalled by the day answers nothing; one that replaces another counts from that one's days.
    """
    answers = Answer.objects.filter(point__petition__in=petitions, reply__kind__in=Reply.CLOSING_KINDS)
    drafts = answers.exclude(reply__document__status=DocumentStatus.ABANDONED).filter(
        Q(reply__document__issued_on=None) | Q(reply__document__issued_on__gt=as_of),
        reply__document__drafted_on__lte=as_of,
    )
    known = answers.filter(Q(pk__in=answers.effective_on(as_of).values("pk")) | Q(pk__in=drafts.values("pk")))
    first_letters = replacing.first_letters(petitions)
    found = {}
    for point, agency, document, drafted_on, issued_on in known.values_list(
        "point", "reply__agency", "reply__document", "reply__document__drafted_on", "reply__document__issued_on"
    ):
        days = (drafted_on, None)
        if issued_on and issued_on <= as_of:
            days = first_letters.get(document, (drafted_on, issued_on))
        found[point, agency] = min(found.get((point, agency), days), days, key=_issued_and_early)
    return found


def _issued_and_early(days):
    drafted_on, issued_on = days
    return (issued_on is None, drafted_on, issued_on or drafted_on)
