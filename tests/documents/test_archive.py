"""PDF/A-3 with the source data attached; the code that opens the public page."""

import io
import json

import pikepdf
import pypdfium2
import pytest
import segno
from django.urls import reverse
from PIL import Image

from documents import after_issue, pdf
from documents.papers import PART_ROWS
from documents.public import facts_of
from tests.documents.archival import problems
from tests.documents.reading import MM, read
from tests.documents.sample import appendix, letter, printed, table

pytestmark = pytest.mark.usefixtures("printed")


@pytest.fixture
def archived(issued):
    document = issued(on=None)
    with document.pdf.open("rb") as stored:
        content = stored.read()
    return document, content


def test_an_issued_letter_is_pdf_a_3_tagged_and_in_vietnamese(archived):
    with pikepdf.open(io.BytesIO(archived[1])) as file:
        marks = file.open_metadata()
        assert (marks["pdfaid:part"], marks["pdfaid:conformance"]) == ("3", "A")
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "vi"
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_nothing_stands_in_the_way_of_keeping_it_for_ever(archived):
    long = letter(appendices=[appendix(body=table(3)), appendix(body=table(PART_ROWS + 1), is_landscape=True)])

    assert problems(archived[1]) == []
    assert problems(pdf.render(long, "{}")) == []


def test_what_stands_in_the_way_is_seen(archived):
    with pikepdf.open(io.BytesIO(archived[1])) as file:
        del file.Root.AF, file.Root.Lang
        for font in file.pages[0].Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor.FontFile2
        spoiled = io.BytesIO()
        file.save(spoiled)

    found = problems(spoiled.getvalue())
    assert {"not tagged, or in no language", "a file is attached without saying what it is"} < set(found)
    assert any("is not whole inside" in each for each in found)


def test_the_source_data_lies_inside(archived, world):
    document, content = archived
    with pikepdf.open(io.BytesIO(content)) as file:
        (name,) = file.attachments
        data = json.loads(file.attachments[name].get_file().read_bytes())
        relation = file.attachments[name].relationship

    assert (name, relation) == ("du-lieu-nguon.json", "/Source")
    assert (data["number"], data["symbol"], data["agency"]) == (1, "SXD-HTKT", world.department.name)
    assert data["issued_on"] == world.today.isoformat()
    assert data["text"] == ["Đèn đã được lắp."]
    assert data["verification_code"] == document.verification_code


def test_a_draft_carries_no_data():
    with pikepdf.open(io.BytesIO(pdf.render(letter()))) as file:
        assert not list(file.attachments)


def test_a_code_is_short_unique_and_printed(issued):
    codes = {issued().verification_code for _document in range(3)}

    assert len(codes) == 3
    assert all(len(code) == 11 and not set(code) & set("01IO") for code in codes)


def test_the_code_stands_under_the_recipients_with_its_picture():
    paper = letter(code="K7M4P-2XWRT", address="https://hoiam.example.gov.vn/public/verify/K7M4P-2XWRT/")
    (page,) = printed(paper)

    line, last = page.line("Mã tra cứu: K7M4P-2XWRT"), page.line("- Lưu: VT, HTKT.")
    assert line.size == 9
    assert abs(line.x0 - last.x0) < 1
    assert 16 * MM < line.top - last.bottom < 20 * MM


def test_the_picture_holds_the_address_of_the_public_page():
    paper = letter(code="K7M4P-2XWRT", address="https://hoiam.example.gov.vn/public/verify/K7M4P-2XWRT/")
    with pikepdf.open(io.BytesIO(pdf.render(paper))) as file:
        (picture,) = file.pages[0].Resources.XObject.values()
        drawn, is_smoothed = pikepdf.PdfImage(picture).as_pil_image(), bool(picture.Interpolate)

    squares = segno.make(paper.address, error="m").matrix
    seen = drawn.resize((len(squares), len(squares)), Image.Resampling.NEAREST)
    assert [bytes(value == 0 for value in row) for row in _rows(seen)] == [bytes(map(bool, row)) for row in squares]
    assert not is_smoothed


def _rows(picture):
    data = picture.tobytes()
    return [data[start : start + picture.width] for start in range(0, len(data), picture.width)]


def test_an_issued_letter_shows_its_code(archived):
    document, content = archived

    assert f"Mã tra cứu: {document.verification_code}" in read(content)[-1]
    assert pypdfium2.PdfDocument(content)[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_everybody_reads_number_day_subject_hash_and_state(archived, client):
    document, _content = archived

    page = client.get(reverse("portal:verify", args=[document.verification_code.lower()]))

    text = page.content.decode()
    assert page.status_code == 200
    for words in ("01/SXD-HTKT", "trả lời kiến nghị", document.pdf_sha256, "đã ban hành và còn hiệu lực"):
        assert words in text
    for name in ("Cao Thị Phó", "Người drafter", "Thường trực HĐND tỉnh"):
        assert name not in text


def test_a_recalled_letter_says_so_to_everybody(archived, client, world):
    document, _content = archived
    amendment = after_issue.amend(document, "recall", by=world.drafter, reason="Gửi nhầm.")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)

    text = client.get(reverse("portal:verify", args=[document.verification_code])).content.decode()
    assert "không còn hiệu lực" in text
    assert "02/SXD-HTKT" in text


def test_a_code_nobody_gave_is_not_found(client, db):
    page = client.get(reverse("portal:verify", args=["AAAAA-AAAAA"]))

    assert page.status_code == 404
    assert "Không có văn bản nào" in page.content.decode()
    assert facts_of("AAAAA-AAAAA") is None


def test_a_typed_code_leads_to_its_page(client, db):
    page = client.get(reverse("portal:look_up"), {"code": " k7m4p-2xwrt "})

    assert page["Location"] == reverse("portal:verify", args=["K7M4P-2XWRT"])
    assert client.get(reverse("portal:look_up")).status_code == 200


def test_a_draft_has_no_code(drafted, client):
    assert drafted().verification_code is None


def test_a_voters_name_in_the_subject_is_not_shown(world, client):
    petition = world.forwarded(voter={"voter_name": "Trần Thị Bưởi", "voter_address": "", "voter_phone": ""})
    document = world.drafted_reply(petition).document
    document.subject = "trả lời kiến nghị của bà Trần Thị Bưởi"
    document.save()
    document = world.issue(document, world.drafter, world.head, world.registrar)

    assert facts_of(document.verification_code).subject == "trả lời kiến nghị của bà …"
