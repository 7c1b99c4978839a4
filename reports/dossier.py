"""The documents a session needs on its day: how far each is, what it lacks, who must act."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.formats import short_date
from documents.journey import holder
from documents.models import Document, Status
from oversight.models import OversightPaper
from petitions.models import Forwarding
from reports import letters
from reports.kinds import KINDS
from reports.lacking import unwritten
from reports.models import ReportKind, SessionReport, Skeleton
from reports.roadmap import Actor, Gap, awaited, balanced, unconcluded_sessions
from reports.trial import UNDER_WAY
from reports.workflow import skeleton_text
from sessions.models import DueReport


@dataclass(frozen=True)
class Needed:
    """One document, or all of one sort. `report` is its latest version one may see; `trial` opens its dry run."""

    label: Any
    gaps: list[Gap]
    report: SessionReport | None = None
    trial: str = ""

    @property
    def is_ready(self):
        return all(gap.is_done for gap in self.gaps)


def dossier(council_session, figures, user, makes):
    """Every document `Needed` on the day of the session, in the order of the way; `makes` are the reports one makes."""
    return [
        Needed(_("Forwarding letters"), [_assigned(council_session, figures), *_letters(council_session, user)]),
        Needed(
            _("Replies of the agencies"),
            [awaited("overdue", council_session, figures), awaited("unanswered", council_session, figures)],
        ),
        *_owed(council_session),
        Needed(_("Conclusion notices"), [unconcluded_sessions(council_session)]),
        Needed(_("Verification reports of the committees"), [_verification(council_session)]),
        *(_report(kind, council_session, figures, user, makes) for kind in ReportKind),
    ]


def _assigned(council_session, figures):
    """What is to be forwarded; where nothing is recorded at all, nothing is complete either."""
    if figures.counts["total"].part:
        return awaited("unassigned", council_session, figures)
    return Gap(
        _("No petition is recorded yet"),
        False,
        who=[Actor(_("the secretariat logs what voters raised"))],
        address=reverse("sessions:meetings", args=[council_session.pk]),
    )


def _letters(council_session, user):
    """Each letter to an agency that is written and not issued; it opens for those who see it."""
    waiting = Forwarding.objects.filter(
        assignments__point__petition__council_session=council_session, document__status__in=UNDER_WAY
    )
    found = waiting.distinct().select_related("document__drafted_by", "addressee").order_by("pk")
    seen = set(Document.objects.visible_to(user).filter(forwarding__in=waiting).values_list("pk", flat=True))
    return [
        Gap(
            _("The letter to %(agency)s is not issued") % {"agency": letter.addressee},
            False,
            who=[Actor(_in_the_hands_of(letter.document))],
            address=letter.document.get_absolute_url() if letter.document_id in seen else "",
        )
        for letter in found
    ]


def _in_the_hands_of(document):
    """Who has a paper under way: its drafter by name, those who check and sign it by their part."""
    is_draft = document.status == Status.DRAFT and document.drafted_by
    return f"{holder(document)} {document.drafted_by}" if is_draft else holder(document)


def _owed(council_session):
    """The reports agencies owe for the session, where the council's rules ask for any."""
    owed = list(DueReport.objects.filter(council_session=council_session).select_related("agency", "clock"))
    if not owed:
        return []
    awaited = [
        Gap(
            _("%(report)s, due %(day)s") % {"report": one.title, "day": short_date(one.due_on)}
            if one.due_on
            else one.title,
            False,
            who=[Actor(one.agency.name)],
            address=one.get_absolute_url(),
        )
        for one in owed
        if not one.sent_on
    ]
    return [Needed(_("Reports owed"), awaited or [Gap(_("Every report has come"), True)])]


def _verification(council_session):
    """What the committees tell the session of what they verified."""
    papers = OversightPaper.objects.filter(
        council_session=council_session, kind=OversightPaper.Kind.VERIFICATION
    ).standing()
    is_done = papers.filter(document__status=Status.ISSUED).exists()
    words = _("A verification report is issued") if is_done else _("No verification report is issued yet")
    who = [] if is_done else [Actor(_("the committees assess, then one of them drafts it"))]
    return Gap(words, is_done, who=who, address=reverse("oversight:synthesis", args=[council_session.pk]))


def _report(kind, council_session, figures, user, makes):
    """One of the session's own reports: its state, the words its author has not written."""
    seen = SessionReport.objects.visible_to(user).filter(council_session=council_session, kind=kind)
    versions = list(
        seen.exclude(document__status=Status.ABANDONED).select_related("document__drafted_by").order_by("-version")
    )
    issuer = letters.issuer_of(kind, council_session.council)
    present = Skeleton.objects.present(council_session.council, kind)
    report = versions[0] if versions else None
    trial = reverse("reports:trial", args=[council_session.pk, kind]) if issuer else ""
    gaps = [_state(kind, report, issuer, council_session, makes)]
    if report and report.document.status == Status.DRAFT:
        own = {name: getattr(report, name) for name in KINDS[kind].texts}
        parts = unwritten(kind, own, skeleton_text(kind, present), issuer, report.get_absolute_url())
        gaps += _together([gap for gap in parts if not gap.is_done], report)
    if kind == ReportKind.OVERSIGHT:
        gaps.append(balanced(council_session, figures))
    return Needed(kind.label, gaps, report, trial)


def _together(parts, report):
    """One line for all parts that wait for their author."""
    if len(parts) < 2:
        return parts
    words = _("%(number)d parts are not written by their author") % {"number": len(parts)}
    return [Gap(words, False, who=parts[0].who, address=report.get_absolute_url())]


def _state(kind, report, issuer, council_session, makes):
    """How far a report is, and in whose hands."""
    if issuer is None:
        return Gap(_("Enter the agency that makes this report first."), False)
    if report is None:
        create = f"{reverse('reports:create', args=[council_session.pk])}?kind={kind}" if kind in makes else ""
        words = _("Not drafted yet") if create else _("Not issued yet")
        return Gap(words, False, who=[Actor(issuer.name)], address=create)
    document = report.document
    if document.status != Status.ISSUED:
        words = _("Version %(number)d is not issued") % {"number": report.version}
        return Gap(words, False, who=[Actor(_in_the_hands_of(document))], address=document.get_absolute_url())
    told = {"number": document.number_and_symbol, "day": short_date(document.issued_on)}
    if not Document.objects.in_force().filter(pk=document.pk).exists():
        return Gap(_("%(number)s is no longer in force") % told, False, who=[Actor(issuer.name)],
                   address=document.get_absolute_url())  # fmt: skip
    return Gap(_("%(number)s is issued on %(day)s") % told, True, address=document.get_absolute_url())
