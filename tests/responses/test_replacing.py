"""responses/replacing.py: what points have when their letter is replaced or recalled."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deadlines.models import Clock
from documents import after_issue, registering
from documents.models import Standing
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from responses import replacing, workflow
from responses.models import Answer, Reply
from tests.refusals import refused
from tests.responses.letters import printed
from tests.world import any_page


def letter_of(petition):
    return Answer.objects.filter(point__petition=petition).latest("pk").reply.document


def fresh(petition):
    return Petition.objects.get(pk=petition.pk)


@pytest.fixture
def go(world):
    """Draft an amendment of a letter and issue it after `change` was made to its draft."""

    def act(original, kind, change=None, on=None):
        amendment = after_issue.amend(original, kind, by=world.drafter, reason="Nội dung chưa đúng.")
        if change:
            change(amendment.document.reply)
        return world.issue(amendment.document, world.drafter, world.head, world.registrar, on=on)

    return act


def with_answers(world, **values):
    def change(reply):
        workflow.save(
            reply, by=world.drafter, revision=reply.revision, opening=reply.opening, closing=reply.closing,
            kind=reply.kind, answers={answer.pk: values for answer in reply.answers.all()},
        )  # fmt: skip

    return change


@pytest.mark.usefixtures("printed")
def test_a_replacement_starts_as_a_copy_and_takes_over(as_, world, go):
    petition = world.answered(on=world.today - timedelta(days=2), sent_on=world.today - timedelta(days=5))
    original = letter_of(petition)

    document = go(original, "replacement", with_answers(world, result="explained", text="Sở đính chính: chưa lắp."))

    original.refresh_from_db()
    assert original.standing == Standing.REPLACED
    assert "Sở đính chính: chưa lắp." in printed(document)
    says = {one: as_(world.officer).get(one.get_absolute_url()).content.decode() for one in (original, document)}
    assert f'Được thay thế bằng: <a href="{document.get_absolute_url()}">' in says[original]
    assert f'Thay thế: <a href="{original.get_absolute_url()}">' in says[document]
    petition = fresh(petition)
    assert (petition.result, petition.result_on) == ("explained", world.today)
    assert petition.answered_on == world.today - timedelta(days=2)


def test_the_timeline_says_it_and_leads_to_the_letter(as_, world, go):
    petition = world.answered()
    letter = letter_of(petition)
    for kind, words in (("corrigendum", "đính chính"), ("replacement", "thay thế"), ("recall", "thu hồi")):
        document = go(letter, kind)
        event = petition.events.filter(kind=kind).get()
        assert f"{words} văn bản trả lời {letter.number_and_symbol} bằng {document.number_and_symbol}" in event.sentence
        page = as_(world.officer).get(petition.get_absolute_url()).content.decode()
        assert (
            f'<a class="plain-link" href="{document.get_absolute_url()}">{document.number_and_symbol}</a></li>' in page
        )
        letter = document if kind == "replacement" else letter


@pytest.fixture
def registered(world):
    """A letter from paper, registered, that was ticked as answering two petitions."""
    petitions_ticked = [world.forwarded(), world.forwarded()]
    reply = workflow.draft(
        agency=world.department, petition_list=petitions_ticked, by=world.registrar, origin="paper",
        file=SimpleUploadedFile("a.pdf", any_page(), "application/pdf"),
    )  # fmt: skip
    values = {"text": "Đã giải thích.", "result": "explained"}
    workflow.save(
        reply, by=world.registrar, revision=reply.revision, opening=reply.opening, closing=reply.closing,
        kind=reply.kind, answers={answer.pk: values for answer in reply.answers.all()},
    )  # fmt: skip
    registering.register_paper(
        reply.document, by=world.registrar, issued_on=world.today, signer_name="Phạm Văn Giám", number=1
    )
    return Reply.objects.get(), *petitions_ticked


def test_unticked_one_petition_alone_waits_again(world, registered, as_):
    reply, wrong, right = registered
    address = reverse("responses:untick", args=[reply.pk, wrong.pk])
    browser = as_(world.registrar)

    assert address in browser.get(reply.document.get_absolute_url()).content.decode()
    assert browser.post(address, {"reason": ""}).context["form"].errors.keys() == {"reason"}
    browser.post(address, {"reason": "đánh dấu nhầm"})

    assert [(fresh(p).result, fresh(p).answered_on) for p in (wrong, right)] == [("", None), ("explained", world.today)]
    waiting = Assignment.objects.waiting().get()
    assert (waiting.point.petition, waiting.clock.stopped_on) == (wrong, None)
    answer = reply.answers.get(point__petition=wrong)
    assert (answer.unticked_because, answer.history.first().history_user) == ("đánh dấu nhầm", world.registrar)
    assert "đánh dấu nhầm" in wrong.events.get(kind="unticked").sentence
    assert not right.events.filter(kind="unticked").exists()
    assert "đánh dấu nhầm" in world.drafter.notices.latest("pk").text
    assert list(Answer.objects.effective_on(world.today)) == [reply.answers.get(point__petition=right)]
    assert browser.post(address, {"reason": "lần nữa"}).status_code == 404
    assert world.drafted_reply(fresh(wrong)).answers.get().point.petition == wrong


def test_nobody_else_unticks_and_of_a_letter_written_here_nobody(world, registered):
    reply, wrong, _right = registered
    for stranger in (world.officer, world.other_drafter, world.head):
        with refused("không được soạn văn bản của"):
            replacing.untick(reply, wrong, by=stranger, reason="nhầm")

    petition = world.answered()
    with refused("hãy thay thế hoặc thu hồi văn bản"):
        replacing.untick(letter_of(petition).reply, petition, by=world.drafter, reason="nhầm")


def test_a_recall_takes_the_answers_back(world, go):
    petition = world.answered()

    go(letter_of(petition), "recall")

    petition = fresh(petition)
    assert (petition.result, petition.answered_on) == ("", None)
    assert [a.status for a in Assignment.objects.filter(point__petition=petition)] == [Assignment.Status.ACCEPTED]
    assert "thu hồi" in petition.events.filter(kind="reopened").get().details["why"]
    assert workflow.draft_refusal(petition, world.department, world.drafter) == ""


def test_after_a_recall_the_time_runs_on_and_the_agency_is_reminded_again(world, go):
    petition = world.answered(due_on=world.today + timedelta(days=3))
    assert not petitions.to_urge(world.council, world.today).exists()
    before = fresh(petition).due_on

    recall = go(letter_of(petition), "recall")

    clock = Assignment.objects.get().clock
    assert (clock.stopped_on, clock.due_on, fresh(petition).due_on) == (None, before, before)
    event = clock.events.last()
    assert (event.kind, event.happened_on, event.recorded_by) == ("reopened", world.today, world.registrar)
    assert (event.reason, event.document) == ("thu hồi 01/SXD-HTKT", recall.number_and_symbol)
    assert [a.point.petition for a in petitions.to_urge(world.council, world.today)] == [petition]
    assert clock in Clock.objects.running()


def test_the_page_of_the_due_date_tells_of_the_recall(world, go, as_):
    petition = world.answered()
    go(letter_of(petition), "recall")

    page = as_(world.officer).get(Assignment.objects.get().clock.get_absolute_url()).content.decode()

    assert f"Tính tiếp vì căn cứ dừng không còn · {world.registrar}" in page
    assert "thu hồi 01/SXD-HTKT" in page


def test_after_a_recall_those_who_help_are_asked_again(world, go):
    petition = world.answered(coordinating=[world.other_department])

    go(letter_of(petition), "recall")

    helper = Assignment.objects.get(part="coordinating")
    assert (helper.status, helper.ended_on, helper.clock.stopped_on) == (Assignment.Status.ACCEPTED, None, None)


def test_answered_anew_after_a_recall_the_time_stops_for_good(world, go):
    petition = world.answered(sent_on=world.today - timedelta(days=5), on=world.today - timedelta(days=2))
    go(letter_of(petition), "recall")

    letter = world.drafted_reply(fresh(petition)).document
    world.issue(letter, world.drafter, world.head, world.registrar)

    assert Assignment.objects.get().clock.stopped_on == world.today
    assert fresh(petition).answered_on == world.today


def test_a_recalled_supplement_leaves_the_first_answer(world, go):
    petition = world.answered(
        answer={"result": "explained"}, on=world.today - timedelta(days=2), sent_on=world.today - timedelta(days=5)
    )
    first = letter_of(petition)
    supplement = world.drafted_reply(petition, kind="supplementary").document
    world.issue(supplement, world.drafter, world.head, world.registrar)
    assert fresh(petition).result == "resolved"

    go(supplement, "recall")

    petition = fresh(petition)
    assert (petition.result, petition.result_on) == ("explained", first.issued_on)


def test_a_petition_left_out_of_the_replacement_waits_again_and_only_that_one(world, go):
    kept, dropped = world.forwarded(), world.forwarded()
    letter = world.drafted_reply(kept, dropped).document
    world.issue(letter, world.drafter, world.head, world.registrar)

    go(letter, "replacement", lambda reply: workflow.leave_out(reply, dropped, by=world.drafter))

    assert (fresh(kept).result, fresh(dropped).result) == ("resolved", "")
    assert [a.point.petition for a in Assignment.objects.filter(clock__stopped_on=None)] == [dropped]
    assert workflow.draft_refusal(fresh(dropped), world.department, world.drafter) == ""


def test_a_corrigendum_changes_no_result(world):
    petition = world.answered()
    amendment = after_issue.amend(letter_of(petition), "corrigendum", by=world.drafter, reason="Sai.", details="A")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)

    assert fresh(petition).result == "resolved"
