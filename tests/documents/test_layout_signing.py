"""static/documents/paper.css, the foot: signing block beside Nơi nhận, whatever stands in them."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.utils.safestring import mark_safe

from documents import pdf
from tests.documents.reading import MM, read
from tests.documents.sample import PARAGRAPH, appendix, draft, first_page, letter, printed, prose, report, table

pytestmark = pytest.mark.usefixtures("printed")

WHO = ["Như trên", *(f"Ủy ban nhân dân xã số {number}" for number in range(1, 30)), "Lưu: VT, HTKT"]


def test_the_recipients_stand_level_with_the_authority_flush_left():
    (page,) = printed(letter())
    word, authority = page.line("Nơi nhận:"), page.line("KT. GIÁM ĐỐC")

    assert abs(word.baseline - authority.baseline) < 3
    assert abs(word.x0 - 30 * MM) < 1
    assert (word.size, word.face) == (12, "Tinos-Bold-Italic")
    assert page.line("- Như trên;").size == 11


def test_the_name_stands_centred_under_the_post_with_room_to_sign():
    (page,) = printed(letter())
    post, name = page.line("PHÓ GIÁM ĐỐC"), page.line("Cao Thị Phó")

    assert abs(post.centre - name.centre) < 2
    assert 22 * MM < name.top - post.bottom < 35 * MM


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_the_signing_block_is_never_alone_on_a_page(paragraphs):
    pages = printed(letter(body=prose(*[PARAGRAPH] * paragraphs, "Trân trọng./.")))
    last = pages[-1]

    above = [line for line in last.body if line.top < last.line("Nơi nhận:").top]
    assert above, paragraphs
    assert "Cao Thị Phó" in last


def test_thirty_recipients_stay_together_beside_the_signature():
    pages = printed(letter(body=prose(PARAGRAPH, PARAGRAPH, "Trân trọng./."), recipients=WHO))
    last = pages[-1]

    assert last.line("- Lưu: VT, HTKT.").bottom < last.height - 20 * MM
    assert "Nơi nhận:" in last
    assert all(line.x1 < 92 * MM for line in last.body if line.text.startswith("- Ủy ban"))


@pytest.mark.parametrize("paragraphs", [4, 6])
def test_more_recipients_than_a_page_holds_go_on_over_it(paragraphs):
    who = [*(f"Ủy ban nhân dân xã số {number} tỉnh Ninh Bình, để phối hợp" for number in range(1, 31)), "Lưu: VT"]
    paper = letter(body=prose(*[PARAGRAPH] * paragraphs, "Trân trọng./."), recipients=who, code="K7M4P", address="a")
    pages = printed(paper)
    signed = next(page for page in pages if "Cao Thị Phó" in page)

    assert "Trân trọng./." in signed
    assert signed.line("Nơi nhận:").top < signed.line("Cao Thị Phó").top
    listed = [line for page in pages for line in page.body if line.text.startswith("- Ủy ban")]
    assert len(listed) == 30
    assert all(abs(line.x0 - 30 * MM) < 1 and line.x1 < 92 * MM for line in listed)
    assert "Mã tra cứu: K7M4P" in pages[-1]


def test_the_list_goes_on_below_without_a_gap():
    who = [f"Sở số {number}" for number in range(1, 46)]
    page = first_page(letter(body=prose("Trân trọng./."), recipients=who))

    lines = [line.top for line in page.body if line.text.startswith("- Sở số")]
    steps = {round(later - earlier, 1) for earlier, later in pairwise(lines)}
    assert len(lines) > 20
    assert max(steps) - min(steps) < 0.3


@pytest.mark.parametrize("rows", [60, 90])
def test_a_table_over_three_pages_repeats_its_head_and_keeps_the_foot_whole(rows):
    body = prose(PARAGRAPH) + table(rows) + prose("Trân trọng./.")
    pages = printed(letter(body=body))

    assert len(pages) >= 3
    assert all("Cột 1" in page for page in pages[:-1])
    assert "Nơi nhận:" in pages[-1]
    rows_found = [line.text for page in pages for line in page.lines if line.text.startswith("Dòng ")]
    assert len(rows_found) == len(set(rows_found)) == rows


def test_long_posts_and_names_stay_in_their_column():
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC PHỤ TRÁCH KINH TẾ - XÃ HỘI VÀ ĐÔ THỊ"]
    (page,) = printed(letter(signing_lines=lines, signer_name="Công Tằng Tôn Nữ Thị Hoàng Bảo Ngọc Quỳnh Anh"))

    name = page.line("Công Tằng")
    assert name.x0 > 30 * MM + 0.35 * 165 * MM
    assert name.x1 < 195 * MM + 1


def test_twenty_petitions_in_one_letter_lay_out_right():
    sections = "".join(
        f"<h3>{number}. Kiến nghị số KN-2026-{number:05d}: lắp đèn chiếu sáng</h3><p>{PARAGRAPH}</p>"
        f'<p class="quote">Kết quả: đã giải quyết xong.</p>'
        for number in range(1, 21)
    )
    pages = printed(draft(body=prose("Thực hiện Công văn:") + mark_safe(sections) + prose("Trân trọng./.")))

    text = "\n".join(page.text for page in pages)
    assert [f"{number}. Kiến nghị số" in text for number in range(1, 21)] == [True] * 20
    for page in pages[:-1]:
        assert not page.body[-1].text[:3].rstrip().endswith(".")  # no heading last on a page
    assert "Nơi nhận:" in pages[-1]


def test_the_signing_block_of_a_collective_body_has_three_lines():
    (page,) = printed(report())

    lines = page.between("TM. THƯỜNG TRỰC", "PHÓ CHỦ TỊCH")
    upper = [line.text for line in lines if line.text.isupper()]
    assert upper[0].startswith("TM. THƯỜNG TRỰC")
    assert upper[-2:] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


@pytest.mark.parametrize("is_landscape", [False, True])
def test_an_appendix_signed_by_itself_bears_number_and_time_at_its_top_right(is_landscape):
    moment = datetime(2026, 2, 5, 3, 15, 30, tzinfo=UTC)
    paper = letter(appendices=[appendix(is_landscape=is_landscape, body=prose(*[PARAGRAPH] * 14))])

    first, *others = read(pdf.render_annex(paper, 0, moment))

    mark = first.line("Số: 05/SXD-HTKT")
    assert mark.text == "Số: 05/SXD-HTKT; 05/02/2026; 10:15:30 +07:00"
    assert (mark.size, mark.face) == (10, "Tinos")
    assert mark.x1 == pytest.approx(((297 if is_landscape else 210) - 15) * MM, abs=1)
    assert mark.bottom < first.line("Phụ lục").top
    assert others
    assert not any("05/SXD-HTKT; 05/02" in page for page in others)
