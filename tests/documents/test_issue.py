"""documents/workflow.py, issue: the next number, a frozen PDF, and nothing half done."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from common.models import Sequence
from documents import pdf, workflow
from documents.models import Document, NumberSeries, Status
from documents.papers import paper_of
from documents.source import source_of
from tests.world import person

DAY = date(2026, 3, 9)


def stored(document):
    with document.pdf.open("rb") as file:
        return file.read()


def test_numbers_run_from_01(issued):
    documents = [issued() for _document in range(3)]

    assert [document.number for document in documents] == [1, 2, 3]
    assert [document.number_and_symbol for document in documents] == ["01/SXD-HTKT", "02/SXD-HTKT", "03/SXD-HTKT"]
    assert str(documents[0]) == "Công văn 01/SXD-HTKT trả lời kiến nghị"
    assert documents[0].reference == "Công văn 01/SXD-HTKT"


def test_a_series_belongs_to_one_agency_one_kind_and_one_year(issued, drafted, world):
    letter, report, last_year = issued(on=DAY), issued(on=DAY, kind="BC"), issued(on=date(2025, 12, 31))
    of_the_council = drafted(agency=world.standing, by=world.officer, signer=world.chair)
    of_the_council = world.issue(of_the_council, world.officer, world.leader, world.officer, on=DAY)

    assert [d.number for d in (letter, report, last_year, of_the_council)] == [1, 1, 1, 1]
    assert len({d.series_id for d in (letter, report, last_year, of_the_council)}) == 4
    assert issued(on=DAY).number == 2
    assert (letter.series.agency, letter.series.kind, letter.series.year) == (world.department, "CV", 2026)
    assert str(letter.series) == "Công văn Sở Xây dựng tỉnh Ninh Bình 2026"


def test_a_series_is_opened_once(issued, world):
    series = issued(on=DAY).series

    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.create(agency=series.agency, kind=series.kind, year=series.year)


def test_a_number_is_given_once(issued):
    first, second = issued(), issued()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(number=first.number)


def test_the_year_is_that_of_the_issue_not_of_the_draft(issued):
    assert issued(on=date(2025, 12, 31), drafted_on=DAY).series.year == 2025


def test_without_a_day_it_is_issued_today(issued, world):
    assert issued().issued_on == world.today


def test_the_paper_is_frozen_as_a_pdf_with_its_digest(issued, world):
    document = issued(on=DAY)

    content = stored(document)
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == document.pdf_sha256
    assert document.pdf.name == f"documents/{world.today.year}/{document.pk}-{document.pdf_sha256[:12]}.pdf"
    paper = paper_of(document)
    assert pdf.render(paper, source_of(document, paper)) == content


def test_the_signing_block_is_frozen_too(issued, world):
    document = issued(on=DAY)
    world.deputy.name, world.deputy.post, world.deputy.authority = "Người Khác", "Giám đốc", "head"
    world.deputy.save()

    document.refresh_from_db()
    assert document.signing_lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert document.signer_name == "Cao Thị Phó"
    paper = paper_of(document)
    assert (paper.signing_lines, paper.signer_name) == (document.signing_lines, "Cao Thị Phó")


def test_the_letterhead_stays_when_the_agency_is_called_otherwise_later(issued):
    document = issued(on=DAY)
    before = paper_of(document)
    document.agency.change(name="Sở khác", letterhead="SỞ KHÁC", superior_line="UBND TỈNH KHÁC")

    assert paper_of(document) == before


def test_what_follows_is_told_the_number(issued, trial):
    document = issued()

    assert trial.told[-1] == ("issued", document.number)


def test_the_history_says_who_issued_it(issued, world):
    row = issued().history.first()

    assert (row.history_user, row.history_change_reason, row.status) == (
        world.registrar,
        "Cấp số và ban hành",
        Status.ISSUED,
    )


def test_only_a_cleared_document_is_issued(drafted, submitted, world):
    for document in (drafted(), submitted()):
        with pytest.raises(PermissionDenied, match="Không thể thực hiện"):
            workflow.issue(document, by=world.registrar)

    assert not NumberSeries.objects.exists()


def test_only_the_registrar_of_the_agency_issues(cleared, world):
    document = cleared()

    for stranger in {*world.people.values(), world.other_drafter} - {world.registrar}:
        with pytest.raises(PermissionDenied, match="Vai trò của bạn không"):
            workflow.issue(document, by=stranger)

    assert not Sequence.objects.filter(key__startswith="documents/").exists()


def test_no_later_number_carries_an_earlier_day(issued, cleared, world):
    issued(on=DAY)

    with pytest.raises(PermissionDenied, match=r"01/SXD-HTKT.*09/3/2026"):
        workflow.issue(cleared(), by=world.registrar, issued_on=DAY - timedelta(days=1))

    assert issued(on=DAY).number == 2
    assert issued(on=DAY + timedelta(days=1)).number == 3


def test_the_days_of_another_series_do_not_matter(issued):
    issued(on=DAY)

    assert issued(on=DAY - timedelta(days=1), kind="BC").number == 1


def test_nothing_is_issued_on_a_day_to_come(cleared, world):
    with pytest.raises(PermissionDenied, match="Không thể ban hành văn bản vào một ngày chưa đến"):
        workflow.issue(cleared(), by=world.registrar, issued_on=world.today + timedelta(days=1))


def test_a_document_is_issued_once(issued, world):
    document = issued()

    with pytest.raises(PermissionDenied, match="đã ban hành"):
        workflow.issue(document, by=world.registrar)

    assert issued().number == 2


def test_two_registrars_with_the_same_page_open_issue_it_once(cleared, world):
    document = cleared()
    stale = Document.objects.get(pk=document.pk)
    second = person("văn thư 2", (world.department, Role.REGISTRAR))
    workflow.issue(document, by=world.registrar)

    with pytest.raises(PermissionDenied, match="đã ban hành"):
        workflow.issue(stale, by=second)

    assert Document.objects.get().number == 1


def test_a_failure_of_what_follows_leaves_no_gap(cleared, issued, world, trial, monkeypatch):
    def fail(document, *, by):
        raise RuntimeError("mất kết nối")

    document = cleared()
    with monkeypatch.context() as broken:
        broken.setattr(trial, "issued", fail)
        with pytest.raises(RuntimeError, match="mất kết nối"):
            workflow.issue(document, by=world.registrar)

    document.refresh_from_db()
    assert (document.status, document.number, document.pdf.name) == (Status.CLEARED, None, "")
    assert workflow.issue(document, by=world.registrar).number == 1
    assert issued().number == 2


@pytest.mark.usefixtures("printed")
def test_a_paper_that_cannot_be_printed_leaves_no_gap(cleared, issued, world):
    broken = cleared(body='<p><img src="file:///etc/passwd"></p>')

    with pytest.raises(pdf.ForbiddenAddressError):
        workflow.issue(broken, by=world.registrar)

    broken.refresh_from_db()
    assert broken.status == Status.CLEARED
    assert issued().number == 1


@pytest.mark.parametrize("change", [{"subject": "khác"}, {"body": "<p>Khác.</p>"}, {"appendices": []}])
def test_an_issued_document_is_never_rewritten(issued, world, change):
    document = issued()

    for person_ in (world.drafter, world.head, world.registrar, world.officer):
        with pytest.raises(PermissionDenied):
            workflow.rewrite(document, by=person_, **change)

    assert document.history.count() == 4  # drafted, submitted, cleared, issued


@pytest.mark.parametrize("step", ["withdraw", "abandon", "clear", "submit"])
def test_an_issued_document_takes_no_further_step(issued, world, step):
    document = issued()
    who = world.head if step == "clear" else world.drafter

    with pytest.raises(PermissionDenied, match="đã ban hành"):
        getattr(workflow, step)(document, by=who)

    with pytest.raises(PermissionDenied, match="đã ban hành"):
        workflow.send_back(document, by=world.head, reason="muộn")
