"""Sheets and Word tables as rows of text, with what was merged."""

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from common.tables import word
from common.tables.checks import MOST_TABLES, FileKind
from common.tables.extent import MOST_COLUMNS, MOST_MERGED, MOST_ROWS
from common.tables.refusals import damaged, locked, no_table, too_many_rows, too_many_tables
from common.text import clean_prose


@dataclass(frozen=True)
class TableSize:
    """A table to choose from: its name and how many rows it has."""

    index: int
    name: str
    height: int
    width: int


@dataclass(frozen=True)
class Table:
    """Rows of clean text, all of one width. `first_line` is the number of the first row as people see it."""

    name: str
    rows: list
    first_line: int = 1
    covered: frozenset = field(default_factory=frozenset)  # (row, column) continuing a cell merged from above
    spans: dict = field(default_factory=dict)  # (row, column) → how many columns the cell is merged over

    @property
    def width(self):
        return len(self.rows[0]) if self.rows else 0


def list_tables(path, kind):
    """The tables of a checked file that hold anything; `ValidationError` where one of them is too large."""
    if kind == FileKind.DOCX:
        found = [TableSize(i, _("Table %s") % (i + 1), *size) for i, size in enumerate(word.sizes(path))]
    else:
        found = _sheets(path)
    if len(found) > MOST_TABLES:
        raise too_many_tables()
    found = [table for table in found if table.height and table.width]
    if not found:
        raise no_table()
    for table in found:
        _check_size(table.height, table.width)
    return found


def read_table(path, kind, index):
    """One table of a checked file; `ValidationError` where it is too large."""
    if kind == FileKind.DOCX:
        rows, covered, spans = word.read(path, index)
        first_line, name = 1, _("Table %s") % (index + 1)
    else:
        name, first_line, rows, covered, spans = _read_sheet(path, index)
    rows = _without_the_empty_end(rows)
    width = max((len(row) for row in rows), default=0)
    _check_size(len(rows), width)
    rows = [row + [""] * (width - len(row)) for row in rows]
    return Table(name, rows, first_line, frozenset(covered), spans)


def _without_the_empty_end(rows):
    rows = list(rows)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _check_size(height, width):
    """A title block may stand above the rows."""
    if height > MOST_ROWS + 100 or width > MOST_COLUMNS:
        raise too_many_rows()


def _sheets(path):
    with _opened(path) as workbook:
        worksheets = [
            (i, sheet.name)
            for i, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet and not sheet.name.startswith("_")
        ]
        if len(worksheets) > MOST_TABLES:
            raise too_many_tables()
        return [TableSize(i, name, *_size(workbook.get_sheet_by_index(i))) for i, name in worksheets]


def _size(sheet):
    return sheet.height, sheet.width


def _read_sheet(path, index):
    with _opened(path) as workbook:
        sheet = workbook.get_sheet_by_index(index)
        _check_size(*_size(sheet))
        rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
        covered, spans = _merged(sheet)
    return sheet.name, (sheet.start or (0, 0))[0] + 1, rows, covered, spans


def _merged(sheet):
    """(covered, spans) of the merged cells, as far as they lie where the sheet holds anything."""
    covered, spans, looked_at = set(), {}, 0
    top, left = sheet.start or (0, 0)
    for (first_row, first_column), (end_row, end_column) in sheet.merged_cell_ranges or ():
        row, column = first_row - top, first_column - left
        last_row, last_column = min(end_row - top, sheet.height - 1), min(end_column - left, sheet.width - 1)
        looked_at += 1 + max(0, last_row - row)
        if looked_at > MOST_MERGED:
            raise damaged()
        if last_column > column and 0 <= row <= last_row:
            spans[row, column] = last_column - column + 1
        covered.update((below, column) for below in range(row + 1, last_row + 1))
    return covered, spans


@contextmanager
def _opened(path):
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes())) as workbook:
            yield workbook
    except PasswordError:
        raise locked() from None
    except (CalamineError, OSError):
        raise damaged() from None


def as_text(value):
    """A cell as people read it: 3.0 → "3", a day → "05/01/2026"."""
    if isinstance(value, str):
        return clean_prose(value) if value else value
    if value is None or isinstance(value, bool):
        return {None: "", True: "x", False: ""}[value]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
