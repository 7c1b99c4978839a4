"""The texts of the papers of oversight: a first draft from the record, then what people make of it."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from common.merging import changed_passages
from directory.models import LegalBasis
from documents.papers import official_text
from oversight import verification
from oversight.letters import bases
from oversight.models import (
    SCOPE_KINDS,
    ConclusionNotice,
    DelegationMember,
    Finding,
    OversightPaper,
    Recommendation,
    WorkingSession,
)
from oversight.overview import overview_of
from petitions.models import ResultClass
from responses import markup

Kind = OversightPaper.Kind
_TEMPLATES = {
    Kind.PLAN: "oversight/papers/plan.txt",
    Kind.DECISION: "oversight/papers/decision.txt",
    Kind.OUTLINE: "oversight/papers/outline.txt",
    Kind.MINUTES: "oversight/papers/minutes.txt",
    Kind.NOTICE: "oversight/papers/notice.txt",
    Kind.REPORT: "oversight/papers/report.txt",
    Kind.STEP: "oversight/papers/step.txt",
}
#: So many days before a working session the agency sends its report.
REPORT_DAYS_AHEAD = 5
_GROUND, _DECIDES = "Căn cứ ", "**QUYẾT ĐỊNH:**"
_BY_AGENCY_AND_PLACE = (
    "working_session__agency__name",
    "point__petition__place__name",
    "working_session__held_on",
    "point__petition",
    "point__number",
)
_BLANKS = re.compile(r"\n{3,}")


def subject(kind, delegation, working_session=None):
    """What the paper is about, as its head says it."""
    return {
        Kind.PLAN: f"giám sát {delegation.subject}",
        Kind.DECISION: f"Về việc thành lập {delegation.name}",
        Kind.OUTLINE: "gửi đề cương báo cáo phục vụ giám sát",
        Kind.MINUTES: f"làm việc của {delegation.name} với {working_session.agency.name}" if working_session else "",
        Kind.NOTICE: f"kết quả làm việc của {delegation.name} tại {working_session.agency.name}"
        if working_session
        else "",
        Kind.REPORT: f"kết quả giám sát {delegation.subject}",
    }[kind][:300]


def verification_subject(council_session):
    return f"thẩm tra kết quả giải quyết, trả lời kiến nghị của cử tri gửi đến {council_session.official_name}"[:300]


def recipients(kind, delegation, working_session=None):
    """Who gets a copy: (name, agency or None) pairs. A report names several agencies, so it goes to none of them."""
    standing = delegation.council.standing_committee
    met = {session.agency for session in delegation.working_sessions.select_related("agency")}
    return {
        Kind.PLAN: [(agency.name, agency) for agency in sorted(met, key=lambda one: one.name)],
        Kind.DECISION: [("Như Điều 3", None)],
        Kind.OUTLINE: [],
        Kind.MINUTES: [(working_session.agency.name, working_session.agency)] if working_session else [],
        Kind.NOTICE: [(working_session.agency.name, working_session.agency)] if working_session else [],
        Kind.REPORT: [(standing.name, standing)] if standing and standing != delegation.body else [],
    }[kind]


def drawn_text(paper, today):
    """What the record gives for a paper as it stands now: signs of `responses.markup`, to be edited."""
    if paper.kind == Kind.VERIFICATION:
        context = _of_committees(paper.council_session, paper.document.agency, today)
        return _text("oversight/papers/verification.txt", context)
    delegation, working_session, kind = paper.delegation, paper.working_session, Kind(paper.kind)
    context = {
        "delegation": delegation,
        "body": delegation.body,
        "council": delegation.council,
        "members": list(delegation.members.sitting()),
        "sessions": list(delegation.working_sessions.select_related("agency").order_by("held_on", "begins_at", "pk")),
        "scope": {name: [_said(one) for one in delegation.scope_of(name)] for name in SCOPE_KINDS},
        "bases": _bases(kind, delegation, working_session, today),
        "working_session": working_session,
        "today": today,
    }
    if kind == Kind.STEP:
        return _text(_TEMPLATES[kind], context | _of_step(paper.document.ladder_step))
    if working_session:
        context |= _of_session(working_session)
    if kind == Kind.REPORT:
        context["sessions"] = [session for session in context["sessions"] if session.held_on <= today]
        with translation.override(settings.LANGUAGE_CODE):
            context |= {"figures": overview_of(delegation, today), "evaluations": _evaluations(delegation)}
    return _text(_TEMPLATES[kind], context)


def news(paper):
    """[(lines gone, lines come)]: what the record says otherwise since the text was drawn from it."""
    if paper.drawn_on is None:
        return []
    return changed_passages(paper.drawn, drawn_text(paper, paper.drawn_on))


def _text(template, context):
    text = official_text(template, context)
    return _BLANKS.sub("\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def html(text):
    """The text as it stands in the document: its bases, then the rest."""
    lines = text.splitlines()
    number = next((place for place, line in enumerate(lines) if not line.startswith(_GROUND)), len(lines))
    grounds = format_html_join("", '<p class="ground">{}</p>', ((line,) for line in lines[:number]))
    rest = lines[number:]
    title = ""
    if rest and rest[0].strip() == _DECIDES:
        title, rest = (
            format_html('<div class="title"><p class="pack-title"><b>{}</b></p></div>', rest[0].strip(" *")),
            rest[1:],
        )
    return mark_safe(grounds + title + markup.html("\n".join(rest)))


def body(paper):
    """The paper as it stands in the document: its text; minutes with the places to sign beside the head's own."""
    text = html(paper.text)
    if paper.kind != Kind.MINUTES:
        return text
    secretary = paper.delegation.members.sitting().filter(part=DelegationMember.Part.SECRETARY).first()
    context = {"secretary": secretary, "agency": paper.working_session.agency}
    return mark_safe(text + official_text("oversight/papers/signing.html", context))


def annexes(paper):
    """[(title, body, landscape)]: of an oversight report what was found and what was asked, row by row."""
    if paper.kind != Kind.REPORT:
        return []
    found = Finding.objects.filter(working_session__delegation=paper.delegation)
    found = found.select_related("working_session__agency", "point__petition__place", "point__petition__council")
    asked = Recommendation.objects.filter(working_session__delegation=paper.delegation)
    asked = asked.select_related("agency", "working_session").prefetch_related("coordinating")
    rows = {
        "Kết quả giám sát theo cơ quan, địa bàn": found.order_by(*_BY_AGENCY_AND_PLACE),
        "Kiến nghị của Đoàn giám sát và thời hạn thực hiện": asked.order_by("agency__name", "due_on", "pk"),
    }
    templates = ("oversight/papers/annex_findings.html", "oversight/papers/annex_asked.html")
    return [
        (title, official_text(template, {"rows": list(listed)}), True)
        for (title, listed), template in zip(rows.items(), templates, strict=True)
        if listed
    ]


def _bases(kind, delegation, working_session, today):
    """The law in force on the day of the paper, of the working session for its notice; the decision, but for itself."""
    found = bases(delegation, working_session.held_on if kind == Kind.NOTICE else today)
    return [one for one in found if not one.startswith("Quyết định số")] if kind == Kind.DECISION else found


def _said(named):
    return getattr(named, "official_name", None) or getattr(named, "name", None) or str(named)


def _of_session(working_session):
    send_by = working_session.held_on - timedelta(days=REPORT_DAYS_AHEAD)
    agenda = list(working_session.agenda.select_related("petition__place").prefetch_related("petition__points"))
    findings = {finding.point_id: finding for finding in working_session.findings.select_related("point")}
    return {
        "agenda": [(item, [(p, findings.get(p.pk)) for p in item.petition.points.all()]) for item in agenda],
        "asked": list(working_session.recommendations.select_related("agency")),
        "demands": _by_agency(working_session),
        "findings": _by_petition(agenda, findings),
        "send_by": send_by if send_by > timezone.localdate() else None,
        "is_visit": working_session.kind == WorkingSession.Kind.VISIT,
    }


def _of_step(step):
    recommendation = step.recommendation
    issued = ConclusionNotice.objects.issued().filter(working_session=recommendation.working_session)
    notice = issued.select_related("document").first()
    return {
        "step": step,
        "recommendation": recommendation,
        "notice": notice.document if notice else None,
        "earlier": list(recommendation.steps.taken().exclude(pk=step.pk).select_related("document")),
    }


def _by_agency(working_session):
    """[(agency, [recommendation, …])]: the agency met first, then others as they were named."""
    asked = {working_session.agency: []}
    for recommendation in working_session.recommendations.select_related("agency").prefetch_related("coordinating"):
        recommendation.rule = recommendation.rule_on(timezone.localdate())
        asked.setdefault(recommendation.agency, []).append(recommendation)
    return [(agency, recommendations) for agency, recommendations in asked.items() if recommendations]


def _by_petition(agenda, findings):
    """[(petition, [finding, …])] in the order of the agenda."""
    return [
        (item.petition, [findings[point.pk] for point in item.petition.points.all() if point.pk in findings])
        for item in agenda
    ]


def _of_committees(council_session, body, today):
    citable = LegalBasis.objects.citable(LegalBasis.Topic.OVERSIGHT, today, council_session.council)
    return {
        "body": body,
        "council_session": council_session,
        "synthesis": verification.synthesis(council_session, today),
        "results": [result.label for result in ResultClass],
        "unanswered": verification.unanswered(council_session, today),
        "remarks": verification.remarks(council_session),
        "owed": verification.not_resolved(council_session),
        "bases": [basis.citation for basis in citable],
        "today": today,
    }


def _evaluations(delegation):
    """{what: [(agency, words)]} of the working sessions, in their order."""
    sessions = list(delegation.working_sessions.select_related("agency").order_by("held_on", "pk"))
    return {
        name: [(one.agency.name, " ".join(getattr(one, name).split())) for one in sessions if getattr(one, name)]
        for name in ("achievements", "limitations", "causes")
    }
