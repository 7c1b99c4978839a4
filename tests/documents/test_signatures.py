"""documents/signatures.py: valid, unknown issuer, altered, unsigned — four answers, tried with a test authority."""

import io
from datetime import timedelta
from random import Random

import pytest
from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation.dss import DocumentSecurityStore

from common.formats import short_date
from documents import after_issue, pdf, workflow
from documents.models import SignedCopy
from documents.signatures import Verdict, trusted_roots, verify
from tests.documents.authority import Authority
from tests.documents.sample import letter
from tests.refusals import refused

pytestmark = pytest.mark.usefixtures("printed")

#: The person between post and name, the agency over a third of that signature on its left (Decree 30, Annex I, II.8).
PERSON, AGENCY = (350, 300, 470, 360), (310, 290, 390, 370)


def signed(content, signer, field="NguoiKy", box=PERSON, **details):
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    details = signers.PdfSignatureMetadata(field_name=field, **details)
    sign = signers.PdfSigner(details, signer=signer, new_field_spec=SigFieldSpec(field, box=box, on_page=0))
    return sign.sign_pdf(writer).getvalue()


@pytest.fixture(scope="module")
def authority():
    return Authority("Gốc thử")


@pytest.fixture(scope="module")
def person(authority):
    return authority.signer("Cao Thị Phó", "Sở Xây dựng")


@pytest.fixture(scope="module")
def issued_file():
    return pdf.render(letter(), "{}")


def test_person_and_agency_signed_one_after_the_other(authority, person, issued_file):
    agency = authority.signer("Sở Xây dựng", "UBND tỉnh Ninh Bình")
    content = signed(signed(issued_file, person), agency, "CoQuan", AGENCY)

    report = verify(content, issued_file, [authority.root])

    assert (report.verdict, report.is_issued_document) == (Verdict.VALID, True)
    assert [s.signer for s in report.signatures] == ["Cao Thị Phó, Sở Xây dựng", "Sở Xây dựng, UBND tỉnh Ninh Bình"]
    for signature in report.signatures:
        assert signature.issuer == "Gốc thử, Ban Cơ yếu thử"
        assert signature.signed_at.endswith("+07:00")
        assert (signature.is_intact, signature.is_trusted, signature.was_in_time) == (True, True, True)


def test_an_issuer_nobody_here_knows(person, issued_file, caplog):
    other = Authority("Gốc khác")
    content = signed(issued_file, person)

    for roots in ([], [other.root]):
        report = verify(content, issued_file, roots)
        assert report.verdict == Verdict.UNKNOWN_ISSUER
        assert report.signatures[0].is_intact
    assert caplog.records == []


def test_a_signature_that_certifies_the_document(authority, person, issued_file):
    report = verify(signed(issued_file, person, certify=True), issued_file, [authority.root])

    assert (report.verdict, report.is_issued_document) == (Verdict.VALID, True)


def with_list(content, crl):
    """The signed file with a list added to its store, as signing tools do."""
    buffer = io.BytesIO(content)
    DocumentSecurityStore.add_dss(buffer, sig_contents=None, crls=[CertificateList.load(crl)], force_write=True)
    return buffer.getvalue()


def test_what_nobody_put_into_the_file_is_said_to_be_unchecked(authority, person, issued_file):
    report = verify(signed(issued_file, person), issued_file, [authority.root])

    assert (report.verdict, report.signatures[0].revocation) == (Verdict.VALID, "not_checked")


def test_a_list_in_the_file_shows_that_the_certificate_was_good(authority, person, issued_file):
    file = with_list(signed(issued_file, person), authority.revocation_list())

    report = verify(file, issued_file, [authority.root])

    assert (report.verdict, report.signatures[0].revocation) == (Verdict.VALID, "good")


def test_a_certificate_on_the_list_in_the_file_is_revoked(authority, person, issued_file):
    file = with_list(signed(issued_file, person), authority.revocation_list(person))

    report = verify(file, issued_file, [authority.root])

    assert (report.verdict, report.signatures[0].revocation) == (Verdict.REVOKED, "revoked")
    assert report.is_issued_document


def test_a_list_of_another_authority_proves_nothing(authority, person, issued_file):
    file = with_list(signed(issued_file, person), Authority("Gốc khác").revocation_list(person))

    report = verify(file, issued_file, [authority.root])

    assert (report.verdict, report.signatures[0].revocation) == (Verdict.VALID, "not_checked")


@pytest.mark.parametrize(
    ("who", "revoked", "verdict", "found"),
    [
        ("its issuer", False, Verdict.VALID, "good"),
        ("its issuer", True, Verdict.REVOKED, "revoked"),
        ("another", True, Verdict.VALID, "not_checked"),
    ],
)
def test_the_answer_about_a_certificate_in_the_file(authority, issued_file, who, revoked, verdict, found):
    person = authority.signer("Cao Thị Phó", "Sở Xây dựng", answers_at="http://ocsp.invalid/")
    answering = authority if who == "its issuer" else Authority("Gốc khác")
    answer = OCSPResponse.load(answering.answer_about(person, revoked=revoked))
    buffer = io.BytesIO(signed(issued_file, person))
    DocumentSecurityStore.add_dss(buffer, sig_contents=None, ocsps=[answer], force_write=True)

    report = verify(buffer.getvalue(), issued_file, [authority.root])

    assert (report.verdict, report.signatures[0].revocation) == (verdict, found)


def test_unsigned(issued_file, authority):
    assert verify(issued_file, issued_file, [authority.root]).verdict == Verdict.UNSIGNED


def test_a_byte_changed_after_signing(authority, person, issued_file):
    content = bytearray(signed(issued_file, person))
    place = content.index(b"stream\n", 3000) + 20
    content[place] ^= 1

    assert verify(bytes(content), issued_file, [authority.root]).verdict == Verdict.ALTERED


def test_something_added_after_signing(authority, person, issued_file):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(issued_file, person)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = type(page["/MediaBox"][0])(90)
    writer.mark_update(page.container_ref)
    changed = io.BytesIO()
    writer.write(changed)

    report = verify(changed.getvalue(), issued_file, [authority.root])
    assert report.verdict == Verdict.ALTERED


def appended(content, change):
    """The file with one more update, which `change` makes to the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer, writer.root["/Pages"]["/Kids"][0].get_object())
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def other_text(writer, page):
    text = generic.StreamObject(stream_data=b"0 0 200 200 re f")
    page["/Contents"] = writer.add_object(text)
    writer.update_container(page)


def test_a_page_replaced_before_the_trusted_person_signed(authority, person, issued_file):
    forged = appended(issued_file, other_text)
    assert forged.startswith(issued_file)

    report = verify(signed(forged, person), issued_file, [authority.root])
    assert (report.verdict, report.is_issued_document) == (Verdict.ALTERED, False)
    assert verify(forged, issued_file, [authority.root]).verdict == Verdict.ALTERED


def test_a_second_document_behind_the_issued_one(authority, person, issued_file):
    """The issued bytes stand at the beginning, but no reader ever looks at them."""

    def all_again(writer, page):
        for reference in writer.prev.xrefs.explicit_refs_in_revision(0):
            writer.mark_update(reference)
        other_text(writer, page)

    forged = appended(issued_file, all_again)
    behind = forged[len(issued_file) :].replace(b"/Prev", b"/Gone")

    report = verify(signed(issued_file + behind, person), issued_file, [authority.root])
    assert (report.verdict, report.is_issued_document) == (Verdict.ALTERED, False)


def test_a_picture_laid_over_the_page_as_a_field_nobody_signed(authority, person, issued_file):
    def cover(writer, page):
        append_signature_field(writer, SigFieldSpec("Che", box=(0, 0, 600, 800), on_page=0))

    report = verify(signed(appended(issued_file, cover), person), issued_file, [authority.root])
    assert report.verdict == Verdict.ALTERED


def test_another_document_well_signed(authority, person, issued_file):
    other = signed(pdf.render(letter(subject="việc khác")), person)

    report = verify(other, issued_file, [authority.root])
    assert (report.verdict, report.is_issued_document) == (Verdict.ALTERED, False)
    assert report.signatures[0].is_trusted


def test_a_certificate_that_had_run_out(authority, issued_file):
    late = authority.signer("Người Cũ", "Sở", days=1, since=timedelta(days=30))

    report = verify(signed(issued_file, late), issued_file, [authority.root])
    assert report.verdict == Verdict.UNKNOWN_ISSUER
    assert not report.signatures[0].was_in_time


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"\x00" * 50])
def test_what_is_no_pdf_is_altered(content, issued_file):
    assert verify(content, issued_file, []).verdict == Verdict.ALTERED


def test_a_damaged_file_is_altered_whatever_is_wrong_with_it(authority, person, issued_file):
    content, chance = signed(issued_file, person), Random(2026)
    for _time in range(120):
        damaged = bytearray(content)
        for _place in range(chance.choice([1, 8, 60])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]

        assert verify(bytes(damaged), issued_file, [authority.root]).verdict != Verdict.VALID


def test_the_folder_of_known_certificates(tmp_path, settings, authority):
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(tmp_path)

    assert [root.subject.native["common_name"] for root in trusted_roots()] == ["Gốc thử"]
    settings.TRUSTED_CERTIFICATES = ""
    assert trusted_roots() == []


def test_the_registrar_hands_a_signed_copy_in_and_the_page_tells(
    as_, world, issued, authority, person, settings, tmp_path
):
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(tmp_path)
    document = issued()
    with document.pdf.open("rb") as stored:
        content = signed(stored.read(), person)
    browser = as_(world.registrar)

    page = browser.post(
        reverse("documents:hand_in_signed", args=[document.pk]),
        {"file": SimpleUploadedFile("da-ky.pdf", content, "application/pdf")},
        follow=True,
    ).content.decode()

    copy = SignedCopy.objects.get()
    assert copy.verdict == Verdict.VALID
    assert "Cao Thị Phó, Sở Xây dựng" in page
    assert "Bản đã ký: hợp lệ." in page
    certificate = person.signing_cert
    first, last = short_date(certificate.not_valid_before), short_date(certificate.not_valid_after)
    assert f"{first} – {last}" in page
    assert b"".join(browser.get(reverse("documents:signed", args=[copy.pk])).streaming_content) == content


def test_an_appendix_signed_by_itself_is_checked_against_its_own_file(
    as_, world, drafted, authority, person, settings, tmp_path
):
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    settings.TRUSTED_CERTIFICATES = str(tmp_path)
    document = workflow.rewrite(drafted(), by=world.drafter, appendices=[("Danh sách", "<p>Một.</p>", False)])
    world.prints = True
    document = world.issue(document, world.drafter, world.head, world.registrar)
    annex, browser = document.appendices.get(), as_(world.registrar)
    file = b"".join(browser.get(reverse("documents:annex", args=[document.pk, 1])))
    hand_in = reverse("documents:hand_in_signed", args=[document.pk])

    for chosen in (annex.pk, ""):
        upload = SimpleUploadedFile("phu-luc.pdf", signed(file, person), "application/pdf")
        page = browser.post(hand_in, {"file": upload, "appendix": chosen}, follow=True)

    as_document, as_annex = SignedCopy.objects.all()
    assert (as_annex.verdict, as_annex.appendix) == (Verdict.VALID, annex)
    assert (as_document.verdict, as_document.appendix) == (Verdict.ALTERED, None)
    assert "(phụ lục: Danh sách)" in page.content.decode()
    assert list(document.signed_copies.of_the_document()) == [as_document]


def test_what_is_too_large_or_no_pdf_is_refused_before_anybody_reads_it(world, issued, settings, monkeypatch):
    document = issued()
    monkeypatch.setattr(after_issue.signatures, "verify", lambda *_files: pytest.fail("was read"))

    with refused("tệp PDF"):
        after_issue.take_signed(document, SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n"), by=world.registrar)
    settings.MAX_UPLOAD_MEGABYTES = 0
    with refused("chỉ nhận tối đa"):
        after_issue.take_signed(document, SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=world.registrar)
    assert not SignedCopy.objects.exists()


def test_only_the_registrar_hands_in_and_only_for_what_is_issued(world, issued, drafted):
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
    for stranger in (world.drafter, world.head, world.officer):
        with refused("Chỉ người đăng ký văn bản"):
            after_issue.take_signed(issued(), file, by=stranger)
    with refused("Chỉ văn bản đã ban hành, soạn tại đây"):
        after_issue.take_signed(drafted(), file, by=world.registrar)


def test_a_wrong_file_is_withdrawn_with_a_reason_and_stays_on_record(as_, world, issued):
    document, browser = issued(), as_(world.registrar)
    with document.pdf.open("rb") as stored:
        content = stored.read()
    right, wrong = (
        after_issue.take_signed(document, SimpleUploadedFile(name, content, "application/pdf"), by=world.registrar)
        for name in ("dung.pdf", "nham.pdf")
    )

    page = browser.get(document.get_absolute_url())
    assert (page.context["signed_copies"], page.context["past_copies"]) == ([wrong], [right])
    address = reverse("documents:withdraw_signed", args=[wrong.pk])
    assert "reason" in browser.post(address, {"reason": ""}).context["form"].errors
    browser.post(address, {"reason": "nộp nhầm"})

    page = browser.get(document.get_absolute_url())
    assert (page.context["signed_copies"], page.context["past_copies"]) == ([right], [wrong])
    assert "đã rút: nộp nhầm" in page.content.decode()
    assert browser.get(address).status_code == 403
    assert as_(world.drafter).get(reverse("documents:withdraw_signed", args=[right.pk])).status_code == 403


def test_who_hands_nothing_in_is_not_told_how(as_, world, issued):
    address, how = issued().get_absolute_url(), "nộp tệp đã ký tại đây"

    assert how in as_(world.registrar).get(address).content.decode()
    assert how not in as_(world.drafter).get(address).content.decode()
