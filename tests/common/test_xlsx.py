"""common/xlsx.py: workbooks people read, and that run nothing."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from common.xlsx import Column, GroupRow, Row, Sheet, write

COLUMNS = [Column("STT", 6, "number"), Column("Nội dung", 60), Column("Ngày", 12, "date")]


def sheet(*rows, **details):
    defaults = {"name": "Phụ lục 1", "heading": ["DANH SÁCH", "(tính đến ngày 05/01/2026)"], "columns": COLUMNS}
    return Sheet(**{**defaults, **details}, rows=list(rows))


def read(*sheets):
    return load_workbook(io.BytesIO(write(sheets)))


def only(*rows, **details):
    return read(sheet(*rows, **details)).active


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+84 912", "-5", "@SUM(A1)", "\tx", "#N/A", "12"])
def test_text_stays_text_whatever_it_begins_with(text):
    cell = only(Row([1, text, None]))["B5"]

    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_that_looks_like_a_formula_stays_text_when_edited(text):
    assert only(Row([1, text, None]))["B5"].quotePrefix


def test_headings_columns_and_groups_are_text_too():
    worksheet = only(GroupRow("=A1"), heading=["=B1"], columns=[Column("=C1", 10), Column("+D1", 10)])

    assert [worksheet[place].data_type for place in ("A1", "A3", "B3", "A4")] == ["s"] * 4


def test_no_formula_is_in_the_file_at_all():
    content = write([sheet(Row([1, "=1+1", None]), GroupRow("=2"), heading=["=3"])])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_and_dates_are_real():
    worksheet = only(Row([1472, "x", date(2026, 1, 5)]))

    assert (worksheet["A5"].value, worksheet["A5"].data_type, worksheet["A5"].number_format) == (1472, "n", "#,##0")
    assert worksheet["C5"].is_date
    assert (worksheet["C5"].value.date(), worksheet["C5"].number_format) == (date(2026, 1, 5), "dd/mm/yyyy")


@pytest.mark.parametrize("value", [0, 2.5, Decimal("3.25")])
def test_any_number_is_a_number(value):
    cell = only(Row([value, "", None]))["A5"]

    assert (cell.data_type, float(cell.value)) == ("n", float(value))


def test_nothing_is_an_empty_cell():
    worksheet = only(Row([None, "", None]))

    assert [worksheet.cell(5, column).value for column in (1, 2, 3)] == [None, None, None]


def test_the_heading_is_merged_over_the_table_and_the_head_stands_below():
    worksheet = only(Row([1, "x", None]))

    assert [worksheet["A1"].value, worksheet["A2"].value] == ["DANH SÁCH", "(tính đến ngày 05/01/2026)"]
    assert [cell.value for cell in worksheet[4]] == ["STT", "Nội dung", "Ngày"]
    assert sorted(map(str, worksheet.merged_cells.ranges)) == ["A1:C1", "A2:C2"]


def test_head_rows_stay_in_sight_and_are_printed_on_every_page():
    worksheet = only(Row([1, "x", None]))

    assert worksheet.freeze_panes == "A5"
    assert worksheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize(("is_landscape", "orientation"), [(True, "landscape"), (False, "portrait")])
def test_a_sheet_is_as_wide_as_the_paper_and_as_long_as_it_needs(is_landscape, orientation):
    worksheet = only(Row([1, "x", None]), is_landscape=is_landscape)

    assert worksheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    assert (worksheet.page_setup.orientation, int(worksheet.page_setup.paperSize)) == (orientation, 9)
    assert worksheet.oddHeader.center.text == "&P"


def test_a_group_is_one_cell_over_the_whole_row():
    worksheet = only(Row([1, "x", None]), GroupRow("I. Sở Xây dựng"), Row([1, "y", None]))

    assert worksheet["A6"].value == "I. Sở Xây dựng"
    assert worksheet["A6"].font.bold
    assert "A6:C6" in map(str, worksheet.merged_cells.ranges)
    assert worksheet["B7"].value == "y"


def test_a_total_is_bold_and_other_rows_are_not():
    worksheet = only(Row([1, "x", None]), Row([2, "Tổng cộng", None], is_total=True))

    assert [worksheet[place].font.bold for place in ("B5", "B6")] == [False, True]
    assert {worksheet[place].font.name for place in ("A1", "A4", "B5", "B6")} == {"Times New Roman"}


def test_columns_are_as_wide_as_said():
    worksheet = only(Row([1, "x", None]))

    assert [worksheet.column_dimensions[letter].width for letter in "ABC"] == [6, 60, 12]


def test_sheets_stand_in_the_order_given_under_names_excel_can_take():
    workbook = read(
        sheet(name="Phụ lục II"), sheet(name="Phụ lục I"), sheet(name="Một cái tên dài hơn ba mươi mốt chữ cái")
    )

    assert workbook.sheetnames == ["Phụ lục II", "Phụ lục I", "Một cái tên dài hơn ba mươi mốt"]


def test_a_row_must_have_a_value_for_every_column():
    with pytest.raises(ValueError, match="longer than"):
        write([sheet(Row([1, "x"]))])


def test_every_row_stands_in_the_file_once_as_excel_asks():
    content = write([sheet(Row([1, "x", None]), Row([2, "y", None]))])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        numbers = re.findall(rb'<row r="(\d+)"', archive.read("xl/worksheets/sheet1.xml"))
    assert numbers == [b"1", b"2", b"4", b"5", b"6"]


def test_titles_and_heads_have_room_for_every_line_they_are_broken_into():
    columns = [Column("Tên cơ quan, đơn vị", 40), Column("Quá hạn chưa trả lời", 13, "number")]
    title = "KẾT QUẢ CƠ QUAN BÁO CÁO BÊN CẠNH ĐÁNH GIÁ CỦA HỘI ĐỒNG NHÂN DÂN"

    worksheet = only(heading=[title, "Kỳ họp thứ 2"], columns=columns)

    heights = [worksheet.row_dimensions[line].height for line in (1, 2, 4)]
    assert heights == [2 * 18.75, 15.75, 2 * 15.75]
