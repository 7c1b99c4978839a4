"""The sheet and the text of an official document (Decree 30/2020, Annex I, Part I), measured on paper."""

import re
import unicodedata
from itertools import pairwise

import pypdfium2
import pytest
import weasyprint
from django.utils.safestring import mark_safe

from documents import pdf
from tests.documents.reading import MM, read
from tests.documents.sample import PARAGRAPH, SENTENCE, appendix, draft, letter, printed, prose, report, table

pytestmark = pytest.mark.usefixtures("printed")

LEFT_EDGE, RIGHT_EDGE = 30 * MM, (210 - 15) * MM
TOP_EDGE, BOTTOM_EDGE = 20 * MM, (297 - 20) * MM
SINGLE, ONE_AND_A_HALF = 1.0, 1.5 * 1.15  # of the letters' size; Times' single line is 1.15


@pytest.fixture(scope="module")
def long_pages():
    """A letter of four pages."""
    return printed(letter(body=prose(*[PARAGRAPH] * 21, "Trân trọng./.")))


def copied(content):
    """The text as a reader copies it out of the PDF, page by page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def paragraphs(lines):
    """Lines of the text, a list for each paragraph; a paragraph begins with the indent."""
    found = []
    for line in lines:
        if line.x0 > LEFT_EDGE + 20 or not found:
            found.append([])
        found[-1].append(line)
    return found


def text_lines(page):
    return [line for line in page.body if line.faces == {"Tinos"} and line.sizes == {14.0}]


def test_every_page_is_a4_upright(long_pages):
    assert len(long_pages) == 4
    for page in long_pages:
        assert page.width == pytest.approx(210 * MM, abs=0.5)
        assert page.height == pytest.approx(297 * MM, abs=0.5)


def test_the_margins_are_those_of_the_decree(long_pages):
    for page in long_pages:
        assert LEFT_EDGE - 0.5 <= min(line.x0 for line in page.body) <= 35 * MM
        assert (210 - 20) * MM <= max(line.x1 for line in page.body) <= RIGHT_EDGE + 0.5
        assert TOP_EDGE - 0.5 <= min(line.top for line in page.body) <= 25 * MM
        assert max(line.bottom for line in page.body) <= BOTTOM_EDGE + 0.5


def test_a_full_page_reaches_down_to_the_bottom_margin(long_pages):
    for page in long_pages[:-1]:
        assert (
            max(line.bottom for line in page.body) >= (297 - 25) * MM - 2 * 14 * 1.3 - 6
        )  # two lines may go over together


def test_the_first_page_bears_no_number_and_the_others_count_on(long_pages):
    assert [page.number for page in long_pages] == ["", "2", "3", "4"]


def test_the_page_number_stands_in_the_middle_of_the_top_margin(long_pages):
    for page in long_pages[1:]:
        number = page.line(page.number)
        assert number.centre == pytest.approx((LEFT_EDGE + RIGHT_EDGE) / 2, abs=1)
        assert number.bottom < TOP_EDGE
        assert 13 <= number.size <= 14
        assert number.face == "Tinos"


def test_the_text_has_the_size_of_the_decree_and_single_to_one_and_a_half_lines(long_pages):
    for page in long_pages:
        for paragraph in paragraphs(text_lines(page)):
            for above, below in pairwise(paragraph):
                assert SINGLE * 14 <= below.baseline - above.baseline <= ONE_AND_A_HALF * 14


def test_paragraphs_stand_at_least_six_points_apart(long_pages):
    page = long_pages[1]
    of_page = paragraphs(text_lines(page))
    line_height = of_page[1][1].baseline - of_page[1][0].baseline

    for above, below in pairwise(of_page):
        assert below[0].baseline - above[-1].baseline - line_height >= 6 - 0.1


def test_the_first_line_is_indented_by_half_an_inch(long_pages):
    whole = [p for page in long_pages[1:] for p in paragraphs(text_lines(page))[1:] if len(p) > 1]

    assert len(whole) > 10
    for first, *others in whole:
        assert (first.x0 - LEFT_EDGE) / MM == pytest.approx(12.7, abs=0.5)
        assert [line.x0 for line in others] == pytest.approx([LEFT_EDGE] * len(others), abs=0.5)


def test_the_text_is_justified_on_both_sides(long_pages):
    whole = [p for page in long_pages[1:] for p in paragraphs(text_lines(page))[1:] if len(p) > 1]

    for *full, last in whole:
        assert [line.x1 for line in full] == pytest.approx([RIGHT_EDGE] * len(full), abs=1)
        assert last.x1 <= RIGHT_EDGE + 0.5


def test_no_paragraph_leaves_one_line_alone_on_a_page(long_pages):
    for above, below in pairwise(long_pages):
        last, first = paragraphs(text_lines(above))[-1], paragraphs(text_lines(below))[0]
        is_broken = first[0].x0 < LEFT_EDGE + 20
        assert not is_broken or (len(last) >= 2 and len(first) >= 2)


@pytest.mark.parametrize(
    ("markup", "words", "face", "indent"),
    [
        ("<h2>I. Kết quả đạt được</h2>", "I. KẾT QUẢ ĐẠT ĐƯỢC", "Tinos-Bold", 12.7),
        ("<h3>1. Về việc lắp đèn</h3>", "1. Về việc lắp đèn", "Tinos-Bold", 12.7),
        ('<p class="ground">Căn cứ Luật A;</p>', "Căn cứ Luật A;", "Tinos-Italic", 12.7),
        ('<p class="quote">Kết quả: xong.</p>', "Kết quả: xong.", "Tinos-Italic", 12.7),
        ("<p>a) Về đường:</p>", "a) Về đường:", "Tinos", 12.7),
    ],
)
def test_headings_grounds_and_quotes(markup, words, face, indent):
    (page,) = printed(letter(body=mark_safe(f"{markup}<p>{SENTENCE}</p>")))
    line = page.line(words)

    assert (line.text, line.face) == (words, face)
    assert 13 <= line.size <= 14
    assert (line.x0 - LEFT_EDGE) / MM == pytest.approx(indent, abs=0.5)


@pytest.mark.parametrize("heading", ["h2", "h3"])
@pytest.mark.parametrize("before", range(20, 31))
def test_a_heading_never_stands_last_on_a_page(heading, before):
    lines = "".join(f"<p>Dòng {number}.</p>" for number in range(before))
    pages = printed(letter(body=mark_safe(f"{lines}<{heading}>1. Mục</{heading}>{prose(*[PARAGRAPH] * 3)}")))

    for page in pages:
        assert not page.body[-1].text.upper().startswith("1. MỤC")


def test_only_tinos_is_used_and_every_face_is_embedded():
    content = pdf.render(report(body=mark_safe(f'<h2>I. Đậm</h2><p class="quote">Nghiêng</p>{table(3)}')))

    assert faces(content) == dict.fromkeys(["Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"], True)


def faces(content):
    """{name without the mark of a subset: whether the file holds its outlines}."""
    with pypdfium2.PdfDocument(content) as document:
        found = {}
        for page in document:
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                font = thing.get_font()
                found[font.get_base_name().split("+")[-1]] = font.is_embedded
        return found


def test_every_word_can_be_copied_out_as_it_was_typed():
    typed = (
        "Đề nghị ỦY BAN nhân dân xã Yên Mô, phường Hoa Lư sửa đường ĐT.480; lắp “đèn” – 1.472 bộ, 97,4% (m²), "
        "ẮẰẲẴẶ ắằẳẵặ ẤẦẨẪẬ ấầẩẫậ ẾỀỂỄỆ ếềểễệ ỐỒỔỖỘ ốồổỗộ ỚỜỞỠỢ ớờởỡợ ỨỪỬỮỰ ứừửữự ỴÝỲỶỸ ỵýỳỷỹ Đđ ƠơƯư."
    )
    body = [typed] * 9 + [PARAGRAPH] * 12

    content = pdf.render(letter(body=prose(*body)))

    text = " ".join(" ".join(page.split()) for page in copied(content))
    assert text == unicodedata.normalize("NFC", text)
    without_page_numbers = re.sub(r" [234] (?=\S)", " ", text)
    words = " ".join(" ".join(body).split())
    assert squeezed(words) in squeezed(without_page_numbers)
    for word in set(typed.split()):
        assert word in text.split()


def squeezed(text):
    return "".join(text.split())


def test_text_typed_in_nfd_is_printed_as_it_stands_in_nfc():
    nfd = unicodedata.normalize("NFD", "Đường Hòa Bình")

    (page,) = copied(pdf.render(letter(subject=unicodedata.normalize("NFC", nfd), body=prose("Đường Hòa Bình"))))

    assert "Đường Hòa Bình" in page


@pytest.mark.parametrize("paper", [letter, report])
def test_every_page_of_a_draft_says_so(paper):
    pages = printed(draft(paper, body=prose(*[PARAGRAPH] * 14), appendices=[appendix(), appendix(is_landscape=True)]))

    assert len(pages) >= 5
    assert [page.slanted for page in pages] == ["DỰ THẢO"] * len(pages)


def test_no_page_of_an_issued_document_is_marked():
    pages = printed(letter(body=prose(*[PARAGRAPH] * 14), appendices=[appendix()]))

    assert [page.slanted for page in pages] == [""] * len(pages)
    assert [page for page in pages if "DỰ THẢO" in page] == []


def test_the_mark_of_a_draft_moves_no_line():
    body = prose(*[PARAGRAPH] * 14)
    marked, clean = (printed(paper(body=body)) for paper in (draft, letter))

    assert [[line.baseline for line in page.lines] for page in marked] == [
        [line.baseline for line in page.lines] for page in clean
    ]


def test_a_table_in_the_text_stays_between_the_margins_and_repeats_its_head():
    pages = printed(report(body=mark_safe(f"<p>Bảng:</p>{table(90, columns=6)}<p>Hết.</p>")))

    pages = [page for page in pages if "Dòng" in page]
    assert len(pages) == 3
    for page in pages:
        assert [line.text for line in page.lines if line.text.startswith("Cột")] == [f"Cột {c}" for c in range(1, 7)]
        assert min(rule.x0 for rule in page.rules) >= LEFT_EDGE - 1
        assert max(rule.x1 for rule in page.rules) <= RIGHT_EDGE + 1
    rows = [line.text for page in pages for line in page.lines if line.text.startswith("Dòng")]
    assert rows == [f"Dòng {row}" for row in range(1, 91)]


def test_a_long_word_in_a_narrow_column_is_broken_not_printed_over_its_neighbour():
    cells = "<tr><td>Đường-Hòa-Bình-kéo-dài-qua-nhiều-xã</td><td>x</td></tr>"
    grid = f'<table class="grid"><colgroup><col class="w10"><col></colgroup><tbody>{cells}</tbody></table>'
    (page,) = printed(report(body=mark_safe(grid)))

    (neighbour,) = [line for line in page.lines if line.text == "x"]
    narrow = [
        line for line in page.lines if line.text and line.text.strip("-") in "Đường-Hòa-Bình-kéo-dài-qua-nhiều-xã"
    ]
    assert len(narrow) > 1
    assert max(line.x1 for line in narrow if line.text != "x") < neighbour.x0


def test_elements_are_what_they_are_in_html():
    text = (
        "<h2>I. Phần</h2><h3>1. Mục</h3><p>Một<br>hai <b>ba</b> <i>bốn</i> m<sup>2</sup></p>"
        "<ul><li>năm</li></ul><ol><li>sáu</li></ol>"
    )
    parts = letter(body=mark_safe(text + table(3)), appendices=[appendix()]).parts()
    shared = pdf._shared()

    for part in parts:
        (ours,) = read(pdf.render_html(part.html))
        as_html = weasyprint.HTML(string=part.html, url_fetcher=shared.fetcher, base_url="static:///")
        (plain,) = read(as_html.write_pdf(stylesheets=[shared.paper], font_config=shared.fonts))
        assert ours.lines == plain.lines
