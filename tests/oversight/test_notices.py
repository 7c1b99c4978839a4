"""oversight/workflow.py: the conclusion notice."""

import pytest
from django.core.exceptions import PermissionDenied

from documents import workflow as documents
from documents.models import Kind, Status
from oversight import workflow
from oversight.models import ConclusionNotice
from petitions.models import ResultClass
from tests.oversight import visits


def test_draft_notice_is_a_paper_of_the_committee_with_a_copy_for_the_agency(world):
    held = visits.session(world)

    document = workflow.draft_notice(held, by=world.officer, signer=world.committee_head).document

    assert (document.kind, document.agency, document.status) == (Kind.NOTICE, world.committee, Status.DRAFT)
    assert document.symbol == "TB-BKTNS"
    assert [(copy.name, copy.agency, copy.is_copy) for copy in document.addressees.all()] == [
        (world.department.name, world.department, True)
    ]


def test_drafting_again_brings_the_text_up_to_date_and_makes_no_second_notice(world):
    held = visits.session(world)
    first = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    workflow.recommend(held, by=world.officer, content="Lắp đèn còn thiếu.")

    again = workflow.draft_notice(held, by=world.officer)

    assert again == first
    assert ConclusionNotice.objects.count() == 1
    again.document.refresh_from_db()
    assert "Lắp đèn còn thiếu." in again.document.body
    assert again.document.signer == world.committee_head


def test_a_notice_of_an_empty_session_cannot_be_submitted(world):
    notice = workflow.draft_notice(visits.session(world), by=world.officer, signer=world.committee_head)

    with pytest.raises(PermissionDenied, match="ghi"):
        documents.submit(notice.document, by=world.officer)


def test_submitting_writes_the_notice_once_more_from_the_record(world):
    petition = world.answered()
    held = visits.session(world, petition)
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    visits.find(held, petition.points.get(), by=world.officer, found="Đèn chưa sáng.")

    document = documents.submit(notice.document, by=world.officer)

    document.refresh_from_db()
    assert "Đèn chưa sáng." in document.body


@pytest.mark.parametrize("stage", ["submitted", "cleared", "issued"])
def test_the_record_is_closed_once_the_notice_is_submitted(world, stage):
    petition = world.answered()
    held = visits.session(world, petition)
    visits.find(held, petition.points.get(), by=world.officer)
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    document = documents.submit(notice.document, by=world.officer)
    if stage != "submitted":
        document = documents.clear(document, by=world.leader)
    if stage == "issued":
        documents.issue(document, by=world.officer)

    for act in (
        lambda: visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.NOT_RESOLVED),
        lambda: workflow.assess(held, by=world.officer, achievements="Khác.", limitations="", causes=""),
        lambda: workflow.recommend(held, by=world.officer, content="Thêm việc."),
        lambda: workflow.put_on_agenda(held, [world.forwarded()], by=world.officer),
        lambda: workflow.draft_notice(held, by=world.officer),
    ):
        with pytest.raises(PermissionDenied):
            act()

    held.refresh_from_db()
    assert held.achievements == ""
    assert held.agenda.count() == 1
    assert held.recommendations.count() == 0
    assert held.findings.get().assessed_result == ResultClass.RESOLVED


def test_a_notice_sent_back_opens_the_record_again(world):
    held = visits.session(world)
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    document = documents.submit(notice.document, by=world.officer)

    documents.send_back(document, by=world.leader, reason="Nêu rõ hạn chế.")

    assert workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="Chậm.", causes="")
    documents.submit(notice.document, by=world.officer)
    notice.document.refresh_from_db()
    assert "Chậm." in notice.document.body


def test_an_abandoned_notice_can_be_drafted_anew(world):
    held = visits.session(world)
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    documents.abandon(notice.document, by=world.officer)

    again = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)

    assert again.document.status == Status.DRAFT
    assert workflow.recommend(held, by=world.officer, content="Lắp đèn.")
