"""oversight/workflow/notices.py: the conclusion notice, edited as text."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from common.formats import short_date
from documents import workflow as documents
from documents.models import Document, Kind, Status
from oversight import papers, workflow
from oversight.models import ConclusionNotice, OversightPaper
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


def paper_of(notice):
    return OversightPaper.objects.get(document=notice.document_id)


def body_of(notice):
    return Document.objects.get(pk=notice.document_id).body


def edited(notice, world, **changes):
    """The notice with words of its text put in place of others."""
    paper = paper_of(notice)
    text = paper.text
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return workflow.save_paper(paper, by=world.officer, revision=paper.revision, text=text)


@pytest.fixture
def held(world):
    """A working session with an assessment."""
    found = visits.session(world)
    return workflow.assess(found, by=world.officer, achievements="Chủ động.", limitations="Phối hợp chậm.", causes="")


@pytest.fixture
def notice(world, held):
    return workflow.draft_notice(held, by=world.officer, signer=world.committee_head)


def test_drafting_again_makes_no_second_notice_and_keeps_what_people_wrote(world, held, notice):
    edited(notice, world, words=("Chủ động.", "Rất chủ động."))
    workflow.recommend(held, by=world.officer, content="Lắp đèn còn thiếu.")

    again = workflow.draft_notice(held, by=world.officer)

    assert again == notice
    assert ConclusionNotice.objects.count() == 1
    assert "Rất chủ động." in body_of(notice)
    assert "Lắp đèn còn thiếu." not in body_of(notice)
    assert notice.document.signer == world.committee_head


def test_what_people_wrote_is_what_is_submitted_and_issued(world, notice):
    edited(notice, world, words=("Chủ động.", "Chủ động, có phân công."))

    world.issue(notice.document, world.officer, world.leader, world.officer)

    assert "Chủ động, có phân công." in body_of(notice)


def test_a_record_that_changed_since_is_shown_and_holds_the_notice_back(world, held, notice):
    edited(notice, world, words=("Chủ động.", "Rất chủ động."))
    assert papers.news(paper_of(notice)) == []

    workflow.recommend(held, by=world.officer, content="Lắp đèn còn thiếu.")

    assert any("1. Lắp đèn còn thiếu." in come for _gone, come in papers.news(paper_of(notice)))
    with pytest.raises(PermissionDenied, match="Hồ sơ đã thay đổi"):
        documents.submit(notice.document, by=world.officer)


def test_taken_in_the_record_changes_only_its_own_passages(world, held, notice):
    edited(notice, world, words=("Chủ động.", "Rất chủ động."))
    workflow.recommend(held, by=world.officer, content="Lắp đèn còn thiếu.")

    paper, clashes = workflow.take_in(paper_of(notice), by=world.officer)

    assert (clashes, papers.news(paper)) == (0, [])
    assert "Rất chủ động." in body_of(notice)
    assert "1. Lắp đèn còn thiếu." in body_of(notice)
    documents.submit(notice.document, by=world.officer)


def test_a_passage_both_changed_keeps_both_words_for_a_person(world, held, notice):
    edited(notice, world, words=("Chủ động.", "Rất chủ động."))
    workflow.assess(held, by=world.officer, achievements="Chưa chủ động.", limitations="Phối hợp chậm.", causes="")

    paper, clashes = workflow.take_in(paper_of(notice), by=world.officer)

    assert clashes == 1
    assert "Rất chủ động.\nChưa chủ động." in paper.text


def test_the_text_stays_with_a_reason_and_is_submitted(world, held, notice):
    workflow.assess(held, by=world.officer, achievements="Khác.", limitations="Phối hợp chậm.", causes="")

    with pytest.raises(ValidationError):
        workflow.leave_out(paper_of(notice), by=world.officer, reason=" ")
    workflow.leave_out(paper_of(notice), by=world.officer, reason="Đã thống nhất câu chữ với cơ quan.")

    documents.submit(notice.document, by=world.officer)
    assert "Chủ động." in body_of(notice)
    assert paper_of(notice).history.first().history_change_reason == "Đã thống nhất câu chữ với cơ quan."


def test_the_page_shows_what_changed_and_both_ways_out(world, held, notice, as_):
    client = as_(world.officer)
    workflow.recommend(held, by=world.officer, content="Lắp <b>đèn</b>.")
    address = paper_of(notice).get_absolute_url()

    shown = client.get(address).content.decode()
    refused = client.post(reverse("oversight:leave_out", args=[paper_of(notice).pk]), {"reason": ""})
    taken = client.post(reverse("oversight:take_in", args=[paper_of(notice).pk]), follow=True)

    assert "Hồ sơ đã thay đổi sau khi dự thảo được lập" in shown
    assert "Lắp &lt;b&gt;đèn&lt;/b&gt;." in shown
    assert refused.status_code == 200
    assert "Hồ sơ đã thay đổi sau khi" not in taken.content.decode()
    assert "1. Lắp <b>đèn</b>." in paper_of(notice).text


def test_a_notice_drafted_before_texts_were_kept_gets_its_text(world, held, notice):
    paper_of(notice).history.all().delete()
    paper_of(notice).delete()

    assert workflow.draft_notice(held, by=world.officer) == notice

    assert "Chủ động." in paper_of(notice).text


def test_a_notice_of_an_empty_session_cannot_be_submitted(world):
    notice = workflow.draft_notice(visits.session(world), by=world.officer, signer=world.committee_head)

    with pytest.raises(PermissionDenied, match="ghi"):
        documents.submit(notice.document, by=world.officer)


def test_the_conclusions_of_a_session_are_submitted_once_it_was_held(world):
    held = visits.session(world, held_on=world.today + timedelta(days=1))
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)

    with pytest.raises(PermissionDenied, match=f"diễn ra ngày {short_date(held.held_on)}"):
        documents.submit(notice.document, by=world.officer)

    workflow.reschedule(held, by=world.officer, held_on=world.today)
    workflow.take_in(paper_of(notice), by=world.officer)
    document = Document.objects.get(pk=notice.document_id)
    assert documents.submit(document, by=world.officer).status == Status.SUBMITTED


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
        lambda: workflow.take_in(paper_of(notice), by=world.officer),
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
    workflow.take_in(paper_of(notice), by=world.officer)
    documents.submit(notice.document, by=world.officer)
    assert "Chậm." in body_of(notice)


def test_an_abandoned_notice_can_be_drafted_anew(world):
    held = visits.session(world)
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    documents.abandon(notice.document, by=world.officer)

    again = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)

    assert again.document.status == Status.DRAFT
    assert workflow.recommend(held, by=world.officer, content="Lắp đèn.")
