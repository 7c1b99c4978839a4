"""reports/exports.py: the appendices as a workbook, read back."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.utils import translation

from common import xlsx
from reports import exports, workflow
from reports.catalogue import COLUMNS
from reports.figures import SessionFigures
from reports.models import SessionReport
from tests.reports.prepared import answer_the_overdue, days_ago, issued

TABLES = ["PL1", "Theo thẩm quyền", "Theo Ban", "Theo lĩnh vực", "Theo địa bàn"]
SHEETS = [
    "PL1",
    "PL2 Văn bản",
    "PL3 Sửa đổi",
    "PL4 Tồn đọng",
    "PL5 Chưa xong",
    "PL6 Giám sát",
    "PL7 Đối chiếu kết quả",
    "PL8 Lời hứa",
    "PL9 Ngày nhận báo cáo",
    "PL10 Danh sách",
    "PL11 Chỉ tiêu",
    *TABLES[1:],
    "Thời hạn trả lời",
    "Báo cáo và đánh giá",
    "Kiến nghị giám sát",
    "Đối chiếu",
    "Dữ liệu",
]
HEAD = 4  # two lines of heading and an empty one above it
DANGEROUS = ["=1+1", "+84 912", "-5% mỗi năm", "@SUM(A1:A9)"]


def read(content):
    """The workbook with the values its formulas have, as readers see them that do not count."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def workbook(prepared):
    return read(exports.appendices(prepared.session, prepared.live()))


def table(sheet):
    """The values below the head, a list a row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_the_sheets_stand_in_the_order_of_the_appendices(prepared):
    assert workbook(prepared).sheetnames == SHEETS


def test_every_sheet_says_what_it_is_and_as_of_which_day(prepared):
    book = read(exports.appendices(prepared.session, SessionFigures(date(2026, 6, 3), prepared.live().facts)))

    assert book["PL1"]["A1"].value == "PHỤ LỤC I. TỔNG HỢP KẾT QUẢ GIẢI QUYẾT THEO CƠ QUAN"
    assert book["PL10 Danh sách"]["A1"].value == "PHỤ LỤC X. DANH SÁCH CHI TIẾT KIẾN NGHỊ VÀ KẾT QUẢ GIẢI QUYẾT"
    for sheet in book:
        assert sheet["A2"].value == (
            "Kỳ họp thứ 3, Hội đồng nhân dân tỉnh Ninh Bình khóa XVI — số liệu tính đến ngày 03/6/2026"
        )
        assert {str(merged) for merged in sheet.merged_cells.ranges} >= {
            f"A{line}:{sheet.cell(HEAD, sheet.max_column).column_letter}{line}" for line in (1, 2)
        }


def test_heads_are_frozen_and_repeated_on_paper(prepared):
    for sheet in workbook(prepared):
        assert sheet.freeze_panes == f"A{HEAD + 1}"
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.page_setup.orientation == "landscape"
        letters = sum(column.width for column in sheet.column_dimensions.values())
        is_wide = letters > 224  # on A4 its words of 12 points would print at less than 8
        assert str(sheet.page_setup.paperSize) == (sheet.PAPERSIZE_A3 if is_wide else sheet.PAPERSIZE_A4)
        assert letters <= 345
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_first_appendix_is_the_table_by_agency(prepared):
    figures = prepared.live()
    rows = table(workbook(prepared)["PL1"])

    assert [row[1:] for row in rows] == [
        [row.label[:1].upper() + row.label[1:], *(row.counts[name] for name in COLUMNS)]
        for row in figures.by_agency.rows
    ] + [["Tổng cộng", 15, 9, 5, 1, 2, 1, 6, 3]]
    assert [row[0] for row in rows[:-1]] == [1, 2, 3]


@pytest.mark.parametrize("name", TABLES)
def test_totals_equal_the_sum_of_their_rows(prepared, name):
    *rows, total = table(workbook(prepared)[name])

    assert total[1] == "Tổng cộng"
    for column in range(2, 10):
        assert total[column] == sum(row[column] for row in rows)
    assert all(row[2] == sum(row[4:9]) for row in [*rows, total])


def test_all_breakdowns_have_one_total(prepared):
    book = workbook(prepared)

    assert {tuple(table(book[name])[-1][2:]) for name in TABLES[1:]} == {(14, 8, 4, 1, 2, 1, 6, 3)}


def test_numbers_are_numbers_and_days_are_days(prepared):
    book = workbook(prepared)

    for name in TABLES:
        for row in book[name].iter_rows(min_row=HEAD + 1, min_col=3):
            assert {cell.data_type for cell in row} == {"n"}
            assert {type(cell.value) for cell in row} == {int}
            assert {cell.number_format for cell in row} == {"#,##0"}
    days = [
        cell
        for row in book["PL10 Danh sách"].iter_rows(min_row=HEAD + 1)
        for cell in row
        if cell.column in (6, 8, 11) and cell.value is not None and not isinstance(cell, openpyxl.cell.MergedCell)
    ]
    assert days
    assert {type(cell.value) for cell in days} == {datetime}
    assert {cell.number_format for cell in days} == {"dd/mm/yyyy"}


def test_the_list_has_a_merged_row_for_each_agency_and_counts_within_it(prepared):
    sheet, world = workbook(prepared)["PL10 Danh sách"], prepared.world
    groups = {line: cell.value for line, cell in enumerate(sheet["A"], start=1) if isinstance(cell.value, str)}
    merged = {str(area) for area in sheet.merged_cells.ranges}

    titles = [title for line, title in groups.items() if line > HEAD]
    assert titles == [
        f"{world.department.name} (11 nội dung)",
        f"{world.other_department.name} (2 nội dung)",
        "Chưa giao cơ quan giải quyết (2 nội dung)",
    ]
    assert {f"A{line}:M{line}" for line in groups if line > HEAD} <= merged
    numbers = [cell.value for cell in sheet["A"][HEAD:] if isinstance(cell.value, int)]
    assert numbers == [*range(1, 12), 1, 2, 1, 2]


def test_a_row_of_the_list_says_what_the_fact_says(prepared):
    rows = {row[1]: row for row in table(workbook(prepared)["PL10 Danh sách"])}
    named, world = prepared.named, prepared.world

    late = rows[named["late"].code]
    assert late[2:5] == ["Đề nghị lắp đèn chiếu sáng.", "Phường Hoa Lư", None]
    assert (late[5].date(), late[7].date()) == (days_ago(15), days_ago(8))
    assert late[8:11] == ["Sở xin thông tin.", "Giải trình, cung cấp thông tin", None]
    assert rows[f"{named['half'].code}.1"][4] == world.other_department.name
    assert rows[f"{named['half'].code}.2"][9] == "Chưa trả lời"
    assert rows[named["in_progress"].code][10].date() == days_ago(-90)
    assert rows[named["disagreed"].code][11] == "Đang giải quyết"
    assert rows[named["never_answered"].code][12] == f"Chuyển từ {prepared.earlier.title}"
    assert rows[named["new"].code][12] is None


def test_text_that_looks_like_a_formula_stays_text(world):
    for text in DANGEROUS:
        world.forwarded(points=[text])
    petition = world.forwarded()
    point = petition.points.get()
    point.content = "\t=1+2"
    point.save()
    figures = SessionFigures.live(world.session, world.today)

    sheet = read(exports.appendices(world.session, figures))["PL10 Danh sách"]

    cells = [cell for cell in sheet["C"][HEAD:] if not isinstance(cell, openpyxl.cell.MergedCell)]
    assert [cell.value for cell in cells] == [*DANGEROUS, "=1+2"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("text", [*DANGEROUS, "\t=1", "\r=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_a_cell_never_runs_what_it_says(text):
    content = xlsx.write([xlsx.Sheet("A", ["=1"], [xlsx.Column("=2", 9)], [xlsx.Row([text]), xlsx.GroupRow("=3")])])

    sheet = read(content).active

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value.strip() for cell in cells] == ["=1", "=2", text.strip(), "=3"]


@pytest.mark.usefixtures("unprinted")
def test_the_workbook_of_an_issued_report_equals_its_frozen_figures(prepared):
    report = issued(prepared)
    before = workflow.figures_of(report)
    content = exports.of_report(workflow.writing_of(report))
    answer_the_overdue(prepared)

    book = read(exports.of_report(workflow.writing_of(SessionReport.objects.get(pk=report.pk))))

    assert [table(sheet) for sheet in book] == [table(sheet) for sheet in read(content)]
    assert table(book["PL1"])[-1][2:] == [before.by_agency.total[name] for name in COLUMNS]
    assert table(workbook(prepared)["PL1"])[-1][2:] != table(book["PL1"])[-1][2:]


def test_an_empty_session_has_a_workbook_too(world):
    book = read(exports.appendices(world.session, SessionFigures.live(world.session, world.today)))

    assert book.sheetnames == SHEETS
    assert table(book["PL1"]) == [[None, "Tổng cộng", *[0] * 8]]
    assert table(book["PL10 Danh sách"]) == []


def test_no_voter_is_named_in_a_workbook(world):
    petition = world.forwarded(
        voter={"voter_name": "Nguyễn Thị Bí Mật", "voter_address": "số 5 thôn Kín", "voter_phone": "0912"}
    )

    book = read(exports.appendices(world.session, SessionFigures.live(world.session, world.today)))

    everything = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert petition.code in everything
    for detail in ("Bí Mật", "thôn Kín", "0912"):
        assert detail not in everything


def test_the_workbook_is_vietnamese_whatever_language_the_person_works_in(prepared):
    vietnamese = [table(sheet) for sheet in workbook(prepared)]

    with translation.override("en"):
        english = [table(sheet) for sheet in workbook(prepared)]

    assert english == vietnamese
