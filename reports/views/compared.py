"""Sessions side by side: on screen, on paper, as files, and the rows behind each number."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.downloads import download
from documents import pdf, word
from documents.papers import official_text
from reports import comparison as comparing
from reports import exports
from reports.catalogue import CATALOGUE, Unit
from reports.figures import SessionFigures
from reports.forms import ComparisonForm
from reports.views.sessions import PAGE_SIZE

FILES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}


#: Columns side by side on one page: as many as are read and counted at once, however many sessions are chosen.
MOST_COLUMNS = 12


def _asked(request):
    """(form, groups of the sessions chosen, what the rows are, which number) of the comparison asked for."""
    form = ComparisonForm(request.GET or None, user=request.user)
    return form, comparing.groups(form.chosen, form.choice("across")), form.choice("by"), form.choice("figure")


def _columns(form, groups, live=SessionFigures.numbers):
    return comparing.columns(
        groups,
        across=form.choice("across"),
        structure=form.choice("structure"),
        today=timezone.localdate(),
        live=live,
    )


def _page(request, groups):
    """The groups of one page; the files hold those of the page that is shown."""
    return Paginator(groups, MOST_COLUMNS).get_page(request.GET.get("page"))


@require_safe
def comparison(request):
    """Every figure of each column, or one figure of each row of a breakdown; every number opens its rows."""
    form, groups, by, figure = _asked(request)
    page = _page(request, groups)
    found = _columns(form, page.object_list)
    table = comparing.table(found, by, figure, form.choice("structure")) if found else None
    context = {
        "form": form,
        "page": page,
        "columns": found,
        "by": by,
        "figure": CATALOGUE[figure],
        "rows": [
            (label, str(label) if key else "", list(zip(found, numbers, strict=True)))
            for key, label, numbers in (comparing.breakdown(found, by, figure) if by else [])
        ],
        "figures": []
        if by
        else [(one, [(column, column.figures.counts[one.key]) for column in found]) for one in CATALOGUE.values()],
        "files": FILES.items(),
        "query": _without(request, "page"),
        "table": table,
        "totals": list(zip(found, table.total[1:], strict=True)) if table and table.total else [],
        "is_summed": form.choice("across") != comparing.SESSION,
    }
    return render(request, "reports/comparison.html", context)


@require_safe
def rows(request):
    """The petitions or points behind one number of a comparison: as many as the number says."""
    form, groups, by, figure = _asked(request)
    wanted = [group for group in groups if group[0] == request.GET.get("column")]
    column = next(iter(_columns(form, wanted, SessionFigures.live)), None)
    key = figure if by else request.GET.get("of", "")
    if column is None or key not in CATALOGUE:
        raise Http404
    name = request.GET.get("row")
    keys = _keys_called(column.figures, by, name) if by and name is not None else [None]
    behind = [pair for value in keys for pair in column.figures.behind(key, by, value)]
    page = Paginator(behind, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "column": column,
        "figure": CATALOGUE[key],
        "counts_mentions": CATALOGUE[key].unit == Unit.MENTIONS,
        "name": name,
        "by": by,
        "is_whole": bool(by) and name is None,
        "page": page,
        "rows": page.object_list,
        "number": len(behind) if by else column.figures.counts[key].part,
        "back": _without(request, "column", "of", "row", "page"),
    }
    return render(request, "reports/comparison_rows.html", context)


def _keys_called(figures, by, name):
    table = figures.by_agency if by == "agency" else figures.breakdown(by)
    return [row.key for row in table.rows if (str(row.label) if row.key else "") == name]


def _without(request, *names):
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


@require_safe
def file(request):
    """The comparison as PDF, Word, workbook, CSV or JSON."""
    kind = request.GET.get("file")
    if kind not in FILES:
        raise Http404
    form, groups, by, figure = _asked(request)
    found = _columns(form, _page(request, groups).object_list)
    if not found:
        raise Http404
    table, day = (
        comparing.table(found, by, figure, form.choice("structure")),
        max(column.figures.as_of for column in found),
    )
    name = f"so-sanh-ky-hop.{kind}"
    context = {"table": comparing.on_paper(table), "columns": found}
    if kind == "pdf":
        page = official_text("reports/letters/comparison.html", context)
        return download(pdf.render_html(page), name, is_shown=True)
    if kind == "docx":
        body = official_text("reports/letters/_comparison.html", context)
        return download(word.render_text(body, title=table.title, author="", is_landscape=True), name)
    if kind == "xlsx":
        about = "; ".join(f"{column.title}: {column.note}" for column in found)
        return download(exports.plain([table], about, day), name)
    if kind == "csv":
        return download(exports.as_csv(table), name)
    told = SessionFigures(day, [], "; ".join(session.official_name for one in found for session in one.sessions))
    return download(exports.as_json(table, None, told), name)
