"""The text and the appendices of a report, from its skeleton and its figures."""

from django.conf import settings
from django.utils import translation

from common.formats import dotted, short_date
from directory.models import Agency
from documents.papers import official_text
from reports import tables
from reports.charts import charts
from reports.kinds import KINDS
from reports.models import ReportKind
from reports.shapes import SHAPES
from reports.vocabulary import title_of


def report_subject(kind, council_session):
    return KINDS[kind].subject.format(session=council_session.official_name)


def issuer_of(kind, council):
    """Whose report it is: the People's Committee answers for what was done, the Standing Committee for the rest."""
    if kind == ReportKind.RESULTS:
        return _executive(council)
    return council.standing_committee


def _executive(council):
    return council.agencies.filter(kind=Agency.Kind.PEOPLES_COMMITTEE).order_by("pk").first()


def addressees(kind, council):
    """Whom a report is addressed to (Kính gửi): (name, agency or None) pairs."""
    return [(council.name, council.standing_committee)] if kind == ReportKind.RESULTS else []


def recipients(kind, council):
    """Whom a report goes to unless its author says otherwise: (name, agency or None) pairs."""
    if kind == ReportKind.RESULTS:
        return [(f"Các Ban {council.short_name}", None)]
    executive = _executive(council)
    members = [(f"Đại biểu {council.short_name}", None), (f"Các Ban {council.short_name}", None)]
    return members + ([(executive.name, executive)] if executive else [])


#: An extract that lists more points is not laid out while somebody waits.
MOST_ON_PAPER = 300


def extract_page(council_session, figures, of):
    """The page for print of one agency's, committee's or locality's part: its results and its list, as HTML."""
    return official_text("reports/letters/extract.html", _extracted(council_session, figures, of))


def extract_words(council_session, figures, of):
    """The same for Word, without a page around it."""
    return official_text("reports/letters/_extract.html", _extracted(council_session, figures, of))


def _extracted(council_session, figures, of):
    context = {"of": of, "session": council_session.title, "as_of": figures.as_of}
    return context | _by_agency(figures) | _in_detail(figures)


def _by_agency(figures):
    return {"table": figures.by_agency, "titles": tables.column_titles()}


def _in_detail(figures, last="Đánh giá qua giám sát; ghi chú"):
    """`last` is the heading of the last column."""
    return {"groups": tables.grouped_by_agency(figures), "last": last}


def report_appendices(writing):
    """[(title, body, landscape)] of every appendix that belongs to this kind of report, in their order."""
    return [
        (_title(writing, annex.key), _appendix(writing, annex.key), annex.is_landscape) for annex in writing.annexes
    ]


def _title(writing, key):
    """What it is, how much it lists where it is a list, and as of which day."""
    words, day = title_of(key), short_date(writing.figures.as_of)
    table = writing.table(key) if key in SHAPES else None
    listed = f": {dotted(len(table.rows))} {table.counted}" if table and table.group else ""
    return f"{words}{listed} (tính đến ngày {day})"


def _appendix(writing, key):
    figures = writing.figures
    if key == "agency":
        return official_text("reports/letters/by_agency.html", _by_agency(figures))
    if key == "points":
        last = ["Ghi chú"] if writing.kind == ReportKind.RESULTS else []
        return official_text("reports/letters/detail.html", _in_detail(figures, *last))
    if key == "figures":
        context = {"counts": figures.counts, "balance": tables.balanced(figures)}
        return official_text("reports/letters/catalogue.html", context)
    if key == "charts":
        with translation.override(settings.LANGUAGE_CODE):
            drawn = charts(writing.council_session, figures)
        return official_text("reports/letters/charts.html", {"charts": drawn})
    return official_text("reports/letters/table.html", {"table": writing.table(key)})
