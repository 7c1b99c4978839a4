"""The rows every figure counts: each petition as it stood on one day."""

from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.models import Q

from common.acting import official
from petitions.models import Assignment, Petition, PetitionPoint
from petitions.models.petitions import AuthorityLevel, Status
from petitions.models.results import CLOSING, combined
from responses.models import Answer


@dataclass(frozen=True)
class PointFact:
    """One point on the day: who leads it, what was answered, what the council found."""

    number: int
    content: str
    agency: str = ""
    agency_id: int | None = None
    coordinating: tuple[str, ...] = ()
    due_on: date | None = None
    result: str = ""
    answered_on: date | None = None
    roadmap_on: date | None = None
    letter: str = ""
    letter_on: date | None = None
    answer: str = ""
    assessed_result: str = ""


@dataclass(frozen=True)
class Fact:
    """One petition on the day. `is_opening`: carried over from an earlier session."""

    pk: int
    code: str
    title: str
    session: str
    phase: str
    level: str
    level_name: str
    field: str
    committee: str
    place: str
    place_id: int | None
    is_opening: bool
    is_merged: bool
    is_set_aside: bool
    times_raised: int
    points: tuple[PointFact, ...] = field(default_factory=tuple)

    @property
    def result(self):
        return combined(point.result for point in self.points)

    @property
    def is_counted(self):
        return not (self.is_merged or self.is_set_aside)

    @property
    def is_local(self):
        """Within the authority of the province and its communes; central matters are counted apart."""
        return self.level != AuthorityLevel.CENTRAL

    @property
    def is_answered(self):
        return bool(self.result)

    @property
    def is_closed(self):
        return self.result in CLOSING

    def is_overdue(self, as_of):
        return any(point.due_on and point.due_on < as_of and not point.result for point in self.points)

    def was_late(self):
        return any(p.due_on and p.answered_on and p.answered_on > p.due_on for p in self.points)

    def as_data(self):
        """For freezing: plain values only."""
        return _plain(asdict(self))

    @classmethod
    def from_data(cls, data):
        points = tuple(PointFact(**_with_dates(point)) for point in data["points"])
        return cls(**{**data, "points": points})


_DATES = ("due_on", "answered_on", "roadmap_on", "letter_on")


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _with_dates(point):
    read = {name: date.fromisoformat(point[name]) if point[name] else None for name in _DATES}
    return {**point, **read, "coordinating": tuple(point["coordinating"])}


def load(council_session, as_of):
    """Every petition of the session and every one carried over into it, as of a day, in the order of lists."""
    new = Petition.objects.filter(council_session=council_session, received_on__lte=as_of)
    facts = _facts(new, as_of, is_opening=False)
    opening_day = _opening_day(council_session)
    if opening_day:
        earlier = (
            Petition.objects.counted()
            .filter(
                council__in=council_session.council.lineage,
                council_session__opens_on__lt=council_session.opens_on,
                received_on__lte=opening_day,
            )
            .exclude(result__in=CLOSING, result_on__lte=opening_day)
        )
        was_open = {fact.pk for fact in _facts(earlier, opening_day, is_opening=True) if not fact.is_closed}
        facts = _facts(earlier.filter(pk__in=was_open), as_of, is_opening=True) + facts
    return facts


def _opening_day(council_session):
    """What is unfinished at the close of the previous regular session opens this one's cycle."""
    previous = council_session.previous_regular()
    return previous.closes_on if previous else None


def _facts(petitions, as_of, *, is_opening):
    rows = (
        petitions.select_related("policy_field__committee", "place", "council_session")
        .prefetch_related("origins")
        .order_by("council_session__opens_on", "number")
    )
    points = _points(petitions, as_of)
    return [
        Fact(
            pk=petition.pk,
            code=petition.code,
            title=petition.title,
            session=petition.council_session.title,
            phase=petition.phase,
            level=petition.authority_level,
            level_name=official(petition.get_authority_level_display()),
            field=petition.policy_field.name if petition.policy_field else "",
            committee=petition.policy_field.committee.name if petition.policy_field else "",
            place=petition.place.sentence_name if petition.place else "",
            place_id=petition.place_id,
            is_opening=is_opening,
            is_merged=petition.status == Status.MERGED,
            is_set_aside=petition.status == Status.SET_ASIDE,
            times_raised=len(petition.origins.all()),
            points=tuple(points.get(petition.pk, ())),
        )
        for petition in rows
    ]


def _points(petitions, as_of):
    """{petition id: [PointFact, …]}, with the lead agency and the latest effective answer of the day."""
    leads, coordinating = _holders(petitions, as_of)
    answers = _answers(petitions, as_of)
    assessed = _assessed(petitions, as_of)
    found = {}
    for point in PetitionPoint.objects.filter(petition__in=petitions).order_by("petition", "number"):
        lead, given = leads.get(point.pk), answers.get(point.pk, ())
        answer = given[-1] if given else None
        found.setdefault(point.petition_id, []).append(
            PointFact(
                number=point.number,
                content=point.content,
                agency=lead.agency.name if lead else "",
                agency_id=lead.agency_id if lead else None,
                coordinating=tuple(coordinating.get(point.pk, ())),
                due_on=lead.clock.due_on if lead else None,
                result=answer.result if answer else "",
                answered_on=given[0].reply.document.issued_on if given else None,
                roadmap_on=answer.roadmap_on if answer else None,
                letter=answer.reply.document.number_and_symbol if answer else "",
                letter_on=answer.reply.document.issued_on if answer else None,
                answer=answer.text if answer else "",
                assessed_result=assessed.get(point.pk, ""),
            )
        )
    return found


def _holders(petitions, as_of):
    """Who had each point on the day: {point id: lead assignment}, {point id: [coordinating agency, …]}."""
    held = (
        Assignment.objects.filter(point__petition__in=petitions, sent_on__lte=as_of)
        .filter(~Q(status=Assignment.Status.RETURNED) | Q(ended_on__gt=as_of))
        .select_related("agency", "clock")
        .order_by("pk")
    )
    leads, coordinating = {}, {}
    for assignment in held:
        if assignment.part == Assignment.Part.LEAD:
            leads[assignment.point_id] = assignment
        else:
            coordinating.setdefault(assignment.point_id, []).append(assignment.agency.name)
    return leads, coordinating


def _answers(petitions, as_of):
    """{point id: [effective answers issued by the day, oldest first]}."""
    effective = (
        Answer.objects.effective()
        .filter(point__petition__in=petitions, reply__document__issued_on__lte=as_of)
        .select_related("reply__document")
        .order_by("reply__document__issued_on", "pk")
    )
    found = {}
    for answer in effective:
        found.setdefault(answer.point_id, []).append(answer)
    return found


def _assessed(petitions, as_of):
    """{point id: the council's own result, by the latest finding of the day}."""
    findings = (
        PetitionPoint.objects.filter(petition__in=petitions, findings__working_session__held_on__lte=as_of)
        .exclude(findings__assessed_result="")
        .order_by("findings__working_session__held_on", "findings__pk")
        .values_list("pk", "findings__assessed_result")
    )
    return dict(findings)
