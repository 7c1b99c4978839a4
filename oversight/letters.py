"""The text of a conclusion notice."""

from django.utils import timezone

from common.formats import short_date
from directory.models import LegalBasis
from documents.papers import official_text


def notice_subject(working_session):
    return f"kết quả làm việc của {working_session.delegation.name} tại {working_session.agency.name}"


def notice_body(working_session):
    """Bases, agenda with what was reported and found, general assessment, recommendations."""
    delegation = working_session.delegation
    context = {
        "working_session": working_session,
        "delegation": delegation,
        "bases": bases(delegation, working_session.held_on),
        "members": list(delegation.members.all()),
        "findings": _by_petition(working_session),
        "asked": _by_agency(working_session),
    }
    return official_text("oversight/letters/notice.html", context)


def _by_agency(working_session):
    """[(agency, [recommendation, …])]: the agency met first, then others as they were named."""
    asked = {working_session.agency: []}
    for recommendation in working_session.recommendations.select_related("agency").prefetch_related("coordinating"):
        recommendation.rule = recommendation.rule_on(timezone.localdate())
        asked.setdefault(recommendation.agency, []).append(recommendation)
    return [(agency, recommendations) for agency, recommendations in asked.items() if recommendations]


def bases(delegation, day):
    """What the notice rests on: the law in force that day, then the decision that set the delegation up."""
    bases = [
        basis.citation for basis in LegalBasis.objects.citable(LegalBasis.Topic.OVERSIGHT, day, delegation.council)
    ]
    if delegation.decision and delegation.decision_on:
        bases.append(
            f"Quyết định số {delegation.decision} ngày {short_date(delegation.decision_on)} "
            f"về việc thành lập {delegation.name}"
        )
    return bases


def _by_petition(working_session):
    """[(petition, [finding, …])] in the order of the agenda."""
    findings = {finding.point_id: finding for finding in working_session.findings.select_related("point")}
    agenda = working_session.agenda.select_related("petition__place").prefetch_related("petition__points")
    return [
        (item.petition, [findings[point.pk] for point in item.petition.points.all() if point.pk in findings])
        for item in agenda
    ]
