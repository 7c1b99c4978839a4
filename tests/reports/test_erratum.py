"""reports/erratum.py and reports/loading.py: what was issued stands, the next version says what it corrects and why."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common.formats import short_date
from deadlines import workflow as deadlines
from deadlines.models import Clock
from documents import workflow as documents
from documents.models import Document
from documents.papers import paper_of
from petitions import workflow as petitions
from petitions.models import Petition, PetitionPoint
from reports import exports, workflow
from reports.erratum import Erratum, Restated, erratum_of
from reports.models import SessionReport
from sessions.models import DueReport
from tests.reports.prepared import answer_the_overdue, days_ago, drafted, recorded_as_issued, submitted


@pytest.fixture
def report(prepared):
    """Issued with the figures of five days ago; its history is as old as its events."""
    long_ago = timezone.now() - timedelta(days=60)
    for model in (Petition, PetitionPoint):
        model.history.update(history_date=long_ago)
    return recorded_as_issued(prepared, as_of=days_ago(5))


def classify(prepared, petition, level="communal"):
    return petitions.classify(
        petition, by=prepared.world.officer, policy_field=prepared.world.field, authority_level=level
    )


def merged_late(prepared):
    """Entered only now: two petitions had been merged six days ago, before the day of the report."""
    petitions.merge(prepared.named["new"], into=prepared.named["resolved"], by=prepared.world.officer, on=days_ago(6))


# As of a day gone by


def test_a_day_gone_by_reads_as_it_was_issued_whatever_happened_since(prepared, report):
    frozen = workflow.figures_of(report)
    answer_the_overdue(prepared)
    classify(prepared, prepared.named["new"])
    late = prepared.world.logged(received_on=days_ago(0))
    petitions.merge(late, into=prepared.named["resolved"], by=prepared.world.officer)

    assert prepared.live(days_ago(5)).facts == frozen.facts
    assert erratum_of(drafted(prepared)) == Erratum(
        report.document.reference, report.document.issued_on, days_ago(5), days_ago(0), [], []
    )


def test_a_petition_classified_otherwise_since_is_counted_as_it_was(prepared, report):
    level, committee = prepared.live(days_ago(5)).breakdown("level"), prepared.live(days_ago(5)).breakdown("committee")
    classify(prepared, prepared.named["new"])

    assert prepared.live(days_ago(5)).breakdown("level") == level
    assert prepared.live(days_ago(5)).breakdown("committee") == committee
    assert "communal" in {row.key for row in prepared.live().breakdown("level").rows}


def test_words_changed_since_stand_as_they_were(prepared, report):
    point = prepared.named["resolved"].points.get()
    before = point.content
    point.content = "Đề nghị khác hẳn."
    point.save()

    def content(figures):
        return next(f for f in figures.facts if f.pk == prepared.named["resolved"].pk).points[0].content

    assert (content(prepared.live(days_ago(5))), content(prepared.live())) == (before, "Đề nghị khác hẳn.")


# Issued again unchanged


def test_generated_again_the_files_are_the_same(prepared, report):
    def files():
        again = SessionReport.objects.get(pk=report.pk)
        return exports.appendices(again.council_session, workflow.figures_of(again)), paper_of(again.document)

    before = files()
    merged_late(prepared)
    prepared.session.title = "Tên khác"
    prepared.session.save()

    assert files() == before


# The erratum


def test_the_next_version_names_the_figures_and_petitions_it_corrects(prepared, report):
    merged_late(prepared)

    found = erratum_of(drafted(prepared))

    assert (found.reference, found.as_of, found.made_on) == (report.document.reference, days_ago(5), days_ago(0))
    assert [(figure.name, figure.before, figure.now) for figure in found.figures] == [
        ("Đã gộp", 1, 2),
        ("Mới sau khi gộp", 9, 8),
        ("Phải giải quyết", 13, 12),
        ("Nội dung phải giải quyết", 14, 13),
        ("Chưa giao cơ quan", 1, 0),
        ("Thẩm quyền địa phương", 12, 11),
        ("Chưa trả lời", 4, 3),
        ("Còn lại cuối kỳ", 8, 7),
    ]
    merged, into = (prepared.named[name].code for name in ("new", "resolved"))
    assert [(petition.code, petition.what) for petition in found.petitions] == [
        (merged, ["tình trạng: được tính → đã gộp"])
    ]
    assert found.petitions[0].why == [f"gộp vào {into} (ghi ngày {short_date(days_ago(0))})"]


def test_what_happened_after_the_day_is_no_correction(prepared, report):
    answer_the_overdue(prepared)

    assert not erratum_of(drafted(prepared))
    assert "Đính chính" not in drafted(prepared).document.body


def test_the_first_version_corrects_nothing(prepared):
    assert erratum_of(drafted(prepared)) is None


def test_a_correction_needs_its_reason_before_it_is_submitted(prepared, report):
    merged_late(prepared)
    second = drafted(prepared)

    with pytest.raises(PermissionDenied, match="đã báo cáo số liệu khác"):
        documents.submit(second.document, by=prepared.world.officer)
    workflow.save(second, by=prepared.world.officer, as_of=second.as_of, correction="Việc gộp ghi chậm.")
    documents.submit(SessionReport.objects.get(pk=second.pk).document, by=prepared.world.officer)

    second = SessionReport.objects.get(pk=second.pk)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", second.document.body))
    assert "V. Đính chính số liệu đã báo cáo" in text
    assert "Chưa trả lời 4 3" in text
    assert f"{prepared.named['new'].code}: tình trạng: được tính → đã gộp (gộp vào" in text
    assert "Lý do: Việc gộp ghi chậm." in text


def test_versions_are_issued_in_their_order_and_each_knows_the_one_before(prepared, report):
    second, third = submitted(prepared), submitted(prepared)
    for one in (second, third):
        documents.clear(one.document, by=prepared.world.leader)
    numbered = {"series": report.document.series, "number": 2, "issued_on": days_ago(0)}

    def refused(one, other, words):
        issued = Document.objects.get(pk=other.document_id)
        issued.change(status="issued", **numbered)
        with pytest.raises(PermissionDenied, match=words):
            documents.issue(one.document, by=prepared.world.officer)
        issued.change(status="cleared", **dict.fromkeys(numbered))

    refused(second, third, "Phiên bản 3 đã được ban hành, số Báo cáo 02/")
    refused(third, second, "Báo cáo 02/BC-HĐND đã được ban hành sau đó")
    assert workflow.SESSION_REPORT.refusal("issue", third.document, prepared.world.officer) == ""


def test_a_frozen_erratum_does_not_move(prepared, report):
    merged_late(prepared)
    second = drafted(prepared, correction="Việc gộp ghi chậm.")
    documents.submit(second.document, by=prepared.world.officer)
    before = erratum_of(SessionReport.objects.get(pk=second.pk))
    prepared.world.logged(received_on=days_ago(7))

    assert erratum_of(SessionReport.objects.get(pk=second.pk)) == before
    assert len(before.petitions) == 1


def test_author_and_reader_see_the_corrections_and_each_version_leads_to_the_next(prepared, report, as_):
    merged_late(prepared)
    second = drafted(prepared)
    page = as_(prepared.world.officer).get(second.get_absolute_url())
    second = recorded_as_issued(prepared, correction="Việc gộp ghi chậm.")

    def reviewed(one):
        review = workflow.SESSION_REPORT.review_context(one)
        return render_to_string("reports/_report_review.html", {"review": review, "offers": []})

    assert "correction" in page.context["form"].fields
    assert prepared.named["new"].code in page.content.decode()
    assert "Đính chính phiên bản trước" in reviewed(second.document)
    assert reverse("documents:detail", args=[second.document_id]) in reviewed(report.document)


def test_without_corrections_nobody_is_asked_for_a_reason(prepared, as_):
    page = as_(prepared.world.officer).get(drafted(prepared).get_absolute_url())

    assert "correction" not in page.context["form"].fields


def test_a_report_frozen_without_its_moment_is_compared_from_its_day_of_issue(prepared, report):
    report.frozen = {key: value for key, value in report.frozen.items() if key in ("as_of", "facts")}
    report.save()
    merged_late(prepared)

    (petition,) = erratum_of(drafted(prepared)).petitions

    assert petition.what == ["tình trạng: được tính → đã gộp"]


def test_a_report_received_that_was_entered_late_corrects_its_table(prepared):
    world = prepared.world
    clock = deadlines.start(on=days_ago(20), due_on=days_ago(8), by=world.officer, council=world.council)
    owed = DueReport.objects.create(
        agency=world.ubnd, title="Báo cáo kết quả", clock=clock, council_session=prepared.session,
        counted_from="session_opens",
    )  # fmt: skip
    DueReport.history.update(history_date=timezone.now() - timedelta(days=60))
    Clock.history.update(history_date=timezone.now() - timedelta(days=60))
    recorded_as_issued(prepared, as_of=days_ago(5))
    assert not erratum_of(drafted(prepared))

    owed.sent_on, owed.reference = days_ago(6), "12/BC-UBND"
    owed.save()

    due = f"{world.ubnd.name}; Báo cáo kết quả; {short_date(days_ago(8))}"
    found = erratum_of(drafted(prepared))
    assert found.tables == [
        Restated(
            "Thời điểm nhận được báo cáo của các cơ quan",
            [f"{due}; 3"],
            [f"{due}; {short_date(days_ago(6))}; 12/BC-UBND; 2"],
        )
    ]
    assert found
    assert Erratum.from_data(found.as_data()) == found
    shown = render_to_string("reports/letters/erratum.html", {"erratum": found, "number": "V", "reason": ""})
    assert f"- Đính chính: {due}; {short_date(days_ago(6))}; 12/BC-UBND; 2." in shown


def test_a_further_version_begins_with_its_authors_words_but_says_anew_why_it_corrects(prepared, report):
    SessionReport.objects.filter(pk=report.pk).update(achievements="Trả lời đúng hạn.", correction="Bổ sung hồ sơ.")

    later = drafted(prepared)

    assert (later.achievements, later.correction) == ("Trả lời đúng hạn.", "")
    assert "Trả lời đúng hạn." in later.document.body
