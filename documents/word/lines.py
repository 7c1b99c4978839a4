"""Words on a page of a Word file: the face of official documents, a paragraph's shape, the rules below names."""

import re

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FACE = "Times New Roman"
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
#: Of an upright page and of one on its side.
TEXT_WIDTH, WIDE = Mm(165), Mm(262)
#: Within a code such as KN-2026-00042 a line does not end.
_JOINED = re.compile(r"(?<=[0-9A-ZĐ])-(?=[0-9])")


def write_line(cell, words, *, align=CENTRE, before=0, **face):
    """One more paragraph in a cell; the empty one it is born with comes first."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    set_shape(paragraph, align=align, before=before)
    write(paragraph, words, **face)


def write_text(file, words, *, align, before=0, left=None, **face):
    paragraph = file.add_paragraph()
    set_shape(paragraph, align=align, before=before)
    paragraph.paragraph_format.left_indent = left
    write(paragraph, words, **face)


def set_shape(paragraph, *, align, before=0):
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)


def write(paragraph, words, *, bold=False, italic=False, size=14):
    first, *others = _JOINED.split(words)
    run = paragraph.add_run(first)
    for piece in others:
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(piece)
    run.font.name, run.font.size, run.bold, run.italic = FACE, Pt(size), bold, italic
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    return run


def draw_rule(container, *, width, of):
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
