"""documents/word: the same words as the PDF, on the same page."""

import io
import unicodedata
from collections import Counter

import pytest
from django.utils.safestring import mark_safe
from docx import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from documents import word
from tests.documents.sample import LONG_NAMES, appendix, draft, letter, printed, prose, report, table

pytestmark = pytest.mark.usefixtures("printed")

RICH = mark_safe(
    '<h2>I. Tình hình</h2><h3>1. Về việc lắp đèn</h3><p>Cử tri <b>đậm</b> và <i>nghiêng</i> nói: “<span class="quote">'
    "tối om<br>lắm</span>”.</p><ul><li>Một</li><li>Hai</li></ul>"
    + table(12)
    + '<table class="grid"><tr><th rowspan="2">STT</th><th colspan="2">Kết quả</th></tr><tr><th>Xong</th>'
    "<th>Đang</th></tr><tr><td>01</td><td>5</td><td>6</td></tr></table><p>Trân trọng./.</p>"
)

PAPERS = {
    "letter": letter(),
    "draft": draft(),
    "report": report(),
    "rich": letter(body=RICH),
    "many addressees": letter(addressees=[f"Sở số {n}" for n in range(1, 6)]),
    "30 recipients": letter(recipients=["Như trên", *(f"Sở số {n}" for n in range(1, 30)), "Lưu: VT"]),
    "appendices": report(appendices=[appendix("Phụ lục I"), appendix("Phụ lục II", is_landscape=True)]),
    "long names": letter(superior_line=LONG_NAMES[9][0], agency_name=LONG_NAMES[9][1]),
    "code": letter(code="K7M4P-2XWRT", address="https://hoiam.example/verify/K7M4P-2XWRT/"),
}


def opened(paper):
    return WordFile(io.BytesIO(word.render(paper)))


def words_of_word(file):
    """Every word of the text, in headers of first pages too, merged cells once."""
    paragraphs = (element for element in file.element.body.iter() if element.tag.endswith("}p"))
    return counted("\n".join(text_of(paragraph) for paragraph in paragraphs))


def text_of(paragraph):
    signs = {"br": "\n", "noBreakHyphen": "-"}
    parts = ((element.tag.partition("}")[2], element.text) for element in paragraph.iter())
    return "".join((words or "") if name == "t" else signs.get(name, "") for name, words in parts)


def words_of_pdf(paper):
    return counted(" ".join(line.text for page in printed(paper) for line in page.body))


def counted(text):
    """Words however they are broken over lines: hyphens and slashes end nothing."""
    joined = unicodedata.normalize("NFC", text).replace("\u2003", " ").replace("\u2002", " ")
    return Counter("".join(joined.split()))


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_pdf_hold_the_same_letters(name):
    assert words_of_word(opened(PAPERS[name])) == words_of_pdf(PAPERS[name])


@pytest.mark.parametrize("name", ["letter", "rich", "report"])
def test_the_paragraphs_follow_each_other_as_in_the_pdf(name):
    file = opened(PAPERS[name])
    in_word = ["".join(p.text.split()) for p in file.paragraphs if p.text.strip()]
    in_pdf = "".join("".join(line.text.split()) for page in printed(PAPERS[name]) for line in page.body)

    places = [in_pdf.find(text) for text in in_word]
    assert -1 not in places
    assert places == sorted(places)


def test_page_and_faces_are_those_of_the_decree():
    file = opened(letter())
    (section,) = file.sections

    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert [round(m / Mm(1)) for m in (section.top_margin, section.right_margin, section.bottom_margin,
                                       section.left_margin)] == [20, 15, 20, 30]  # fmt: skip
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    faces = {run.font.name for paragraph in file.paragraphs for run in paragraph.runs}
    assert faces == {"Times New Roman"}
    text = next(p for p in file.paragraphs if p.text.startswith("Sở Xây dựng đã kiểm tra"))
    assert text.runs[0].font.size.pt == 14
    assert text.paragraph_format.first_line_indent == Mm(12.7)


def test_a_landscape_appendix_turns_its_page_and_counts_from_one():
    sections = opened(report(appendices=[appendix(is_landscape=True)])).sections

    assert [s.page_width > s.page_height for s in sections] == [False, True]
    assert all('w:start="1"' in s._sectPr.xml for s in sections)


def test_the_head_of_a_table_is_repeated_and_rows_are_not_torn():
    grid = opened(letter(body=table(40) + prose("Trân trọng./."))).tables[1]

    assert "w:tblHeader" in grid.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in grid.rows)


def test_columns_are_as_wide_as_the_layout_makes_them():
    grid = '<table class="grid"><colgroup><col class="w10"><col><col class="w30"></colgroup>{}</table>'
    rows = (
        "<thead><tr><th colspan=2>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody>"
    )

    table = opened(letter(body=mark_safe(grid.format(rows)))).tables[1]

    widths = [round(column.width / Mm(165), 2) for column in table.columns]
    assert widths == [0.1, 0.6, 0.3]
    assert [round(cell.width / Mm(165), 2) for cell in table.rows[1].cells] == widths


def test_the_page_hands_it_out(as_, world, drafted):
    response = as_(world.drafter).get(f"/documents/{drafted().pk}/document.docx")

    assert response["Content-Disposition"].endswith('.docx"')
    assert WordFile(io.BytesIO(response.content)).paragraphs


def test_text_stays_text():
    body = prose("&lt;b&gt; &amp; =1+1")

    assert "<b> & =1+1" in [p.text for p in opened(letter(body=body)).paragraphs]


def test_a_long_subject_stands_whole_on_the_page_and_short_among_the_file_s_own_data():
    subject = "trả lời kiến nghị của cử tri " * 10

    file = opened(letter(subject=subject))

    assert file.core_properties.title == subject[:255]
    assert subject.strip() in "\n".join(cell.text for cell in file.tables[0]._cells)


def test_codes_are_not_broken_over_lines():
    file = opened(letter(body=prose("Kiến nghị KN-2026-00042, Công văn 05/SXD-HTKT; dài - ngắn, song-song.")))

    (paragraph,) = [p for p in file.paragraphs if p.text.startswith("Kiến nghị")]
    assert paragraph._p.xml.count("w:noBreakHyphen") == 2


def test_tables_stand_clear_of_the_text_and_of_each_other():
    file = opened(letter(body=table(2) + table(2)))
    first, second = file.tables[1:3]

    for grid in (first, second):
        assert grid._tbl.getprevious().tag.endswith("}p")
        margins = grid._tbl.tblPr.find(qn("w:tblCellMar"))
        assert {one.tag.partition("}")[2]: one.get(qn("w:w")) for one in margins} == {
            "top": "50", "left": "80", "bottom": "50", "right": "80",
        }  # fmt: skip


def test_the_code_stands_under_its_picture():
    file = opened(PAPERS["code"])

    assert len(file.inline_shapes) == 1
    assert round(file.inline_shapes[0].width / Mm(1)) == round(file.inline_shapes[0].height / Mm(1)) == 16


def test_a_drawing_stands_as_a_picture_before_its_table():
    svg = (
        '<svg viewBox="0 0 640 100" aria-label="Sở A 5"><defs><pattern id="p" width="6" height="6" '
        'patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="#000"/></pattern></defs>'
        '<rect x="10" y="10" width="600" height="60" fill="url(#p)"/></svg>'
    )
    body = mark_safe(
        f'<div class="picture"><p class="table-title">1. Kết quả</p>{svg}<table><tr><td>5</td></tr></table></div>'
    )

    file = WordFile(io.BytesIO(word.render(letter(body=body))))

    (picture,) = [shape for shape in file.inline_shapes if shape._inline.docPr.get("descr") == "Sở A 5"]
    assert (round(picture.width / picture.height, 1), picture.width.mm) == (6.4, 165)
    content = file.part.related_parts[picture._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
    drawn = Image.open(io.BytesIO(content)).convert("L")
    assert drawn.size == (1440, 225)
    assert len(set(drawn.crop((60, 60, 400, 130)).tobytes())) > 2  # the strokes of the pattern are there
