"""Reports: the list, a new one, its author's part, its files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common.downloads import download
from documents.workflow import edit_refusal
from reports import exports, letters, workflow
from reports.forms import DraftForm, ReportForm
from reports.kinds import KINDS
from reports.models import ReportKind, SessionReport
from reports.trial import under_way
from reports.views.files import table_file
from sessions.context_processors import session_of as session_worked_on
from sessions.models import CouncilSession


def _report(request, pk):
    reports = SessionReport.objects.visible_to(request.user).select_related(
        "document__agency", "council_session__term__council"
    )
    return get_object_or_404(reports, pk=pk)


@require_safe
def index(request):
    """Every report one may see."""
    reports = SessionReport.objects.visible_to(request.user).select_related("document__agency", "council_session")
    kind = request.GET.get("kind", "")
    session = session_worked_on(request)
    context = {
        "reports": reports.filter(kind=kind) if kind in ReportKind.values else reports,
        "kinds": ReportKind.choices,
        "chosen": kind,
        "makes": workflow.kinds_made_by(request.user, session.council) if session else [],
        "keeps": bool(request.user.councils_where(Permission.REPORT_MAKE)),
    }
    return render(request, "reports/index.html", context)


@require_http_methods(["GET", "POST"])
def create(request, pk):
    """A new report on a session, of the kind asked for."""
    sessions = CouncilSession.objects.visible_to(request.user).select_related("term__council__unit")
    session = get_object_or_404(sessions, pk=pk)
    kind = request.GET.get("kind", ReportKind.OVERSIGHT)
    makes = workflow.kinds_made_by(request.user, session.council)
    if kind not in ReportKind.values or (not makes and session.council.pk not in request.user.sees_councils):
        raise Http404
    if why := workflow.making_refusal(kind, session.council, request.user):
        raise PermissionDenied(why)
    issuer = letters.issuer_of(kind, session.council)
    form = DraftForm(request.POST or None, issuer=issuer)
    if form.is_valid():
        report = workflow.draft(session, kind=kind, by=request.user, **form.cleaned_data)
        messages.success(request, _("The report is drafted with its figures. Add your own assessment."))
        return redirect(report)
    context = {
        "session": session,
        "form": form,
        "kind": ReportKind(kind),
        "sentence": KINDS[kind].sentence,
        "makes": makes,
        "issuer": issuer,
        "under_way": under_way(session, kind, request.user),
        "version": session.reports.filter(kind=kind).count() + 1,
    }
    return render(request, "reports/create.html", context)


@require_http_methods(["GET", "POST"])
def report(request, pk):
    """The author's part of a draft report; its paper stands on the review page."""
    report = _report(request, pk)
    if edit_refusal(report.document, request.user):
        return redirect(report.document)
    writing = workflow.writing_of(report)
    form = ReportForm(request.POST or None, instance=report, erratum=writing.erratum)
    if form.is_valid():
        workflow.save(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved; the report is written again."))
        return redirect(report.document if "review" in request.POST else report)
    context = {
        "report": report,
        "form": form,
        "figures": writing.figures,
        "erratum": writing.erratum,
        "keeps": not workflow.skeleton_refusal(report.council_session.council, request.user),
    }
    return render(request, "reports/report.html", context)


@require_safe
def state(request, pk):
    """What a draft should say otherwise by now and what it lacks: fetched by its pages, or a page of its own.

    With `changes` only what changed is shown.
    """
    report = _report(request, pk)
    context = {
        "report": report,
        "is_editable": not edit_refusal(report.document, request.user),
        "only_changes": "changes" in request.GET,
        **workflow.state_of(report),
    }
    return render(request, "reports/_state.html" if request.htmx else "reports/state.html", context)


@require_POST
def refresh(request, pk):
    """Write a draft again from the records as they stand now."""
    report = workflow.refresh(_report(request, pk), by=request.user)
    messages.success(request, _("The report is written again with the figures as they stand now."))
    return redirect(report.document)


@require_safe
def report_table(request, pk, name, kind):
    """One table of a report as CSV or JSON: of the frozen figures once it was submitted."""
    report = _report(request, pk)
    writing = workflow.writing_of(report)
    return table_file(writing, name, kind, f"bao-cao-{report.pk}", writing.counts)


@require_safe
def report_workbook(request, pk):
    """The appendices of a report as a workbook: the frozen figures once it was submitted."""
    report = _report(request, pk)
    return download(exports.of_report(workflow.writing_of(report)), f"phu-luc-bao-cao-{report.pk}.xlsx")
