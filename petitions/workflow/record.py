"""The timeline, and what a petition repeats from its origins, assignments and answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from common.acting import acting, official
from common.formats import short_date
from directory.names import names_of
from petitions import notifications
from petitions.models import Assignment, Petition, PetitionEvent, PetitionPoint, ResultClass
from petitions.models.results import combined
from petitions.models.similarity import index_wording
from petitions.models.wording import written_out


def note(petition, kind, *, by, on=None, due_on=None, **details):
    """Append one line to the timeline and tell those responsible; words are kept in the office's language.

    `due_on` is the due date it tells of.
    """
    if due_on:
        details["due"] = short_date(due_on)
    event = _happened(petition, kind, by, on, details, due_on)
    if "letter" in details:
        refresh(petition, by=by)  # found by the letter's number from now on
    return event


def _happened(petition, kind, by, on, details, due_on=None):
    event = PetitionEvent.objects.create(
        petition=petition,
        kind=kind,
        happened_on=on or timezone.localdate(),
        actor=by,
        details={name: official(words) for name, words in details.items()},
    )
    notifications.happened(event, due_on)
    return event


def _as_it_stands(point):
    """The point, locked: the agency's result and the council's are written by different people at any time."""
    return PetitionPoint.objects.select_for_update().get(pk=point.pk)


@transaction.atomic
def record_answers(petition, answers, *, by, on, agency, letter):
    """Points take over the agency's results, given in its letter: `answers` are (point, result, roadmap date) rows."""
    with acting(by=by):
        for stale, result, roadmap_on in answers:
            point = _as_it_stands(stale)
            point.result, point.roadmap_on, point.result_on = result, roadmap_on, on
            point.answered_on = point.answered_on or on
            point.save()
    result = combined(petition.points.values_list("result", flat=True))
    words = ResultClass(result).label if result else gettext_lazy("points remain unanswered")
    _happened(petition, "answered", by, on, {"agency": agency.name, "letter": letter, "result": words})
    return refresh(petition, by=by)


@transaction.atomic
def restate_answers(petition, answers, *, by):
    """What still stands after a letter was recalled or replaced.

    `answers` are (point, result, roadmap date or None, first answered on, result as of) rows; an empty result
    means that nothing stands any more.
    """
    with acting(by=by):
        for stale, result, roadmap_on, answered_on, result_on in answers:
            point = _as_it_stands(stale)
            point.result, point.roadmap_on = result, roadmap_on
            point.answered_on, point.result_on = answered_on, result_on
            point.save()
    return refresh(petition, by=by)


@transaction.atomic
def record_assessment(point, result, *, by):
    """A point takes over the council's own result; the agency's stays beside it."""
    with acting(by=by):
        point = _as_it_stands(point)
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
    origins = list(petition.origins.select_related("unit__parent", "meeting"))
    results = [point.result for point in points]
    running = [a.clock for a in current if a.clock and not a.clock.stopped_on]
    open_dues = [clock.due_on for clock in running if not clock.paused_on]
    all_dues = [] if running else [a.clock.due_on for a in current if a.clock]
    answered = bool(points) and all(results)
    derived = {
        "place_id": origins[0].unit_id if origins else None,
        "lead_agency_id": current[0].agency_id if current else None,
        "due_on": min(open_dues or all_dues, default=None),
        "answered_on": max(point.answered_on for point in points) if answered else None,
        "result": combined(results),
        "result_on": max(point.result_on for point in points) if answered else None,
        "point_count": len(points),
        "origin_count": len(origins),
        "search_text": search_text(petition, points, origins, letters_of(petition)),
        "voters_words": voters_words(origins),
    }
    reads_otherwise = any(getattr(petition, field) != derived[field] for field in ("search_text", "voters_words"))
    with acting(by=by):
        petition.change(**derived)
    if reads_otherwise:
        index_wording(petition, points, origins)
    return petition


def letters_of(petition):
    """The numbers of the letters that forwarded or answered it."""
    kinds = ["forwarded", "answered", "interim_reply"]
    return list(petition.events.filter(kind__in=kinds).order_by("pk").values_list("details__letter", flat=True))


def search_text(petition, points, origins, letters=(), *, names=None):
    """Everything anybody may look for, folded and written out: nothing a voter said or is.

    `names` gives the old and new names of places, where many petitions are written at once.
    """
    names = names or names_of({origin.unit for origin in origins})
    words = [petition.code, petition.title, *(point.content for point in points)]
    words += [name for origin in origins for name in names[origin.unit.pk]]
    return written_out(" ".join(filter(None, [*words, *letters])))


def voters_words(origins):
    """What voters said themselves, folded and written out, to be searched by those who may read it."""
    return written_out(" ".join(origin.verbatim for origin in origins if origin.verbatim))
