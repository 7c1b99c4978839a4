"""What the committees verify before a session: each the points of its fields, one synthesis of them all."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from directory.models import Agency
from oversight.assessed import Contested
from oversight.models import Finding, Verification
from petitions.models import Petition, PetitionPoint, ResultClass
from petitions.models.results import CLOSING
from responses.models import Answer

#: What a committee's screen can be narrowed to; the figures of the synthesis open these rows.
WAITING, DIFFERING, UNANSWERED = "waiting", "differing", "unanswered"
_IN_LISTS = ("petition__lead_agency__name", "petition__council_session__opens_on", "petition__number", "number")


def petitions_of(council_session):
    """The petitions the session hears of: its own, what earlier ones left unfinished, what was verified for it."""
    earlier = Q(council_session__opens_on__lt=council_session.opens_on) & ~Q(result__in=CLOSING)
    verified = Q(points__verifications__council_session=council_session)
    in_reach = Petition.objects.counted().filter(council__in=council_session.council.lineage)
    return in_reach.filter(Q(council_session=council_session) | earlier | verified).distinct()


def bodies_of(council_session):
    """Who may have fields to verify: the committees, and the Standing Committee."""
    kinds = (Agency.Kind.COMMITTEE, Agency.Kind.STANDING_COMMITTEE)
    return Agency.objects.filter(council__in=council_session.council.lineage, kind__in=kinds)


def points_of(council_session, committee):
    """The points of the committee's fields, by agency, in the order of lists."""
    petitions = petitions_of(council_session).filter(policy_field__committee=committee)
    return (
        PetitionPoint.objects.filter(petition__in=petitions)
        .select_related("petition__lead_agency", "petition__place", "petition__council_session", "petition__council")
        .defer("petition__search_text", "petition__voters_words")
        .order_by(*_IN_LISTS)
    )


def narrowed(points, council_session, show):
    """Those not assessed yet, those assessed otherwise than the agency says, or those without an answer."""
    said = _said(council_session)
    if show == WAITING:
        return points.exclude(pk__in=said.values("point"))
    if show == UNANSWERED:
        return points.filter(result="")
    if show == DIFFERING:
        return points.filter(pk__in=[one.point_id for one in said.select_related("point") if one.disagrees])
    if show in ResultClass.values:
        return points.filter(pk__in=said.filter(assessed_result=show).values("point"))
    return points


@dataclass(frozen=True)
class Row:
    """One point as the committee reads it."""

    point: PetitionPoint
    verification: Verification
    answer: Answer | None
    finding: Finding | None


def rows_of(points, council_session, committee):
    """The points with what was answered, found and said so far, in a number of queries that does not grow."""
    points = list(points)
    answers = Answer.objects.effective().filter(point__in=points).select_related("reply__document")
    answers = {answer.point_id: answer for answer in answers.order_by("reply__document__issued_on", "pk")}
    findings = Finding.objects.filter(point__in=points).exclude(assessed_result="")
    findings = findings.select_related("working_session__agency", "point__petition")
    findings = findings.order_by("working_session__held_on", "pk")
    findings = {finding.point_id: finding for finding in findings}
    said = {one.point_id: one for one in Verification.objects.filter(council_session=council_session, point__in=points)}
    return [
        Row(
            point,
            said.get(point.pk) or Verification(council_session=council_session, committee=committee, point=point),
            answers.get(point.pk),
            findings.get(point.pk),
        )
        for point in points
    ]


@dataclass
class Line:
    """The figures of one committee, in points."""

    committee: Agency | None
    counts: Counter = field(default_factory=Counter)

    def add(self, own, said):
        """One point with the agency's own result and the committee's; "" where there is none."""
        self.counts.update(["total", said or WAITING])
        if not own:
            self.counts[UNANSWERED] += 1
        elif said and said != own:
            self.counts[DIFFERING] += 1

    @property
    def assessed(self):
        return self.counts["total"] - self.counts[WAITING]

    @property
    def is_complete(self):
        return not self.counts[WAITING]

    @property
    def by_result(self):
        """The points by the committee's own result, in the order of the results."""
        return [self.counts[result] for result in ResultClass.values]

    @property
    def waiting(self):
        return self.counts[WAITING]

    @property
    def numbers(self):
        """[(what its rows are narrowed to, number)] for every column of the table."""
        columns = [UNANSWERED, *ResultClass.values, DIFFERING, WAITING]
        return [("", self.counts["total"]), *((name, self.counts[name]) for name in columns)]


def line_of(council_session, committee):
    """The figures of one committee."""
    line, results = Line(committee), _results(council_session)
    for pk, own in points_of(council_session, committee).values_list("pk", "result"):
        line.add(own, results.get(pk, ""))
    return line


def _said(council_session):
    return Verification.objects.filter(council_session=council_session).exclude(assessed_result="")


def _results(council_session):
    return dict(_said(council_session).values_list("point_id", "assessed_result"))


@dataclass(frozen=True)
class Synthesis:
    """All committees together. `against` are the findings of delegations that committees came to other results than;
    `unclassified` are petitions no committee has: they have no field yet."""

    lines: list
    total: Line
    differing: list
    against: list[Contested]
    unclassified: int


def _against(said):
    findings = Finding.objects.filter(point__in=[one.point_id for one in said]).exclude(assessed_result="")
    findings = findings.select_related("working_session__delegation").order_by("working_session__held_on", "pk")
    latest = {finding.point_id: finding for finding in findings}
    pairs = [(one, latest.get(one.point_id)) for one in said]
    return [
        Contested(finding, one, fallen=[])
        for one, finding in pairs
        if finding and finding.assessed_result != one.assessed_result
    ]


def unanswered(council_session, today):
    """[(name of the lead agency or None, [point, …], how many of them late)] of what nobody answered yet."""
    petitions = petitions_of(council_session).exclude(policy_field=None)
    found = {}
    for point in _listed(PetitionPoint.objects.filter(petition__in=petitions, result="")):
        lead = point.petition.lead_agency
        found.setdefault(lead.name if lead else None, []).append(point)
    return [(name, points, sum(_is_late(point, today) for point in points)) for name, points in found.items()]


def _is_late(point, today):
    return point.petition.due_on is not None and point.petition.due_on < today


def remarks(council_session):
    """What committees remarked without coming to another result than the agency."""
    said = _said(council_session).exclude(remark="").select_related("committee", "point__petition__council")
    return [one for one in said if not one.disagrees]


def not_resolved(council_session):
    """[(lead agency, [point, …])] the committees find not resolved."""
    found = _said(council_session).filter(assessed_result=ResultClass.NOT_RESOLVED).values("point")
    by_agency = {}
    for point in _listed(PetitionPoint.objects.filter(pk__in=found).exclude(petition__lead_agency=None)):
        by_agency.setdefault(point.petition.lead_agency, []).append(point)
    return list(by_agency.items())


def _listed(points):
    points = points.select_related("petition__lead_agency").defer("petition__search_text", "petition__voters_words")
    return points.order_by(*_IN_LISTS)


def synthesis(council_session, today):
    """What the committees said so far, and what is missing."""
    petitions = petitions_of(council_session)
    council = council_session.council
    committees = council.agencies.filter(kind=Agency.Kind.COMMITTEE).valid_on(today)
    lines, total = {committee.pk: Line(committee) for committee in committees}, Line(None)
    said, results = _said(council_session), _results(council_session)
    points = PetitionPoint.objects.filter(petition__in=petitions.exclude(policy_field=None))
    for pk, own, committee in points.values_list("pk", "result", "petition__policy_field__committee"):
        if committee not in lines:
            lines[committee] = Line(Agency.objects.select_related("council").get(pk=committee))
        for line in (lines[committee], total):
            line.add(own, results.get(pk, ""))
    differing = said.filter(point__petition__in=petitions).select_related("committee", "point__petition__lead_agency")
    return Synthesis(
        [line for line in lines.values() if line.counts["total"] or line.committee.council_id == council.pk],
        total,
        [one for one in differing if one.disagrees],
        _against(list(differing)),
        petitions.filter(policy_field=None).count(),
    )
