"""The timeline, and what a petition repeats from its origins, assignments and answers."""

from django.db import transaction
from django.utils import timezone

from common.acting import acting, official
from common.text import fold
from petitions.models import Assignment, Petition, PetitionEvent
from petitions.models.results import combined


def note(petition, kind, *, by, on=None, **details):
    """Append one line to the timeline; words in `details` are kept in the office's language."""
    return PetitionEvent.objects.create(
        petition=petition,
        kind=kind,
        happened_on=on or timezone.localdate(),
        actor=by,
        details={name: official(words) for name, words in details.items()},
    )


@transaction.atomic
def record_answers(petition, answers, *, by):
    """Points take over the agency's results: `answers` are (point, result, roadmap date or None, day) rows."""
    with acting(by=by):
        for point, result, roadmap_on, day in answers:
            point.result, point.roadmap_on, point.result_on = result, roadmap_on, day
            point.answered_on = point.answered_on or day
            point.save()
    return refresh(petition, by=by)


@transaction.atomic
def restate_answers(petition, answers, *, by):
    """What still stands after a letter was recalled or replaced.

    `answers` are (point, result, roadmap date or None, first answered on, result as of) rows; an empty result
    means that nothing stands any more.
    """
    with acting(by=by):
        for point, result, roadmap_on, answered_on, result_on in answers:
            point.result, point.roadmap_on = result, roadmap_on
            point.answered_on, point.result_on = answered_on, result_on
            point.save()
    return refresh(petition, by=by)


@transaction.atomic
def record_assessment(point, result, *, by):
    """A point takes over the council's own result; the agency's stays beside it."""
    with acting(by=by):
        point.assessed_result = result
        point.save()


def refresh(petition, *, by):
    """Work out again what a petition repeats; saved only when something differs."""
    petition = Petition.objects.select_for_update().get(pk=petition.pk)
    points = list(petition.points.order_by("number"))
    current = list(
        Assignment.objects.current()
        .filter(point__petition=petition)
        .lead()
        .select_related("clock")
        .order_by("point__number")
    )
    origins = list(petition.origins.select_related("unit", "meeting"))
    results = [point.result for point in points]
    open_dues = [a.clock.due_on for a in current if a.clock and not a.clock.stopped_on]
    all_dues = [a.clock.due_on for a in current if a.clock]
    answered = bool(points) and all(results)
    derived = {
        "place_id": origins[0].unit_id if origins else None,
        "lead_agency_id": current[0].agency_id if current else None,
        "due_on": min(open_dues or all_dues, default=None),
        "answered_on": max(point.answered_on for point in points) if answered else None,
        "result": combined(results),
        "result_on": max(point.result_on for point in points) if answered else None,
        "search_text": _search_text(petition, points, origins),
    }
    if any(getattr(petition, field) != value for field, value in derived.items()):
        for field, value in derived.items():
            setattr(petition, field, value)
        with acting(by=by):
            petition.save()
    return petition


def _search_text(petition, points, origins):
    """Everything one may look for, folded: never a voter's name, address or telephone number."""
    words = [petition.code, petition.title, *(point.content for point in points)]
    words += [origin.unit.name for origin in origins] + [origin.verbatim for origin in origins]
    return fold(" ".join(words))
