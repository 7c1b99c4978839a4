"""common/tables: what can be opened, how it is read, what is refused and in which words."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from common import tables
from common.tables import checks
from tests.petitions.imports import files

ROWS = [["STT", "Nội dung"], ["1", "Đề nghị lắp đèn."]]


def kind_of(content):
    return tables.check(io.BytesIO(content))


def read(tmp_path, content, index=0):
    path = tmp_path / "file"
    path.write_bytes(content)
    return tables.read_table(path, kind_of(content), index)


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        kind_of(content)
    return refused.value.messages[0]


MAKERS = {"xlsx": lambda: files.xlsx(ROWS), "xls": lambda: files.xls(ROWS), "ods": lambda: files.ods(ROWS),
          "docx": lambda: files.docx(ROWS)}  # fmt: skip


@pytest.mark.parametrize("kind", MAKERS)
def test_each_kind_is_known_by_its_content_and_read(tmp_path, kind):
    content = MAKERS[kind]()

    assert kind_of(content) == kind
    assert read(tmp_path, content).rows == ROWS


def test_days_and_numbers_are_read_as_people_write_them(tmp_path):
    content = files.xlsx([["a", 3, 3.5, date(2026, 1, 5), True, None, "x"]])

    assert read(tmp_path, content).rows == [["a", "3", "3.5", "05/01/2026", "x", "", "x"]]


def test_a_formula_gives_the_value_saved_last_and_links_stay_closed(tmp_path):
    linked = files.added_to(
        files.xlsx([["=[1]Sheet1!A1", "Đề nghị"]]), {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    )

    assert read(tmp_path, linked).rows == [["Đề nghị"]]


def test_text_is_put_in_order_on_the_way_in(tmp_path):
    decomposed, icelandic = "Đe\u0302\u0300 nghi\u0323", "Ðường\u00a0liên  xã"

    assert read(tmp_path, files.xlsx([[decomposed, icelandic]])).rows == [["Đề nghị", "Đường liên xã"]]


def test_merged_cells_are_told(tmp_path):
    content = files.xlsx([["I. Giao thông", None, None], ["1", "a", "b"], [None, "c", "d"]], merged=["A1:C1", "A2:A3"])

    table = read(tmp_path, content)

    assert table.spans == {(0, 0): 3}
    assert table.covered == {(2, 0)}


def test_merged_cells_of_word_are_told_and_automatic_numbers_count(tmp_path):
    content = files.docx(
        [[("I. Giao thông", '<w:gridSpan w:val="3"/>')],
         ["#", ("a", '<w:vMerge w:val="restart"/>'), "b"],
         ["#", ("", "<w:vMerge/>"), "c\nd"]]
    )  # fmt: skip

    table = read(tmp_path, content)

    assert table.rows == [["I. Giao thông", "", ""], ["1", "a", "b"], ["2", "", "c\nd"]]
    assert (table.spans, table.covered) == ({(0, 0): 3}, {(2, 1)})


def test_sheets_and_tables_are_listed_with_their_size(tmp_path):
    for content in (files.xlsx(ROWS, ROWS * 2), files.docx(ROWS, ROWS * 2)):
        path = tmp_path / "file"
        path.write_bytes(content)

        found = tables.list_tables(path, kind_of(content))

        assert [(table.index, table.height, table.width) for table in found] == [(0, 2, 2), (1, 4, 2)]


def test_a_file_without_a_table_is_refused(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(files.docx())

    with pytest.raises(ValidationError, match="không có bảng"):
        tables.list_tables(path, "docx")


class TestRefusals:
    def test_a_web_page_named_as_a_workbook(self):
        assert "trang web" in refusal(b"<html><table><tr><td>1</td></tr></table></html>")
        assert "trang web" in refusal(b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>')

    def test_anything_else(self):
        for content in (b"", b"STT;Noi dung\n1;x", b"%PDF-1.7", files.package({"a.txt": "a"})):
            assert "Chỉ đọc được bảng" in refusal(content)

    def test_a_file_behind_a_password(self):
        assert "mật khẩu" in refusal(files.compound("EncryptedPackage", b"x"))

    def test_an_old_word_file(self):
        assert ".doc" in refusal(files.compound("WordDocument", b"x"))

    def test_macros(self):
        assert "macro" in refusal(files.added_to(files.xlsx(ROWS), {"xl/vbaProject.bin": "x"}))
        assert "macro" in refusal(files.xls(ROWS) + "_VBA_PROJECT".encode("utf-16-le"))

    def test_a_zip_that_unpacks_to_very_much(self, monkeypatch):
        monkeypatch.setattr(checks, "MOST_UNPACKED", 3_000_000)

        assert "lớn hơn nhiều" in refusal(files.added_to(files.xlsx(ROWS), {"xl/media/a.bin": b"\0" * 4_000_000}))

    def test_a_zip_that_lies_about_its_sizes(self):
        content = bytearray(files.package({"xl/workbook.xml": b"x" * 100_000}))
        real = (100_000).to_bytes(4, "little")
        place = content.rindex(real)
        content[place : place + 4] = (10).to_bytes(4, "little")

        assert "hỏng" in refusal(bytes(content))

    def test_a_broken_zip(self):
        assert "hỏng" in refusal(files.xlsx(ROWS)[:-200])

    def test_too_large(self, monkeypatch):
        monkeypatch.setattr(checks, "MOST_BYTES", 100)

        assert "20 MB" in refusal(files.xlsx(ROWS))

    def test_a_value_far_away(self):
        sheet = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
        content = files.package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": sheet})

        assert "50.000" in refusal(content) or "50 000" in refusal(content)

    def test_an_empty_cell_far_away_does_no_harm(self):
        sheet = '<worksheet><sheetData><row r="9"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>'

        assert kind_of(files.package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": sheet})) == "xlsx"

    def test_a_row_repeated_a_million_times(self):
        row = ('<table:table-row table:number-rows-repeated="1048576">'
               '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>')  # fmt: skip

        assert "Hãy tách" in refusal(files.ods_of(row))

    def test_too_many_rows_and_too_many_sheets(self, tmp_path, monkeypatch):
        monkeypatch.setattr("common.tables.reading.MOST_ROWS", -99)
        with pytest.raises(ValidationError, match="Hãy tách"):
            read(tmp_path, files.xlsx(ROWS))
        monkeypatch.setattr("common.tables.reading.MOST_TABLES", 1)
        path = tmp_path / "many"
        path.write_bytes(files.xlsx(ROWS, ROWS))
        with pytest.raises(ValidationError, match="64"):
            tables.list_tables(path, "xlsx")

    def test_entities_of_a_word_file_are_not_blown_up(self, tmp_path):
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol" * 50}">' for n in range(9))
        document = f"<!DOCTYPE x [{entities}]><w:document {files.W}><w:body>&a8;</w:body></w:document>"
        path = tmp_path / "bomb"
        path.write_bytes(files.package({"word/document.xml": document}, zipfile.ZIP_STORED))

        with pytest.raises(ValidationError, match="hỏng"):
            tables.list_tables(path, "docx")
