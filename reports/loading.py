"""Facts from the records: every petition as it stood on a day, in a handful of queries."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from common.acting import official
from deadlines.workflow import due_dates_known_on
from directory.models import AdministrativeUnit, PolicyField
from oversight.assessed import assessed_results
from petitions.models import Assignment, Petition, PetitionEvent, PetitionPoint
from petitions.models.assignments import NO_LONGER_HELD
from petitions.models.petitions import AuthorityLevel, Status
from petitions.models.results import CLOSING, combined
from reports.facts import Fact, PointFact, capital
from responses import replacing
from responses.models import Answer

_NOT_COUNTED = (Status.MERGED, Status.SET_ASIDE, Status.UNDONE)


def load(council_session, as_of):
    """Every petition of the session's cycle and every one carried over into it, as of a day, in the order of lists.

    A cycle runs from the close of the previous regular session to the close of this one: what was raised after
    the previous session is new in it.
    """
    opening_day = _opening_day(council_session)
    facts = _facts(_new(council_session, opening_day).filter(received_on__lte=as_of), as_of, is_opening=False)
    if opening_day:
        earlier = Petition.objects.filter(
            council__in=council_session.council.lineage,
            council_session__opens_on__lt=council_session.opens_on,
            received_on__lte=opening_day,
        ).exclude(result__in=CLOSING, result_on__lte=opening_day)
        was_open = _unfinished_on(earlier, opening_day)
        facts = [fact for fact in _facts(earlier, as_of, is_opening=True) if fact.pk in was_open] + facts
    return facts


def _unfinished_on(petitions, day):
    """Keys of those that were to be dealt with and not closed at the end of the day."""
    left = _left_the_count(petitions, day)
    results = _results(petitions, day)
    points = {}
    for point, petition in PetitionPoint.objects.filter(petition__in=petitions).values_list("pk", "petition_id"):
        points.setdefault(petition, []).append(results.get(point, ""))
    return {
        pk
        for pk, status in petitions.values_list("pk", "status")
        if left.get(pk, status) not in _NOT_COUNTED and combined(points.get(pk, ())) not in CLOSING
    }


def _results(petitions, day):
    """{point: what the latest answer in force on the day says became of it}."""
    effective = Answer.objects.effective_on(day).filter(point__petition__in=petitions)
    return dict(effective.order_by("reply__document__issued_on", "pk").values_list("point_id", "result"))


def _new(council_session, opening_day):
    """What entered in this cycle: of this session, or of an earlier one but received after the cycle began."""
    own = Q(council_session=council_session)
    if council_session.next_regular():
        own &= Q(received_on__lte=council_session.closes_on)
    if opening_day is None:
        return Petition.objects.filter(own)
    late = Q(
        council__in=council_session.council.lineage,
        council_session__opens_on__lt=council_session.opens_on,
        received_on__gt=opening_day,
        received_on__lte=council_session.closes_on,
    )
    return Petition.objects.filter(own | late)


def _opening_day(council_session):
    """What is unfinished at the close of the previous regular session opens this one's cycle."""
    previous = council_session.previous_regular()
    return previous.closes_on if previous else None


def _facts(petitions, as_of, *, is_opening):
    changed = _classified_then(petitions, as_of)
    levels = {level: official(level.label) for level in AuthorityLevel} | {"": ""}
    points = _points(petitions, as_of)
    left = _left_the_count(petitions, as_of)
    rows = (
        petitions.annotate(times_raised=Count("origins", filter=Q(origins__raised_on__lte=as_of)))
        .order_by("council_session__opens_on", "number")
        .values(
            "pk",
            "code",
            "title",
            "phase",
            "status",
            "authority_level",
            "place_id",
            "place__name",
            "policy_field__name",
            "policy_field__committee__name",
            "council_session__title",
            "times_raised",
            "received_on",
        )
    )
    rows = [row | changed.get(row["pk"], {}) for row in rows]
    return [
        Fact(
            pk=row["pk"],
            code=row["code"],
            title=row["title"],
            session=row["council_session__title"],
            phase=row["phase"],
            level=row["authority_level"],
            level_name=levels[row["authority_level"]],
            field=row["policy_field__name"] or "",
            committee=row["policy_field__committee__name"] or "",
            place=capital(row["place__name"] or ""),
            place_id=row["place_id"],
            is_opening=is_opening,
            is_merged=left.get(row["pk"], row["status"]) == Status.MERGED,
            is_set_aside=left.get(row["pk"], row["status"]) in (Status.SET_ASIDE, Status.UNDONE),
            times_raised=row["times_raised"],
            points=tuple(points.get(row["pk"], ())),
            received_on=row["received_on"],
        )
        for row in rows
    ]


def _classified_then(petitions, as_of):
    """{petition: its title, place, level and field at the end of the day}, for those changed since then."""
    was = _as_it_was(
        Petition, {"id__in": petitions}, as_of, ["title", "authority_level", "place_id", "policy_field_id"]
    )
    if not was:
        return {}
    places = dict(
        AdministrativeUnit.objects.values_list("pk", "name").filter(pk__in={r["place_id"] for r in was.values()})
    )
    fields = PolicyField.objects.select_related("committee").in_bulk({row["policy_field_id"] for row in was.values()})
    for row in was.values():
        field = fields.get(row["policy_field_id"])
        row["place__name"] = places.get(row["place_id"], "")
        row["policy_field__name"] = field.name if field else ""
        row["policy_field__committee__name"] = field.committee.name if field and field.committee else ""
    return was


def _as_it_was(model, chosen, as_of, fields):
    """{pk: the values of `fields` at the end of the day}, from the history of records changed since.

    What entered the record only later has no values of that day: it stands as it does now.
    """
    if as_of >= timezone.localdate():
        return {}
    end = timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time.min))
    history = model.history.filter(**chosen)
    later = history.filter(history_date__gte=end, history_type="~").values("id")
    rows = history.filter(id__in=later, history_date__lt=end).order_by("history_date", "history_id")
    return {row.pop("id"): row for row in rows.values("id", *fields)}


def _left_the_count(petitions, as_of):
    """{petition: "merged", "set_aside" or ""}: how it stood on the day, for those whose standing ever changed."""
    acts = (
        PetitionEvent.objects.filter(petition__in=petitions, kind__in=["merged", "unmerged", "set_aside", "reopened"])
        .order_by("happened_on", "pk")
        .values_list("petition_id", "kind", "happened_on")
    )
    standing = {}
    for petition, kind, happened_on in acts:
        standing.setdefault(petition, "")
        if happened_on <= as_of:
            standing[petition] = kind if kind in (Status.MERGED, Status.SET_ASIDE) else ""
    return standing


def _points(petitions, as_of):
    """{petition id: [PointFact, …]}, with the lead agency and the effective answers of the day."""
    leads, coordinating = _holders(petitions, as_of)
    answers = _answers(petitions, as_of)
    assessed = assessed_results(PetitionPoint.objects.filter(petition__in=petitions), as_of)
    rows = PetitionPoint.objects.filter(petition__in=petitions).order_by("petition", "number")
    words = _as_it_was(PetitionPoint, {"petition__in": petitions}, as_of, ["content"])
    found = {}
    for pk, petition, number, content in rows.values_list("pk", "petition_id", "number", "content"):
        agency_id, agency, due_on = leads.get(pk, (None, "", None))
        fact = PointFact(
            number=number,
            content=words.get(pk, {}).get("content", content),
            agency=agency,
            agency_id=agency_id,
            coordinating=tuple(coordinating.get(pk, ())),
            due_on=due_on,
            assessed_result=assessed.get(pk, ""),
            **answers.get(pk, {}),
        )
        found.setdefault(petition, []).append(fact)
    return found


def _holders(petitions, as_of):
    """Who had each point on the day: {point: (agency id, name, due on)} for leads, {point: [name, …]} for helpers."""
    held = (
        Assignment.objects.filter(point__petition__in=petitions, sent_on__lte=as_of)
        .filter(~Q(status__in=NO_LONGER_HELD) | Q(ended_on__gt=as_of))
        .order_by("pk")
        .values_list("point_id", "part", "agency_id", "agency__name", "clock_id", "clock__due_on")
    )
    moved = due_dates_known_on(as_of, Assignment.objects.filter(point__petition__in=petitions).values("clock"))
    leads, coordinating = {}, {}
    for point, part, agency_id, agency, clock, due_on in held:
        if part == Assignment.Part.LEAD:
            leads[point] = (agency_id, agency, moved.get(clock, due_on))
        else:
            coordinating.setdefault(point, []).append(agency)
    return leads, coordinating


def _answers(petitions, as_of):
    """{point: what the answers in force on the day say}: the first gives the day, the latest the result.

    A letter that replaces another counts from the day of that one.
    """
    effective = (
        Answer.objects.effective_on(as_of)
        .filter(point__petition__in=petitions)
        .order_by("reply__document__issued_on", "pk")
        .values_list(
            "point_id",
            "result",
            "roadmap_on",
            "text",
            "reply__document",
            "reply__document__issued_on",
            "reply__document__number",
            "reply__document__symbol",
        )
    )
    first_letters = replacing.first_letters(petitions)
    found = {}
    for point, result, roadmap_on, text, document, issued_on, number, symbol in effective:
        _drafted_on, first_day = first_letters.get(document, (None, issued_on))
        found[point] = {
            "result": result,
            "roadmap_on": roadmap_on,
            "answer": text,
            "answered_on": min(first_day, found[point]["answered_on"]) if point in found else first_day,
            "letter": f"{number:02d}/{symbol}",
            "letter_on": issued_on,
        }
    return found
