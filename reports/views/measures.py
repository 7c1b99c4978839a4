"""How a session is measured: its charts, the time agencies take, the scorecard."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from common.downloads import download
from common.formats import short_date
from reports import exports, tables
from reports.charts import charts as charts_of
from reports.figures import SessionFigures
from reports.forms import AsOfForm
from reports.loading import load
from reports.scorecard import scores
from reports.times import FIGURES, REASONS, STEPS, SessionTimes
from reports.views.files import file_of
from reports.views.sessions import page_of, session_of


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
        "page": page_of(request, rows),
        "as_of": form.day,
        "room": "sessions",
    }
    return render(request, "reports/time_rows.html", context)


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
        "page": page_of(request, rows),
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
    return file_of(_scorecard_tables(session, figures).get(name), session, figures, kind, f"{name}-ky-hop-{session.pk}")


def _measured(request, pk):
    session, form = session_of(request, pk), AsOfForm(request.GET or None)
    return session, form, SessionFigures.live(session, form.day)


def _scorecard_tables(session, figures):
    """{name: table} in the office's language, whatever language the reader works in."""
    with translation.override(settings.LANGUAGE_CODE):
        found = scores(session, figures)
        return {name: make(found) for name, make in tables.SCORECARD.items()}
