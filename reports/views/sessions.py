"""The cockpit of a session, the rows behind each figure, its tables as files."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from common.acting import official
from common.downloads import download
from common.formats import short_date
from documents import pdf, word
from reports import balance, exports, letters, page_tables, tables, workflow
from reports.answering import figures_for
from reports.catalogue import CATALOGUE, COLUMNS, Unit
from reports.charts import charts as charts_of
from reports.dossier import dossier
from reports.figures import BREAKDOWNS, SessionFigures
from reports.forms import AsOfForm
from reports.loading import load
from reports.models import ReportKind, SessionReport
from reports.roadmap import stages
from reports.scorecard import explained, scores
from reports.shapes import SHAPES
from reports.times import FIGURES, REASONS, STEPS, SessionTimes
from reports.vocabulary import further_figures, title_of
from reports.wording import Writing
from sessions.models import CouncilSession

#: Rows behind a number on one page.
PAGE_SIZE = 50


def session_of(request, pk):
    """The session if this user may see all its petitions, else 404: figures count everything."""
    sessions = CouncilSession.objects.filter(term__council__in=request.user.sees_councils)
    return get_object_or_404(sessions.select_related("term__council__unit"), pk=pk)


@require_safe
def cockpit(request, pk):
    """One session at a glance: counts at every stage, who is late, what is missing for the report.

    Who sees only a part of the petitions gets the list of that part: figures count everything.
    """
    if not CouncilSession.objects.filter(pk=pk, term__council__in=request.user.sees_councils).exists():
        seen = get_object_or_404(CouncilSession.objects.visible_to(request.user), pk=pk)
        return redirect(f"{reverse('petitions:index')}?session={seen.pk}")
    session = session_of(request, pk)
    form = AsOfForm(request.GET or None)
    figures = SessionFigures.numbers(session, form.day)
    makes = workflow.kinds_made_by(request.user, session.council)
    context = {
        "session": session,
        "form": AsOfForm(None, initial={"as_of": form.day}),
        "as_of": form.day,
        "figures": figures,
        "counts": figures.counts,
        "by_agency": figures.by_agency,
        "breakdowns": [figures.breakdown(by) for by in ("level", "field", "committee", "place")],
        "dossier": dossier(session, figures, request.user, makes),
        "stages": stages(session),
        "reports": SessionReport.objects.visible_to(request.user)
        .filter(council_session=session)
        .select_related("document"),
        "makes": makes,
        "may_edit": request.user.may(Permission.SESSION_EDIT, at=session.council),
        "room": "sessions",
    }
    return render(request, "reports/cockpit.html", context)


@require_safe
def rows(request, pk):
    """The petitions one figure counts: as many rows as the figure says."""
    session = session_of(request, pk)
    key, by, value = request.GET.get("figure", ""), request.GET.get("by", ""), request.GET.get("value")
    if key not in _counted_by(by):
        raise Http404
    form, kind = AsOfForm(request.GET), request.GET.get("report", ReportKind.OVERSIGHT)
    if kind not in ReportKind.values:
        raise Http404
    figures = figures_for(kind, session, form.day, words=False)
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
        "is_whole": bool(by) and value is None,
        "has_extract": by in ("agency", *BREAKDOWNS) and value is not None and kind == ReportKind.OVERSIGHT,
        "report": ReportKind(kind) if kind != ReportKind.OVERSIGHT else None,
        "by": by,
        "value": value,
        "room": "sessions",
    }
    return render(request, "reports/rows.html", context)


def _counted_by(by):
    """The figures that a table by something counts; every figure where it is by nothing."""
    tables = dict.fromkeys(("agency", *BREAKDOWNS), COLUMNS)
    return {"": CATALOGUE, "age": ["closing"], **tables}.get(by, ())


def _page(request, rows):
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


@require_safe
def catalogue(request):
    """What every figure means, generated from the catalogue."""
    return render(request, "reports/figures.html", _definitions() | {"figures": CATALOGUE.values()})


@require_safe
def figures(request, pk):
    """Every figure of a session with its meaning and its number, and all tables as files."""
    session = session_of(request, pk)
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
        "tables": [*tables.TITLES.items(), *((key, title_of(key)) for key in SHAPES), *page_tables.TITLES.items()],
        "room": "sessions",
    }
    return render(request, "reports/figures.html", _definitions() | context)


def _definitions():
    return {
        "catalogue": CATALOGUE,
        "times": [*FIGURES.values(), *REASONS.values()],
        "times_by_key": FIGURES,
        "steps": STEPS,
        "further": further_figures(),
        "criteria": explained(),
    }


@require_safe
def table(request, pk, name, kind):
    """One table of a session as CSV or JSON, as of a day; of one agency, place or other part if asked."""
    session = session_of(request, pk)
    figures, of = _extract(request, session)
    if name in page_tables.TABLES and not of:
        made = page_tables.TABLES[name](session, figures)
        return _file(made, session, figures, kind, f"{name}-ky-hop-{session.pk}")
    writing = Writing(ReportKind.OVERSIGHT, session, figures, issuer=None)
    return table_file(writing, name, kind, f"{'trich-' if of else ''}ky-hop-{session.pk}", of)


def table_file(writing, name, kind, source, of=""):
    """One table of a session or a report as CSV or JSON; 404 where it has none of this name."""
    found = exports.table_of(writing, name)
    return _file(found, writing.council_session, writing.figures, kind, f"{name}-{source}", of)


def _file(found, session, figures, kind, file_name, of=""):
    if found is None or kind not in ("csv", "json"):
        raise Http404
    content = exports.as_csv(found) if kind == "csv" else exports.as_json(found, session, figures, of)
    return download(content, f"{file_name}.{kind}")


@require_safe
def charts(request, pk):
    """A session in pictures, each with its numbers beside it."""
    session = session_of(request, pk)
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
    """What one value of the scorecard rests on, what is missing first; of `part` or `gaps` only these."""
    session, form, figures = _measured(request, pk)
    chosen = request.GET.get("criterion", "")
    found = next((score for score in scores(session, figures) if str(score.criterion.pk) == chosen), None)
    if found is None:
        raise Http404
    part_of = request.GET.get("of", "")
    rows = {"part": found.reached, "gaps": found.gaps}.get(part_of, found.evidence)
    context = {
        "session": session,
        "as_of": form.day,
        "score": found,
        "is_part": part_of == "part",
        "page": _page(request, rows),
        "room": "sessions",
    }
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
    session, form = session_of(request, pk), AsOfForm(request.GET or None)
    return session, form, SessionFigures.live(session, form.day)


def _scorecard_tables(session, figures):
    """{name: table} in the office's language, whatever language the reader works in."""
    with translation.override(settings.LANGUAGE_CODE):
        found = scores(session, figures)
        return {name: make(found) for name, make in tables.SCORECARD.items()}


@require_safe
def times(request, pk):
    """How long each agency takes for each step, who keeps due dates, where the time of late ones went."""
    session = session_of(request, pk)
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
    session = session_of(request, pk)
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
    session = session_of(request, pk)
    figures, of = _extract(request, session)
    name = f"{'trich-' if of else ''}phu-luc-ky-hop-{session.pk}.xlsx"
    return download(exports.appendices(session, figures, of), name)


@require_safe
def extract(request, pk):
    """One agency's, committee's or locality's part of a session on paper or in Word: its figures and its list."""
    session = session_of(request, pk)
    figures, of = _extract(request, session)
    if not of:
        raise Http404
    if (number := len(figures.all_points)) > letters.MOST_ON_PAPER:
        messages.info(
            request,
            _("This extract lists %(number)s points, too many for the page: take its workbook.") % {"number": number},
        )
        return redirect(f"{reverse('reports:figures', args=[session.pk])}#extracts")
    if request.GET.get("file") == "docx":
        words = letters.extract_words(session, figures, of)
        return download(
            word.render_text(words, title=of, author="", is_landscape=True), f"trich-ky-hop-{session.pk}.docx"
        )
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
