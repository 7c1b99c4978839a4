"""How far the sheets of a workbook reach, told from their XML before a reader lays out every cell up to there."""

from xml.parsers import expat

from common.tables.refusals import damaged, too_many_rows

MOST_ROWS = 50_000
MOST_COLUMNS = 256
#: Rows and columns up to here may hold something: what is too much for a list is said once it is read.
_FARTHEST_ROW, _FARTHEST_COLUMN = 2 * MOST_ROWS, 4 * MOST_COLUMNS
_MOST_CELLS = 16_000_000
MOST_MERGED = 500_000
_LONGEST_NUMBER = 9


class _Sheets:
    """Fed with the XML of sheets piece by piece; `ValidationError` as soon as they reach too far."""

    cell_names = ()

    def __init__(self):
        self.inside = 0  # how many cells the parser is inside of
        self.cells = self.row = self.column = self.last_row = self.last_column = self.merged = 0
        self.rows = self.columns = 1  # how often the row and the cell in hand are repeated
        self.is_open = False  # whether the cell in hand may still turn out to hold something

    def begin(self):
        """The next part."""
        self._close_sheet()
        self.inside, self.is_open = 0, False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, xml, *, is_last=False):
        try:
            self.parser.Parse(xml, is_last)
        except (expat.ExpatError, ValueError, LookupError):
            raise damaged() from None

    def _end(self, name):
        """What follows a cell is not in it."""
        if name.rpartition(":")[2] in self.cell_names:
            self.inside -= 1
            self.is_open = self.is_open and self.inside > 0

    def _refuse(self, *_declaration):
        raise damaged()

    def _close_sheet(self):
        self.cells += self.last_row * self.last_column
        self.row = self.column = self.last_row = self.last_column = 0

    def _fill(self):
        self.is_open = False
        self.last_row = max(self.last_row, self.row + self.rows - 1)
        self.last_column = max(self.last_column, self.column + self.columns - 1)
        if self.last_row > _FARTHEST_ROW or self.last_column > _FARTHEST_COLUMN:
            raise too_many_rows()
        if self.cells + self.last_row * self.last_column > _MOST_CELLS:
            raise too_many_rows()


class ExcelSheets(_Sheets):
    """A row and a cell stand where they say, or after the one before."""

    cell_names = ("c",)

    def _start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes.get("r"))
        elif name == "row":
            self.row = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column, self.is_open = 0, False
        elif name == "mergeCell":
            self.merged += 1
            if self.merged > MOST_MERGED:
                raise damaged()
        elif self.is_open:
            self._fill()

    def _start_cell(self, place):
        self.is_open = True
        self.inside += 1
        if place is None:
            self.column += 1
            return
        digits = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.row, self.column = _number(digits), _column(place[: len(place) - len(digits)])


class OpenDocumentSheets(_Sheets):
    """Rows and cells follow each other, each as often as it says."""

    cell_names = ("table-cell", "covered-table-cell")

    def _start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name in self.cell_names:
            self.inside += 1
            self.column += self.columns
            self.columns = _times("number-columns-repeated", attributes)
            self.is_open = True
            if any(key.endswith("value-type") for key in attributes):
                self._fill()
        elif self.inside:  # whatever it is, the cell is not empty
            if self.is_open:
                self._fill()
        elif name == "table-row":
            self.row += self.rows
            self.rows = _times("number-rows-repeated", attributes)
            self.column, self.columns, self.is_open = 0, 1, False
        elif name == "table":
            self._close_sheet()
            self.rows, self.is_open = 1, False


def _times(name, attributes):
    return next((_number(value) for key, value in attributes.items() if key.endswith(name)), 1)


def _number(digits):
    if not digits.isdecimal():
        raise damaged()
    if len(digits) > _LONGEST_NUMBER:
        raise too_many_rows()
    return int(digits)


def _column(letters):
    if len(letters) > _LONGEST_NUMBER:
        raise too_many_rows()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
