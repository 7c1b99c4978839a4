"""reports/staleness.py: a draft says what changed in the records since it was written, and is written again."""

from unittest.mock import patch

from django.urls import reverse

from reports import workflow
from reports.models import SessionReport
from tests.reports.prepared import answer_the_overdue, drafted, submitted


def changes(report):
    report = SessionReport.objects.get(pk=report.pk)
    return workflow.changes_since(report, workflow.writing_of(report))


def test_a_draft_just_written_has_not_changed(prepared):
    assert not changes(drafted(prepared, causes="Vốn chậm."))


def test_figures_that_changed_are_named_with_both_numbers(prepared):
    report = drafted(prepared)
    answer_the_overdue(prepared)

    found = {one.figure.key: (one.before, one.now) for one in changes(report).figures}

    assert (found["answered"], found["overdue"]) == ((8, 9), (2, 1))


def test_words_that_changed_are_noticed_where_no_figure_did(prepared):
    report = drafted(prepared)
    point = prepared.named["resolved"].points.get()
    point.change(content="Câu chữ khác.")

    found = changes(report)

    assert (found.figures, bool(found)) == ([], True)


def test_one_button_writes_it_again(prepared, as_):
    report, browser = drafted(prepared), as_(prepared.world.officer)
    answer_the_overdue(prepared)
    for page in (report, report.document):
        assert reverse("reports:state", args=[report.pk]) in browser.get(page.get_absolute_url()).content.decode()
    state = browser.get(reverse("reports:state", args=[report.pk])).content.decode()
    assert "Hồ sơ đã thay đổi sau khi viết dự thảo này." in state
    assert reverse("reports:refresh", args=[report.pk]) in state

    browser.post(reverse("reports:refresh", args=[report.pk]))

    assert not changes(report)
    assert (
        "Dự thảo khớp với hồ sơ hiện tại." in browser.get(reverse("reports:state", args=[report.pk])).content.decode()
    )
    assert "Đã trả lời 9/" in SessionReport.objects.get(pk=report.pk).document.body


def test_its_page_reads_no_row_of_the_session(prepared, as_):
    report = drafted(prepared)

    with patch("reports.answering.load", side_effect=AssertionError("rows were read")):
        assert as_(prepared.world.officer).get(report.document.get_absolute_url()).status_code == 200


def test_a_submitted_report_follows_nothing(prepared, as_):
    report = submitted(prepared)
    answer_the_overdue(prepared)

    assert changes(report) is None
    assert as_(prepared.world.officer).post(reverse("reports:refresh", args=[report.pk])).status_code == 403
