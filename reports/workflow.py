"""Draft a report, keep it current, freeze its figures when it is issued; keep the skeletons it is written from."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from documents import workflow as documents
from documents.models import Kind, Status
from documents.purposes import Purpose
from petitions.models import PetitionOrigin
from reports import exports, letters, staleness
from reports.answering import figures_for
from reports.erratum import erratum_of
from reports.figures import SessionFigures
from reports.kinds import KINDS
from reports.lacking import lacks
from reports.models import ReportKind, SessionReport, Skeleton
from reports.vocabulary import problems_of, title_of
from reports.wording import Writing
from sessions.models import CouncilSession

PURPOSE = "session_report"


def making_refusal(kind, council, user):
    """Why this user makes no such report of the council, in words; "" when they may.

    The council's own reports are made by its secretariat; the answering side's by whoever drafts for it.
    """
    issuer = letters.issuer_of(kind, council)
    if issuer is None:
        return _("Enter the agency that makes this report first.")
    is_trusted = kind == ReportKind.RESULTS or user.may(Permission.REPORT_MAKE, at=council)
    if is_trusted and user.may(Permission.DOCUMENT_DRAFT, at=issuer):
        return ""
    return _("Your role does not allow making reports of %(council)s.") % {"council": issuer}


def kinds_made_by(user, council):
    """The kinds of report this user may make for the council, in their order."""
    return [kind for kind in ReportKind if not making_refusal(kind, council, user)]


@transaction.atomic
def draft(council_session, *, as_of, by, kind=ReportKind.OVERSIGHT, signer=None, copies=(), **details):
    """A new report on a session as of a day, with its text and appendices written from the figures.

    A further version begins with what its author wrote in the one in force; why that is corrected is to be said anew.
    """
    council = council_session.council
    if why := making_refusal(kind, council, by):
        raise PermissionDenied(why)
    _one_at_a_time(council_session)
    document = documents.draft(
        agency=letters.issuer_of(kind, council),
        kind=Kind.REPORT,
        purpose=PURPOSE,
        subject=letters.report_subject(kind, council_session),
        by=by,
        to=letters.addressees(kind, council),
        copies=copies or letters.recipients(kind, council),
        signer=signer,
        **details,
    )
    report = SessionReport(
        council_session=council_session,
        kind=kind,
        as_of=as_of,
        version=council_session.reports.filter(kind=kind).count() + 1,
        document=document,
    )
    if before := SessionReport.objects.in_force_beside(report).first():
        for name in set(KINDS[kind].texts) - {"correction"}:
            setattr(report, name, getattr(before, name))
    with acting(by=by, reason=gettext_lazy("report drafted")):
        report.save()
    _write(report, by=by)
    return report


def _one_at_a_time(council_session):
    """Versions on a session get their number, and are issued, one after the other, whoever is at work."""
    CouncilSession.objects.select_for_update(no_key=True).get(pk=council_session.pk)


@transaction.atomic
def save(report, *, by, as_of, **texts):
    """The author's own texts and the day of the figures; the paper is written again."""
    if why := documents.edit_refusal(report.document, by):
        raise PermissionDenied(why)
    report.as_of = as_of
    for name, text in texts.items():
        setattr(report, name, text)
    with acting(by=by, reason=gettext_lazy("report draft saved")):
        report.save()
    _write(report, by=by)
    return report


def figures_of(report):
    """The figures a report shows: frozen ones once it is issued, live ones before."""
    if report.frozen:
        return SessionFigures.from_data(report.frozen)
    return figures_for(report.kind, report.council_session, report.as_of)


def writing_of(report):
    """Everything a report is written from, as frozen or as the records stand."""
    return _writing(report, erratum_of(report))


def _writing(report, erratum=None):
    return Writing(
        report.kind,
        report.council_session,
        figures_of(report),
        report.document.agency,
        own={name: getattr(report, name) for name in KINDS[report.kind].texts},
        erratum=erratum,
        frozen=report.frozen.get("tables", {}) if report.frozen else None,
        attached=_attached(report),
        counts=report.frozen.get("counts", "") if report.frozen else None,
    )


def _attached(report):
    """The keys of its appendices as they were frozen, or as the skeleton it was last written from has them."""
    if report.frozen:
        return report.frozen.get("annexes")
    return report.skeleton.annexes if report.skeleton else None


def skeleton_text(kind, skeleton):
    """The text a report is written from: the council's own, or the one shipped with the program."""
    return skeleton.text if skeleton else KINDS[kind].shipped


def _write(report, *, by):
    """Write the paper again, from the skeleton the council uses now."""
    present = Skeleton.objects.present(report.council_session.council, report.kind)
    report.skeleton = present
    writing = writing_of(report)
    body = writing.text(skeleton_text(report.kind, present))
    with acting(by=by, reason=gettext_lazy("written from the present skeleton")):
        report.change(skeleton=present, written=staleness.imprint(writing, body))
    documents.rewrite(report.document, by=by, body=body, appendices=letters.report_appendices(writing))
    return writing


@transaction.atomic
def refresh(report, *, by):
    """Write a draft again from the records as they stand now; its day and its author's words stay."""
    if why := documents.edit_refusal(report.document, by):
        raise PermissionDenied(why)
    _write(report, by=by)
    return report


def changes_since(report, writing):
    """What a draft would say otherwise if it were written now; None for a report that was submitted."""
    if report.frozen or report.document.status != Status.DRAFT:
        return None
    present = Skeleton.objects.present(report.council_session.council, report.kind)
    body = writing.text(skeleton_text(report.kind, present))
    return staleness.changes(report.written, writing, body, report.document.body)


def state_of(report):
    """What the author of a draft should hear: what changed since it was written, what it lacks, what it corrects.

    All of the session is read for it, which takes seconds where there is much: pages fetch it once they are shown.
    """
    if report.frozen:
        return {"changes": None, "gaps": None, "erratum": erratum_of(report)}
    writing = writing_of(report)
    return {
        "changes": changes_since(report, writing), "gaps": _gaps(report, writing), "erratum": writing.erratum,
    }  # fmt: skip


@transaction.atomic
def keep_skeleton(council, kind, *, by, text, annexes=None, reason=""):
    """The next version of a council's text for a kind of report; "" goes back to the text shipped. None if unchanged.

    `annexes` are the keys of the appendices in their order; None for those of the kind. Drafts are written from it when
    they are next saved or submitted; what was submitted stays as it is.
    """
    if why := skeleton_refusal(council, by):
        raise PermissionDenied(why)
    of = KINDS[kind]
    if unknown := set(annexes or ()) - set(of.choosable):
        raise ValidationError(_("This report has no such appendix: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    if text and (wrong := problems_of(kind, text, of.annexes if annexes is None else annexes)):
        raise ValidationError({"text": wrong})
    if annexes == list(of.annexes):
        annexes = None
    type(council).objects.select_for_update(no_key=True).get(pk=council.pk)  # versions are counted one by one
    present = Skeleton.objects.filter(council=council, kind=kind).order_by("-version").first()
    if ((present.text, present.annexes) if present else ("", None)) == (text, annexes):
        return None
    with acting(by=by, reason=reason or gettext_lazy("skeleton of a report changed")):
        return Skeleton.objects.create(
            council=council, kind=kind, version=present.version + 1 if present else 1, text=text, annexes=annexes,
            reason=reason,
        )  # fmt: skip


def skeleton_refusal(council, user):
    """Why this user does not change the texts of the council's reports, in words; "" when they may."""
    if user.may(Permission.REPORT_MAKE, at=council):
        return ""
    return _("Your role does not allow changing the texts of reports of %(council)s.") % {"council": council}


def _gaps(report, writing):
    text = skeleton_text(report.kind, report.skeleton)
    opens = report.kind != ReportKind.RESULTS  # its draft is seen by the answering side alone
    return lacks(writing, text, address=report.get_absolute_url(), signer=report.document.signer, opens=opens)


def _not_known_of(report):
    """The version in force that this one does not follow: a later one, or an earlier one issued after it was frozen."""
    latest = SessionReport.objects.in_force_beside(report).first()
    if latest is None or (latest.version < report.version and not report.frozen):
        return None
    is_known = latest.version < report.version and report.frozen.get("follows") in (None, latest.document.reference)
    return None if is_known else latest


class SessionReportPaper(Purpose):
    """A session report: what was submitted is what was counted, what is issued stays as it is."""

    key = PURPOSE
    label = gettext_lazy("Session report")
    may_be_recalled = True
    review_template = "reports/_report_review.html"

    def refusal(self, step, document, user):
        report = document.session_report
        if step in ("submit", "issue") and (latest := _not_known_of(report)):
            words = {"reference": latest.document.reference, "number": latest.version}
            if latest.version > report.version:
                return _("Version %(number)d is issued already, as %(reference)s: draft the next one instead.") % words
            return _("%(reference)s was issued since: send this back, so that it says what it corrects there.") % words
        if step != "submit" or report.correction:
            return ""
        if corrected := erratum_of(report):
            return _("%(reference)s printed other figures: say in the report why they are corrected.") % {
                "reference": corrected.reference
            }
        return ""

    def before_submitting(self, document, *, by):
        report = document.session_report
        writing = _write(report, by=by)
        report.frozen = writing.figures.as_data() | {
            "at": timezone.now().isoformat(),
            "session": report.council_session.official_name,
            "erratum": writing.erratum.as_data() if writing.erratum else None,
            "follows": writing.erratum.reference if writing.erratum is not None else "",
            "annexes": [annex.key for annex in writing.annexes],
            "counts": writing.counts,
            "tables": {key: writing.table(key).as_data() for key in writing.tables},
        }
        with acting(by=by, reason=gettext_lazy("figures frozen")):
            report.save()

    def issued(self, document, *, by):
        """Another version may have been issued since this one was found to be next."""
        _one_at_a_time(document.session_report.council_session)
        if why := self.refusal("issue", document, by):
            raise PermissionDenied(why)

    def sent_back(self, document, *, by):
        report = document.session_report
        report.frozen = None
        with acting(by=by, reason=gettext_lazy("figures follow the records again")):
            report.save()

    def masked(self, document, text):
        return PetitionOrigin.objects.filter(petition__council_session=document.session_report.council_session).masked(
            text
        )

    def workplace(self, document):
        return reverse("reports:report", args=[document.session_report.pk])

    def review_context(self, document):
        report = document.session_report
        later = SessionReport.objects.filter(
            council_session=report.council_session,
            kind=report.kind,
            version__gt=report.version,
            document__status=Status.ISSUED,
        )
        return {
            "report": report,
            "tables": [(key, title_of(key)) for key in exports.file_tables(_writing(report))],
            "erratum": erratum_of(report) if report.frozen else None,
            "counts": KINDS[report.kind].counts,
            "later": later.select_related("document").order_by("-version").first(),
        }


SESSION_REPORT = SessionReportPaper()
