"""Draft a session report, keep it current, freeze its figures when it is issued."""

from django.core.exceptions import PermissionDenied
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
from reports import letters, tables
from reports.erratum import erratum_of
from reports.figures import SessionFigures
from reports.models import SessionReport

PURPOSE = "session_report"
TEXTS = ("direction", "achievements", "limitations", "causes", "recommendations", "correction")


@transaction.atomic
def draft(council_session, *, as_of, by, signer=None, copies=(), **details):
    """A new report on a session as of a day, with its text and appendices written from the figures."""
    council = council_session.council
    if not by.may(Permission.REPORT_MAKE, at=council):
        raise PermissionDenied(_("Your role does not allow making reports of %(council)s.") % {"council": council})
    document = documents.draft(
        agency=council.standing_committee,
        kind=Kind.REPORT,
        purpose=PURPOSE,
        subject=letters.report_subject(council_session),
        by=by,
        copies=copies or letters.recipients(council),
        signer=signer,
        **details,
    )
    with acting(by=by, reason=gettext_lazy("report drafted")):
        report = SessionReport.objects.create(
            council_session=council_session,
            as_of=as_of,
            version=council_session.reports.count() + 1,
            document=document,
        )
    _write(report, by=by)
    return report


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
    return SessionFigures.live(report.council_session, report.as_of)


def _write(report, *, by):
    figures, corrected = figures_of(report), erratum_of(report)
    documents.rewrite(
        report.document,
        by=by,
        body=letters.report_body(report, figures, corrected),
        appendices=letters.report_appendices(report, figures),
    )
    return figures, corrected


class SessionReportPaper(Purpose):
    """A session report: what was submitted is what was counted, what is issued stays as it is."""

    key = PURPOSE
    label = gettext_lazy("Session report")
    may_be_recalled = True
    review_template = "reports/_report_review.html"

    def refusal(self, step, document, user):
        report = document.session_report
        if step != "submit" or report.correction:
            return ""
        if corrected := erratum_of(report):
            return _("%(reference)s printed other figures: say in the report why they are corrected.") % {
                "reference": corrected.reference
            }
        return ""

    def before_submitting(self, document, *, by):
        report = document.session_report
        figures, corrected = _write(report, by=by)
        report.frozen = figures.as_data() | {
            "at": timezone.now().isoformat(),
            "session": report.council_session.official_name,
            "erratum": corrected.as_data() if corrected else None,
        }
        with acting(by=by, reason=gettext_lazy("figures frozen")):
            report.save()

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
            council_session=report.council_session, version__gt=report.version, document__status=Status.ISSUED
        )
        return {
            "report": report,
            "tables": tables.TITLES.items(),
            "erratum": erratum_of(report),
            "later": later.select_related("document").order_by("-version").first(),
        }


SESSION_REPORT = SessionReportPaper()
