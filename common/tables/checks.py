"""What a file really is, and whether it is safe to open: judged by its content, never by its name."""

import lzma
import zipfile
import zlib
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.tables.extent import ExcelSheets, OpenDocumentSheets
from common.tables.refusals import damaged, locked, macros, too_large, unknown_kind
from common.tables.trial import check_old_workbook

ENDINGS = (".xlsx", ".xls", ".ods", ".docx")
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 4000
MOST_TABLES = 64
_CHUNK = 1 << 20
#: What opening a damaged zip ends in, whatever its parts are packed with, and one without a part that must be there.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, KeyError, NotImplementedError,
    RuntimeError,
)  # fmt: skip


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"


def check(file):
    """The kind of a file open for reading; `ValidationError` in words where it cannot be taken."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 20 MB. Split it, or take pictures out of it."))
    start = file.read(4096)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        kind = _kind_of_package(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        kind = _kind_of_compound(file.read())
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ValidationError(
            _("This is a web page with another ending. Open it in Excel and save it as an Excel workbook (.xlsx).")
        )
    else:
        raise unknown_kind(ENDINGS)
    file.seek(0)
    return kind


def _kind_of_package(file):
    """A zip: its parts are unpacked once, counting, so that none of them can be larger than it says."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS:
                raise too_large()
            kind = _kind_by_parts(package, names)
            if any("vbaproject" in name.lower() for name in names):
                raise macros()
            _unpack_counting(package, kind)
    except _UNREADABLE:
        raise damaged() from None
    return kind


def _kind_by_parts(package, names):
    if any(name.startswith("xl/") for name in names):
        if any(name.endswith("workbook.bin") for name in names):
            raise ValidationError(_("Binary workbooks (.xlsb) cannot be read. Save it as an Excel workbook (.xlsx)."))
        return FileKind.XLSX
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "mimetype" in names and b"opendocument.spreadsheet" in _start(package, "mimetype", 100):
        if b"encryption-data" in _start(package, "META-INF/manifest.xml", _CHUNK):
            raise locked()
        return FileKind.ODS
    raise unknown_kind(ENDINGS)


def _start(package, part, length):
    """The first bytes of a part, which may unpack to anything."""
    with package.open(part) as stream:
        return stream.read(length)


def _unpack_counting(package, kind):
    unpacked = 0
    sheets = {FileKind.XLSX: ExcelSheets, FileKind.ODS: OpenDocumentSheets}.get(kind, lambda: None)()
    for part in package.infolist():
        if part.flag_bits & 1:
            raise locked()
        looked_at = sheets if _may_be_a_sheet(kind, part.filename) else None
        if looked_at:
            looked_at.begin()
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise too_large()
                if looked_at:
                    looked_at.feed(chunk)
        if looked_at:
            looked_at.feed(b"", is_last=True)


def _may_be_a_sheet(kind, name):
    """A workbook may keep its sheets under any name."""
    return name == "content.xml" if kind == FileKind.ODS else name.startswith("xl/") and name.endswith(".xml")


def _kind_of_compound(content):
    """The container of old Office files, and of new ones behind a password."""
    if _named("EncryptedPackage") in content:
        raise locked()
    if _named("WordDocument") in content:
        raise ValidationError(_("This is an old Word file (.doc). Open it and save it as .docx."))
    if _named("_VBA_PROJECT") in content:
        raise macros()
    if _named("Workbook") in content or _named("Book") in content:
        check_old_workbook(content)
        return FileKind.XLS
    raise damaged()


def _named(stream):
    return stream.encode("utf-16-le")
