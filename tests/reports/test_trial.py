"""reports/trial.py, lacking.py, dossier.py: a report tried out, what it lacks, the documents a session needs."""

import pypdfium2
import pytest
from django.apps import apps
from django.urls import reverse

from accounts.permissions import Role
from directory.models import Official
from documents import workflow as documents
from petitions import workflow as petitions
from reports import workflow
from reports.dossier import dossier
from reports.figures import SessionFigures
from reports.models import ReportKind
from reports.trial import trial
from tests.reports.prepared import answer_the_overdue, days_ago, drafted, recorded_as_issued
from tests.world import person


def tried(prepared, kind=ReportKind.OVERSIGHT, user=None):
    return trial(kind, prepared.session, days_ago(0), user=user or prepared.world.officer)


def words(gaps, *, is_done=False):
    return [str(gap.words) for gap in gaps if gap.is_done == is_done]


def everything_stored():
    """{table: its rows}, so that a change anywhere would show."""
    skipped = {"sessions.Session", "django_q.OrmQ"}
    models = [model for model in apps.get_models() if model._meta.label not in skipped]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def test_a_dry_run_says_what_the_report_would_say_and_writes_nothing_down(prepared):
    before = everything_stored()
    run = tried(prepared)
    paper = run.paper

    assert everything_stored() == before
    report = drafted(prepared)
    assert str(paper.body) == report.document.body
    assert [(one.title, str(one.body), one.is_landscape) for one in paper.appendices] == [
        (one.title, one.body, one.is_landscape) for one in report.document.appendices.all()
    ]
    assert (paper.agency_name, paper.symbol, paper.number) == (
        report.document.agency.printed_name, report.document.symbol, None,
    )  # fmt: skip


def test_the_pdf_of_a_dry_run_says_so_on_its_pages(prepared, as_):
    address = reverse("reports:trial", args=[prepared.session.pk, "aggregate"])

    response = as_(prepared.world.delegate).get(address, {"file": "pdf"})

    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(response.getvalue())]
    assert ["BẢN THỬ" in words and "DỰ THẢO" not in words for words in pages] == [True] * len(pages)


def test_of_a_long_list_the_beginning_is_printed_and_says_so(prepared, monkeypatch):
    monkeypatch.setattr("reports.trial.MOST_ROWS", 4)

    whole, cut = drafted(prepared).document.appendices.get(number=10), tried(prepared).paper.appendices[9]

    assert (whole.body.count("<tr"), cut.body.count("<tr")) == (19, 1 + 4)
    assert "Bản thử chỉ in 4 trong tổng số 18 dòng của danh sách này; báo cáo chính thức in đủ." in cut.body
    assert "Hết 4/18 dòng in trong bản thử." in cut.body


def test_what_the_report_lacks_is_listed_words_first(prepared):
    run = tried(prepared)

    assert words(run.gaps) == [
        "Chưa viết: công tác chỉ đạo của UBND; đang dùng câu có sẵn",
        "Chưa viết: kết quả đạt được; đang dùng câu có sẵn",
        "Chưa viết: tồn tại, hạn chế; đang dùng câu có sẵn",
        "Chưa viết: nguyên nhân",
        "Chưa viết: kiến nghị giám sát; đang dùng câu có sẵn",
        "2 kiến nghị quá hạn",
        "5 kiến nghị chưa được trả lời đủ",
        "2 kiến nghị chưa giao cơ quan",
        "1 buổi làm việc chưa ban hành thông báo kết luận",
        "Phụ lục III chưa có dòng nào: Văn bản cử tri kiến nghị ban hành, sửa đổi, bổ sung",
        "Phụ lục VIII chưa có dòng nào: Thực hiện lời hứa, cam kết với cử tri",
        "Phụ lục IX chưa có dòng nào: Thời điểm nhận được báo cáo của các cơ quan",
    ]
    assert run.still_missing == 12
    assert run.gaps[0].address == f"{reverse('reports:create', args=[prepared.session.pk])}?kind=oversight"


def test_words_of_a_draft_are_in_the_dry_run_of_those_who_see_it(prepared):
    ubnd, kind = prepared.world.ubnd, ReportKind.RESULTS
    signer = Official.objects.create(
        agency=ubnd, name="Trần Văn Ký", post="Phó Chủ tịch", authority=Official.Authority.FOR_HEAD
    )
    drafter = person("tonghop", (ubnd, Role.DRAFTER))
    report = workflow.draft(prepared.session, kind=kind, as_of=days_ago(0), by=drafter, signer=signer)
    report = workflow.save(report, by=drafter, as_of=report.as_of, causes="Vốn bố trí chậm.")

    mine, another = tried(prepared, kind, drafter), tried(prepared, kind)

    assert "Vốn bố trí chậm." in mine.paper.body
    assert "Chưa viết: nguyên nhân" not in words(mine.gaps)
    assert {gap.address for gap in mine.gaps} == {report.get_absolute_url(), ""}
    assert not any(actor.address for gap in mine.gaps for actor in gap.who)
    assert "Vốn bố trí chậm." not in another.paper.body


def test_a_version_that_corrects_must_say_why_and_a_report_needs_a_signer(prepared):
    issued = recorded_as_issued(prepared)
    answer_the_overdue(prepared)
    Official.objects.filter(agency=prepared.world.standing).update(authority="")

    found = words(tried(prepared).gaps)

    assert f"Cần nêu lý do đính chính {issued.document.reference}" in found
    assert f"Chưa có người có thẩm quyền ký thay mặt {prepared.world.standing}" in found
    unsigned = next(gap for gap in tried(prepared).gaps if "ký thay mặt" in str(gap.words))
    assert [str(actor.name) for actor in unsigned.who] == ["quản trị viên nhập người có thẩm quyền ký"]


def test_who_may_not_write_the_report_is_not_sent_to_its_form(prepared):
    world, kinds = prepared.world, (ReportKind.OVERSIGHT, ReportKind.RESULTS)
    form = reverse("reports:create", args=[prepared.session.pk])

    sent = [
        any(gap.address.startswith(form) for gap in tried(prepared, kind, user).gaps)
        for user in (world.officer, world.committee_member)
        for kind in kinds
    ]

    assert sent == [True, False, False, False]


@pytest.mark.parametrize("kind", ReportKind.values)
def test_each_gap_in_petitions_opens_as_many_rows_as_it_says(prepared, as_, kind):
    browser = as_(prepared.world.delegate)
    figures = tried(prepared, kind).writing.figures

    for gap in tried(prepared, kind).gaps:
        if gap.figure:
            assert browser.get(gap.address).context["number"] == figures.counts[gap.figure].part


def test_who_may_try_a_report_out(prepared, as_):
    world = prepared.world
    address = reverse("reports:trial", args=[prepared.session.pk, "aggregate"])

    found = {who: as_(getattr(world, who)).get(address).status_code for who in ("delegate", "drafter", "head")}

    assert found == {"delegate": 200, "drafter": 404, "head": 404}


def test_the_road_names_every_document_how_far_it_is_and_who_must_act(prepared):
    world = prepared.world
    drafted(prepared)

    found = dossier(
        prepared.session, prepared.live(), world.officer, workflow.kinds_made_by(world.officer, world.council)
    )

    assert [(str(needed.label), words(needed.gaps)) for needed in found] == [
        ("Công văn chuyển", ["2 kiến nghị chưa giao cơ quan"]),
        ("Văn bản trả lời của các cơ quan", ["2 kiến nghị quá hạn", "5 kiến nghị chưa được trả lời đủ"]),
        ("Thông báo kết luận giám sát", ["1 buổi làm việc chưa ban hành thông báo kết luận"]),
        ("Báo cáo thẩm tra của các Ban", ["Chưa ban hành báo cáo thẩm tra"]),
        ("Báo cáo tổng hợp kiến nghị", ["Chưa soạn thảo"]),
        ("Báo cáo kết quả giải quyết của Ủy ban nhân dân", ["Chưa ban hành"]),
        ("Báo cáo giám sát việc giải quyết kiến nghị", [
            "Bản lập lần 1 chưa ban hành", "5 phần chưa tự viết (đang dùng câu có sẵn hoặc bỏ trống)",
        ]),
    ]  # fmt: skip
    assert all(gap.who for needed in found for gap in needed.gaps if not gap.is_done)
    assert str(found[-1].gaps[0].who[0].name) == f"người soạn {world.officer}"


def test_before_anything_is_recorded_nothing_is_complete(world):
    found = dossier(world.session, SessionFigures.live(world.session, days_ago(0)), world.officer, [])[0]

    assert words(found.gaps) == ["Chưa ghi nhận kiến nghị nào"]
    assert not found.is_ready


def test_a_letter_under_way_opens_for_those_who_see_it(prepared):
    world, petition = prepared.world, prepared.named["received_yesterday"]
    letter = petitions.draft_forwarding(
        by=world.officer, issuer=world.standing, addressee=world.department, due_on=days_ago(-10), signer=world.chair,
        plan={point: (world.department, []) for point in petition.points.all()}, drafting_unit="VP",
    )  # fmt: skip

    found = [
        dossier(prepared.session, prepared.live(), user, [])[0].gaps[-1]
        for user in (world.officer, world.committee_member)
    ]

    assert [gap.address for gap in found] == [letter.document.get_absolute_url(), ""]
    assert str(found[0].who[0].name) == f"người soạn {world.officer}"


def test_of_a_session_that_has_opened_nothing_is_on_its_road_any_more(prepared, as_):
    address = prepared.session.get_absolute_url()

    coming = as_(prepared.world.officer).get(address).content.decode()
    past = as_(prepared.world.officer).get(prepared.earlier.get_absolute_url()).content.decode()

    assert "Lộ trình đến ngày khai mạc" in coming
    assert "còn 20 ngày" in coming
    assert "Lộ trình đến ngày khai mạc" not in past
    assert "Chuẩn bị kỳ họp" not in past


def test_an_issued_report_is_ready_and_a_given_up_draft_is_none(prepared):
    report = recorded_as_issued(prepared)
    given_up = drafted(prepared)
    documents.abandon(given_up.document, by=prepared.world.officer)

    needed = dossier(prepared.session, prepared.live(), prepared.world.delegate, [])[-1]

    assert needed.is_ready
    assert needed.report == report


def test_the_form_of_a_new_report_leads_to_the_version_still_under_way(prepared, as_):
    browser, address = as_(prepared.world.officer), reverse("reports:create", args=[prepared.session.pk])
    assert "chưa ban hành" not in browser.get(address).content.decode()

    report = drafted(prepared)

    page = browser.get(address).content.decode()
    assert "Lần lập 1 của báo cáo này chưa ban hành; soạn mới sẽ thành lần lập 2." in page
    assert f'href="{report.get_absolute_url()}"' in page
