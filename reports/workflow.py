"""Draft a session report, keep it current, freeze its figures when it is issued."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from documents import workflow as documents
from documents.models import Kind
from documents.purposes import Purpose
from petitions.models import PetitionOrigin
from reports import letters, tables
from reports.facts import Fact
from reports.figures import SessionFigures
from reports.models import SessionReport

PURPOSE = "session_report"
TEXTS = ("direction", "achievements", "limitations", "causes", "recommendations")


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
        facts = [Fact.from_data(data) for data in report.frozen["facts"]]
        return SessionFigures(date.fromisoformat(report.frozen["as_of"]), facts)
    return SessionFigures.live(report.council_session, report.as_of)


def _write(report, *, by):
    figures = figures_of(report)
    documents.rewrite(
        report.document,
        by=by,
        body=letters.report_body(report, figures),
        appendices=letters.report_appendices(report, figures),
    )
    return figures


class SessionReportPaper(Purpose):
    """A session report: what was submitted is what was counted, what is issued stays as it is."""

    key = PURPOSE
    label = gettext_lazy("Session report")
    may_be_recalled = True
    review_template = "reports/_report_review.html"

    def before_submitting(self, document, *, by):
        report = document.session_report
        figures = _write(report, by=by)
        report.frozen = {
            "as_of": report.as_of.isoformat(),
            "facts": [fact.as_data() for fact in figures.facts],
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
        return {"report": document.session_report, "tables": tables.TITLES.items()}


SESSION_REPORT = SessionReportPaper()
