"""Workbooks people read: real numbers and dates, frozen heads, print set-up, text that stays text."""

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACE = "Times New Roman"
_THIN = Border(*(Side(style="thin", color="FF808080") for _side in range(4)))
_ALIGNMENTS = {
    "text": Alignment(vertical="top", wrap_text=True),
    "number": Alignment(horizontal="right", vertical="top", indent=1),
    "date": Alignment(horizontal="center", vertical="top"),
    "share": Alignment(horizontal="right", vertical="top", indent=1),
}
_OPEN, _QUIET = PatternFill("solid", fgColor="FFFFF7DB"), "FF808080"
#: A hidden sheet with what can be chosen; sheets of such names are never read.
_OPTIONS = "_options"
_LINE, _HIGHEST = 15.75, 409  # the height of a line of 12 points, and the most a row may have
_TITLE_LINE, _CAPITALS = 18.75, 0.65  # of a line of 14 points, and the share of letters it holds in capitals
#: Letters of the width of a column side by side on A4 across; a table that would print smaller than so is for A3.
_A4_LETTERS, _LEAST_SCALE = 146, 0.65
_RISKY = "=+-@\t\r"  # what a formula may begin with
_LONGEST = 32_767  # signs in one cell
_EXTENT = re.compile(rb'<dimension ref="[^"]*"')
_NO_DAY = date(2000, 1, 1)
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Column:
    """`kind` is text, number, date or share (a percentage, 97.4 for 97,4%); `width` in characters.

    `is_open` cells are shaded for people to fill in, with `options` to choose from; a quiet column is there for the
    machine that reads the workbook back.
    """

    title: str
    width: float
    kind: str = "text"
    options: tuple = ()
    is_open: bool = False
    is_quiet: bool = False


_GROUP = Column("", 0)


@dataclass(frozen=True)
class GroupRow:
    """A row merged over the whole table: the name of an agency, a field, a place."""

    title: str


@dataclass(frozen=True)
class Row:
    """`is_total`: bold; whole numbers in it are formulas that add up the rows above, and show the values given here.

    `kind` is that of its decimals where it is not the column's: a row of shares below numbers.
    """

    values: list[Any]
    is_total: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table under a title block. `range_name` names its cells, head included and total left out, for formulas.

    `names` are names of single cells: {name: (row of the table from 0, column from 0)}.
    """

    name: str
    heading: list[str]
    columns: list[Column]
    rows: list[Any] = field(default_factory=list)
    is_landscape: bool = True
    range_name: str = ""
    names: dict[str, tuple[int, int]] = field(default_factory=dict)


def write(sheets, day=_NO_DAY):
    """The workbook as bytes, sheets in the order given; the same sheets of the same day give the same bytes.

    openpyxl writes all but the rows of the tables: those are written as they come, which is fast and takes no memory.
    """
    workbook, tables = Workbook(), {}
    workbook.remove(workbook.active)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — the file's own times know no zone
    workbook.properties.created = workbook.properties.modified = moment
    workbook.properties.creator = ""
    for sheet in sheets:
        worksheet = workbook.create_sheet(sheet.name[:31])
        tables[worksheet.title] = (sheet, _Styles(worksheet))
        _write_head(worksheet, sheet)
    rows = {
        f"xl/worksheets/sheet{number}.xml": tables[worksheet.title]
        for number, worksheet in enumerate(workbook.worksheets, start=1)
        if worksheet.title in tables
    }
    buffer = io.BytesIO()
    with _Archive(buffer, rows) as archive:
        ExcelWriter(workbook, archive).save()
    return buffer.getvalue()


class _Archive(zipfile.ZipFile):
    """A workbook's parts without the time of writing, the rows of each table put where its sheet ends."""

    def __init__(self, target, rows):
        super().__init__(target, "w", zipfile.ZIP_DEFLATED)
        self._rows = rows

    def writestr(self, name, data):
        super().writestr(self._entry(name), data)

    def write(self, file, name):
        if name not in self._rows:
            self.writestr(name, Path(file).read_bytes())
            return
        before, end, after = Path(file).read_bytes().partition(b"</sheetData>")
        sheet, styles = self._rows[name]
        last = f"{get_column_letter(len(sheet.columns))}{_head_line(sheet) + len(sheet.rows)}"
        before = _EXTENT.sub(f'<dimension ref="A1:{last}"'.encode(), before, count=1)
        with self.open(self._entry(name), "w", force_zip64=True) as part:
            part.write(before)
            for row in _row_texts(sheet, styles):
                part.write(row.encode())
            part.write(end + after)

    def _entry(self, name):
        entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        return entry


class _Styles:
    """The number of each style in the workbook: laid out once for all cells of a kind."""

    def __init__(self, worksheet):
        self._worksheet = worksheet
        self._known = {}
        for kind, *signs in product(_ALIGNMENTS, *[(False, True)] * 4):
            self._known[kind, *signs] = self._number(kind, *signs)

    def _number(self, kind, is_bold, stays_text, is_open, is_quiet):
        cell = Cell(self._worksheet)
        cell.font = Font(name=_FACE, size=12, bold=is_bold, color=_QUIET if is_quiet else None)
        cell.alignment = _ALIGNMENTS[kind]
        cell.border = _THIN
        cell.number_format = _formats().get(kind, "General")
        cell.quotePrefix = stays_text
        if is_open:
            cell.fill = _OPEN
        return cell.style_id

    def of(self, column, *, is_bold=False, stays_text=False):
        return self._known[column.kind, is_bold, stays_text, column.is_open, column.is_quiet]


def _formats():
    decimals = settings.PERCENT_DECIMALS
    return {"number": "#,##0", "date": "dd/mm/yyyy", "share": f"0.{'0' * decimals}%" if decimals else "0%"}


def put_text(cell, text):
    """Text stays text, also when it starts with =, +, -, @ or a tab: no spreadsheet will run it."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in _RISKY:
        cell.quotePrefix = True


def _write_head(worksheet, sheet):
    """Everything of a sheet but the rows of its table."""
    width = len(sheet.columns)
    for line, text in enumerate(sheet.heading, start=1):
        put_text(worksheet.cell(line, 1), text)
        worksheet.cell(line, 1).font = Font(name=_FACE, size=14 if line == 1 else 12, bold=line == 1, italic=line > 1)
        worksheet.cell(line, 1).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        worksheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)
        letters = sum(column.width for column in sheet.columns) * (_CAPITALS if line == 1 else 1)
        worksheet.row_dimensions[line].height = _broken(text, letters) * (_TITLE_LINE if line == 1 else _LINE)
    head = _head_line(sheet)
    worksheet.row_dimensions[head].height = _LINE * max(_broken(one.title, one.width - 1) for one in sheet.columns)
    for place, column in enumerate(sheet.columns, start=1):
        cell = worksheet.cell(head, place)
        put_text(cell, column.title)
        cell.font = Font(name=_FACE, size=12, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _THIN
        if column.is_open:
            cell.fill = _OPEN
        worksheet.column_dimensions[get_column_letter(place)].width = column.width
        if column.options and sheet.rows:
            _offer(worksheet, get_column_letter(place), column.options, head + 1, head + len(sheet.rows))
    for line, row in enumerate(sheet.rows, start=head + 1):
        if isinstance(row, GroupRow) and width > 1:
            worksheet.merged_cells.add(f"A{line}:{get_column_letter(width)}{line}")
    _name_cells(worksheet, sheet, head)
    _set_up_print(worksheet, sheet, head)


def _offer(worksheet, letter, options, first, last):
    """A list to choose from; other words are taken as well, and judged when they are read."""
    workbook = worksheet.parent
    lists = workbook[_OPTIONS] if _OPTIONS in workbook.sheetnames else workbook.create_sheet(_OPTIONS)
    lists.sheet_state = "hidden"
    place = lists.max_column + 1 if lists["A1"].value is not None else 1
    for line, option in enumerate(options, start=1):
        put_text(lists.cell(line, place), option)
    column = get_column_letter(place)
    offered = DataValidation("list", formula1=f"{_OPTIONS}!${column}$1:${column}${len(options)}", allow_blank=True)
    offered.showErrorMessage = False
    worksheet.add_data_validation(offered)
    offered.add(f"{letter}{first}:{letter}{last}")


def _head_line(sheet):
    return len(sheet.heading) + 2


def _row_texts(sheet, styles):
    """The rows of the table as they stand in the file."""
    head = _head_line(sheet)
    columns = [(get_column_letter(place), column) for place, column in enumerate(sheet.columns, start=1)]
    for line, row in enumerate(sheet.rows, start=head + 1):
        if isinstance(row, GroupRow):
            values, height = [row.title, *[None] * (len(columns) - 1)], _LINE
            cells = [
                _cell(f"{letter}{line}", value, _GROUP, styles, is_bold=True)
                for (letter, _column), value in zip(columns, values, strict=True)
            ]
        else:
            height = _height(row, sheet.columns)
            cells = [
                _total(letter, line, head, value, styles, column)
                if row.is_total and type(value) is int and line > head + 1
                else _cell(f"{letter}{line}", value, _column_of(row, value, column), styles, is_bold=row.is_total)
                for (letter, column), value in zip(columns, row.values, strict=True)
            ]
        yield f'<row r="{line}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _column_of(row, value, column):
    return replace(column, kind=row.kind) if row.kind and isinstance(value, Decimal) else column


def _total(letter, line, head, value, styles, column):
    """A formula over the rows above, with the value it has: some readers show formulas without counting."""
    style = styles.of(column, is_bold=True)
    return f'<c r="{letter}{line}" s="{style}"><f>SUM({letter}{head + 1}:{letter}{line - 1})</f><v>{value}</v></c>'


def _cell(place, value, column, styles, *, is_bold):
    if isinstance(value, str) and value:
        style = styles.of(column, is_bold=is_bold, stays_text=value[0] in _RISKY)
        text = escape(ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    style = styles.of(column, is_bold=is_bold)
    if value in (None, ""):
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, date):
        value = to_excel(value)
    elif isinstance(value, Decimal) and column.kind == "share":
        value = value / 100
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _height(row, columns):
    """Room for the longest text of a row as it will be broken: not every program works it out by itself."""
    lines = (
        sum(ceil(len(part) * 0.85 / column.width) or 1 for part in value.split("\n"))
        for value, column in zip(row.values, columns, strict=True)
        if isinstance(value, str)
    )
    return min(max(lines, default=1) * _LINE, _HIGHEST)


def _broken(text, letters):
    """Into how many lines words are broken, of so many letters."""
    return sum(len(wrap(part, max(int(letters), 1))) or 1 for part in text.split("\n"))


def _name_cells(worksheet, sheet, head):
    """Filters over the table, and names for formulas: of the whole table and of single cells."""
    data = [place for place, row in enumerate(sheet.rows) if not getattr(row, "is_total", False)]
    last = head + 1 + (data[-1] if data else 0)
    area = f"A{head}:{get_column_letter(len(sheet.columns))}{last}"
    worksheet.auto_filter.ref = area
    if sheet.range_name:
        _name(worksheet, sheet.range_name, area)
    for name, (row, column) in sheet.names.items():
        _name(worksheet, name, f"{get_column_letter(column + 1)}{head + 1 + row}")


def _name(worksheet, name, area):
    place = f"{quote_sheetname(worksheet.title)}!{absolute_coordinate(area)}"
    worksheet.parent.defined_names[name] = DefinedName(name, attr_text=place)


def _set_up_print(worksheet, sheet, head):
    worksheet.freeze_panes = f"A{head + 1}"
    worksheet.print_title_rows = f"{head}:{head}"
    is_wide = sheet.is_landscape and sum(column.width for column in sheet.columns) * _LEAST_SCALE > _A4_LETTERS
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A3 if is_wide else worksheet.PAPERSIZE_A4
    worksheet.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_margins.left = worksheet.page_margins.right = 0.5
    worksheet.page_margins.top = worksheet.page_margins.bottom = 0.7
    worksheet.oddHeader.center.text = "&P"
    worksheet.sheet_view.showGridLines = False
