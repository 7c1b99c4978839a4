"""common/tables: what can be opened, how it is read, what is refused and in which words."""

import io
import tracemalloc
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


def test_merged_cells_count_as_far_as_the_sheet_reaches(tmp_path):
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="C3"><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c></row>'
    merged = '<mergeCells><mergeCell ref="B3:XFD3"/><mergeCell ref="B4:B1048576"/><mergeCell ref="A1:C1"/></mergeCells>'

    table = read(tmp_path, files.sheet(rows, merged))

    assert (table.first_line, table.rows) == (3, [["1", "2"], ["", ""], ["", "3"]])
    assert (table.spans, table.covered) == ({(0, 0): 2}, {(2, 0)})


def test_a_table_inside_a_cell_of_word_is_text_of_that_cell(tmp_path):
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    content = files.docx([["ngoài", "b"], ["c", "d"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
    content = files.package({"word/document.xml": document.replace("</w:p></w:tc>", f"</w:p>{inner}</w:tc>", 1)})

    assert read(tmp_path, content).rows == [["ngoài\ntrong", "b"], ["c", "d"]]


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

    @pytest.mark.parametrize("packed_with", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_a_zip_whose_parts_are_broken(self, packed_with):
        content = bytearray(files.package({"xl/workbook.xml": bytes(range(256)) * 8}, packed_with))
        content[60:200] = b"\xff" * 140

        assert "hỏng" in refusal(bytes(content))

    def test_a_zip_whose_parts_lie_before_its_beginning(self):
        content = bytearray(files.package({"word/document.xml": "<x/>"}))
        place = content.rindex(b"PK\x05\x06") + 16  # where the directory of the zip begins
        content[place : place + 4] = (int.from_bytes(content[place : place + 4], "little") + 99).to_bytes(4, "little")

        assert "hỏng" in refusal(bytes(content))

    def test_a_sheet_without_the_list_of_its_parts(self):
        parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}

        assert "hỏng" in refusal(files.package(parts))

    def test_of_a_part_that_unpacks_to_very_much_only_the_beginning_is_read(self):
        content = files.package({"mimetype": b" " * 24_000_000})

        tracemalloc.start()
        try:
            assert "Chỉ đọc được bảng" in refusal(content)
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()

    def test_too_large(self, monkeypatch):
        monkeypatch.setattr(checks, "MOST_BYTES", 100)

        assert "20 MB" in refusal(files.xlsx(ROWS))

    def test_a_value_far_away(self):
        sheet = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
        content = files.package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": sheet})

        assert "50.000" in refusal(content) or "50 000" in refusal(content)

    @pytest.mark.parametrize(
        "rows",
        [
            "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
            '<row r = "1048576"><c t=">" r\n=\'XFD1048576\'><v>1</v></c></row>',
            '<row r="1048576"><c><v>1</v></c></row>',
            "<row r='1'><c r='A1'><v>1</v></c></row><row r='99999999999999999999'><c><is><t>x</t></is></c></row>",
            "<row>" + "<c><v>1</v></c>" * 1025 + "</row>",
            "<row r='100000'><c r='ALL100000'><v>1</v></c></row>",
        ],
    )
    def test_a_value_far_away_however_its_place_is_written(self, rows):
        assert "Hãy tách" in refusal(files.sheet(rows))

    def test_a_value_far_away_in_a_sheet_of_an_unusual_name(self):
        far = f'<worksheet xmlns="{files.MAIN}"><row r="1048576"><c><v>1</v></c></row></worksheet>'

        assert "Hãy tách" in refusal(files.added_to(files.xlsx(ROWS), {"xl/other.xml": far}))

    def test_a_value_far_away_in_an_old_workbook(self):
        assert "Hãy tách" in refusal(files.xls_of({(0, 0): "a", (65535, 65535): "b"}))

    @pytest.mark.parametrize(
        "rows",
        ['<row r="x"><c><v>1</v></c></row>', "<row r='1'><c r='A1'><v>1</c></row>", '<row r="1"><c r="!!"><v/></c>'],
    )
    def test_a_sheet_that_makes_no_sense(self, rows):
        assert "hỏng" in refusal(files.sheet(rows))

    def test_a_merged_range_that_makes_no_sense(self, tmp_path):
        merged = '<mergeCells><mergeCell ref="zzz"/></mergeCells>'
        path = tmp_path / "file"
        path.write_bytes(files.sheet('<row r="1"><c r="A1"><v>1</v></c></row>', merged))

        with pytest.raises(ValidationError, match="hỏng"):
            tables.list_tables(path, "xlsx")
        with pytest.raises(ValidationError, match="hỏng"):
            tables.read_table(path, "xlsx", 0)

    def test_merged_ranges_lying_over_each_other_without_end(self, tmp_path):
        rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in (1, 50_000))
        merged = "<mergeCells>" + '<mergeCell ref="A1:A50000"/>' * 2000 + "</mergeCells>"

        with pytest.raises(ValidationError, match="hỏng"):
            read(tmp_path, files.sheet(rows, merged))

    def test_more_merged_ranges_than_a_list_can_have(self, monkeypatch):
        monkeypatch.setattr("common.tables.extent.MOST_MERGED", 2)

        assert "hỏng" in refusal(files.sheet("", '<mergeCell ref="A1:A2"/>' * 3))

    @pytest.mark.parametrize("rows", [50_101, 100_000])
    def test_a_table_too_long_to_be_read_is_not_offered(self, tmp_path, rows):
        path = tmp_path / "file"
        path.write_bytes(files.sheet(f'<row r="1"><c><v>1</v></c></row><row r="{rows}"><c><v>1</v></c></row>'))
        assert kind_of(path.read_bytes()) == "xlsx"

        with pytest.raises(ValidationError, match="Hãy tách"):
            tables.list_tables(path, "xlsx")

    @pytest.mark.parametrize("encoding", ["gbk", "khong-co"])
    def test_a_word_file_in_letters_nobody_reads(self, tmp_path, encoding):
        path = tmp_path / "file"
        document = f'<?xml version="1.0" encoding="{encoding}"?><w:document {files.W}><w:body/></w:document>'
        path.write_bytes(files.package({"word/document.xml": document}))

        with pytest.raises(ValidationError, match="hỏng"):
            tables.list_tables(path, "docx")

    def test_an_empty_cell_far_away_does_no_harm(self):
        sheet = '<worksheet><sheetData><row r="9"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>'

        assert kind_of(files.package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": sheet})) == "xlsx"

    def test_a_row_repeated_a_million_times(self):
        row = ('<table:table-row table:number-rows-repeated="1048576">'
               '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>')  # fmt: skip

        assert "Hãy tách" in refusal(files.ods_of(row))
        assert "Hãy tách" in refusal(files.ods_of(row.replace('"1048576"', "'1048576'")))

    def test_a_value_behind_a_million_empty_rows_or_cells(self):
        value = '<table:table-cell office:value-type="float" office:value="1"/>'
        empty_rows = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
        empty_cells = '<table:table-cell table:number-columns-repeated="16383"/>'

        assert "Hãy tách" in refusal(files.ods_of(f"{empty_rows}<table:table-row>{value}</table:table-row>"))
        assert "Hãy tách" in refusal(files.ods_of(f"<table:table-row>{empty_cells}{value}</table:table-row>"))

    def test_the_empty_rest_of_a_sheet_does_no_harm(self, tmp_path):
        value = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
        empty_cells = '<table:table-cell table:number-columns-repeated="16383"/>'
        empty_rows = f'<table:table-row table:number-rows-repeated="1048575">{empty_cells}</table:table-row>'
        content = files.ods_of(f"<table:table-row>{value}{empty_cells}</table:table-row>{empty_rows}")

        assert read(tmp_path, content).rows == [["a"]]

    def test_a_cell_inside_a_cell_hides_nothing(self):
        inner = "<table:table-row><table:table-cell/></table:table-row>"
        cell = f'<table:table-cell table:number-columns-repeated="16384">{inner}<text:p>x</text:p></table:table-cell>'

        assert "Hãy tách" in refusal(files.ods_of(f"<table:table-row>{cell}</table:table-row>"))

    def test_what_stands_behind_the_empty_rest_does_no_harm(self):
        value = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        rest = (
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row><table:named-expressions/>'
        )
        far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

        assert kind_of(files.ods_of(f"<table:table-row>{value}</table:table-row>{rest}")) == "ods"
        assert kind_of(files.sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{far}', "<dataValidations/>")) == "xlsx"

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
