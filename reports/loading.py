"""Facts from the records: every petition as it stood on a day, in a handful of queries."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from common.acting import official
from deadlines.workflow import due_dates_known_on
from directory.models import AdministrativeUnit, Agency, PolicyField
from oversight.assessed import assessed_results
from petitions.models import Assignment, Petition, PetitionOrigin, PetitionPoint
from petitions.models.assignments import NO_LONGER_HELD
from petitions.models.petitions import AuthorityLevel, Status
from reports.cycles import cycle_of, left_the_count
from reports.facts import Fact, PointFact, capital
from responses import replacing
from responses.models import Answer


def load(council_session, as_of, *, words=True):
    """Every petition of the session's cycle and every one carried over into it, as of a day, in the order of lists.

    A cycle runs from the close of the previous regular session to the close of this one: what was raised after
    the previous session is new in it. Without `words` the facts hold what is counted and leave texts, codes and
    letters empty: enough for every figure and every table of numbers.
    """
    cycle = cycle_of(council_session)
    facts = _facts(cycle.petitions(as_of), as_of, cycle.carried_over, words)
    return sorted(facts, key=lambda fact: not fact.is_opening)


def with_words(facts, as_of):
    """The same facts told in full: for the few that are shown."""
    petitions = Petition.objects.filter(pk__in={fact.pk for fact in facts})
    found = {fact.pk: fact for fact in _facts(petitions, as_of, {f.pk for f in facts if f.is_opening}, words=True)}
    return [found[fact.pk] for fact in facts]


_COUNTED = (
    "pk", "status", "authority_level", "place_id", "place__name", "policy_field_id", "policy_field__name",
    "policy_field__committee__name", "received_on",
)  # fmt: skip
_WORDS = ("code", "title", "phase", "council_session__title")


def _facts(petitions, as_of, carried_over, words):
    changed = _classified_then(petitions, as_of)
    levels = {level: official(level.label) for level in AuthorityLevel} | {"": ""}
    points = _points(petitions, as_of, words)
    left = left_the_count(petitions, as_of)
    raised = _times_raised(petitions, as_of)
    places, fields = names_on(AdministrativeUnit, as_of), _fields_on(as_of)
    rows = petitions.order_by("council_session__opens_on", "number").values(*_COUNTED, *(_WORDS if words else ()))
    return [
        Fact(
            pk=row["pk"],
            code=row.get("code", ""),
            title=row.get("title", ""),
            session=row.get("council_session__title", ""),
            phase=row.get("phase", ""),
            level=row["authority_level"],
            level_name=levels[row["authority_level"]],
            field=row["policy_field__name"] or "",
            committee=row["policy_field__committee__name"] or "",
            place=capital(row["place__name"] or ""),
            place_id=row["place_id"],
            is_opening=row["pk"] in carried_over,
            is_merged=left.get(row["pk"], row["status"]) == Status.MERGED,
            is_set_aside=left.get(row["pk"], row["status"]) in (Status.SET_ASIDE, Status.UNDONE),
            times_raised=raised.get(row["pk"], 0),
            points=tuple(points.get(row["pk"], ())),
            received_on=row["received_on"],
        )
        for row in (_called_then(row | changed.get(row["pk"], {}), places, fields) for row in rows)
    ]


def _called_then(row, places, fields):
    """The row of a petition with its place, field and committee as they were called on the day."""
    place = places.get(row["place_id"], row["place__name"])
    return row | {"place__name": place} | fields.get(row["policy_field_id"], {})


def names_on(model, as_of):
    """{pk: its name at the end of the day}, of the agencies, places or other named records changed since."""
    return {pk: row["name"] for pk, row in _register_on(model, as_of, ["name"]).items()}


def _register_on(model, as_of, fields):
    """{pk: the values of `fields` at the end of the day}, of a register's entries changed since.

    What was entered only later is called as it was at first.
    """
    if as_of >= timezone.localdate():
        return {}
    end, found = _end_of(as_of), {}
    later = model.history.filter(history_date__gte=end, history_type="~").values("id")
    rows = model.history.filter(id__in=later).order_by("history_date", "history_id")
    for row in rows.values("id", "history_date", *fields):
        pk, moment = row.pop("id"), row.pop("history_date")
        if pk not in found or moment < end:
            found[pk] = row
    return found


def _fields_on(as_of):
    """{policy field: what it and its committee were called on the day}, of the fields of which either changed since."""
    was, committees = _register_on(PolicyField, as_of, ["name", "committee_id"]), names_on(Agency, as_of)
    fields = PolicyField.objects.filter(Q(pk__in=was) | Q(committee__in=committees)).values(
        "pk", "name", "committee_id"
    )
    found = {field["pk"]: was.get(field["pk"], field) for field in fields} if was or committees else {}
    known = Agency.objects.in_bulk({field["committee_id"] for field in found.values()} - {None}) if found else {}
    return {
        pk: {"policy_field__name": field["name"], "policy_field__committee__name": _committee(field, known, committees)}
        for pk, field in found.items()
    }


def _committee(field, known, renamed):
    key = field["committee_id"]
    return renamed.get(key, known[key].name) if key else ""


def _times_raised(petitions, as_of):
    """{petition: how often voters had raised it by the day}."""
    origins = PetitionOrigin.objects.filter(petition__in=petitions, raised_on__lte=as_of)
    return dict(origins.order_by().values_list("petition").annotate(times=Count("pk")))


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
    end = _end_of(as_of)
    history = model.history.filter(**chosen)
    later = history.filter(history_date__gte=end, history_type="~").values("id")
    rows = history.filter(id__in=later, history_date__lt=end).order_by("history_date", "history_id")
    return {row.pop("id"): row for row in rows.values("id", *fields)}


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _points_then(petitions, as_of, words):
    """[(key, petition, number, its content if `words`)] in their order: those each petition had on the day.

    A petition that entered the record only later has those it has now.
    """
    columns = ["petition_id", "number", *(["content"] if words else [])]
    rows = list(PetitionPoint.objects.filter(petition__in=petitions).values_list("pk", *columns))
    if as_of < timezone.localdate():
        end = _end_of(as_of)
        history = PetitionPoint.history.filter(petition__in=petitions)
        added = dict(history.filter(history_type="+", history_date__gte=end).values_list("id", "petition_id"))
        entered = Petition.history.filter(id__in=petitions, history_type="+", history_date__gte=end)
        entered = set(entered.values_list("id", flat=True)) if added else set()
        removed = history.filter(history_type="-", history_date__gte=end).values("id")
        known = history.filter(id__in=removed, history_date__lt=end).order_by("history_date", "history_id")
        rows = [row for row in rows if row[0] not in added or row[1] in entered]
        rows += {row[0]: row for row in known.values_list("id", *columns)}.values()
    return sorted(rows, key=lambda row: row[1:3])


def _points(petitions, as_of, words):
    """{petition id: [PointFact, …]}, with the lead agency and the effective answers of the day."""
    leads, coordinating = _holders(petitions, as_of, words)
    answers = _answers(petitions, as_of, words)
    assessed = assessed_results(PetitionPoint.objects.filter(petition__in=petitions), as_of)
    earlier = _as_it_was(PetitionPoint, {"petition__in": petitions}, as_of, ["content"]) if words else {}
    found = {}
    for pk, petition, number, *content in _points_then(petitions, as_of, words):
        agency_id, agency, due_on = leads.get(pk, (None, "", None))
        fact = PointFact(
            number=number,
            content=earlier[pk]["content"] if pk in earlier else "".join(content),
            agency=agency,
            agency_id=agency_id,
            coordinating=tuple(coordinating.get(pk, ())),
            due_on=due_on,
            assessed_result=assessed.get(pk, ""),
            **answers.get(pk, {}),
        )
        found.setdefault(petition, []).append(fact)
    return found


def _holders(petitions, as_of, words):
    """Who had each point on the day: {point: (agency id, name, due on)} for leads, {point: [name, …]} for helpers."""
    held = (
        (Assignment.objects if words else Assignment.objects.lead())
        .filter(point__petition__in=petitions, sent_on__lte=as_of)
        .filter(~Q(status__in=NO_LONGER_HELD) | Q(ended_on__gt=as_of))
        .order_by("pk")
        .values_list("point_id", "part", "agency_id", "agency__name", "clock_id", "clock__due_on")
    )
    moved = due_dates_known_on(as_of, Assignment.objects.filter(point__petition__in=petitions).values("clock"))
    names = names_on(Agency, as_of)
    leads, coordinating = {}, {}
    for point, part, agency_id, present_name, clock, due_on in held:
        agency = names.get(agency_id, present_name)
        if part == Assignment.Part.LEAD:
            leads[point] = (agency_id, agency, moved.get(clock, due_on))
        else:
            coordinating.setdefault(point, []).append(agency)
    return leads, coordinating


def _answers(petitions, as_of, words):
    """{point: what the answers in force on the day say}: the first gives the day, the latest the result.

    A letter that replaces another counts from the day of that one.
    """
    effective = Answer.objects.effective_on(as_of).filter(point__petition__in=petitions)
    columns = ["point_id", "result", "reply__document", "reply__document__issued_on"]
    told = ["roadmap_on", "text", "reply__document__number", "reply__document__symbol"] if words else []
    rows = effective.order_by("reply__document__issued_on", "pk").values_list(*columns, *told)
    first_letters = replacing.first_letters(petitions)
    found = {}
    for point, result, document, issued_on, *told in rows:
        _drafted_on, first_day = first_letters.get(document, (None, issued_on))
        found[point] = {
            "result": result,
            "answered_on": min(first_day, found[point]["answered_on"]) if point in found else first_day,
            **(_told(issued_on, *told) if words else {}),
        }
    return found


def _told(issued_on, roadmap_on, text, number, symbol):
    return {"roadmap_on": roadmap_on, "answer": text, "letter": f"{number:02d}/{symbol}", "letter_on": issued_on}
