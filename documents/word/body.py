"""The text of a paper in a Word file: paragraphs, lists, tables and drawings of its HTML."""

import io
import re
from html import escape

import lxml.html
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents import pdf
from documents.word.lines import CENTRE, JUSTIFY, LEFT, set_shape, write

_INDENT, _LINE, _ABOVE_TABLE = Mm(12.7), Pt(18.2), Pt(8)
#: How tall the rows of a table to be filled in by hand are, as in the layout.
_BY_HAND = {"blank": Mm(16), "tall": Mm(34)}
_CELL_MARGINS = (("top", 50), ("left", 80), ("bottom", 50), ("right", 80))  # twentieths of a point
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "q", "cite"}
_BLOCKS = {"p", "h2", "h3", "table", "ol", "ul", "blockquote", "div", "section", "img"}
#: A drawing keeps its own source: read as HTML the names of its attributes would lose their capitals.
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def write_body(file, html, width, tell=None):
    """`tell` is called after each row of a table: very long papers are written while somebody waits."""
    html = _DRAWING.sub(lambda drawing: f'<img data-drawing="{escape(drawing[0])}">', html)
    for element in lxml.html.fragments_fromstring(f"<div>{html}</div>")[0]:
        _block(file, element, width, tell)


def _block(file, element, width, tell):
    if not isinstance(element.tag, str):
        return
    if element.tag == "img":
        _drawing(file, element.get("data-drawing"), width)
    elif element.tag == "table":
        _table(file, element, width, tell)
    elif element.tag in ("ol", "ul"):
        _list(file, element)
    elif element.tag in ("div", "section", "blockquote") and any(child.tag in _BLOCKS for child in element):
        for child in element:
            _block(file, child, width, tell)
    else:
        _paragraph(file, element)


def _drawing(file, source, width):
    """A drawing as a picture as wide as the text, with its words for those who cannot see it."""
    paragraph = file.add_paragraph()
    set_shape(paragraph, align=CENTRE, before=4)
    paragraph.paragraph_format.keep_with_next = True
    inline = paragraph.add_run().add_picture(io.BytesIO(pdf.picture_of(source)), width=width)._inline
    drawing = lxml.html.fromstring(source)
    inline.docPr.set("descr", drawing.findtext("title") or drawing.get("aria-label", ""))


def _paragraph(file, element):
    kinds = set((element.get("class") or "").split())
    is_heading = element.tag in ("h2", "h3")
    paragraph = file.add_paragraph()
    is_title = "pack-title" in kinds
    align = CENTRE if is_title else LEFT if "codes" in kinds else JUSTIFY
    set_shape(paragraph, align=align, before=10 if element.tag == "h2" else 6)
    paragraph.paragraph_format.first_line_indent = 0 if is_title else _INDENT
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = _LINE
    paragraph.paragraph_format.keep_with_next = is_heading or "table-title" in kinds
    face = {
        "bold": is_heading or "table-title" in kinds,
        "italic": bool(kinds & {"quote", "ground"}),
        "upper": element.tag == "h2",
    }
    _inline(paragraph, element, **face)


def _list(file, element):
    """Items with their sign or number written out, as official letters do."""
    for number, item in enumerate(element.iterchildren("li"), start=1):
        paragraph = file.add_paragraph()
        set_shape(paragraph, align=JUSTIFY, before=6)
        paragraph.paragraph_format.first_line_indent = _INDENT
        write(paragraph, f"{number}. " if element.tag == "ol" else "- ")
        _inline(paragraph, item)


def _inline(paragraph, element, *, bold=False, italic=False, upper=False, size=14):
    """The words of an element with what stands inside it, one run a face."""

    def put(words):
        words = " ".join(words.replace("\n", " ").split(" ")) if words else ""
        if words:
            write(paragraph, words.upper() if upper else words, bold=bold, italic=italic, size=size)

    put(element.text)
    for child in element:
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif isinstance(child.tag, str):
            is_quote = "quote" in (child.get("class") or "").split()
            face = {"bold": bold or child.tag in _BOLD, "italic": italic or is_quote or child.tag in _ITALIC}
            _inline(paragraph, child, upper=upper, size=size, **face)
        put(child.tail)


def _table(file, element, width, tell):
    rows = list(element.iter("tr"))
    columns = max(sum(int(cell.get("colspan", 1)) for cell in row.iter("td", "th")) for row in rows)
    _gap(file)
    table = file.add_table(rows=0, cols=columns)
    _pad(table)
    kinds = (element.get("class") or "").split()
    table.style, table.alignment = None if "signing" in kinds else "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    shares = _shares(element, rows, columns)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share)
    size = 14 if "signing" in kinds else 11 if "small" in kinds else 12
    by_hand = max((_BY_HAND[kind] for kind in kinds if kind in _BY_HAND), default=None)
    taken = {}
    for place, row in enumerate(rows):
        _row(table, row, place, taken, [int(width * share) for share in shares], size)
        if by_hand and row.getparent().tag == "tbody":
            table.rows[place].height = by_hand
        if tell:
            tell()


def _gap(file):
    """The room above a table; it also keeps two tables from growing together."""
    shape = file.add_paragraph().paragraph_format
    shape.line_spacing_rule, shape.line_spacing, shape.keep_with_next = WD_LINE_SPACING.EXACTLY, _ABOVE_TABLE, True


def _pad(table):
    """The room between the words and the lines of a table."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in _CELL_MARGINS:
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _row(table, row, place, taken, widths, size):
    """One row; `taken` holds the cells that a rowspan above already fills."""
    line = table.add_row()
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if row.getparent().tag == "thead":
        line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    column, cells = 0, line.cells  # asked for once: each time they are counted anew
    for cell in row.iter("td", "th"):
        while (place, column) in taken:
            table.cell(place, column).merge(taken[place, column])
            column += 1
        across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
        target = cells[column]
        if across > 1:
            target = target.merge(cells[column + across - 1])
        target.width = sum(widths[column : column + across])
        for below in range(1, down):
            for beside in range(across):
                taken[place + below, column + beside] = target
        paragraph = target.paragraphs[0]
        is_head = cell.tag == "th"
        if is_head:
            target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        kinds = set((row.get("class") or "").split())
        is_bold = is_head or bool({"group", "total"} & kinds)
        paragraph.paragraph_format.keep_with_next = "group" in kinds
        centred = is_head or "figure" in (cell.get("class") or "").split()
        set_shape(paragraph, align=CENTRE if centred else LEFT)
        _inline(paragraph, cell, bold=is_bold, size=size)
        column += across


def _shares(element, rows, columns):
    """The widths the layout gives its columns or first cells by classes w5 … w30, the rest shared out evenly."""
    first = list(element.iter("col")) or list(rows[0].iter("td", "th"))
    if len(first) != columns:
        return [1 / columns] * columns
    named = [next((int(c[1:]) for c in (cell.get("class") or "").split() if c[:1] == "w" and c[1:].isdecimal()), 0)
             for cell in first]  # fmt: skip
    rest = max(100 - sum(named), 1) / max(named.count(0), 1)
    total = sum(share or rest for share in named)
    return [(share or rest) / total for share in named]
