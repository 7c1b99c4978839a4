"""The texts of a delegation's papers: a first draft from the record, then what people make of it."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from documents.papers import official_text
from oversight.letters import bases
from oversight.models import SCOPE_KINDS, OversightPaper, WorkingSession
from oversight.overview import overview_of
from responses import markup

Kind = OversightPaper.Kind
_TEMPLATES = {
    Kind.PLAN: "oversight/papers/plan.txt",
    Kind.DECISION: "oversight/papers/decision.txt",
    Kind.OUTLINE: "oversight/papers/outline.txt",
    Kind.MINUTES: "oversight/papers/minutes.txt",
    Kind.REPORT: "oversight/papers/report.txt",
}
#: So many days before a working session the agency sends its report.
REPORT_DAYS_AHEAD = 5
_GROUND, _DECIDES = "Căn cứ ", "**QUYẾT ĐỊNH:**"
_BLANKS = re.compile(r"\n{3,}")


def subject(kind, delegation, working_session=None):
    """What the paper is about, as its head says it."""
    return {
        Kind.PLAN: f"giám sát {delegation.subject}",
        Kind.DECISION: f"Về việc thành lập {delegation.name}",
        Kind.OUTLINE: f"gửi đề cương báo cáo phục vụ giám sát {delegation.subject}",
        Kind.MINUTES: f"làm việc của {delegation.name} với {working_session.agency.name}" if working_session else "",
        Kind.REPORT: f"kết quả giám sát {delegation.subject}",
    }[kind][:300]


def recipients(kind, delegation, working_session=None):
    """Who gets a copy: (name, agency or None) pairs. A report names several agencies, so it goes to none of them."""
    standing = delegation.council.standing_committee
    met = {session.agency for session in delegation.working_sessions.select_related("agency")}
    return {
        Kind.PLAN: [(agency.name, agency) for agency in sorted(met, key=lambda one: one.name)],
        Kind.DECISION: [("Như Điều 3", None)],
        Kind.OUTLINE: [],
        Kind.MINUTES: [(working_session.agency.name, working_session.agency)] if working_session else [],
        Kind.REPORT: [(standing.name, standing)] if standing and standing != delegation.body else [],
    }[kind]


def draft_text(kind, delegation, working_session, today):
    """The text of a new paper, from the record: signs of `responses.markup`, to be edited."""
    context = {
        "delegation": delegation,
        "body": delegation.body,
        "council": delegation.council,
        "members": list(delegation.members.sitting()),
        "sessions": list(delegation.working_sessions.select_related("agency").order_by("held_on", "begins_at", "pk")),
        "scope": {name: [_said(one) for one in delegation.scope_of(name)] for name in SCOPE_KINDS},
        "bases": bases(delegation, today) if kind != Kind.DECISION else _law(delegation, today),
        "working_session": working_session,
        "today": today,
    }
    if working_session:
        context |= _of_session(working_session)
    if kind == Kind.REPORT:
        context["sessions"] = [session for session in context["sessions"] if session.held_on <= today]
        with translation.override(settings.LANGUAGE_CODE):
            context |= {"figures": overview_of(delegation, today), "evaluations": _evaluations(delegation)}
    text = official_text(_TEMPLATES[kind], context)
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


def _law(delegation, today):
    """The decision itself rests on the law alone."""
    return [one for one in bases(delegation, today) if not one.startswith("Quyết định số")]


def _said(named):
    return getattr(named, "official_name", None) or getattr(named, "name", None) or str(named)


def _of_session(working_session):
    agenda = working_session.agenda.select_related("petition__place").prefetch_related("petition__points")
    findings = {finding.point_id: finding for finding in working_session.findings.select_related("point")}
    return {
        "agenda": [(item, [(p, findings.get(p.pk)) for p in item.petition.points.all()]) for item in agenda],
        "asked": list(working_session.recommendations.select_related("agency")),
        "send_by": working_session.held_on - timedelta(days=REPORT_DAYS_AHEAD),
        "is_visit": working_session.kind == WorkingSession.Kind.VISIT,
    }


def _evaluations(delegation):
    """{what: [(agency, words)]} of the working sessions, in their order."""
    sessions = list(delegation.working_sessions.select_related("agency").order_by("held_on", "pk"))
    return {
        name: [(one.agency.name, " ".join(getattr(one, name).split())) for one in sessions if getattr(one, name)]
        for name in ("achievements", "limitations", "causes")
    }
