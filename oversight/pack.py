"""The delegation's pack: everything about the petitions of a working session, to be read on paper without a network.

It holds no voter's name, address or own words: paper is left on tables.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from documents.papers import official_text
from oversight.models import Finding, Recommendation
from petitions.models import PetitionPoint, ResultClass
from responses.models import Answer, Assessment, Commitment

#: What is circled on the sheet, and typed back.
MARKS = {
    "X": ResultClass.RESOLVED,
    "Đ": ResultClass.IN_PROGRESS,
    "G": ResultClass.EXPLAINED,
    "C": ResultClass.NOT_RESOLVED,
}


#: So many petitions are laid out at once: a second or two.
SHEETS_A_PIECE = 8


@dataclass(frozen=True)
class PointSheet:
    """One point with what was answered, promised and found before."""

    code: str
    point: Any
    answers: list
    findings: list


@dataclass(frozen=True)
class PetitionSheet:
    """One petition of the agenda."""

    item: Any
    petition: Any
    origins: list
    points: list
    asked: list
    earlier: list  # of the petition this one repeats: its points with what was promised


def pack_of(working_session):
    """What the pack says, in a number of queries that does not grow with the agenda."""
    items = list(
        working_session.agenda.select_related(
            "petition__council_session", "petition__policy_field", "petition__repeats__council_session"
        ).prefetch_related("petition__points", "petition__origins__unit", "petition__origins__meeting")
    )
    about = {item.petition_id for item in items} | {item.petition.repeats_id for item in items}
    answers, findings = _answers(about), _findings(about, working_session)
    asked, points = _asked(about, working_session), _points(about)
    sheets = [
        PetitionSheet(
            item=item,
            petition=item.petition,
            origins=list(item.petition.origins.all()),
            points=[
                PointSheet(item.short_code(point), point, answers.get(point.pk, []), findings.get(point.pk, []))
                for point in item.petition.points.all()
            ],
            asked=asked.get(item.petition_id, []),
            earlier=[
                PointSheet("", point, answers.get(point.pk, []), findings.get(point.pk, []))
                for point in points.get(item.petition.repeats_id, [])
            ],
        )
        for item in items
    ]
    return {
        "working_session": working_session,
        "delegation": working_session.delegation,
        "members": list(working_session.delegation.members.all()),
        "sheets": sheets,
        "marks": [(letter, result.label) for letter, result in MARKS.items()],
    }


def bodies(working_session):
    """The pack as HTML, the one source of PDF and Word: in pieces of a few petitions, the front in the first."""
    said = pack_of(working_session)
    sheets = said["sheets"]
    starts = range(0, max(len(sheets), 1), SHEETS_A_PIECE)
    return [
        official_text(
            "oversight/letters/pack.html",
            said
            | {
                "some": sheets[start : start + SHEETS_A_PIECE],
                "is_first": start == 0,
                "is_last": start == starts[-1],
            },
        )
        for start in starts
    ]


def page(title, body, *, continues=False):
    """One of the pieces as a whole page for print."""
    return render_to_string("oversight/letters/pack_page.html", {"title": title, "body": body, "continues": continues})


def title(working_session):
    return f"Tài liệu buổi làm việc với {working_session.agency.name}"


def _points(petitions):
    return _by("petition_id", PetitionPoint.objects.filter(petition__in=petitions))


def _answers(petitions):
    """{point: [issued answer, …]} in the order of their letters, each with its promises and the council's marks."""
    answers = (
        Answer.objects.ticked()
        .filter(point__petition__in=petitions, reply__document__status="issued")
        .select_related("reply__document", "reply__agency", "reason")
        .order_by("reply__document__issued_on", "pk")
    )
    promises, today = _by("answer_id", Commitment.objects.filter(answer__in=answers)), timezone.localdate()
    for promise in chain.from_iterable(promises.values()):
        promise.is_late = promise.is_overdue(today)
    marks = _by("answer_id", Assessment.objects.filter(answer__in=answers, by_council=True))
    found = {}
    for answer in answers:
        answer.promised, answer.marked = promises.get(answer.pk, []), marks.get(answer.pk, [])
        found.setdefault(answer.point_id, []).append(answer)
    return found


def _findings(petitions, working_session):
    """{point: [finding, …]} of other working sessions, the earliest first."""
    findings = Finding.objects.filter(point__petition__in=petitions).exclude(working_session=working_session)
    rows = findings.select_related("working_session__delegation").order_by("working_session__held_on", "pk")
    return _by("point_id", rows)


def _asked(petitions, working_session):
    """{petition: [recommendation, …]} made elsewhere about it."""
    made = Recommendation.objects.filter(petition__in=petitions).exclude(working_session=working_session)
    made, today = list(made.select_related("agency", "working_session__delegation")), timezone.localdate()
    for one in made:
        one.is_late = one.is_owed and one.due_on is not None and one.due_on < today
    return _by("petition_id", made)


def _by(attribute, rows):
    found = {}
    for row in rows:
        found.setdefault(getattr(row, attribute), []).append(row)
    return found
