"""Files as people send them, built small: Word tables, Excel sheets new and old, and ones that mean harm."""

import io
import struct
import zipfile
from xml.sax.saxutils import escape

from openpyxl import Workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = ["STT", "Nội dung kiến nghị", "Xã, phường", "Lĩnh vực"]


def xlsx(*sheets, merged=(), before=()):
    """A workbook; each sheet a list of rows, the first one also under the lines of `before`."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Trang {number}")
        for row in [*before, *rows] if number == 1 else rows:
            sheet.append(row)
        for cells in merged if number == 1 else ():
            sheet.merge_cells(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sheet(rows, after=""):
    """A workbook whose only sheet has exactly this XML inside `sheetData`, and `after` behind it."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return package(parts | {"xl/worksheets/sheet1.xml": xml})


def package(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def added_to(content, parts):
    """A zip with further parts."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def docx(*tables):
    """A Word file; a cell is text, or (text, properties) with raw tcPr content, lines apart by paragraphs."""
    body = "".join(f"<w:p/><w:tbl>{''.join(map(_row, table))}</w:tbl>" for table in tables)
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _row(cells):
    return f"<w:tr>{''.join(map(_cell, cells))}</w:tr>"


def _cell(cell):
    text, properties = cell if isinstance(cell, tuple) else (cell, "")
    numbering = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" if text == "#" else ""
    words = "" if text == "#" else text
    paragraphs = "".join(f"<w:p>{numbering}<w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in words.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def ods(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods_of(cells)


def ods_of(table_rows):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Trang 1">{table_rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return package({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})


def xls(rows):
    """An Excel 97 workbook with one sheet of texts."""
    return xls_of({(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)})


def xls_of(cells):
    """The same from {(row, column): text}, both counted from 0."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for (r, c), text in cells.items():
        letters = str(text).encode("utf-16-le")
        sheet += _record(0x0204, struct.pack("<HHHHB", r, c, 0, len(letters) // 2, 1) + letters)
    sheet += _record(0x000A, b"")
    name = "Trang 1".encode("utf-16-le")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    bound = struct.pack("<HBB", 0, 7, 1) + name
    start = len(head) + 4 + 4 + len(bound) + 4
    workbook = head + _record(0x0085, struct.pack("<I", start) + bound) + _record(0x000A, b"") + sheet
    return compound("Workbook", workbook)


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def compound(stream_name, content):
    """An OLE container with one stream of that name."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    blocks = len(content) // 512
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end, *range(3, 2 + blocks), end]
    chain += [free] * (128 - len(chain))
    root, stream = _entry("Root Entry", 5, 1, end, 0), _entry(stream_name, 2, free, 2, len(content))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<108I", *[free] * 108)
    directory = (root + stream).ljust(512, b"\0")
    return header + struct.pack("<128I", *chain) + directory + content


def _entry(name, kind, child, start, size):
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
