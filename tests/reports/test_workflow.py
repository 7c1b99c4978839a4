"""reports/workflow.py: drafting a report, freezing its figures."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Role
from documents import workflow as documents
from documents.models import Kind, Status
from reports import workflow
from reports.catalogue import CATALOGUE
from reports.figures import SessionFigures
from reports.models import SessionReport
from tests.reports.prepared import answer_the_overdue, days_ago, drafted, issued, submitted


def counts(figures):
    return {key: figures.counts[key].part for key in CATALOGUE}


def fresh(report):
    return SessionReport.objects.get(pk=report.pk)


def test_a_draft_is_a_paper_of_the_standing_committee(prepared):
    report = drafted(prepared)

    document = report.document
    assert (document.agency, document.kind, document.symbol) == (prepared.world.standing, Kind.REPORT, "BC-HĐND")
    assert document.subject.startswith("kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri gửi đến Kỳ họp")
    assert [(appendix.number, appendix.is_landscape) for appendix in document.appendices.all()] == [
        (1, False),
        (2, True),
        (3, True),
        (4, False),
        *((number, True) for number in range(5, 12)),
        (12, False),
    ]
    assert (report.version, report.frozen) == (1, None)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OFFICER, Role.LEADER)])
def test_who_makes_no_reports_is_refused(world, role):
    with pytest.raises(PermissionDenied):
        workflow.draft(world.session, as_of=world.today, by=world.people[role])

    assert not SessionReport.objects.exists()


def test_another_councils_officer_makes_no_report_here(world, elsewhere):
    with pytest.raises(PermissionDenied):
        workflow.draft(world.session, as_of=world.today, by=elsewhere.officer)


def test_a_draft_follows_the_records(prepared):
    report = drafted(prepared)
    before = counts(workflow.figures_of(report))

    answer_the_overdue(prepared)

    after = counts(workflow.figures_of(fresh(report)))
    assert (after["answered"], after["overdue"]) == (before["answered"] + 1, before["overdue"] - 1)


def test_saving_writes_the_paper_again_as_of_its_day(prepared):
    report = drafted(prepared)

    workflow.save(report, by=prepared.world.officer, as_of=days_ago(5), achievements="Chủ động.")

    report = fresh(report)
    assert (report.as_of, report.achievements) == (days_ago(5), "Chủ động.")
    assert "Chủ động." in report.document.body
    assert "Đã trả lời 8/12 kiến nghị" in report.document.body


def test_what_was_submitted_is_what_was_counted(prepared):
    report = drafted(prepared)
    answer_the_overdue(prepared)

    report = submitted_again = fresh(report)
    documents.submit(report.document, by=prepared.world.officer)
    report = fresh(submitted_again)

    assert "Đã trả lời 9/13 kiến nghị" in report.document.body
    assert counts(workflow.figures_of(report)) == counts(prepared.live())
    assert report.frozen["as_of"] == days_ago(0).isoformat()
    assert len(report.frozen["facts"]) == len(prepared.live().facts)


@pytest.mark.usefixtures("unprinted")
def test_after_submitting_the_figures_no_longer_follow_the_records(prepared):
    report = submitted(prepared)
    before = counts(workflow.figures_of(report))

    answer_the_overdue(prepared)

    assert counts(workflow.figures_of(fresh(report))) == before
    assert counts(prepared.live()) != before


@pytest.mark.usefixtures("unprinted")
def test_issue_keeps_what_was_submitted(prepared):
    report = submitted(prepared)
    before = counts(workflow.figures_of(report))
    body = report.document.body
    answer_the_overdue(prepared)
    documents.clear(report.document, by=prepared.world.leader)
    documents.issue(report.document, by=prepared.world.officer)

    report = fresh(report)

    assert (report.document.status, report.document.number) == (Status.ISSUED, 1)
    assert counts(workflow.figures_of(report)) == before
    assert report.document.body == body


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("stage", ["submitted", "cleared"])
def test_sent_back_the_figures_follow_the_records_again(prepared, stage):
    report = submitted(prepared)
    if stage == "cleared":
        documents.clear(report.document, by=prepared.world.leader)
    answer_the_overdue(prepared)

    documents.send_back(report.document, by=prepared.world.leader, reason="Bổ sung nguyên nhân.")

    report = fresh(report)
    assert report.frozen is None
    assert counts(workflow.figures_of(report)) == counts(prepared.live())
    documents.submit(report.document, by=prepared.world.officer)
    assert "Đã trả lời 9/13 kiến nghị" in fresh(report).document.body


@pytest.mark.usefixtures("unprinted")
def test_taken_back_by_its_author_the_figures_follow_the_records_again(prepared):
    report = submitted(prepared)

    documents.withdraw(report.document, by=prepared.world.officer)

    assert fresh(report).frozen is None


@pytest.mark.usefixtures("unprinted")
def test_a_submitted_report_takes_no_more_words(prepared):
    report = submitted(prepared)

    with pytest.raises(PermissionDenied):
        workflow.save(report, by=prepared.world.officer, as_of=report.as_of, achievements="Thêm.")

    assert fresh(report).achievements == ""


def test_who_drafted_a_report_does_not_clear_it(prepared):
    report = workflow.draft(prepared.session, as_of=days_ago(0), by=prepared.world.officer, signer=prepared.world.chair)
    documents.submit(report.document, by=prepared.world.officer)

    with pytest.raises(PermissionDenied):
        documents.clear(report.document, by=prepared.world.officer)


@pytest.mark.usefixtures("unprinted")
def test_a_correction_is_the_next_version_and_the_first_stays(prepared):
    first = issued(prepared)
    before = counts(workflow.figures_of(first))
    answer_the_overdue(prepared)

    second = drafted(prepared)

    assert (first.version, second.version) == (1, 2)
    assert counts(workflow.figures_of(fresh(first))) == before
    assert counts(workflow.figures_of(second)) == counts(prepared.live())


@pytest.mark.usefixtures("unprinted")
def test_frozen_figures_answer_every_question_live_ones_do(prepared):
    report = submitted(prepared)
    live, frozen = prepared.live(), workflow.figures_of(report)

    assert frozen.as_of == live.as_of
    assert frozen.facts == live.facts
    assert frozen.by_agency == live.by_agency
    for by in ("level", "committee", "field", "place"):
        assert frozen.breakdown(by) == live.breakdown(by)


def test_a_frozen_report_of_nothing_stays_one_of_nothing(world):
    """Figures frozen at 0 do not start to follow the records."""
    report = workflow.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair)
    documents.submit(report.document, by=world.officer)
    world.answered()

    assert counts(workflow.figures_of(fresh(report))) == dict.fromkeys(CATALOGUE, 0)
    assert counts(SessionFigures.live(world.session, world.today))["answered"] == 1
