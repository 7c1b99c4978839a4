"""The tables of a report as a workbook, as CSV and as JSON, from the same figures as the paper."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from common.formats import short_date
from common.xlsx import Column, GroupRow, Row, Sheet, write
from reports import tables

#: What the list by agency leaves out: its group rows say it, or the sheet with all data does.
_NOT_LISTED = {"agency", "level", "field"}


def appendices(council_session, figures, of=""):
    """The workbook as bytes: the appendices in their order, the other tables, all data, what each figure means.

    `of` names the agency, place or other part it is an extract of.
    """
    sheets = [
        _sheet("PL1", tables.by_agency(figures), "Phụ lục I. "),
        _listed(tables.points(figures), "Phụ lục II. "),
        _explained("PL3 Chỉ tiêu", tables.catalogue(figures), "Phụ lục III. "),
        *(_sheet(table.title, table) for table in _breakdowns(figures)),
        _sheet("Đối chiếu", tables.balanced(figures)),
        _sheet("Dữ liệu", tables.points(figures)),
    ]
    names = [figures.session_name or council_session.official_name, f"trích: {of}" if of else ""]
    about = " — ".join(filter(None, [*names, f"số liệu tính đến ngày {short_date(figures.as_of)}"]))
    return write([sheet(about) for sheet in sheets], figures.as_of)


def plain(found, about, day):
    """A workbook of these tables as they are, a sheet each, as bytes; `about` stands under every title."""
    return write([_sheet(table.title[:31], table)(about) for table in found], day)


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


def _listed(table, label):
    """The list under a merged row for each agency."""
    kept = [place for place, field in enumerate(table.fields) if field.name not in _NOT_LISTED]
    columns = [_columns(table)[place] for place in kept]
    rows = []
    for agency, items in _groups(table):
        rows.append(GroupRow(f"{agency} ({len(items)} nội dung)"))
        rows += [Row([row[place] for place in kept]) for row in items]
    return lambda about: Sheet("PL2 Danh sách", [f"{label}{table.title}".upper(), about], columns, rows)


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
    """A table as data: what it is, as of which day, one object a row."""
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
