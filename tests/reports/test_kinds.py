"""The three kinds of report and the texts they are written from: who makes them, what they count, what stays."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.permissions import Role
from directory.models import Official
from documents import workflow as documents
from documents.models import Document
from reports import exports, workflow
from reports.kinds import KINDS
from reports.models import ReportKind, SessionReport, Skeleton
from tests.reports.prepared import answer_the_overdue, days_ago, drafted
from tests.world import person

OWN = "# I. Phần riêng\nĐã tiếp nhận {figure.received} kiến nghị.\n\n{block.erratum}\n\nTrân trọng./."


@pytest.fixture
def executive(prepared):
    """Who drafts for the People's Committee, and who signs for it."""
    ubnd = prepared.world.ubnd
    signer = Official.objects.create(
        agency=ubnd, name="Trần Văn Chủ Tịch", post="Phó Chủ tịch", authority=Official.Authority.FOR_HEAD
    )
    return person("tonghop", (ubnd, Role.DRAFTER)), signer


def made(prepared, kind, by, signer):
    report = workflow.draft(prepared.session, kind=kind, as_of=days_ago(0), by=by, signer=signer)
    return SessionReport.objects.get(pk=report.pk)


def numbers(report):
    return {key: counted.part for key, counted in workflow.figures_of(report).counts.items()}


def test_the_peoples_committee_reports_to_the_council(prepared, executive):
    report = made(prepared, ReportKind.RESULTS, *executive)

    document = report.document
    assert (document.agency, document.symbol) == (prepared.world.ubnd, "BC-UBND")
    assert [to.name for to in document.addressees.to()] == [prepared.world.council.name]
    assert document.subject.startswith("kết quả giải quyết, trả lời kiến nghị của cử tri gửi đến Kỳ họp")
    assert [appendix.number for appendix in document.appendices.all()] == [1, 2, 3, 4, 5, 6]
    assert "trong 10 nội dung đã đến hạn trả lời" in document.body
    assert (numbers(report)["total"], numbers(report)["points"]) == (12, 13)


def test_the_aggregate_report_counts_what_came_in(prepared):
    report = made(prepared, ReportKind.AGGREGATE, prepared.world.officer, prepared.world.chair)

    assert report.document.agency == prepared.world.standing
    assert "Đã tiếp nhận 11 kiến nghị; sau khi gộp 1 kiến nghị trùng nội dung còn 10 kiến nghị (11 nội dung)." in (
        report.document.body
    )
    assert (numbers(report)["opening"], numbers(report)["total"]) == (0, 10)


def test_a_report_says_which_petitions_its_figures_are_of(prepared, as_):
    of = "kiến nghị mới của kỳ họp, không tính kỳ trước chuyển sang"
    report = made(prepared, ReportKind.AGGREGATE, prepared.world.officer, prepared.world.chair)
    browser = as_(prepared.world.officer)

    data = browser.get(reverse("reports:report_table", args=[report.pk, "figures", "json"])).json()
    book = openpyxl.load_workbook(io.BytesIO(exports.of_report(workflow.writing_of(report))))

    assert data["of"] == of
    assert of in book.worksheets[0]["A2"].value
    assert f"Số liệu của báo cáo: {of}." in browser.get(report.document.get_absolute_url()).content.decode()
    assert workflow.writing_of(drafted(prepared)).counts == ""


def test_a_report_frozen_before_that_was_said_reads_as_it_did(prepared):
    report = made(prepared, ReportKind.AGGREGATE, prepared.world.officer, prepared.world.chair)
    documents.submit(report.document, by=prepared.world.officer)
    report = SessionReport.objects.get(pk=report.pk)
    said = report.frozen.pop("counts")

    assert (said, workflow.writing_of(report).counts) == (KINDS[ReportKind.AGGREGATE].counts, "")


def test_each_kind_is_made_by_its_own_people(prepared, executive):
    drafter, signer = executive
    world = prepared.world

    assert workflow.kinds_made_by(drafter, world.council) == [ReportKind.RESULTS]
    assert workflow.kinds_made_by(world.officer, world.council) == [ReportKind.AGGREGATE, ReportKind.OVERSIGHT]
    assert workflow.kinds_made_by(world.drafter, world.council) == []
    with pytest.raises(PermissionDenied):
        made(prepared, ReportKind.RESULTS, world.officer, signer)


def test_the_draft_of_the_peoples_committee_is_its_own(prepared, executive, as_):
    report = made(prepared, ReportKind.RESULTS, *executive)

    assert as_(executive[0]).get(report.get_absolute_url()).status_code == 200
    assert as_(prepared.world.officer).get(report.get_absolute_url()).status_code == 404


def test_who_drafts_for_the_peoples_committee_finds_the_way(prepared, executive, as_):
    browser = as_(executive[0])
    address = f"{reverse('reports:create', args=[prepared.session.pk])}?kind=results"

    assert address.replace("&", "&amp;") in browser.get(reverse("reports:index")).content.decode()
    answer = browser.post(address, {"as_of": days_ago(0).isoformat(), "signer": executive[1].pk})

    report = SessionReport.objects.get(kind=ReportKind.RESULTS)
    assert answer["Location"] == report.get_absolute_url()
    assert browser.get(reverse("reports:create", args=[prepared.session.pk])).status_code == 403


def test_who_does_not_see_the_cockpit_is_not_sent_there(prepared, executive, as_):
    report, cockpit = made(prepared, ReportKind.RESULTS, *executive), prepared.session.get_absolute_url()
    addresses = [reverse("reports:index"), report.document.get_absolute_url()]

    def sent(user):
        pages = [as_(user).get(address).content.decode() for address in addresses]
        return [f'href="{cockpit}"' in page or f'href="{cockpit}?' in page for page in pages]

    assert sent(executive[0]) == [False, False]
    assert sent(prepared.world.officer)[0]
    assert reverse("reports:trial", args=[prepared.session.pk, "results"]) in (
        as_(executive[0]).get(addresses[0]).content.decode()
    )


def test_versions_are_counted_kind_by_kind(prepared):
    first = made(prepared, ReportKind.AGGREGATE, prepared.world.officer, prepared.world.chair)

    assert (first.version, drafted(prepared).version) == (1, 1)


# The texts


def test_a_councils_own_text_is_what_its_reports_are_written_from(prepared):
    kept = workflow.keep_skeleton(prepared.world.council, "oversight", by=prepared.world.officer, text=OWN)

    report = drafted(prepared)

    assert report.skeleton == kept
    assert "<h2>I. Phần riêng</h2>\n<p>Đã tiếp nhận 11 kiến nghị.</p>" in report.document.body


def test_a_text_changed_later_leaves_what_was_submitted_alone(prepared):
    world, report = prepared.world, drafted(prepared)
    documents.submit(report.document, by=world.officer)
    before = Document.objects.get(pk=report.document_id).body
    workflow.keep_skeleton(world.council, "oversight", by=world.officer, text=OWN)
    content = exports.of_report(workflow.writing_of(SessionReport.objects.get(pk=report.pk)))
    answer_the_overdue(prepared)

    after = SessionReport.objects.get(pk=report.pk)
    assert (after.document.body, after.skeleton) == (before, None)
    assert exports.of_report(workflow.writing_of(after)) == content


def test_back_to_the_default_is_one_more_version(prepared):
    council, officer = prepared.world.council, prepared.world.officer
    workflow.keep_skeleton(council, "oversight", by=officer, text=OWN, reason="Theo mẫu của tỉnh")

    back = workflow.keep_skeleton(council, "oversight", by=officer, text="")

    assert (back.version, Skeleton.objects.present(council, "oversight")) == (2, None)
    assert workflow.keep_skeleton(council, "oversight", by=officer, text="") is None
    assert [one.text for one in Skeleton.objects.filter(council=council)] == ["", OWN]


def test_a_text_with_a_name_nobody_knows_is_not_kept(prepared):
    with pytest.raises(ValidationError):
        workflow.keep_skeleton(
            prepared.world.council, "oversight", by=prepared.world.officer, text="{figure.x}\n{block.erratum}"
        )

    assert not Skeleton.objects.exists()


@pytest.mark.parametrize("role", ["leader", "delegate", "administrator", "drafter"])
def test_only_who_makes_reports_changes_their_texts(prepared, role):
    with pytest.raises(PermissionDenied):
        workflow.keep_skeleton(prepared.world.council, "oversight", by=getattr(prepared.world, role), text=OWN)


def test_the_editor_refuses_beside_the_field_tries_out_and_keeps(prepared, as_):
    browser = as_(prepared.world.officer)
    address = reverse("reports:skeleton", args=[prepared.world.council.pk, "oversight"])

    refused = browser.post(address, {"text": OWN.replace("received", "recieved")})
    assert "Dòng 2: không có {figure.recieved}. Có phải {figure.received}?" in refused.context["form"].errors["text"]
    assert "{figure.recieved}" in refused.content.decode()
    assert "Hãy nhập lời văn" in browser.post(address, {"text": " "}).content.decode()

    tried = browser.post(address, {"text": OWN, "preview": "1", "session": prepared.session.pk})
    assert len(tried.context["pages"].images) == 1
    assert not Skeleton.objects.exists()

    browser.post(address, {"text": OWN, "reason": "Theo mẫu của tỉnh"})
    page = browser.get(address).content.decode()
    assert "# I. Phần riêng" in page
    assert "Theo mẫu của tỉnh" in page

    back = browser.post(address, {"default": "1"}, follow=True).content.decode()
    assert "Đã dùng lại mẫu mặc định của phần mềm, lưu thành phiên bản 2." in back
    assert ">phiên bản 1</a>" in back
    assert browser.get(address).context["form"].initial["text"] == KINDS["oversight"].shipped
    assert "# I. Phần riêng" in browser.get(address, {"version": 1}).content.decode()


def test_who_reads_only_sees_the_text_without_buttons(prepared, as_):
    browser = as_(prepared.world.delegate)
    address = reverse("reports:skeleton", args=[prepared.world.council.pk, "oversight"])

    assert "Lưu thành phiên bản mới" not in browser.get(address).content.decode()
    assert browser.post(address, {"text": OWN}).status_code == 403


def attached(report):
    return [appendix.title.partition(" (")[0] for appendix in report.document.appendices.all()]


def test_a_council_chooses_its_appendices_and_their_order(prepared, as_):
    world, officer = prepared.world, prepared.world.officer
    address = reverse("reports:skeleton", args=[world.council.pk, "aggregate"])
    text = OWN.replace("# I. Phần riêng", "# I. Phần riêng\nXem {annex.levels_by_place}.")
    browser = as_(officer)

    refused = browser.post(address, {"text": text, "annex_received_list": "1"})
    assert "không được kèm theo" in refused.context["form"].errors["text"][0]
    twice = browser.post(address, {"text": OWN, "annex_received_list": "1", "annex_levels_by_place": "1"})
    assert twice.context["form"].errors["annex_received_list"] == ["Hai phụ lục cùng một vị trí."]
    browser.post(address, {"text": text, "annex_received_list": "1", "annex_levels_by_place": "2"})

    report = made(prepared, ReportKind.AGGREGATE, officer, world.chair)
    assert attached(report) == ["Danh mục kiến nghị của cử tri: 11 nội dung", "Kiến nghị theo địa bàn và thẩm quyền"]
    assert "Xem Phụ lục II." in report.document.body
    documents.submit(report.document, by=officer)
    workflow.keep_skeleton(world.council, "aggregate", by=officer, text="")
    kept = SessionReport.objects.get(pk=report.pk)
    assert [annex.key for annex in workflow.writing_of(kept).annexes] == ["received_list", "levels_by_place"]
    sheets = openpyxl.load_workbook(io.BytesIO(exports.of_report(workflow.writing_of(kept)))).sheetnames
    assert sheets[:2] == ["PL1 Danh mục", "PL2 Theo địa bàn"]


def test_what_was_frozen_before_appendices_were_chosen_keeps_its_own(prepared):
    report = drafted(prepared)
    documents.submit(report.document, by=prepared.world.officer)
    report = SessionReport.objects.get(pk=report.pk)
    del report.frozen["annexes"], report.frozen["tables"]["received_reports"]

    assert workflow.writing_of(report).annex_label("points") == "Phụ lục IX"


def test_an_appendix_nobody_knows_is_not_kept(prepared):
    with pytest.raises(ValidationError):
        workflow.keep_skeleton(
            prepared.world.council, "results", by=prepared.world.officer, text=OWN, annexes=["assessed"]
        )
