"""What a delegation looked at and came to, in figures and rows: the matter of its report."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from common.formats import dotted, percent
from deadlines.models import AuthorityLevel
from oversight.models import Finding, Recommendation
from petitions.models import Petition, ResultClass
from responses import reading
from responses.models import Answer
from sessions.models import VoterMeeting

_UNCLASSIFIED = "chưa phân loại"


@dataclass(frozen=True)
class Group:
    """The points of one agency, level or field, by the agency's own result; "" is unanswered."""

    name: str
    petitions: int
    results: Counter

    @property
    def total(self):
        return self.results.total()

    @property
    def cells(self):
        """Points, the four results, unanswered: as a table prints them."""
        return [dotted(number) for number in (self.total, *(self.results[r] for r in ResultClass), self.results[""])]


@dataclass(frozen=True)
class Overview:
    """Everything the report counts or names. Petitions count once, their points by what each was answered."""

    petitions: list
    points: Group
    by_agency: list
    by_level: list
    by_field: list
    carried: list
    repeated: list
    late: list
    differing: list
    assessed: Counter
    recommendations: list
    states: Counter
    meetings: int  # voter meetings at which they were raised
    merged: int  # petitions that turned out to be the same matter
    directives: list  # documents by which answers say a matter was ordered
    vague: list  # (point, phrases) of answers with phrases of the council's list

    @property
    def mentions(self):
        """How many times voters raised them."""
        return sum(petition.origin_count for petition in self.petitions)

    @property
    def without_roadmap(self):
        """The points in progress for which no day was named."""
        points = (point for petition in self.petitions for point in petition.points.all())
        return [point for point in points if point.result == ResultClass.IN_PROGRESS and point.roadmap_on is None]

    @property
    def answered(self):
        return self.points.total - self.points.results[""]

    def share(self, result):
        """ "12/40 nội dung (30,0%)"."""
        part, whole = self.points.results[result], self.points.total
        return f"{dotted(part)}/{dotted(whole)} nội dung ({percent(part, whole)})"

    @property
    def shares(self):
        """[(result in words, share)] of the agencies' own results."""
        return [(result.label, self.share(result)) for result in ResultClass]


def overview_of(delegation, today):
    """As the records stand, in a number of queries that does not grow with them."""
    petitions = list(
        Petition.objects.filter(agenda_items__working_session__delegation=delegation)
        .select_related("council_session", "policy_field", "lead_agency", "place")
        .prefetch_related("points")
        .defer("search_text", "voters_words")
        .distinct()
        .order_by("lead_agency__name", "council_session__opens_on", "number")
    )
    findings = Finding.objects.filter(working_session__delegation=delegation)
    latest = {
        finding.point_id: finding
        for finding in findings.exclude(assessed_result="")
        .select_related("point__petition__lead_agency", "working_session")
        .order_by("working_session__held_on", "pk")
    }
    asked = Recommendation.objects.filter(working_session__delegation=delegation)
    asked = list(asked.select_related("agency", "petition").order_by("agency__name", "due_on", "pk"))
    answers = list(
        Answer.objects.effective()
        .filter(point__petition__in=petitions)
        .select_related("point__petition__lead_agency")
        .order_by("point__petition", "point__number", "pk")
    )
    first_day = delegation.council_session.opens_on if delegation.council_session else delegation.starts_on
    return Overview(
        petitions=petitions,
        points=_group("", petitions),
        by_agency=_grouped(petitions, lambda one: one.lead_agency.name if one.lead_agency else "Chưa chuyển"),
        by_level=_grouped(petitions, _level),
        by_field=_grouped(petitions, lambda one: one.policy_field.name if one.policy_field else _UNCLASSIFIED),
        carried=[one for one in petitions if one.council_session.opens_on < first_day],
        repeated=[one for one in petitions if one.repeats_id],
        late=[one for one in petitions if one.due_on and (one.answered_on or today) > one.due_on],
        differing=[finding for finding in latest.values() if finding.disagrees],
        assessed=Counter(finding.assessed_result for finding in latest.values()),
        recommendations=asked,
        states=Counter(one.status for one in asked),
        meetings=VoterMeeting.objects.filter(origins__petition__in=petitions).distinct().count(),
        merged=Petition.objects.filter(duplicate_of__in=petitions).count(),
        directives=list(dict.fromkeys(one.directive_document for one in answers if one.directive_document)),
        vague=_vague(answers, delegation, today),
    )


def _vague(answers, delegation, today):
    phrases = reading.phrases_of(delegation.council)
    said = []
    for answer in answers:
        hints = reading.hints(answer, today, phrases)
        said.append((answer.point, list(dict.fromkeys(hint.phrase for hint in hints if hint.phrase))))
    return [(point, found) for point, found in said if found]


def _level(petition):
    return AuthorityLevel(petition.authority_level).label if petition.authority_level else _UNCLASSIFIED


def _group(name, petitions):
    return Group(name, len(petitions), Counter(point.result for one in petitions for point in one.points.all()))


def _grouped(petitions, key: Any):
    """The groups in the order they are met."""
    found = {}
    for petition in petitions:
        found.setdefault(str(key(petition)), []).append(petition)
    return [_group(name, group) for name, group in found.items()]
