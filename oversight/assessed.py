"""The council's own result on a point: by the latest delegation or committee that came to one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from documents.models import Amendment
from oversight.models import Finding, Verification


def assessed_results(points, as_of=date.max):
    """{point id: result} as it stood at the end of a day, or stands now; points without one are left out."""
    said = [*_found(points, as_of), *_verified(points, as_of)]
    return {point: result for point, _day, result in sorted(said, key=lambda one: one[1])}


def _found(points, as_of):
    """[(point id, day, result)] of delegations, as they stood at the end of the day; later entries as they stand."""
    held = Finding.objects.filter(point__in=points, working_session__held_on__lte=as_of)
    rows = held.order_by("pk").values_list("pk", "point_id", "working_session__held_on", "assessed_result")
    was = {}
    if as_of < timezone.localdate():
        end = timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time.min))
        known = Finding.history.filter(point__in=points, history_date__lt=end).order_by("history_date", "history_id")
        was = dict(known.values_list("id", "assessed_result"))
    said = [(point, day, was.get(pk, result)) for pk, point, day, result in rows]
    return [row for row in said if row[2]]


def _verified(points, as_of):
    """[(point id, day, result)] of committees; what a committee took back by then counts no more."""
    rows = Verification.history.filter(point__in=points, assessed_on__lte=as_of).order_by("history_id")
    latest = {
        (session, point): (point, day, result)
        for session, point, day, result in rows.values_list(
            "council_session_id", "point_id", "assessed_on", "assessed_result"
        )
    }
    return [row for row in latest.values() if row[2]]


@dataclass(frozen=True)
class Contested:
    """A finding set against what others say of the same point.

    `verification` is the latest by a committee that came to another result, `fallen` are the letters that recalled or
    replaced the answer after the delegation had looked at it.
    """

    finding: Finding
    verification: Verification | None
    fallen: list


def contested(findings, user):
    """Those with another result than the agency or a committee has by now, or about an answer that fell since.

    Committees' results are set against them for those alone who may read them.
    """
    other = Verification.objects.visible_to(user).filter(point=OuterRef("point")).exclude(assessed_result="")
    fell = _fallen().filter(
        original__reply__answers__point=OuterRef("point"),
        original__issued_on__lte=OuterRef("working_session__held_on"),
        document__issued_on__gte=OuterRef("working_session__held_on"),
    )
    own = ~Q(point__result="") & ~Q(assessed_result=F("point__result"))
    other = Exists(other.exclude(assessed_result=OuterRef("assessed_result")))
    return findings.exclude(assessed_result="").filter(own | other | Exists(fell))


def set_against(findings, user):
    """The findings as `Contested`, in a number of queries that does not grow."""
    findings = list(findings)
    points = {finding.point_id for finding in findings}
    said = Verification.objects.visible_to(user).filter(point__in=points).exclude(assessed_result="")
    said = {one.point_id: one for one in said.select_related("committee").order_by("assessed_on", "pk")}
    fell = defaultdict(list)
    letters = _fallen().filter(original__reply__answers__point__in=points).select_related("document", "original")
    for letter in letters.annotate(about=F("original__reply__answers__point")).order_by("pk"):
        fell[letter.about].append(letter)
    return [
        Contested(finding, _other(said.get(finding.point_id), finding), _since(fell[finding.point_id], finding))
        for finding in findings
    ]


def _fallen():
    return Amendment.objects.in_force().exclude(kind=Amendment.Kind.CORRIGENDUM)


def _other(verification, finding):
    return verification if verification and verification.assessed_result != finding.assessed_result else None


def _since(letters, finding):
    day = finding.working_session.held_on
    return [one.document for one in letters if one.original.issued_on <= day <= one.document.issued_on]
