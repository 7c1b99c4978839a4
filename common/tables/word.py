"""Tables of a .docx, read as a stream: large files cost no more memory than their rows."""

import zipfile
from collections import Counter
from xml.etree.ElementTree import ParseError, iterparse

from common.tables.extent import MOST_COLUMNS, MOST_ROWS
from common.tables.refusals import damaged, no_table
from common.text import clean_prose

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE, _ROW, _CELL, _PARAGRAPH = f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}p"


def sizes(path):
    """(height, width) of every outer table, in order."""
    return [(len(rows), max(map(len, rows), default=0)) for rows, _covered, _spans in _tables(path)]


def read(path, index):
    """(rows, covered, spans) of one outer table."""
    for place, table in enumerate(_tables(path)):
        if place == index:
            return table
    raise no_table()


def _tables(path):
    try:
        with zipfile.ZipFile(path) as package, package.open("word/document.xml") as stream:
            yield from _outer_tables(stream)
    except (ParseError, ValueError, LookupError):  # the last two: written in letters the parser cannot read
        raise damaged() from None


def _outer_tables(stream):
    """Tables inside cells are read as text of their cell."""
    depth, table, counts = 0, None, Counter()
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314 — as above
        if element.tag == _TABLE:
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                table = ([], set(), {})
            elif event == "end" and depth == 0:
                yield table
                table = None
                element.clear()
        elif event == "end" and depth == 1 and element.tag == _ROW:
            _add_row(table, element, counts)
            element.clear()
        elif event == "end" and depth == 0 and element.tag == _PARAGRAPH:
            element.clear()


def _add_row(table, element, counts):
    rows, covered, spans = table
    if len(rows) > MOST_ROWS + 100:
        return
    row = []
    for cell in _cells(element):
        if len(row) > MOST_COLUMNS:
            break
        span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val") != "restart":
            covered.add((len(rows), len(row)))
        if span > 1:
            spans[len(rows), len(row)] = span
        row += [_text(cell, counts), *[""] * (span - 1)]
    rows.append(row)


def _cells(row):
    """The cells of a row, also those inside a content control; not those of a table inside a cell."""
    waiting = list(reversed(row))
    while waiting:
        element = waiting.pop()
        if element.tag == _CELL:
            yield element
        else:
            waiting.extend(reversed(element))


def _number(element):
    value = element.get(f"{_W}val", "1") if element is not None else "1"
    return min(int(value), 256) if value.isdecimal() else 1


def _text(cell, counts):
    """The words of a cell; an automatic number with nothing behind it counts as the number it shows."""
    paragraphs = []
    for paragraph in cell.iter(_PARAGRAPH):
        words = "".join(_pieces(paragraph))
        numbering = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if numbering is not None:
            key = numbering.get(f"{_W}val")
            counts[key] += 1
            words = words if words.strip() else str(counts[key])
        paragraphs.append(words)
    return clean_prose("\n".join(paragraphs))


def _pieces(paragraph):
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag == f"{_W}tab":
            yield " "
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
