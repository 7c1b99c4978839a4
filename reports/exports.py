"""The tables of a report as a workbook, as CSV and as JSON, from the same figures as the paper."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from common.formats import short_date
from common.xlsx import Column, GroupRow, Row, Sheet, write
from reports import tables
from reports.models import ReportKind
from reports.shapes import SHAPES
from reports.wording import Writing

#: What the list by agency leaves out: its group rows say it, or the sheet with all data does.
_NOT_LISTED = {"agency", "level", "field"}


def appendices(council_session, figures, of=""):
    """The workbook of a session as bytes: the appendices of its oversight report, all other tables, all data.

    `of` names the agency, place or other part it is an extract of.
    """
    return of_report(Writing(ReportKind.OVERSIGHT, council_session, figures, issuer=None), of)


def of_report(writing, of=""):
    """The workbook of one report as bytes: its appendices in their order, the other tables, what each figure means."""
    figures = writing.figures
    attached = {annex.key for annex in writing.annexes}
    sheets = [
        _attached(writing, annex, f"PL{place} {annex.sheet}".strip())
        for place, annex in enumerate(writing.annexes, start=1)
        if annex.sheet is not None
    ]
    if "figures" not in attached:
        sheets.append(_explained("Chỉ tiêu", tables.catalogue(figures), ""))
    sheets += [_sheet(_SHORT[table.key], table) for table in _breakdowns(figures)]
    sheets += [_grouped(_SHORT[key], writing.table(key)) for key in writing.tables if key not in attached]
    sheets += [_sheet("Đối chiếu", tables.balanced(figures)), _sheet("Dữ liệu", tables.points(figures))]
    whose = [
        figures.session_name or writing.council_session.official_name,
        f"trích: {of}" if of else "",
        writing.counts,
    ]
    about = " — ".join(filter(None, [*whose, f"số liệu tính đến ngày {short_date(figures.as_of)}"]))
    return write([sheet(about) for sheet in sheets], figures.as_of)


#: Sheets of the tables that are no appendix of a report.
_SHORT = {
    "level": "Theo thẩm quyền",
    "committee": "Theo Ban",
    "field": "Theo lĩnh vực",
    "place": "Theo địa bàn",
    "punctuality": "Thời hạn trả lời",
    "beside": "Báo cáo và đánh giá",
    "recommendations": "Kiến nghị giám sát",
    "levels_by_field": "Lĩnh vực, thẩm quyền",
    "levels_by_place": "Địa bàn, thẩm quyền",
    "levels_by_agency": "Cơ quan, thẩm quyền",
    "outstanding": "Tồn đọng",
    "criteria": "Tiêu chí",
    "evidence": "Căn cứ",
    "comparison": "So sánh",
}


def _attached(writing, annex, name):
    """The sheet of one appendix, called as it is on paper."""
    figures, label = writing.figures, f"{writing.annex_label(annex.key)}. "
    if annex.key == "agency":
        return _sheet(name, tables.by_agency(figures), label)
    if annex.key == "points":
        return _listed(name, tables.points(figures), label)
    if annex.key == "figures":
        return _explained(name, tables.catalogue(figures), label)
    return _grouped(name, writing.table(annex.key), label)


def file_tables(writing):
    """Keys of the tables of a report that can be had as files: those of every session, then those beside them."""
    return [*tables.TITLES, *writing.tables]


def table_of(writing, key):
    """One table of a session or report for a file; None where it has none of this name."""
    if key in tables.TABLES:
        return tables.TABLES[key](writing.figures)
    return writing.table(key) if key in SHAPES and writing.has(key) else None


def plain(found, about, day):
    """A workbook of these tables as they are, a sheet each, as bytes; `about` stands under every title."""
    return write([_sheet(_SHORT[table.key], table)(about) for table in found], day)


def _breakdowns(figures):
    return [tables.breakdown(figures, by) for by in ("level", "committee", "field", "place")]


def _sheet(name, table, label=""):
    """A function of the line about session and day, which is the same on every sheet."""
    rows = [Row(row) for row in table.rows] + ([Row(table.total, is_total=True)] if table.total else [])
    return lambda about: Sheet(
        name, [f"{label}{table.title}".upper(), about], _columns(table), rows, range_name=f"bang_{table.key}"
    )


def _explained(name, table, label):
    """The figures with their meaning; each number has a name for formulas: so_answered."""
    part = table.names.index("part")
    names = {f"so_{key}": (place, part) for place, key in enumerate(table.column("figure"))}
    rows = [Row(row) for row in table.rows]
    return lambda about: Sheet(
        name, [f"{label}{table.title}".upper(), about], _columns(table), rows, range_name="bang_figures", names=names
    )


def _grouped(name, table, label=""):
    """A table beside the figures under its merged rows, with its total and what stands below it."""
    columns = [_columns(table)[place] for place in table.columns]
    rows = []
    for title, items in table.groups:
        if table.group:
            rows.append(GroupRow(f"{title} ({len(items)} {table.counted})"))
        rows += [_shown(table, row) for row in items]
    rows += [_shown(table, table.total, is_total=True)] if table.total else []
    rows += [_shares(table, row) for row in table.after]
    named = "" if table.group else f"bang_{table.key}"
    return lambda about: Sheet(name, [f"{label}{table.title}".upper(), about], columns, rows, range_name=named)


def _shown(table, row, *, is_total=False):
    return Row([row[place] for place in table.columns], is_total)


def _shares(table, row):
    """A row of printed shares below the total, as numbers: "44,4%" is 44.4."""
    values = _shown(table, row).values
    return Row([_number(value) if str(value).endswith("%") else value for value in values], is_total=True, kind="share")


def _number(printed):
    return Decimal(printed.removesuffix("%").replace(",", "."))


def _listed(name, table, label):
    """The list under a merged row for each agency."""
    kept = [place for place, field in enumerate(table.fields) if field.name not in _NOT_LISTED]
    columns = [_columns(table)[place] for place in kept]
    rows = []
    for agency, items in _groups(table):
        rows.append(GroupRow(f"{agency} ({len(items)} nội dung)"))
        rows += [Row([row[place] for place in kept]) for row in items]
    return lambda about: Sheet(name, [f"{label}{table.title}".upper(), about], columns, rows)


def _groups(table):
    """[(agency, its rows)]: rows are numbered from 1 within each."""
    groups = []
    for row, agency in zip(table.rows, table.column("agency"), strict=True):
        if row[0] == 1:
            groups.append((agency, []))
        groups[-1][1].append(row)
    return groups


def _columns(table):
    return [Column(field.title, field.width, field.kind) for field in table.fields]


_MARK = "\ufeff"  # tells Excel that the text is UTF-8


def as_csv(table):
    """A table for other programs: stable column names, days as 2026-06-03, text that no spreadsheet runs."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows([_inert(value) for value in row] for row in table.rows)
    return _MARK + file.getvalue()


def _inert(value):
    """Text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip()[:1] in tuple("=+-@"):
        return f"'{value}"
    return _plain(value)


def as_json(table, council_session, figures, of=""):
    """A table as data: what it is, of what part of the session, as of which day, one object a row."""
    data = {
        "table": table.key,
        "title": table.title,
        "session": figures.session_name or council_session.official_name,
        "as_of": figures.as_of.isoformat(),
        "of": of,
        "columns": {field.name: field.title for field in table.fields},
        "rows": [dict(zip(table.names, map(_plain, row), strict=True)) for row in table.rows],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
