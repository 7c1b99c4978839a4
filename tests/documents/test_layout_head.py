"""Cells 1 to 5b and 9a of an official document (Decree 30/2020, Annex I, Part I), measured on paper."""

from datetime import date

import pytest

from tests.documents.reading import MM
from tests.documents.sample import LONG_NAMES, draft, first_page, letter, report

pytestmark = pytest.mark.usefixtures("printed")

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT_EDGE, RIGHT_EDGE = 30 * MM, (210 - 15) * MM


@pytest.fixture(scope="module")
def page():
    return first_page(letter())


@pytest.fixture(scope="module")
def titled():
    return first_page(report())


def left_column(page):
    """The lines of the head left of the name of the nation, from the top to the subject."""
    nation = page.line(NATION)
    return [line for line in page.body if line.x1 < nation.x0 and line.baseline < page.line("Kính gửi").baseline]


@pytest.mark.parametrize(
    ("beginning", "sizes", "face"),
    [
        (NATION, (12, 13), "Tinos-Bold"),
        (MOTTO, (13, 14), "Tinos-Bold"),
        ("UBND TỈNH NINH BÌNH", (12, 13), "Tinos"),
        ("SỞ XÂY DỰNG", (12, 13), "Tinos-Bold"),
        ("Số: 05/SXD-HTKT", (13, 13), "Tinos"),
        ("Ninh Bình, ngày 05 tháng 02 năm 2026", (13, 14), "Tinos-Italic"),
        ("V/v trả lời kiến nghị", (12, 13), "Tinos"),
        ("Kính gửi: Thường trực Hội đồng nhân dân tỉnh.", (13, 14), "Tinos"),
    ],
)
def test_sizes_and_faces_of_the_head(page, beginning, sizes, face):
    line = page.line(beginning)

    assert sizes[0] <= line.size <= sizes[1]
    assert line.face == face


@pytest.mark.parametrize("beginning", ["BÁO CÁO", "kết quả giám sát"])
def test_sizes_and_faces_of_a_title(titled, beginning):
    line = titled.line(beginning)

    assert 13 <= line.size <= 14
    assert line.face == "Tinos-Bold"


def test_the_motto_stands_centred_under_the_nation(page):
    nation, motto = page.line(NATION), page.line(MOTTO)

    assert motto.centre == pytest.approx(nation.centre, abs=1)
    assert 12 <= motto.baseline - nation.baseline <= 20  # single line spacing


def test_the_rule_under_the_motto_is_as_long_as_the_motto(page):
    motto = page.line(MOTTO)
    rule = page.rule_below(motto)

    assert rule.width == pytest.approx(motto.width, abs=2)
    assert rule.centre == pytest.approx(motto.centre, abs=1)


@pytest.mark.parametrize(("superior", "issuer"), LONG_NAMES)
def test_the_rule_under_the_agency_is_a_third_to_a_half_of_its_name(superior, issuer):
    page = first_page(letter(superior_line=superior, agency_name=issuer))
    names = [line for line in left_column(page) if line.faces == {"Tinos-Bold"}]

    rule = page.rule_below(names[-1])

    assert " ".join(line.text for line in names) == issuer.upper()
    longest = max(line.width for line in names)
    assert longest / 3 - 1 <= rule.width <= longest / 2 + 1
    assert rule.centre == pytest.approx(names[-1].centre, abs=1)


@pytest.mark.parametrize(("superior", "issuer"), LONG_NAMES)
def test_the_two_columns_never_overlap(superior, issuer):
    page = first_page(letter(superior_line=superior, agency_name=issuer, symbol="STTTT-BCVTCNTT", number=4102))
    nation, when = page.line(NATION), page.line("Ninh Bình, ngày")

    number = page.line("Số: 4102/STTTT-BCVTCNTT")
    assert number.x1 < when.x0
    assert max(line.x1 for line in left_column(page)) < nation.x0
    assert min(line.x0 for line in left_column(page)) >= LEFT_EDGE - 1
    assert nation.x1 <= RIGHT_EDGE + 0.5


@pytest.mark.parametrize(
    ("symbol", "place"),
    [
        ("VPĐĐBQH&HĐND-CTHĐND", "Ninh Bình"),
        ("BQLDAĐTXDCTGTVNN-KHTHTCKTHCQT-PHÒNG KẾ HOẠCH TỔNG HỢP SỐ 01", "Ninh Bình"),
        ("SXD-HTKT", "Thành phố Hồ Chí Minh"),
        ("SXD-HTKT", "Phường Điện Biên Phủ"),
    ],
)
def test_long_symbols_and_places_stay_in_their_column(symbol, place):
    page = first_page(letter(symbol=symbol, place_name=place, number=1215, issued_on=date(2026, 12, 25)))
    nation, when = page.line(NATION), page.line(f"{place}, ngày 25 tháng 12 năm 2026")
    left = left_column(page)

    number = "".join(line.text for line in left if "V/v" not in line.text).split("SỞ XÂY DỰNG")[1]
    assert number.replace(" ", "") == f"Số:1215/{symbol}".replace(" ", "")
    assert max(line.x1 for line in left) < min(nation.x0, when.x0)
    assert when.x1 <= RIGHT_EDGE + 0.5
    assert when.centre == pytest.approx(nation.centre, abs=1)


def test_the_left_column_takes_about_two_fifths(page):
    middle = (page.line("UBND").centre, page.line(NATION).centre)
    left, right = 2 * (middle[0] - LEFT_EDGE), 2 * (RIGHT_EDGE - middle[1])

    assert 0.36 <= left / (left + right) <= 0.41


@pytest.mark.parametrize("paper", [letter, report])
@pytest.mark.parametrize("made", ["issued", "draft"])
def test_number_and_date_stand_on_one_line_under_their_column(paper, made):
    page = first_page(draft(paper) if made == "draft" else paper())
    number, when = page.line("Số:"), page.line("Ninh Bình, ngày")

    assert number.baseline == pytest.approx(when.baseline, abs=1)
    assert when.centre == pytest.approx(page.line(MOTTO).centre, abs=1)
    issuer = [line for line in page.body if line.faces == {"Tinos-Bold"} and line.x1 < page.line(NATION).x0][-1]
    assert number.centre == pytest.approx(issuer.centre, abs=1)
    assert number.baseline > issuer.baseline


def test_a_draft_leaves_room_for_number_and_day():
    page = first_page(draft())
    number, when = page.line("Số:"), page.line("Ninh Bình, ngày")

    assert number.text.split() == ["Số:", "/SXD-HTKT"]
    assert when.text.split() == ["Ninh", "Bình,", "ngày", "tháng", "02", "năm", "2026"]
    filled_in = first_page(letter(number=15))
    assert number.width >= filled_in.line("Số:").width
    assert when.width >= filled_in.line("Ninh Bình").width - 0.1


@pytest.mark.parametrize(
    "subject",
    [
        "trả lời kiến nghị của cử tri",
        "trả lời ý kiến, kiến nghị của cử tri gửi đến Kỳ họp thứ 3, Hội đồng nhân dân tỉnh khóa XV, nhiệm kỳ 2026-2031",
    ],
)
def test_the_subject_of_a_letter_stands_centred_under_the_number_without_a_rule(subject):
    page = first_page(letter(subject=subject))
    number = page.line("Số:")
    lines = [line for line in left_column(page) if line.baseline > number.baseline]

    assert " ".join(line.text for line in lines) == f"V/v {subject}"
    assert len(lines) in (1, 3, 4)
    for line in lines:
        assert line.centre == pytest.approx(number.centre, abs=2)
        assert 12 <= line.size <= 13
        assert line.face == "Tinos"
    assert [rule for rule in page.rules if rule.y > number.baseline] == []
    assert lines[0].top - number.bottom == pytest.approx(6, abs=2.5)


def test_a_three_line_subject_pushes_the_rest_down(page):
    long = first_page(
        letter(subject="trả lời ý kiến của cử tri gửi đến Kỳ họp thứ 3, HĐND tỉnh khóa XV, nhiệm kỳ 2026-2031")
    )

    last = [line for line in left_column(long) if line.baseline > long.line("Số:").baseline][-1]
    assert long.line("Kính gửi").top > last.bottom


def test_a_title_stands_in_the_middle_over_its_subject_with_a_rule_below(titled):
    title, subject = titled.line("BÁO CÁO"), titled.line("kết quả giám sát")
    rule = titled.rule_below(subject)
    middle = (LEFT_EDGE + RIGHT_EDGE) / 2

    for thing in (title, subject, rule):
        assert thing.centre == pytest.approx(middle, abs=2)
    assert subject.width / 3 - 1 <= rule.width <= subject.width / 2 + 1
    assert title.baseline < subject.baseline < rule.y


@pytest.mark.parametrize("words", [12, 16, 20, 30, 45])
def test_the_rule_under_a_long_title_is_a_third_to_a_half_of_its_longest_line(words):
    subject = " ".join(("kết quả giám sát việc giải quyết kiến nghị " * 9).split()[:words])
    page = first_page(report(subject=subject))
    lines = page.between("kết quả", "Sở Xây dựng")[:-1]

    longest = max(line.width for line in lines)
    rule = page.rule_below(lines[-1])
    assert longest / 3 - 1 <= rule.width <= longest / 2 + 1


def test_a_titled_document_has_no_v_v(titled):
    assert [line.text for line in titled.lines if "V/v" in line.text] == []


def test_one_addressee_stands_on_the_line_of_kinh_gui(page):
    assert page.line("Kính gửi").text == "Kính gửi: Thường trực Hội đồng nhân dân tỉnh."


def test_several_addressees_stand_under_the_colon_each_on_its_line():
    names = ["Thường trực Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh", "Sở Tài chính"]
    page = first_page(letter(addressees=names))
    word, *lines = page.between("Kính gửi", "- Sở")

    assert word.text == "Kính gửi:"
    assert [line.text for line in lines] == [
        "- Thường trực Hội đồng nhân dân tỉnh;",
        "- Ủy ban nhân dân tỉnh;",
        "- Sở Tài chính.",
    ]
    colon = word.x1 - 3.9  # the width of a colon at 14 points
    assert [line.x0 for line in lines] == pytest.approx([colon] * 3, abs=2)
    assert {line.size for line in (word, *lines)} == {14}


def test_a_very_long_addressee_stays_between_the_margins():
    name = "Ủy ban nhân dân các xã, phường thuộc địa bàn các huyện Yên Mô, Kim Sơn, Nho Quan cũ của tỉnh Ninh Bình"
    page = first_page(letter(addressees=[name, "Sở Tài chính"]))

    lines = page.between("Kính gửi", "- Sở Tài chính")
    assert " ".join(line.text for line in lines) == f"Kính gửi: - {name}; - Sở Tài chính."
    assert min(line.x0 for line in lines) >= LEFT_EDGE - 0.5
    assert max(line.x1 for line in lines) <= RIGHT_EDGE + 0.5


def test_a_report_to_nobody_in_particular_has_no_kinh_gui(titled):
    assert [line.text for line in titled.lines if line.text.startswith("Kính gửi")] == []
