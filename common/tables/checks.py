"""What a file really is, and whether it is safe to open: judged by its content, never by its name."""

import re
import zipfile
import zlib
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ENDINGS = (".xlsx", ".xls", ".ods", ".docx")
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 4000
MOST_ROWS = 50_000
MOST_COLUMNS = 256
MOST_TABLES = 64
_CHUNK = 1 << 20

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_REPEATED_ROW = re.compile(rb'number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL)
_REPEATED_CELL = re.compile(rb'<table:table-cell\b([^>]*?number-columns-repeated="(\d+)"[^>]*)>')


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
        raise ValidationError(
            _("Only tables in Excel, OpenDocument or Word files can be read: %s.") % ", ".join(ENDINGS)
        )
    file.seek(0)
    return kind


def _kind_of_package(file):
    """A zip: its parts are unpacked once, counting, so that none of them can be larger than it says."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS:
                raise ValidationError(_too_large())
            kind = _kind_by_parts(package, names)
            if any("vbaproject" in name.lower() for name in names):
                raise ValidationError(_macros())
            _unpack_counting(package, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError):
        raise ValidationError(_damaged()) from None
    return kind


def _kind_by_parts(package, names):
    if any(name.startswith("xl/") for name in names):
        if any(name.endswith("workbook.bin") for name in names):
            raise ValidationError(_("Binary workbooks (.xlsb) cannot be read. Save it as an Excel workbook (.xlsx)."))
        return FileKind.XLSX
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "mimetype" in names and b"opendocument.spreadsheet" in package.read("mimetype")[:100]:
        if b"encryption-data" in package.read("META-INF/manifest.xml")[:_CHUNK]:
            raise ValidationError(_locked())
        return FileKind.ODS
    raise ValidationError(_("Only tables in Excel, OpenDocument or Word files can be read: %s.") % ", ".join(ENDINGS))


def _unpack_counting(package, kind):
    unpacked = 0
    for part in package.infolist():
        if part.flag_bits & 1:
            raise ValidationError(_locked())
        is_sheet = kind == FileKind.XLSX and part.filename.startswith("xl/worksheets/")
        is_content = kind == FileKind.ODS and part.filename == "content.xml"
        tail = b""
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise ValidationError(_too_large())
                if is_sheet:
                    _check_cells(tail + chunk)
                elif is_content:
                    _check_repeats(tail + chunk)
                tail = chunk[-2000:]


def _check_cells(xml):
    """A value far away would make a reader lay out every cell before it."""
    for found in _CELL.finditer(xml):
        if not found[0].endswith(b"/>") and (int(found[2]) > 2 * MOST_ROWS or _column(found[1]) > 4 * MOST_COLUMNS):
            raise ValidationError(_too_many_rows())


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_repeats(xml):
    for times, inside in _REPEATED_ROW.findall(xml):
        if int(times) > MOST_ROWS and b"value-type" in inside:
            raise ValidationError(_too_many_rows())
    for attributes, times in _REPEATED_CELL.findall(xml):
        if int(times) > 4 * MOST_COLUMNS and b"value-type" in attributes:
            raise ValidationError(_too_many_rows())


def _kind_of_compound(content):
    """The container of old Office files, and of new ones behind a password."""
    if _named("EncryptedPackage") in content:
        raise ValidationError(_locked())
    if _named("WordDocument") in content:
        raise ValidationError(_("This is an old Word file (.doc). Open it and save it as .docx."))
    if _named("_VBA_PROJECT") in content:
        raise ValidationError(_macros())
    if _named("Workbook") in content or _named("Book") in content:
        return FileKind.XLS
    raise ValidationError(_damaged())


def _named(stream):
    return stream.encode("utf-16-le")


def _too_large():
    return _("Unpacked, the file is far larger than a list of petitions can be; it was not opened.")


def _too_many_rows():
    return _("The table has more rows or columns than can be read (50 000 rows, 256 columns). Split it.")


def _macros():
    return _("The file contains macros. Save it without them (.xlsx, .docx) and send it again.")


def _locked():
    return _("The file is protected by a password. Take the password off and send it again.")


def _damaged():
    return _("The file is damaged or not what it says. Open it in its own program and save it again.")
