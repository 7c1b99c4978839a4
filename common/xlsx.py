"""Workbooks people read: real numbers and dates, frozen heads, print set-up, text that stays text."""

import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
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
_NO_DAY = date(2000, 1, 1)
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
#: A formula as openpyxl writes it: with room for its value, and no value.
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')


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


@dataclass(frozen=True)
class GroupRow:
    """A row merged over the whole table: the name of an agency, a field, a place."""

    title: str


@dataclass(frozen=True)
class Row:
    """`is_total`: bold; its numbers are formulas that add up the rows above, and show the values given here."""

    values: list[Any]
    is_total: bool = False


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
    """The workbook as bytes, sheets in the order given; the same sheets of the same day give the same bytes."""
    workbook, styles, values = Workbook(), _Styles(), {}
    workbook.remove(workbook.active)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — the file's own times know no zone
    workbook.properties.created = workbook.properties.modified = moment
    workbook.properties.creator = ""
    for sheet in sheets:
        worksheet = workbook.create_sheet(sheet.name[:31])
        values[worksheet.title] = _write_sheet(worksheet, sheet, styles)
    parts = {
        f"xl/worksheets/sheet{number}.xml": values.get(worksheet.title)
        for number, worksheet in enumerate(workbook.worksheets, start=1)
    }
    buffer = io.BytesIO()
    with _Archive(buffer, parts) as archive:
        ExcelWriter(workbook, archive).save()
    return buffer.getvalue()


class _Archive(zipfile.ZipFile):
    """A workbook's parts without the time of writing; each formula with its value, for readers that do not count."""

    def __init__(self, target, values):
        super().__init__(target, "w", zipfile.ZIP_DEFLATED)
        self._values = values

    def writestr(self, name, data):
        entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        super().writestr(entry, data)

    def write(self, file, name):
        known = self._values[name]
        written = Path(file).read_bytes()
        self.writestr(name, _FORMULA.sub(lambda cell: _with_value(cell, known), written) if known else written)


def _with_value(cell, known):
    return b"%s<v>%d</v>" % (cell[1], known[cell[2].decode()])


class _Styles:
    """One style for all cells of a kind: laid out once, then only named."""

    def __init__(self):
        self._known = {}

    def put(self, cell, kind, *, is_bold=False, is_open=False, is_quiet=False):
        style = (kind, is_bold, is_open, is_quiet)
        if style not in self._known:
            cell.font = Font(name=_FACE, size=12, bold=is_bold, color=_QUIET if is_quiet else None)
            cell.alignment = _ALIGNMENTS[kind]
            cell.border = _THIN
            cell.number_format = _formats().get(kind, "General")
            if is_open:
                cell.fill = _OPEN
            self._known[style] = copy(cell._style)
        cell._style = copy(self._known[style])


def _formats():
    decimals = settings.PERCENT_DECIMALS
    return {"number": "#,##0", "date": "dd/mm/yyyy", "share": f"0.{'0' * decimals}%" if decimals else "0%"}


def put_text(cell, text):
    """Text stays text, also when it starts with =, +, -, @ or a tab: no spreadsheet will run it."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@\t\r":
        cell.quotePrefix = True


def _write_sheet(worksheet, sheet, styles):
    """Fill one sheet; {cell: value} of the formulas in it."""
    width = len(sheet.columns)
    for line, text in enumerate(sheet.heading, start=1):
        put_text(worksheet.cell(line, 1), text)
        worksheet.cell(line, 1).font = Font(name=_FACE, size=14 if line == 1 else 12, bold=line == 1, italic=line > 1)
        worksheet.cell(line, 1).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        worksheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)
    head = len(sheet.heading) + 2
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
    values = {}
    for line, row in enumerate(sheet.rows, start=head + 1):
        if isinstance(row, GroupRow):
            _write_group(worksheet, line, row, width, styles)
        else:
            values |= _write_row(worksheet, line, row, sheet.columns, styles, head)
    _name_cells(worksheet, sheet, head)
    _set_up_print(worksheet, sheet, head)
    return values


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


def _write_group(worksheet, line, row, width, styles):
    for place in range(1, width + 1):
        styles.put(worksheet.cell(line, place), "text", is_bold=True)
    put_text(worksheet.cell(line, 1), row.title)
    worksheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)


def _write_row(worksheet, line, row, columns, styles, head):
    values = {}
    worksheet.row_dimensions[line].height = _height(row, columns)
    for place, (value, column) in enumerate(zip(row.values, columns, strict=True), start=1):
        cell = worksheet.cell(line, place)
        styles.put(cell, column.kind, is_bold=row.is_total, is_open=column.is_open, is_quiet=column.is_quiet)
        if isinstance(value, str):
            put_text(cell, value)
        elif row.is_total and isinstance(value, int) and line > head + 1:
            letter = cell.column_letter
            cell.value = f"=SUM({letter}{head + 1}:{letter}{line - 1})"
            values[cell.coordinate] = value
        else:
            cell.value = value / 100 if isinstance(value, Decimal) and column.kind == "share" else value
    return values


def _height(row, columns):
    """Room for the longest text of a row as it will be broken: not every program works it out by itself."""
    lines = (
        sum(ceil(len(part) * 0.85 / column.width) or 1 for part in value.split("\n"))
        for value, column in zip(row.values, columns, strict=True)
        if isinstance(value, str)
    )
    return min(max(lines, default=1) * _LINE, _HIGHEST)


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
    worksheet.freeze_panes = worksheet.cell(head + 1, 1)
    worksheet.print_title_rows = f"{head}:{head}"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_margins.left = worksheet.page_margins.right = 0.5
    worksheet.page_margins.top = worksheet.page_margins.bottom = 0.7
    worksheet.oddHeader.center.text = "&P"
    worksheet.sheet_view.showGridLines = False
