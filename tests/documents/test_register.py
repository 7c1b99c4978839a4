"""documents/register.py and numbering.py: every number a document or an explanation; what was signed elsewhere."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from documents import numbering, pdf, registering, workflow
from documents.forms import RegisterPaperForm
from documents.models import Document, NumberSeries, SetAside, Standing, Status
from documents.register import Book, Entry, book
from tests.documents.reading import MM, read
from tests.documents.sample import letter
from tests.refusals import refused

DAY = date(2026, 3, 9)


def signed_pdf(text="đã ký"):
    return SimpleUploadedFile("van-ban.pdf", pdf.render(letter(subject=text)), "application/pdf")


@pytest.fixture
def reserve(world):
    def keep(reason="văn bản mật", **details):
        return numbering.reserve(
            **{"agency": world.department, "kind": "CV", "year": world.today.year, "by": world.registrar, **details},
            reason=reason,
        )

    return keep


@pytest.fixture
def entered(world):
    """A letter signed on paper, handed in but not yet registered."""

    def enter(origin="paper", **details):
        defaults = {"agency": world.department, "kind": "CV", "subject": "mời họp", "symbol": "SXD-VP"}
        return registering.enter_paper(**{**defaults, **details}, origin=origin, file=signed_pdf(), by=world.registrar)

    return enter


def lines(series):
    return [(entry.number, entry.note) for entry in book(series).entries]


def test_the_book_shows_documents_and_explanations_by_number(issued, reserve, world):
    first, kept, third = issued(), reserve(), issued()
    gone = numbering.void(reserve("nhầm loại văn bản"), by=world.registrar, reason="không dùng đến")

    found = book(first.series)
    assert [(e.number, e.document, e.set_aside) for e in found.entries] == [
        (1, first, None), (2, None, kept), (3, third, None), (4, None, gone),
    ]  # fmt: skip
    assert found.missing == []
    assert lines(first.series)[1::2] == [
        (2, "Đã giữ chỗ: văn bản mật"),
        (4, "Đã hủy: nhầm loại văn bản; không dùng đến"),
    ]
    assert found.closing_line == "Tổng số: 4 số, trong đó 2 văn bản, 2 số không có văn bản."


def test_a_number_nobody_explains_is_found(issued):
    series = issued().series
    issued(), issued()
    Document.objects.filter(number=2).update(number=9)

    assert book(series).missing == [2, 4, 5, 6, 7, 8]


def test_a_reserved_number_is_used_once(issued, cleared, reserve, world):
    kept = reserve()
    issued()
    document = workflow.issue(cleared(), by=world.registrar, reserved=kept)

    kept.refresh_from_db()
    assert (document.number, kept.status, kept.document) == (1, SetAside.Status.USED, document)
    with refused("thuộc sổ khác hoặc đã được sử dụng"):
        workflow.issue(cleared(), by=world.registrar, reserved=kept)
    with refused("Không thể thực hiện"):
        numbering.void(kept, by=world.registrar, reason="thôi")


def test_a_reserved_number_that_went_meanwhile_is_refused_in_words(cleared, reserve, world):
    seen_by_two, seen_before_it_was_void = reserve(), reserve()
    workflow.issue(cleared(), by=world.registrar, reserved=SetAside.objects.get(pk=seen_by_two.pk))
    numbering.void(SetAside.objects.get(pk=seen_before_it_was_void.pk), by=world.registrar, reason="thôi")

    for stale in (seen_by_two, seen_before_it_was_void):
        with refused("thuộc sổ khác hoặc đã được sử dụng"):
            workflow.issue(cleared(), by=world.registrar, reserved=stale)


def test_a_number_no_register_can_hold_is_refused_in_words(entered):
    form = RegisterPaperForm(
        {"issued_on": "9/3/2026", "number": "99999999999", "symbol": "B", "signer_name": "A"},
        document=entered(origin="other"),
    )

    assert set(form.errors) == {"number"}


def test_a_reserved_number_carries_a_day_between_its_neighbours(issued, cleared, reserve, world):
    today, week_ago = world.today, world.today - timedelta(days=7)
    issued(on=week_ago)
    kept = reserve()
    issued(on=today - timedelta(days=2))

    for day, why in (
        (today, "số nhỏ hơn không thể mang ngày muộn hơn"),
        (week_ago - timedelta(days=1), "số sau không thể mang ngày trước đó"),
    ):
        with refused(why):
            workflow.issue(cleared(), by=world.registrar, issued_on=day, reserved=kept)
    between = workflow.issue(cleared(), by=world.registrar, issued_on=today - timedelta(days=4), reserved=kept)
    assert between.number == 2


def test_only_the_registrar_keeps_numbers(world, reserve):
    for stranger in (world.drafter, world.head, world.officer, world.other_drafter):
        with refused("không được phép giữ sổ"):
            reserve(by=stranger)
    with refused("năm nay và năm trước"):
        reserve(year=world.today.year - 2)
    assert not SetAside.objects.exists()


def test_a_paper_letter_takes_the_next_number_and_keeps_its_scan(entered, issued, world):
    issued(on=world.today)
    document = entered()

    assert document.status == Status.DRAFT
    document = registering.register_paper(
        document, by=world.registrar, issued_on=world.today, signer_name="Phạm Văn Giám", reason=""
    )
    assert (document.number, document.status, document.signer_name) == (2, Status.ISSUED, "Phạm Văn Giám")
    with document.pdf.open("rb") as stored, document.scan.file.open("rb") as scan:
        assert stored.read() == scan.read()


def test_a_late_day_needs_its_reason_and_the_book_shows_it(entered, issued, world):
    issued(on=world.today)
    late = world.today - timedelta(days=3)

    with refused("Ghi rõ lý do đăng ký muộn"):
        registering.register_paper(entered(), by=world.registrar, issued_on=late, signer_name="Phạm Văn Giám")
    document = registering.register_paper(
        entered(), by=world.registrar, issued_on=late, signer_name="Phạm Văn Giám", reason="mất điện"
    )

    assert lines(document.series)[1] == (2, "Bản giấy; đăng ký muộn: mất điện")


def test_a_paper_letter_can_take_the_number_kept_for_it(entered, reserve, world):
    kept = reserve("giữ cho văn bản giấy")

    document = registering.register_paper(
        entered(), by=world.registrar, issued_on=world.today, signer_name="Phạm Văn Giám", number=kept.number
    )

    kept.refresh_from_db()
    assert (document.number, kept.document) == (1, document)
    assert lines(document.series) == [(1, "Bản giấy")]


@pytest.fixture
def register(world, entered):
    """Register a letter with the number that stands on the paper."""

    def enter(number, **details):
        details = {"issued_on": world.today, "signer_name": "Phạm Văn Giám", "number": number, **details}
        return registering.register_paper(entered(), by=world.registrar, **details)

    return enter


def test_number_and_symbol_are_those_on_the_paper(register, issued):
    issued()

    document = register(2, symbol="SXD-QLN")

    assert document.number_and_symbol == "02/SXD-QLN"
    assert issued().number == 3


def test_a_number_that_is_taken_or_void_is_refused_with_what_stands_there(register, issued, reserve, world):
    issued()
    numbering.void(reserve(), by=world.registrar, reason="viết hỏng")

    for number, why in ((1, "Số 01 đã cấp: Công văn 01/SXD-HTKT"), (2, "Số 02 đã hủy (văn bản mật; viết hỏng)")):
        with refused(why):
            register(number)
    assert issued().number == 3


def test_a_number_beyond_the_next_reserves_those_between_with_a_reason(register, issued, world):
    issued()

    with refused("Số tiếp theo của sổ là 02"):
        register(4)
    document = register(4, gap_reason="sổ giấy trong lúc mất điện")

    assert lines(document.series)[1:] == [
        (2, "Đã giữ chỗ: sổ giấy trong lúc mất điện"), (3, "Đã giữ chỗ: sổ giấy trong lúc mất điện"), (4, "Bản giấy"),
    ]  # fmt: skip
    assert book(document.series).missing == []
    assert register(3).reserved_number.reason == "sổ giấy trong lúc mất điện"
    assert issued().number == 5
    with refused("sẽ trống 501 số"):
        register(507, gap_reason="viết nhầm")


def test_what_is_missing_is_said_on_the_page_and_nothing_typed_is_lost(as_, world, entered, monkeypatch):
    document, browser = entered(), as_(world.registrar)
    monkeypatch.setattr(registering, "register_gap", lambda *_who: "Nội dung 1 chưa có trả lời.")
    address = reverse("documents:register", args=[document.pk])

    sent = {"issued_on": "", "number": "7", "symbol": "SXD", "signer_name": "Phạm Văn Giám"}
    for page in (browser.get(address), browser.post(address, sent | {"issued_on": f"{world.today:%d/%m/%Y}"})):
        assert "Nội dung 1 chưa có trả lời." in page.content.decode()
    assert 'value="7"' in page.content.decode()
    document.refresh_from_db()
    assert document.status == Status.DRAFT


def test_a_letter_of_another_system_keeps_its_number_in_a_book_of_its_own(entered, issued, world):
    ours = issued()
    first = entered(origin="other")
    first = registering.register_paper(first, by=world.registrar, issued_on=DAY, signer_name="A", number=4102)

    assert (first.number, first.series.is_external) == (4102, True)
    assert first.series != ours.series
    assert book(first.series).missing == []
    with refused("đã có văn bản mang số này"):
        registering.register_paper(
            entered(origin="other"), by=world.registrar, issued_on=DAY, signer_name="A", number=4102
        )
    with refused("Nhập số ghi trên văn bản"):
        registering.register_paper(entered(origin="other"), by=world.registrar, issued_on=DAY, signer_name="A")
    assert issued().number == 2


def test_what_is_written_here_is_not_registered(drafted, world):
    with refused("Chỉ đăng ký được văn bản đã ký"):
        registering.register_paper(drafted(), by=world.registrar, issued_on=DAY, signer_name="A")


def test_a_paper_letter_is_not_submitted(entered, world):
    with refused("được đăng ký, không trình duyệt"):
        workflow.submit(entered(), by=person_who_drafts(world))


def person_who_drafts(world):
    return world.drafter


def test_the_book_prints_with_every_line(issued, reserve, as_, world):
    series = issued(subject="trả lời cử tri", on=world.today).series
    reserve()

    response = as_(world.drafter).get(reverse("documents:book_pdf", args=[series.pk]))
    (page,) = read(response.content)

    assert page.width > page.height
    text = " ".join(page.text.split())
    for words in (f"SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM {world.today.year}", "01/SXD-", "Đã giữ chỗ: văn bản", "Tổng số: 2 số"):
        assert words in text
    assert max(rule.x1 for rule in page.rules) < page.width - 15 * MM + 1


def test_the_total_of_the_book_never_stands_on_a_page_alone(world):
    series = NumberSeries(agency=world.department, kind="CV", year=2025)
    line = {"subject": "Công văn trả lời các ý kiến, kiến nghị của cử tri", "signer": "Dương Trọng Tín", "note": ""}
    line |= {"recipients": ["Thường trực Hội đồng nhân dân tỉnh Ninh Bình"], "drafting_unit": "HTKT"}
    entries = [Entry(n, f"{n:02d}/SXD-HTKT", date(2025, 11, 7), **line, document=series) for n in range(1, 13)]
    context = {"book": Book(series, entries), "printed_on": world.today}

    pages = read(pdf.render_html(render_to_string("documents/register_book.html", context)))

    assert len(pages) == 2
    assert all("/SXD-HTKT" in page.text for page in pages)


def test_the_last_number_of_a_register_counts_those_set_aside(issued, reserve, as_, world):
    issued(on=world.today)
    reserve()

    (register,) = as_(world.registrar).get(reverse("documents:registers")).context["registers"]

    assert (register.document_count, register.last_number, register.reserved_count) == (1, 2, 1)


def test_the_last_number_of_a_register_without_any_set_aside(issued, as_, world):
    issued(on=world.today)

    (register,) = as_(world.registrar).get(reverse("documents:registers")).context["registers"]

    assert register.last_number == 1


def test_the_workbook_holds_the_same_lines(issued, reserve, as_, world):
    series = issued(on=world.today).series
    reserve("=1+1")

    response = as_(world.registrar).get(reverse("documents:book_workbook", args=[series.pk]))
    sheet = load_workbook(io.BytesIO(response.content)).active

    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert rows[0][0] == "01/SXD-HTKT"
    assert rows[0][1].date() == world.today
    assert rows[1][6] == "Đã giữ chỗ: =1+1"


def test_the_registrar_keeps_voids_and_reads_on_the_pages(as_, world, issued):
    issued()
    browser = as_(world.registrar)

    page = browser.post(
        reverse("documents:reserve"), {"agency": world.department.pk, "kind": "CV", "reason": "mật"}, follow=True
    )
    kept = SetAside.objects.get()
    assert (page.status_code, kept.number) == (200, 2)
    page = browser.post(reverse("documents:void", args=[kept.pk]), {"reason": "không dùng"}, follow=True)
    assert "Đã hủy: mật; không dùng" in page.content.decode()
    assert browser.get(reverse("documents:registers")).status_code == 200


def test_a_signed_letter_is_entered_on_the_pages(as_, world):
    browser = as_(world.registrar)
    sent = {
        "agency": world.department.pk, "origin": "paper", "kind": "TB", "subject": "lịch tiếp dân", "symbol": "TB-SXD",
        "file": signed_pdf(),
    }  # fmt: skip

    form = browser.post(reverse("documents:paper"), sent, follow=True)
    document = Document.objects.get()
    assert form.status_code == 200
    browser.post(
        reverse("documents:register", args=[document.pk]),
        {"issued_on": f"{world.today:%d/%m/%Y}", "symbol": "1/TB-SXD-VP", "signer_name": "Phạm Văn Giám"},
    )

    document.refresh_from_db()
    assert (document.number_and_symbol, document.standing) == ("01/TB-SXD-VP", Standing.VALID)


def test_something_else_than_a_pdf_is_refused_beside_the_field(as_, world):
    sent = {"agency": world.department.pk, "origin": "paper", "kind": "TB", "subject": "a", "symbol": "b",
            "file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n", "image/png")}  # fmt: skip

    response = as_(world.registrar).post(reverse("documents:paper"), sent)

    assert response.context["form"].errors == {"file": ["Nộp văn bản đã ký dưới dạng tệp PDF."]}


def test_who_keeps_no_register_enters_nothing(as_, world):
    for name in ("paper", "reserve"):
        assert as_(world.drafter).get(reverse(f"documents:{name}")).status_code == 403


def test_a_longer_book_costs_no_more_queries(as_, world, issued):
    browser, counts = as_(world.registrar), []
    for _round in range(2):
        series = issued(copies=[("A", None), ("B", None)]).series
        issued()
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("documents:book", args=[series.pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert NumberSeries.objects.count() == 1
