"""Paper to Word, for offices that must edit: the same source as the PDF, the same words, the same layout."""

import io
import re
from html import escape

import lxml.html
from docx import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents import pdf

_FACE = "Times New Roman"
_LEFT, _CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_TEXT_WIDTH, _WIDE = Mm(165), Mm(262)
_INDENT, _LINE = Mm(12.7), Pt(18.2)
_LONGEST_TITLE = 255  # in the data a file holds about itself
_SQUARE, _ABOVE_TABLE = Mm(16), Pt(8)
_CELL_MARGINS = (("top", 50), ("left", 80), ("bottom", 50), ("right", 80))  # twentieths of a point
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "q", "cite"}
#: Within a code such as KN-2026-00042 a line does not end.
_JOINED = re.compile(r"(?<=[0-9A-ZĐ])-(?=[0-9])")
_BLOCKS = {"p", "h2", "h3", "table", "ol", "ul", "blockquote", "div", "section", "img"}


def render(paper):
    """The .docx of a `Paper`, as bytes."""
    file = WordFile()
    _set_up(file, paper)
    _head(file, paper)
    if paper.addressees:
        _addressees(file, paper.addressees)
    _body(file, paper.body, _TEXT_WIDTH)
    _signing(file, paper)
    for appendix in paper.appendices:
        _appendix(file, paper, appendix)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def render_text(html, *, title, author, is_landscape=False):
    """A working paper that is no official document, as bytes: the text alone, without head and signature."""
    file = WordFile()
    _name(file, title, author)
    size, left = ((Mm(297), Mm(210)), Mm(20)) if is_landscape else ((Mm(210), Mm(297)), Mm(30))
    _page(file.sections[0], *size, left=left)
    _number_pages(file.sections[0])
    _body(file, html, _WIDE if is_landscape else _TEXT_WIDTH)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _set_up(file, paper):
    _name(file, paper.subject, paper.agency_name)
    section = file.sections[0]
    _page(section, Mm(210), Mm(297), left=Mm(30))
    _page_numbers(section, paper)


def _name(file, title, author):
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    file.core_properties.title, file.core_properties.author = title[:_LONGEST_TITLE], author[:_LONGEST_TITLE]
    file.core_properties.language = "vi"


def _page(section, width, height, *, left):
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = left, Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def _page_numbers(section, paper):
    """A draft says so on every page."""
    _number_pages(section)
    if paper.is_draft:
        _run(section.first_page_header.paragraphs[0], "DỰ THẢO", bold=True, size=13)
        _run(section.header.add_paragraph(), "DỰ THẢO", bold=True, size=13)


def _number_pages(section):
    """Centred in the top margin, from 1, hidden on the first page."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    run = _run(number, "", size=13)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)


def _head(file, paper):
    """Cells 1 to 5: agency and number on the left, state and date on the right; below them subject or title."""
    table = _columns(file, 0.39)
    left, right = table.rows[0].cells
    lines = [(paper.superior_line, False)] if paper.superior_line else []
    for words, bold in [*lines, (paper.agency_name, True)]:
        _line(left, words.upper(), size=13, bold=bold)
    _rule(left, width=Mm(22), of=Mm(64))
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True)
    _rule(right, width=Mm(62), of=Mm(101))
    left, right = table.add_row().cells
    _line(left, f"Số: {paper.written_number}/{paper.symbol}", size=13, before=4)
    _line(right, paper.place_and_date, size=13, italic=True, before=4)
    if not paper.title:
        _line(left, f"V/v {paper.subject}", size=12, before=6)
        return
    _text(file, paper.title.upper(), bold=True, align=_CENTRE, before=18)
    _text(file, paper.subject, bold=True, align=_CENTRE)
    _rule(file, width=Mm(50), of=_TEXT_WIDTH)


def _addressees(file, names):
    if len(names) == 1:
        _text(file, f"Kính gửi: {names[0]}.", align=_CENTRE, before=14)
        return
    _text(file, "Kính gửi:", align=_LEFT, before=14, left=Mm(30))
    for name in names:
        end = "." if name is names[-1] else ";"
        _text(file, f"- {name}{end}", align=_LEFT, left=Mm(50))


def _signing(file, paper):
    """Cells 7 and 9b, side by side, never torn apart by the end of a page."""
    table = _columns(file, 0.35)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=_LEFT, before=14)
    beside, below = paper.recipient_lines
    for line in beside:
        _line(left, line, size=11, align=_LEFT)
    if paper.code and not below:
        _code(left, paper)
    for place, line in enumerate(paper.signing_lines):
        _line(right, line, bold=True, before=0 if place else 14)
    _line(right, "", before=60)
    for words in filter(None, [paper.signer_other_post, paper.signer_name]):
        _line(right, words, bold=True)
    for cell in row.cells:
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True
    if below:
        further = table.add_row().cells[0]
        for line in below:
            _line(further, line, size=11, align=_LEFT)
        if paper.code:
            _code(further, paper)


def _code(cell, paper):
    """The code that opens the public page, under its picture."""
    _line(cell, "", align=_LEFT, before=6)
    _put_picture(cell.paragraphs[-1], paper)
    _line(cell, f"Mã tra cứu: {paper.code}", size=9, align=_LEFT)


def _put_picture(paragraph, paper):
    """The QR code of the public page, flush with the words below it."""
    inline = paragraph.add_run().add_picture(io.BytesIO(paper.code_picture), width=_SQUARE)._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("descr", paper.address)


def _appendix(file, paper, appendix):
    section = file.add_section(WD_SECTION.NEW_PAGE)
    size = (Mm(297), Mm(210)) if appendix.is_landscape else (Mm(210), Mm(297))
    _page(section, *size, left=Mm(20) if appendix.is_landscape else Mm(30))
    _page_numbers(section, paper)
    _text(file, appendix.label, bold=True, align=_CENTRE)
    _text(file, appendix.title.upper(), bold=True, align=_CENTRE)
    _text(file, paper.belongs_to, italic=True, align=_CENTRE)
    _body(file, appendix.body, _WIDE if appendix.is_landscape else _TEXT_WIDTH)


#: A drawing keeps its own source: read as HTML the names of its attributes would lose their capitals.
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def _body(file, html, width):
    html = _DRAWING.sub(lambda drawing: f'<img data-drawing="{escape(drawing[0])}">', html)
    for element in lxml.html.fragments_fromstring(f"<div>{html}</div>")[0]:
        _block(file, element, width)


def _block(file, element, width):
    if not isinstance(element.tag, str):
        return
    if element.tag == "img":
        _drawing(file, element.get("data-drawing"), width)
    elif element.tag == "table":
        _table(file, element, width)
    elif element.tag in ("ol", "ul"):
        _list(file, element)
    elif element.tag in ("div", "section", "blockquote") and any(child.tag in _BLOCKS for child in element):
        for child in element:
            _block(file, child, width)
    else:
        _paragraph(file, element)


def _drawing(file, source, width):
    """A drawing as a picture as wide as the text, with its words for those who cannot see it."""
    paragraph = file.add_paragraph()
    _shape(paragraph, align=_CENTRE, before=4)
    paragraph.paragraph_format.keep_with_next = True
    inline = paragraph.add_run().add_picture(io.BytesIO(pdf.picture_of(source)), width=width)._inline
    inline.docPr.set("descr", lxml.html.fromstring(source).get("aria-label", ""))


def _paragraph(file, element):
    kinds = set((element.get("class") or "").split())
    is_heading = element.tag in ("h2", "h3")
    paragraph = file.add_paragraph()
    _shape(paragraph, align=_LEFT if "codes" in kinds else _JUSTIFY, before=10 if element.tag == "h2" else 6)
    paragraph.paragraph_format.first_line_indent = _INDENT
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
        _shape(paragraph, align=_JUSTIFY, before=6)
        paragraph.paragraph_format.first_line_indent = _INDENT
        _run(paragraph, f"{number}. " if element.tag == "ol" else "- ")
        _inline(paragraph, item)


def _inline(paragraph, element, *, bold=False, italic=False, upper=False, size=14):
    """The words of an element with what stands inside it, one run a face."""

    def put(words):
        words = " ".join(words.replace("\n", " ").split(" ")) if words else ""
        if words:
            _run(paragraph, words.upper() if upper else words, bold=bold, italic=italic, size=size)

    put(element.text)
    for child in element:
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif isinstance(child.tag, str):
            is_quote = "quote" in (child.get("class") or "").split()
            face = {"bold": bold or child.tag in _BOLD, "italic": italic or is_quote or child.tag in _ITALIC}
            _inline(paragraph, child, upper=upper, size=size, **face)
        put(child.tail)


def _table(file, element, width):
    rows = list(element.iter("tr"))
    columns = max(sum(int(cell.get("colspan", 1)) for cell in row.iter("td", "th")) for row in rows)
    _gap(file)
    table = file.add_table(rows=0, cols=columns)
    _pad(table)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    shares = _shares(element, rows, columns)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share)
    size = 11 if "small" in (element.get("class") or "") else 12
    taken = {}
    for place, row in enumerate(rows):
        _row(table, row, place, taken, [int(width * share) for share in shares], size)


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
        _shape(paragraph, align=_CENTRE if centred else _LEFT)
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


def _columns(file, share):
    table = file.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, (share, 1 - share), strict=True):
        column.width = int(_TEXT_WIDTH * width)
        for cell in column.cells:
            cell.width = int(_TEXT_WIDTH * width)
    return table


def _line(cell, words, *, align=_CENTRE, before=0, **face):
    """One more paragraph in a cell; the empty one it is born with comes first."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    _shape(paragraph, align=align, before=before)
    _run(paragraph, words, **face)


def _text(file, words, *, align, before=0, left=None, **face):
    paragraph = file.add_paragraph()
    _shape(paragraph, align=align, before=before)
    paragraph.paragraph_format.left_indent = left
    _run(paragraph, words, **face)


def _shape(paragraph, *, align, before=0):
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)


def _run(paragraph, words, *, bold=False, italic=False, size=14):
    first, *others = _JOINED.split(words)
    run = paragraph.add_run(first)
    for piece in others:
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(piece)
    run.font.name, run.font.size, run.bold, run.italic = _FACE, Pt(size), bold, italic
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FACE)
    return run


def _rule(container, *, width, of):
    """A rule shorter than its column, centred: the upper border of a paragraph with indents."""
    paragraph = container.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = int((of - width) / 2)
    shape.line_spacing = Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)
