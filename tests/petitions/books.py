"""Workbooks handed out, worked on as people do, and brought back."""

import io

from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from common.xlsx import put_text
from petitions import handouts
from petitions.handouts import jobs
from petitions.handouts.kinds import kind_of
from petitions.handouts.writing import CODE, VERSION
from petitions.models import Handback
from tests.petitions.imports import files


class Book:
    """The cells of a workbook by code and column key, to be changed and saved again."""

    def __init__(self, handout, by, *, content=None):
        self.handout = handout
        self.content = content or handouts.workbook(handout, by=by)
        self.file = load_workbook(io.BytesIO(self.content))
        self.sheet = self.file.worksheets[0]
        self.head = next(row[0].row for row in self.sheet.iter_rows() if str(CODE) in [cell.value for cell in row])
        self.titles = [cell.value for cell in self.sheet[self.head]]

    def column(self, key):
        known = {column.key: column.official_title for column in kind_of(self.handout).columns}
        return self.titles.index(known.get(key) or {"code": str(CODE), "version": str(VERSION)}[key]) + 1

    def cell(self, code, key):
        column = self.column("code")
        row = next(r for r in range(self.head + 1, self.sheet.max_row + 1) if self.sheet.cell(r, column).value == code)
        return self.sheet.cell(row, self.column(key))

    def put(self, code, **cells):
        for key, words in cells.items():
            self.cell(code, key).value = words
        return self

    def rows(self):
        """The table alone: headings, then rows."""
        return [[cell.value for cell in row] for row in self.sheet.iter_rows(min_row=self.head)]

    def saved(self):
        buffer = io.BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()


def sheet_of(rows):
    """Rows alone in a new workbook."""
    workbook = Workbook()
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if isinstance(value, str):
                put_text(workbook.active.cell(line, place), value)
            else:
                workbook.active.cell(line, place).value = value
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def word_of(rows):
    """The same as a table in Word."""
    return files.docx([["" if cell is None else str(cell) for cell in row] for row in rows])


def brought_back(content, by, name="tra-lai.xlsx"):
    return handouts.receive(ContentFile(content, name=name), by=by)


def looked_at(handback, user):
    """{code: (state, {column key: (as handed out, now, in the file)}, problem)}"""
    found = handouts.compared(handback, list(handback.rows.select_related("row")), user)
    return {
        one.row.code: (
            one.state,
            {cell.column.key: (cell.base, cell.now, cell.file) for cell in one.cells},
            " ".join(filter(None, [one.problem, *(cell.problem for cell in one.cells)])),
        )
        for one in found
    }


def states(handback, user):
    return {code: state for code, (state, _cells, _problem) in looked_at(handback, user).items()}


def taken_over(handback, by):
    job = jobs.enqueue(handback, by=by)
    while not jobs.TakeOver().step(job):
        pass
    return Handback.objects.get(pk=handback.pk)
