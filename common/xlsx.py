"""Workbooks people read: real numbers and dates, frozen heads, print set-up, text that stays text."""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACE = "Times New Roman"
_THIN = Border(*(Side(style="thin", color="FF808080") for _side in range(4)))
_ALIGNMENTS = {
    "text": Alignment(vertical="top", wrap_text=True),
    "number": Alignment(horizontal="right", vertical="top"),
    "date": Alignment(horizontal="center", vertical="top"),
}
_OPEN, _QUIET = PatternFill("solid", fgColor="FFFFF7DB"), "FF808080"
#: A hidden sheet with what can be chosen; sheets of such names are never read.
_OPTIONS = "_options"
_FORMATS = {"number": "#,##0", "date": "dd/mm/yyyy"}


@dataclass(frozen=True)
class Column:
    """`kind` is text, number or date; `width` in characters. `is_open` cells are shaded for people to fill in, with
    `options` to choose from; a quiet column is there for the machine that reads the workbook back.
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
    values: list[Any]
    is_total: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table under a title block."""

    name: str
    heading: list[str]
    columns: list[Column]
    rows: list[Any] = field(default_factory=list)
    is_landscape: bool = True


def write(sheets):
    """The workbook as bytes, sheets in the order given."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _write_sheet(workbook.create_sheet(sheet.name[:31]), sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def put_text(cell, text):
    """Text stays text, also when it starts with =, +, -, @ or a tab: no spreadsheet will run it."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@\t\r":
        cell.quotePrefix = True


def _write_sheet(worksheet, sheet):
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
    for line, row in enumerate(sheet.rows, start=head + 1):
        if isinstance(row, GroupRow):
            _write_group(worksheet, line, row, width)
        else:
            _write_row(worksheet, line, row, sheet.columns)
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


def _write_group(worksheet, line, row, width):
    cell = worksheet.cell(line, 1)
    put_text(cell, row.title)
    cell.font = Font(name=_FACE, size=12, bold=True)
    cell.alignment = _ALIGNMENTS["text"]
    for place in range(1, width + 1):
        worksheet.cell(line, place).border = _THIN
    worksheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)


def _write_row(worksheet, line, row, columns):
    for place, (value, column) in enumerate(zip(row.values, columns, strict=True), start=1):
        cell = worksheet.cell(line, place)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        if isinstance(value, int | float | date):
            cell.number_format = _FORMATS.get(column.kind, "General")
        cell.font = Font(name=_FACE, size=12, bold=row.is_total, color=_QUIET if column.is_quiet else None)
        if column.is_open:
            cell.fill = _OPEN
        cell.alignment = _ALIGNMENTS[column.kind]
        cell.border = _THIN


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
