"""The tables of a session as files: all of it, or one agency's, committee's or locality's part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.acting import official
from common.downloads import download
from common.text import fold
from documents import pdf, word
from reports import exports, letters, page_tables
from reports.figures import BREAKDOWNS, SessionFigures
from reports.forms import AsOfForm
from reports.models import ReportKind
from reports.views.sessions import session_of
from reports.wording import Writing


@require_safe
def table(request, pk, name, kind):
    """One table of a session as CSV or JSON, as of a day; of one agency, place or other part if asked."""
    session = session_of(request, pk)
    figures, of = _extract(request, session)
    if name in page_tables.TABLES and not of:
        made = page_tables.TABLES[name](session, figures)
        return file_of(made, session, figures, kind, f"{name}-ky-hop-{session.pk}")
    writing = Writing(ReportKind.OVERSIGHT, session, figures, issuer=None)
    return table_file(writing, name, kind, _stem("ky-hop", session, of), of)


def table_file(writing, name, kind, source, of=""):
    """One table of a session or a report as CSV or JSON; 404 where it has none of this name."""
    found = exports.table_of(writing, name)
    return file_of(found, writing.council_session, writing.figures, kind, f"{name}-{source}", of)


def file_of(found, session, figures, kind, file_name, of=""):
    """A table as CSV or JSON; 404 for no table and any other kind of file."""
    if found is None or kind not in ("csv", "json"):
        raise Http404
    content = exports.as_csv(found) if kind == "csv" else exports.as_json(found, session, figures, of)
    return download(content, f"{file_name}.{kind}")


@require_safe
def workbook(request, pk):
    """The appendices of a session as a workbook, as of a day; of one agency, place or other part if asked."""
    session = session_of(request, pk)
    figures, of = _extract(request, session)
    name = f"{_stem('phu-luc-ky-hop', session, of)}.xlsx"
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
            word.render_text(words, title=of, author="", is_landscape=True), f"{_stem('ky-hop', session, of)}.docx"
        )
    content = pdf.render_html(letters.extract_page(session, figures, of))
    return download(content, f"{_stem('ky-hop', session, of)}.pdf", is_shown=True)


def _extract(request, session):
    """The figures asked for and what they are of: ("" for the whole session)."""
    figures = SessionFigures.live(session, AsOfForm(request.GET or None).day)
    by, value = (request.GET.get(name, "") for name in ("by", "value"))
    if not by:
        return figures, ""
    if by not in ("agency", *BREAKDOWNS) or not (of := figures.label_of(by, value)):
        raise Http404
    return figures.only(by, value), official(of)


def _stem(kind, session, of):
    """How a file of a session is called, or of a part of it: "trich-ky-hop-6-so-y-te"."""
    return f"trich-{kind}-{session.pk}-{slugify(fold(of))[:60].strip('-')}" if of else f"{kind}-{session.pk}"
