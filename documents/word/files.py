"""Paper to Word, for offices that must edit: the same source as the PDF, the same words, the same layout."""

import io

from docx import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.word.body import write_body
from documents.word.lines import CENTRE, FACE, LEFT, TEXT_WIDTH, WIDE, draw_rule, write, write_line, write_text

_LONGEST_TITLE = 255  # in the data a file holds about itself
_SQUARE = Mm(16)


def render(paper, tell=None):
    """The .docx of a `Paper`, as bytes; `tell` is called after each row of its tables."""
    file = WordFile()
    _set_up(file, paper)
    _head(file, paper)
    if paper.addressees:
        _addressees(file, paper.addressees)
    write_body(file, paper.body, TEXT_WIDTH, tell)
    _signing(file, paper)
    for appendix in paper.appendices:
        _appendix(file, paper, appendix, tell)
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
    write_body(file, html, WIDE if is_landscape else TEXT_WIDTH)
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
    style.font.name, style.font.size = FACE, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
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
        write(section.first_page_header.paragraphs[0], paper.draft_mark, bold=True, size=13)
        write(section.header.add_paragraph(), paper.draft_mark, bold=True, size=13)


def _number_pages(section):
    """Centred in the top margin, from 1, hidden on the first page."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    run = write(number, "", size=13)
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
        write_line(left, words.upper(), size=13, bold=bold)
    draw_rule(left, width=Mm(22), of=Mm(64))
    write_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5, bold=True)
    write_line(right, "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True)
    draw_rule(right, width=Mm(62), of=Mm(101))
    left, right = table.add_row().cells
    write_line(left, f"Số: {paper.written_number}/{paper.symbol}", size=13, before=4)
    write_line(right, paper.place_and_date, size=13, italic=True, before=4)
    if not paper.title:
        write_line(left, f"V/v {paper.subject}", size=12, before=6)
        return
    write_text(file, paper.title.upper(), bold=True, align=CENTRE, before=18)
    write_text(file, paper.subject, bold=True, align=CENTRE)
    draw_rule(file, width=Mm(50), of=TEXT_WIDTH)


def _addressees(file, names):
    if len(names) == 1:
        write_text(file, f"Kính gửi: {names[0]}.", align=CENTRE, before=14)
        return
    write_text(file, "Kính gửi:", align=LEFT, before=14, left=Mm(30))
    for name in names:
        end = "." if name is names[-1] else ";"
        write_text(file, f"- {name}{end}", align=LEFT, left=Mm(50))


def _signing(file, paper):
    """Cells 7 and 9b, side by side, never torn apart by the end of a page."""
    table = _columns(file, 0.35)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    write_line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT, before=14)
    beside, below = paper.recipient_lines
    for line in beside:
        write_line(left, line, size=11, align=LEFT)
    if paper.code and not below:
        _code(left, paper)
    for place, line in enumerate(paper.signing_lines):
        write_line(right, line, bold=True, before=0 if place else 14)
    write_line(right, "", before=60)
    for words in filter(None, [paper.signer_other_post, paper.signer_name]):
        write_line(right, words, bold=True)
    for cell in row.cells:
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True
    if below:
        further = table.add_row().cells[0]
        for line in below:
            write_line(further, line, size=11, align=LEFT)
        if paper.code:
            _code(further, paper)


def _code(cell, paper):
    """The code that opens the public page, under its picture."""
    write_line(cell, "", align=LEFT, before=6)
    _put_picture(cell.paragraphs[-1], paper)
    write_line(cell, f"Mã tra cứu: {paper.code}", size=9, align=LEFT)


def _put_picture(paragraph, paper):
    """The QR code of the public page, flush with the words below it."""
    inline = paragraph.add_run().add_picture(io.BytesIO(paper.code_picture), width=_SQUARE)._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("descr", paper.address)


def _appendix(file, paper, appendix, tell):
    section = file.add_section(WD_SECTION.NEW_PAGE)
    size = (Mm(297), Mm(210)) if appendix.is_landscape else (Mm(210), Mm(297))
    _page(section, *size, left=Mm(20) if appendix.is_landscape else Mm(30))
    _page_numbers(section, paper)
    write_text(file, appendix.label, bold=True, align=CENTRE)
    write_text(file, appendix.title.upper(), bold=True, align=CENTRE)
    write_text(file, paper.belongs_to, italic=True, align=CENTRE)
    write_body(file, appendix.body, WIDE if appendix.is_landscape else TEXT_WIDTH, tell)


def _columns(file, share):
    table = file.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, (share, 1 - share), strict=True):
        column.width = int(TEXT_WIDTH * width)
        for cell in column.cells:
            cell.width = int(TEXT_WIDTH * width)
    return table
