"""common/uploads.py: what is taken, how it is kept and how it is handed back."""

import hashlib
import io
import zipfile
from contextlib import closing

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from common import uploads
from common.models import Upload

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONLY_THESE = "Chỉ nhận các loại tệp"
NOT_WHAT_IT_SAYS = "không đúng với đuôi tệp"


def archive(*names, content=b"x"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return buffer.getvalue()


def contents(upload):
    with upload.file.open("rb") as stored:
        return stored.read()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("biên bản.pdf", PDF, "application/pdf"),
        ("BIÊN BẢN.PDF", PDF, "application/pdf"),
        ("ảnh.png", PNG, "image/png"),
        ("ảnh.jpg", JPEG, "image/jpeg"),
        ("ảnh.jpeg", JPEG, "image/jpeg"),
        ("báo cáo.docx", DOCX, DOCX_TYPE),
        ("danh sách.xlsx", XLSX, XLSX_TYPE),
    ],
)
def test_the_content_type_comes_from_the_content(name, content, content_type):
    file = SimpleUploadedFile(name, content, content_type="text/html")

    assert uploads.check(file) == content_type
    assert file.tell() == 0


@pytest.mark.parametrize(
    "name", ["virus.exe", "trang.html", "ảnh.svg", "macro.docm", "macro.xlsm", "cũ.doc", "tệp", "pdf", ".htaccess"]
)
def test_other_kinds_of_file_are_refused_with_the_kinds_that_are_taken(name):
    with pytest.raises(ValidationError, match=ONLY_THESE) as refused:
        uploads.check(SimpleUploadedFile(name, PDF))

    assert ".pdf, .png, .jpg, .jpeg, .docx, .xlsx" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.pdf", b"<html><script>alert(1)</script>"),
        ("trang.pdf", b"\n" + PDF),
        ("rỗng.pdf", b"%PDF"),
        ("ảnh.png", JPEG),
        ("ảnh.jpg", PNG),
        ("báo cáo.docx", XLSX),
        ("danh sách.xlsx", DOCX),
        ("báo cáo.docx", b"PK\x03\x04 broken"),
        ("báo cáo.docx", PDF),
        ("báo cáo.docx", archive("document.xml", "../word/document.xml", "/word/document.xml")),
        ("macro.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("macro.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin")),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(name, content):
    with pytest.raises(ValidationError, match=NOT_WHAT_IT_SAYS):
        uploads.check(SimpleUploadedFile(name, content))


def test_an_archive_is_looked_at_without_being_unpacked():
    bomb = archive("word/document.xml", *(f"word/{number}.xml" for number in range(2000)), content=b"0" * 20_000)

    assert uploads.check(SimpleUploadedFile("bom.docx", bomb)) == DOCX_TYPE


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings):
    settings.MAX_UPLOAD_MEGABYTES = 1

    with pytest.raises(ValidationError, match=r"1,0\\xa0MB.*Hãy chia nhỏ"):
        uploads.check(SimpleUploadedFile("nặng.pdf", PDF + b"0" * (1024 * 1024 + 10)))

    assert uploads.check(SimpleUploadedFile("vừa.pdf", PDF + b"0" * (1024 * 1024 - len(PDF)))) == "application/pdf"


def test_a_file_is_kept_under_its_digest(db):
    upload = uploads.keep(SimpleUploadedFile("Biên bản nghiệm thu.PDF", PDF))

    digest = hashlib.sha256(PDF).hexdigest()
    assert (upload.name, upload.content_type, upload.size) == ("Biên bản nghiệm thu.PDF", "application/pdf", len(PDF))
    assert upload.sha256 == digest
    assert upload.file.name.rsplit("/", 1)[1] == f"{digest}.pdf"
    assert contents(upload) == PDF
    assert str(upload) == "Biên bản nghiệm thu.PDF"
    assert upload.history.count() == 1


def test_a_refused_file_leaves_nothing(db, settings):
    with pytest.raises(ValidationError):
        uploads.keep(SimpleUploadedFile("trang.pdf", b"<html>"))

    assert not Upload.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "/etc/cron.d/x.pdf", "..\\..\\x.pdf", "a/b/c.pdf"])
def test_the_name_never_becomes_a_path(db, settings, name):
    upload = uploads.keep(SimpleUploadedFile(name, PDF))

    assert [path.name for path in settings.MEDIA_ROOT.rglob("*.pdf")] == [f"{upload.sha256}.pdf"]
    assert "/" not in upload.name


def test_the_same_file_twice_is_two_records(db):
    first, second = (uploads.keep(SimpleUploadedFile("a.pdf", PDF)) for _time in range(2))

    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert contents(first) == contents(second) == PDF


def test_a_file_is_handed_back_as_a_download_nobody_guesses_about(db):
    upload = uploads.keep(SimpleUploadedFile("Biên bản.pdf", PDF))

    with closing(uploads.hand_back(upload)) as response:
        assert b"".join(response.streaming_content) == PDF

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("flaw", [b"\xff", b"\x99"])
def test_an_archive_that_cannot_be_read_is_refused(flaw):
    """A name that is no UTF-8; a version of zip nobody knows."""
    entry = archive("word/document.xml", "word/é.xml")
    where = {b"\xff": entry.rindex("é".encode()), b"\x99": entry.rindex(b"PK\x01\x02") + 6}[flaw]

    with pytest.raises(ValidationError, match=NOT_WHAT_IT_SAYS):
        uploads.check(SimpleUploadedFile("lỗi.docx", entry[:where] + flaw + entry[where + 1 :]))


def test_a_name_longer_than_its_column_is_kept_shortened(db):
    upload = uploads.keep(SimpleUploadedFile("biên bản " * 25 + ".pdf", PDF))

    assert len(upload.name) <= 200
    assert upload.name.endswith(".pdf")
