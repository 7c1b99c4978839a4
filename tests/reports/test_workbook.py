"""The workbook for people who live in Excel: formulas, filters, names, and the same bytes every time."""

import io
import re
import shutil
import subprocess

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from reports import exports
from reports.catalogue import CATALOGUE

HEAD = 4


@pytest.fixture
def content(prepared):
    return exports.appendices(prepared.session, prepared.live())


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_totals_are_formulas_over_all_rows_that_give_the_printed_values(book, content):
    printed = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    checked = 0
    for sheet in book:
        for row in sheet.iter_rows(min_row=HEAD + 1):
            for cell in row:
                if cell.data_type == "f":
                    first, last = map(int, re.fullmatch(r"=SUM\([A-Z]+(\d+):[A-Z]+(\d+)\)", cell.value).groups())
                    assert (first, last) == (HEAD + 1, cell.row - 1)
                    above = [sheet.cell(line, cell.column).value for line in range(first, last + 1)]
                    assert printed[sheet.title][cell.coordinate].value == sum(above)
                    checked += 1
    assert checked == 5 * 8 + 6 + 6 + 2  # the tables of figures, outstanding, times, beside


def test_every_table_can_be_filtered_without_its_total(book):
    areas = {sheet.title: range_boundaries(sheet.auto_filter.ref) for sheet in book}

    for name in ("PL1", "Theo Ban"):
        sheet = book[name]
        assert areas[name] == (1, HEAD, sheet.max_column, sheet.max_row - 1)
    assert areas["Dữ liệu"] == (1, HEAD, 16, book["Dữ liệu"].max_row)


def test_tables_and_figures_have_names_for_formulas(book):
    names = set(book.defined_names)

    tables = {"agency", "level", "committee", "field", "place", "figures", "balance", "points"}
    tables |= {"outstanding", "overseen", "punctuality", "beside", "recommendations", "received_reports"}
    assert names == {f"bang_{key}" for key in tables} | {f"so_{key}" for key in CATALOGUE}
    (title, area) = next(iter(book.defined_names["bang_points"].destinations))
    assert (title, area) == ("Dữ liệu", f"$A${HEAD}:$P${book['Dữ liệu'].max_row}")


def test_shares_are_real_percentages(book):
    sheet = book["PL11 Chỉ tiêu"]
    (row,) = [row for row in sheet.iter_rows(min_row=HEAD + 1) if row[0].value == "answered"]

    assert (row[2].value, row[4].value, row[6].value, row[6].number_format) == (8, 13, 0.615, "0.0%")


def test_the_shares_below_what_was_carried_over_are_percentages_too_and_belong_to_no_name(book):
    sheet = book["PL4 Tồn đọng"]
    total, shares = sheet.max_row - 1, sheet.max_row

    assert [sheet.cell(shares, place).value for place in (2, 3)] == ["Tỷ lệ", 1]
    assert {cell.number_format for cell in sheet[shares][2:]} == {"0.0%"}
    assert sum(cell.value for cell in sheet[shares][3:]) == pytest.approx(1)
    assert sheet.auto_filter.ref == f"A{HEAD}:H{total - 1}"
    assert book.defined_names["bang_outstanding"].attr_text == f"'PL4 Tồn đọng'!$A${HEAD}:$H${total - 1}"


def test_all_data_stand_on_one_sheet_without_merged_rows(book):
    sheet = book["Dữ liệu"]

    assert sheet.max_row - HEAD == 15
    assert all(str(area).startswith(("A1:", "A2:")) for area in sheet.merged_cells.ranges)
    assert all(cell.value for cell in sheet["E"][HEAD:])


def test_rows_are_as_high_as_their_longest_text(book):
    sheet = book["PL11 Chỉ tiêu"]

    heights = {sheet.row_dimensions[row].height for row in range(HEAD + 1, sheet.max_row + 1)}
    assert min(heights) >= 15.75
    assert len(heights) > 1


def test_the_same_figures_give_the_same_bytes(prepared, content):
    assert exports.appendices(prepared.session, prepared.live()) == content


def test_libreoffice_opens_it_without_a_warning(content, tmp_path):
    file = tmp_path / "phu-luc.xlsx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]

    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)  # noqa: S603 — our own file

    complaints = [line for line in done.stderr.splitlines() if "javaldx" not in line]
    assert complaints == []
    assert (tmp_path / "phu-luc.pdf").stat().st_size > 1000
