"""The cockpit of a session, the rows behind each figure, reports and their files."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from common.acting import official
from common.downloads import download
from common.formats import short_date
from documents import pdf
from documents.workflow import edit_refusal
from reports import balance, exports, letters, tables, workflow
from reports.catalogue import CATALOGUE, COLUMNS, Unit
from reports.charts import charts as charts_of
from reports.erratum import erratum_of
from reports.figures import BREAKDOWNS, SessionFigures
from reports.forms import AsOfForm, ComparisonForm, DraftForm, ReportForm
from reports.loading import load
from reports.models import SessionReport
from reports.roadmap import missing, stages
from reports.scorecard import scores
from reports.times import FIGURES, REASONS, STEPS, SessionTimes
from sessions.models import CouncilSession

#: Rows behind a number on one page.
PAGE_SIZE = 50


def _session(request, pk):
    """The session if this user may see all its petitions, else 404: figures count everything."""
    sessions = CouncilSession.objects.filter(term__council__in=request.user.sees_councils)
    return get_object_or_404(sessions.select_related("term__council__unit"), pk=pk)


def _report(request, pk):
    reports = SessionReport.objects.visible_to(request.user).select_related(
        "document__agency", "council_session__term__council"
    )
    return get_object_or_404(reports, pk=pk)


@require_safe
def index(request):
    """Every session report one may see."""
    reports = SessionReport.objects.visible_to(request.user).select_related("document", "council_session")
    return render(
        request,
        "reports/index.html",
        {"reports": reports, "may_make": request.user.may(Permission.REPORT_MAKE)},
    )


@require_safe
def cockpit(request, pk):
    """One session at a glance: counts at every stage, who is late, what is missing for the report.

    Who sees only a part of the petitions gets the list of that part: figures count everything.
    """
    if not CouncilSession.objects.filter(pk=pk, term__council__in=request.user.sees_councils).exists():
        seen = get_object_or_404(CouncilSession.objects.visible_to(request.user), pk=pk)
        return redirect(f"{reverse('petitions:index')}?session={seen.pk}")
    session = _session(request, pk)
    form = AsOfForm(request.GET or None)
    figures = SessionFigures.numbers(session, form.day)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "figures": figures,
        "counts": figures.counts,
        "by_agency": figures.by_agency,
        "breakdowns": [figures.breakdown(by) for by in ("level", "committee", "place")],
        "missing": missing(session, figures),
        "stages": stages(session),
        "reports": SessionReport.objects.visible_to(request.user)
        .filter(council_session=session)
        .select_related("document"),
        "may_make": request.user.may(Permission.REPORT_MAKE, at=session.council),
        "may_edit": request.user.may(Permission.SESSION_EDIT, at=session.council),
        "room": "sessions",
    }
    return render(request, "reports/cockpit.html", context)


@require_safe
def rows(request, pk):
    """The petitions one figure counts: as many rows as the figure says."""
    session = _session(request, pk)
    key, by, value = (request.GET.get(name, "") for name in ("figure", "by", "value"))
    if key not in (COLUMNS if by else CATALOGUE) or by not in ("", "agency", *BREAKDOWNS):
        raise Http404
    form = AsOfForm(request.GET)
    figures = SessionFigures.live(session, form.day, words=False)
    found = figures.behind(key, by, value)
    page = _page(request, found)
    context = {
        "session": session,
        "figure": CATALOGUE[key],
        "as_of": form.day,
        "page": page,
        "rows": figures.told(page.object_list),
        "number": len(found) if by else figures.counts[key].part,
        "counts_mentions": CATALOGUE[key].unit == Unit.MENTIONS,
        "within": figures.label_of(by, value),
        "by": by,
        "value": value,
        "room": "sessions",
    }
    return render(request, "reports/rows.html", context)


def _page(request, rows):
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


@require_safe
def catalogue(request):
    """What every figure means, generated from the catalogue."""
    return render(request, "reports/figures.html", _definitions() | {"figures": CATALOGUE.values()})


@require_safe
def figures(request, pk):
    """Every figure of a session with its meaning and its number, and all tables as files."""
    session = _session(request, pk)
    form = AsOfForm(request.GET or None)
    counted = SessionFigures.numbers(session, form.day)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "counts": counted.counts,
        "figures": CATALOGUE.values(),
        "checks": balance.checks(counted),
        "extracts": [("agency", counted.by_agency), *((by, counted.breakdown(by)) for by in ("committee", "place"))],
        "tables": tables.TITLES.items(),
        "room": "sessions",
    }
    return render(request, "reports/figures.html", _definitions() | context)


def _definitions():
    return {"catalogue": CATALOGUE, "times": [*FIGURES.values(), *REASONS.values()], "steps": STEPS}


@require_safe
def table(request, pk, name, kind):
    """One table of a session as CSV or JSON, as of a day; of one agency, place or other part if asked."""
    session = _session(request, pk)
    figures, of = _extract(request, session)
    return _table_file(session, figures, name, kind, f"{'trich-' if of else ''}ky-hop-{session.pk}", of)


@require_safe
def report_table(request, pk, name, kind):
    """One table of a report as CSV or JSON: of the frozen figures once it was submitted."""
    report = _report(request, pk)
    return _table_file(report.council_session, workflow.figures_of(report), name, kind, f"bao-cao-{report.pk}")


def _table_file(session, figures, name, kind, source, of=""):
    found = tables.TABLES[name](figures) if name in tables.TABLES else None
    return _file(found, session, figures, kind, f"{name}-{source}", of)


def _file(found, session, figures, kind, file_name, of=""):
    if found is None or kind not in ("csv", "json"):
        raise Http404
    content = exports.as_csv(found) if kind == "csv" else exports.as_json(found, session, figures, of)
    return download(content, f"{file_name}.{kind}")


@require_safe
def charts(request, pk):
    """A session in pictures, each with its numbers beside it."""
    session = _session(request, pk)
    form = AsOfForm(request.GET or None)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "charts": charts_of(session, SessionFigures.live(session, form.day)),
        "room": "sessions",
    }
    return render(request, "reports/charts.html", context)


@require_safe
def comparison(request):
    """Sessions side by side: every figure of each, as of its close or as of today."""
    form = ComparisonForm(request.GET or None, user=request.user)
    compared = [SessionFigures.numbers(one, min(one.closes_on, timezone.localdate())) for one in form.chosen]
    columns = list(zip(form.chosen, compared, strict=True))
    rows = [(figure, [found.counts[figure.key] for found in compared]) for figure in CATALOGUE.values()]
    return render(request, "reports/comparison.html", {"form": form, "columns": columns, "rows": rows})


@require_safe
def scorecard(request, pk):
    """A session against the criteria of the evaluation framework, each with its evidence and what to do next."""
    session, form, figures = _measured(request, pk)
    found = scores(session, figures)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "scores": found,
        "is_draft": any(score.criterion.is_draft for score in found),
        "room": "sessions",
    }
    return render(request, "reports/scorecard.html", context)


@require_safe
def scorecard_rows(request, pk):
    """What one value of the scorecard rests on, what is missing first."""
    session, form, figures = _measured(request, pk)
    chosen = request.GET.get("criterion", "")
    found = next((score for score in scores(session, figures) if str(score.criterion.pk) == chosen), None)
    if found is None:
        raise Http404
    page = _page(request, found.evidence)
    context = {"session": session, "as_of": form.day, "score": found, "page": page, "room": "sessions"}
    return render(request, "reports/scorecard_rows.html", context)


@require_safe
def scorecard_workbook(request, pk):
    """The scorecard and its evidence as a workbook."""
    session, form, figures = _measured(request, pk)
    about = f"{session.official_name} — số liệu tính đến ngày {short_date(form.day)}"
    content = exports.plain(_scorecard_tables(session, figures).values(), about, form.day)
    return download(content, f"tieu-chi-{session.pk}.xlsx")


@require_safe
def scorecard_table(request, pk, name, kind):
    """The scorecard, or its evidence, as CSV or JSON."""
    session, _form, figures = _measured(request, pk)
    return _file(_scorecard_tables(session, figures).get(name), session, figures, kind, f"{name}-ky-hop-{session.pk}")


def _measured(request, pk):
    session, form = _session(request, pk), AsOfForm(request.GET or None)
    return session, form, SessionFigures.live(session, form.day)


def _scorecard_tables(session, figures):
    """{name: table} in the office's language, whatever language the reader works in."""
    with translation.override(settings.LANGUAGE_CODE):
        found = scores(session, figures)
        return {name: make(found) for name, make in tables.SCORECARD.items()}


@require_safe
def times(request, pk):
    """How long each agency takes for each step, who keeps due dates, where the time of late ones went."""
    session = _session(request, pk)
    form = AsOfForm(request.GET or None)
    counted = SessionTimes(load(session, form.day, words=False), form.day)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "agencies": counted.agencies,
        "total": counted.total,
        "steps": STEPS,
        "figures": FIGURES,
        "reasons": REASONS,
        "room": "sessions",
    }
    return render(request, "reports/times.html", context)


@require_safe
def time_rows(request, pk):
    """The points behind one number of the times: as many rows as the number says."""
    session = _session(request, pk)
    key, agency = request.GET.get("figure", ""), request.GET.get("agency", "")
    figures = {**FIGURES, **REASONS}
    if key not in figures | STEPS or not agency.isdecimal():
        raise Http404
    form = AsOfForm(request.GET)
    counted = SessionTimes(load(session, form.day, words=False), form.day)
    rows = counted.rows(key, int(agency))
    context = {
        "session": session,
        "label": STEPS[key][0] if key in STEPS else figures[key].label,
        "sentence": STEPS[key][1] if key in STEPS else figures[key].sentence,
        "agency": rows[0][0].agency_name if rows and agency != "0" else "",
        "page": _page(request, rows),
        "as_of": form.day,
        "room": "sessions",
    }
    return render(request, "reports/time_rows.html", context)


@require_safe
def workbook(request, pk):
    """The appendices of a session as a workbook, as of a day; of one agency, place or other part if asked."""
    session = _session(request, pk)
    figures, of = _extract(request, session)
    name = f"{'trich-' if of else ''}phu-luc-ky-hop-{session.pk}.xlsx"
    return download(exports.appendices(session, figures, of), name)


@require_safe
def extract(request, pk):
    """One agency's, committee's or locality's part of a session on paper: its figures and its list."""
    session = _session(request, pk)
    figures, of = _extract(request, session)
    if not of:
        raise Http404
    if (number := len(figures.all_points)) > letters.MOST_ON_PAPER:
        messages.info(
            request,
            _("This extract lists %(number)s points, too many for the page: take its workbook.") % {"number": number},
        )
        return redirect(f"{reverse('reports:figures', args=[session.pk])}#extracts")
    content = pdf.render_html(letters.extract_page(session, figures, of))
    return download(content, f"trich-ky-hop-{session.pk}.pdf", is_shown=True)


def _extract(request, session):
    """The figures asked for and what they are of: ("" for the whole session)."""
    figures = SessionFigures.live(session, AsOfForm(request.GET or None).day)
    by, value = (request.GET.get(name, "") for name in ("by", "value"))
    if not by:
        return figures, ""
    if by not in ("agency", *BREAKDOWNS) or not (of := figures.label_of(by, value)):
        raise Http404
    return figures.only(by, value), official(of)


@require_http_methods(["GET", "POST"])
def create(request, pk):
    """A new session report."""
    session = _session(request, pk)
    issuer = session.council.standing_committee
    if issuer is None or not _may_make(request.user, session, issuer):
        raise PermissionDenied(
            _("Your role does not allow making reports of %(council)s.") % {"council": session.council}
        )
    form = DraftForm(request.POST or None, issuer=issuer)
    if form.is_valid():
        report = workflow.draft(session, by=request.user, **form.cleaned_data)
        messages.success(request, _("The report is drafted with its figures. Add your own assessment."))
        return redirect(report)
    return render(request, "reports/create.html", {"session": session, "form": form})


def _may_make(user, session, issuer):
    return user.may(Permission.REPORT_MAKE, at=session.council) and user.may(Permission.DOCUMENT_DRAFT, at=issuer)


@require_http_methods(["GET", "POST"])
def report(request, pk):
    """The author's part of a draft report; its paper stands on the review page."""
    report = _report(request, pk)
    if edit_refusal(report.document, request.user):
        return redirect(report.document)
    erratum = erratum_of(report)
    form = ReportForm(request.POST or None, instance=report, erratum=erratum)
    if form.is_valid():
        workflow.save(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved; the report is written again."))
        return redirect(report.document if "review" in request.POST else report)
    return render(
        request,
        "reports/report.html",
        {"report": report, "form": form, "figures": workflow.figures_of(report), "erratum": erratum},
    )


@require_safe
def report_workbook(request, pk):
    """The appendices of a report as a workbook: the frozen figures once it was submitted."""
    report = _report(request, pk)
    content = exports.appendices(report.council_session, workflow.figures_of(report))
    return download(content, f"phu-luc-bao-cao-{report.pk}.xlsx")
