"""documents/preview.py and pdf.py: the pages on the screen, whatever the file; what cannot be opened is refused."""

import io

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from documents import pdf, registering
from documents.preview import MOST_PAGES, images
from tests.refusals import refused
from tests.world import any_page


def blank(*sizes):
    """A PDF of empty pages, each of these points wide and high."""
    with pypdfium2.PdfDocument.new() as document:
        for width, height in sizes:
            document.new_page(width, height)
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def locked():
    """A scan under a password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(any_page())))
    writer.encrypt("mật khẩu")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


UNREADABLE = {
    "cut off": lambda: any_page()[:300],
    "under a password": locked,
    "without a page": blank,
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_scan_nobody_can_open_is_refused_when_it_is_handed_in(world, content):
    file = SimpleUploadedFile("van-ban.pdf", content(), "application/pdf")

    with refused("Không mở được tệp PDF"):
        registering.enter_paper(
            agency=world.department, kind="CV", subject="mời họp", symbol="SXD", origin="paper", file=file,
            by=world.registrar,
        )  # fmt: skip


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_page_whose_scan_cannot_be_opened_says_so_and_works(as_, world, issued, content):
    document = issued()
    document.pdf.storage.delete(document.pdf.name)
    document.pdf.storage.save(document.pdf.name, ContentFile(content()))

    page = as_(world.registrar).get(document.get_absolute_url())

    assert page.status_code == 200
    assert "Không hiển thị được tệp PDF này" in page.content.decode()


def test_a_long_document_shows_its_first_pages_and_says_how_many_there_are():
    pages = images(blank(*[(595, 842)] * 23))

    assert [page.number for page in pages.images] == list(range(1, MOST_PAGES + 1))
    assert pages.note == f"Hiển thị {MOST_PAGES} trang đầu trong tổng số 23 trang; tệp PDF có đủ các trang."
    assert images(blank((595, 842))).note == ""


def test_a_huge_page_becomes_no_huge_picture():
    small, huge = (Image.open(io.BytesIO(png)) for png in pdf.pictures(blank((595, 842), (14400, 14400))))

    assert small.size == (893, 1263)
    assert huge.width * huge.height == pytest.approx(pdf.MOST_PIXELS, rel=0.01)
