"""A session in numbers: the cockpit, the figures and what they mean, the rows behind each."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from reports import balance, page_tables, tables, workflow
from reports.answering import figures_for
from reports.catalogue import CATALOGUE, COLUMNS, Unit
from reports.dossier import dossier
from reports.figures import BREAKDOWNS, SessionFigures
from reports.forms import AsOfForm
from reports.models import ReportKind, SessionReport
from reports.roadmap import stages
from reports.scorecard import explained
from reports.shapes import SHAPES
from reports.times import FIGURES, REASONS, STEPS
from reports.vocabulary import further_figures, title_of
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
    page = page_of(request, found)
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


def page_of(request, rows):
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
