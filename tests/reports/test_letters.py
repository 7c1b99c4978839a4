"""reports/letters.py: the report on paper."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from directory.models import LegalBasis
from documents import pdf
from documents.papers import paper_of
from petitions import workflow as petitions
from reports import letters, tables
from reports.figures import SessionFigures
from reports.letters import report_subject
from reports.models import ReportKind
from reports.tables import grouped_by_agency
from tests.documents.reading import read
from tests.reports.prepared import days_ago, drafted, issued
from tests.world import agency

HEADINGS = [
    "I. Tình hình tiếp nhận, phân loại, chuyển kiến nghị",
    "II. Kết quả giải quyết, trả lời",
    "1. Công tác chỉ đạo",
    "2. Số liệu chung",
    "3. Theo thẩm quyền",
    "4. Theo lĩnh vực",
    "5. Theo cơ quan chủ trì",
    "6. Kiến nghị kỳ trước chuyển sang",
    "7. Kiến nghị nhiều lần",
    "8. Đánh giá qua giám sát, thẩm tra",
    "9. Thực hiện lời hứa, cam kết",
    "III. Đánh giá",
    "1. Kết quả đạt được",
    "2. Tồn tại, hạn chế",
    "IV. Kiến nghị",
]


@pytest.fixture
def prepared(prepared):
    prepared.world.meeting.voters_attending = 1472
    prepared.world.meeting.save()
    return prepared


def text_of(report):
    """The text of the report's own body, without tags, in single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", report.document.body)).strip()


def pages_of(report):
    return read(pdf.render(paper_of(report.document)))


def words_on(page):
    return re.sub(r"\s+", " ", page.text)


# The text


def test_the_headings_stand_in_the_order_of_the_skeleton(prepared):
    report = drafted(prepared)

    assert re.findall(r"<h[23]>(.*?)</h[23]>", report.document.body) == HEADINGS


def test_the_causes_have_a_heading_when_somebody_wrote_them(prepared):
    report = drafted(prepared, causes="Thiếu vốn.", achievements="Chủ động.", limitations="Chậm.", direction="Đã họp.")

    headings = re.findall(r"<h[23]>(.*?)</h[23]>", report.document.body)
    assert headings == [*HEADINGS[:-1], "3. Nguyên nhân", "IV. Kiến nghị"]
    text = text_of(report)
    assert "1. Công tác chỉ đạo Đã họp." in text
    assert "1. Kết quả đạt được Chủ động. 2. Tồn tại, hạn chế Chậm." in text


def test_the_numbers_in_the_text_are_the_figures(prepared):
    text = text_of(drafted(prepared))

    assert "Đã tiếp nhận 11 kiến nghị; sau khi gộp 1 kiến nghị trùng nội dung còn 10 kiến nghị." in text
    assert "Cùng với 4 kiến nghị kỳ trước chuyển sang, tổng số kiến nghị phải giải quyết là 14 (15 nội dung)." in text
    assert "Đã trả lời 8/13 kiến nghị, đạt 61,5%." in text
    assert (
        "đã giải quyết xong 4 (30,8%); đang giải quyết 1 (7,7%); giải trình, cung cấp thông tin 2 (15,4%); "
        "chưa giải quyết 1 (7,7%); chưa trả lời 5 (38,5%), trong đó quá hạn 2." in text
    )
    assert "Có 1 kiến nghị thuộc thẩm quyền của các cơ quan Trung ương được theo dõi riêng" in text
    assert "kỳ trước chuyển sang 4 + tiếp nhận mới 10 − đã kết thúc 6 = chuyển kỳ sau 8." in text
    assert "Tổng số 14 kiến nghị gồm 15 nội dung" in text


def test_thousands_have_a_dot(prepared):
    assert "tại 1 cuộc, với 1.472 lượt cử tri tham dự" in text_of(drafted(prepared))


def test_late_and_disagreed_petitions_are_named_with_their_agency(prepared):
    text, named = text_of(drafted(prepared)), prepared.named
    department = prepared.world.department.name

    assert (
        f"Còn 2 kiến nghị quá hạn trả lời: {named['never_answered'].code} ({department}); "
        f"{named['overdue'].code} ({department})." in text
    )
    assert f"Có 1 kiến nghị cơ quan báo cáo kết quả khác với đánh giá qua giám sát: {named['disagreed'].code}." in text


def test_what_is_left_from_before_and_what_comes_back_is_named(prepared):
    again = petitions.classify(
        prepared.named["new"],
        by=prepared.world.officer,
        policy_field=prepared.world.field,
        authority_level="provincial",
        repeats=prepared.named["finished_before"],
    )

    text = text_of(drafted(prepared))

    left = prepared.named["never_answered"].code
    assert f"Trong 4 kiến nghị kỳ trước chuyển sang, còn 1 kiến nghị chưa kết thúc: {left}." in text
    assert f"{again.code} (lặp lại {prepared.named['finished_before'].code})." in text


def test_the_bases_are_those_in_force_when_the_session_opens(prepared):
    topic = LegalBasis.Topic.OVERSIGHT
    opens_on = prepared.session.opens_on
    for citation, valid_from, valid_to, confirmed in (
        ("Luật cũ", days_ago(4000), days_ago(1), True),
        ("Luật mới", opens_on, None, True),
        ("Nghị quyết chưa xác nhận", days_ago(4000), None, False),
    ):
        LegalBasis.objects.create(
            topic=topic, citation=citation, valid_from=valid_from, valid_to=valid_to, is_confirmed=confirmed
        )

    body = drafted(prepared).document.body

    assert re.findall(r'<p class="ground">(.*?)</p>', body) == ["Căn cứ Luật mới."]


def test_levels_and_committees_are_named_in_the_first_section(prepared):
    committee = prepared.world.committee.name

    assert (
        f"Theo thẩm quyền: trung ương 1; cấp tỉnh 12; chưa phân loại 1. Theo lĩnh vực phụ trách của các Ban: "
        f"{committee} 13; chưa phân loại 1." in text_of(drafted(prepared))
    )


def test_the_report_is_vietnamese_whatever_language_its_author_works_in(prepared):
    vietnamese = drafted(prepared)

    with translation.override("en"):
        english = drafted(prepared)

    assert text_of(english) == text_of(vietnamese)
    assert [appendix.body for appendix in english.document.appendices.all()] == [
        appendix.body for appendix in vietnamese.document.appendices.all()
    ]


def test_what_people_typed_stays_text(prepared):
    report = drafted(prepared, achievements='<img src="x">', recommendations="a < b & c")

    assert "<img" not in report.document.body
    assert "a &lt; b &amp; c" in report.document.body


def test_the_subject_names_the_session_in_full(prepared):
    assert report_subject(ReportKind.OVERSIGHT, prepared.session) == (
        "kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri gửi đến Kỳ họp thứ 3, "
        "Hội đồng nhân dân tỉnh Ninh Bình khóa XVI"
    )


def test_the_second_appendix_groups_points_by_agency_and_leaves_none_out(prepared):
    figures, world = prepared.live(), prepared.world

    groups = {agency: len(rows) for agency, rows in grouped_by_agency(figures)}

    assert groups == {world.department.name: 11, world.other_department.name: 2, "Chưa giao cơ quan giải quyết": 2}


def test_the_list_says_from_which_session_a_petition_came_and_how_often_it_was_raised(prepared):
    figures = prepared.live()
    (fact,) = [fact for fact in figures.facts if fact.pk == prepared.named["never_answered"].pk]
    often = replace(fact, times_raised=3)

    assert tables.note(often) == f"Chuyển từ {prepared.earlier.title}; cử tri nêu 3 lượt"
    assert tables.note(replace(often, is_opening=False, times_raised=1)) == ""
    page = letters.extract_words(prepared.session, SessionFigures(figures.as_of, [often]), "Sở")
    assert tables.note(often) in page
    assert "Đánh giá qua giám sát; ghi chú" in page


def test_agencies_of_the_same_name_stand_apart_in_both_appendices(world):
    twin = agency(world.council, world.department.name, symbol="SXD2")
    for lead in (world.department, twin):
        world.forwarded(lead=lead)
    figures = SessionFigures.live(world.session, world.today)

    assert [(row.label, row.counts["total"]) for row in figures.by_agency.rows] == [(twin.name, 1)] * 2
    assert [(name, len(rows)) for name, rows in grouped_by_agency(figures)] == [(twin.name, 1)] * 2


def test_the_appendices_print_the_frozen_table(prepared):
    appendices = drafted(prepared).document.appendices
    summary, detail = appendices.get(number=1), appendices.get(number=10)

    rows = re.findall(r"<tr.*?</tr>", summary.body, re.S)
    total = re.findall(r'<td class="figure">(\d+)</td>', rows[-1])
    assert total == ["15", "9", "5", "1", "2", "1", "6"]
    assert detail.body.count('<tr class="group">') == 3
    assert detail.body.count("<tr>") - 1 == 15
    for name in ("never_answered", "half", "central", "new"):
        assert prepared.named[name].code in detail.body
    for name in ("merged", "set_aside", "finished_before"):
        assert prepared.named[name].code not in detail.body


# The printed paper


def test_the_printed_report_and_its_appendices_have_page_numbers_of_their_own(prepared):
    for number in range(8):
        prepared.world.forwarded(points=[f"Nội dung {number}. " + "Đề nghị xem xét. " * 40])
    pages = pages_of(drafted(prepared))
    numbers = [page.number for page in pages]
    starts = [place for place, number in enumerate(numbers) if number == ""]

    assert len(starts) == 1 + 12
    for start, end in zip(starts, [*starts[1:], len(pages)], strict=True):
        assert numbers[start:end] == ["", *(str(number) for number in range(2, end - start + 1))]
    assert starts[11] - starts[10] > 1
    assert [page.width > page.height for page in (pages[0], pages[starts[1]], pages[starts[2]])] == [False, False, True]
    assert "Phụ lục I TỔNG HỢP" in words_on(pages[starts[1]])
    assert "Phụ lục X DANH SÁCH" in words_on(pages[starts[10]])


def test_the_printed_text_keeps_headings_numbers_and_letters(prepared):
    report = issued(prepared)
    printed = " ".join(words_on(page) for page in pages_of(report))

    headings = ("I. TÌNH HÌNH", "II. KẾT QUẢ", "III. ĐÁNH GIÁ", "IV. KIẾN NGHỊ")
    places = [printed.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "61,5%" in printed
    assert "1.472" in printed
    assert "01/BC-HĐND" in printed
    assert "DỰ THẢO" not in printed
    assert "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN" in printed


def test_a_draft_says_that_it_is_one(prepared):
    pages = pages_of(drafted(prepared))

    assert [page.slanted for page in pages] == ["DỰ THẢO"] * len(pages)


def test_it_goes_to_the_delegates_the_committees_and_the_peoples_committee(prepared):
    names = [addressee.name for addressee in drafted(prepared).document.addressees.all()]

    assert names == [
        "Đại biểu HĐND tỉnh Ninh Bình",
        "Các Ban HĐND tỉnh Ninh Bình",
        "Ủy ban nhân dân tỉnh Ninh Bình",
    ]
