"""responses/promising.py and reviewing.py: the ledger of promises, and marks of reviewers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.formats import short_date
from documents import after_issue
from responses import promising, reviewing, workflow
from responses.models import Answer, Assessment, Commitment
from tests.kept import keeping, ready
from tests.refusals import refused

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

WORDS = "Sở sẽ lắp đèn trước ngày 31/12/2099."
TEXT = f"Sở đã kiểm tra. {WORDS} Sở sẽ quan tâm."


@pytest.fixture
def answer(world):
    """The answer of a draft that promises something."""
    return world.drafted_reply(world.forwarded(), text=TEXT).answers.get()


def issue(world, answer):
    world.issue(answer.reply.document, world.drafter, world.head, world.registrar)
    answer.reply.document.refresh_from_db()


@pytest.fixture
def promised(world):
    """`promised(days)` is a commitment of an issued letter, due so many days from now."""

    def make(days=30):
        answer = world.drafted_reply(world.forwarded(), text=TEXT).answers.get()
        commitment = promising.confirm(
            answer, quote=WORDS, due_on=world.today + timedelta(days=max(days, 0)), by=world.drafter
        )
        issue(world, answer)
        if days < 0:
            commitment.due_on = world.today + timedelta(days=days)
            commitment.save()
        return commitment

    return make


def test_promises_are_proposed_and_only_a_person_confirms(world, answer):
    found = promising.proposals(answer.reply, world.today)

    assert [(promise.sentence, str(promise.due_on)) for _answer, promise in found] == [
        (WORDS, "2099-12-31"), ("Sở sẽ quan tâm.", "None"),
    ]  # fmt: skip
    assert not Commitment.objects.exists()
    promising.confirm(answer, quote=WORDS, due_on=found[0][1].due_on, by=world.drafter)
    assert [p.sentence for _answer, p in promising.proposals(answer.reply, world.today)] == ["Sở sẽ quan tâm."]


def test_what_is_confirmed_stands_in_the_letter_once_and_lies_ahead(world, answer):
    ahead = world.today + timedelta(days=3)

    with refused("không có trong câu trả lời"):
        promising.confirm(answer, quote="Sở sẽ bay.", due_on=ahead, by=world.drafter)
    with refused("phải sau ngày văn bản"):
        promising.confirm(answer, quote=WORDS, due_on=world.today - timedelta(days=1), by=world.drafter)
    promising.confirm(answer, quote=WORDS, due_on=ahead, by=world.drafter)
    with refused("đã có trong sổ"):
        promising.confirm(answer, quote=WORDS, due_on=ahead, by=world.drafter)
    for stranger in (world.other_drafter, world.registrar, world.delegate):
        assert promising.confirm_refusal(answer, stranger)
    assert promising.confirm_refusal(answer, world.officer) == ""


def test_a_promise_is_kept_when_the_council_says_so(world, promised):
    commitment = promising.report(promised(), evidence="Biên bản số 5", by=world.drafter)

    with refused("không được phép"):
        promising.verify(commitment, note="Đã xem", by=world.head)
    commitment = promising.verify(commitment, note="Đã xem", by=world.officer)
    assert (commitment.status, commitment.closed_on) == (Commitment.Status.KEPT, world.today)


def test_evidence_is_needed_and_may_not_convince(world, promised):
    commitment = promised()

    with refused("Ghi rõ minh chứng"):
        promising.report(commitment, evidence="", by=world.drafter)
    commitment = promising.report(commitment, evidence="Ảnh", by=world.drafter)
    commitment = promising.reject(commitment, note="Chưa sáng", by=world.officer)
    assert (commitment.status, commitment.closing_note) == (Commitment.Status.OPEN, "Chưa sáng")


def test_a_promise_is_missed_after_its_day_only(world, promised):
    with refused("Chưa qua thời hạn"):
        promising.miss(promised(), note="Không làm", by=world.officer)
    with refused("Chỉ hội đồng nhân dân"):
        promising.miss(promised(-1), note="Không làm", by=world.head)

    assert promising.miss(promised(-1), note="Không làm", by=world.officer).status == Commitment.Status.MISSED


def test_more_time_is_granted_with_a_reason_and_the_first_day_stays(as_, world, promised):
    commitment = promised(5)
    first, later = commitment.due_on, commitment.due_on + timedelta(days=20)

    with refused("Chỉ hội đồng nhân dân"):
        promising.extend(commitment, due_on=later, note="Mưa", by=world.head)
    with refused("phải sau hạn hiện tại"):
        promising.extend(commitment, due_on=first, note="Mưa", by=world.officer)
    commitment = promising.extend(commitment, due_on=later, note="Mưa", by=world.officer)

    assert (commitment.due_on, commitment.original_due_on) == (later, first)
    assert commitment.extensions == [
        {"from": first.isoformat(), "to": later.isoformat(), "reason": "Mưa", "on": world.today.isoformat()}
    ]
    page = as_(world.officer).get(commitment.get_absolute_url()).content.decode()
    assert f"{short_date(first)} → {short_date(later)}: Mưa" in page


def test_more_time_is_judged_by_the_promise_as_it_stands_not_as_it_was_read(world, promised):
    commitment = promised(5)
    stale = Commitment.objects.get(pk=commitment.pk)
    first, second, third = (commitment.due_on + timedelta(days=days) for days in (0, 20, 40))
    promising.extend(commitment, due_on=second, note="Mưa", by=world.officer)

    with refused("phải sau hạn hiện tại"):
        promising.extend(stale, due_on=second, note="Bão", by=world.officer)
    promising.extend(stale, due_on=third, note="Bão", by=world.officer)

    assert [(line["from"], line["to"]) for line in Commitment.objects.get().extensions] == [
        (first.isoformat(), second.isoformat()), (second.isoformat(), third.isoformat()),
    ]  # fmt: skip


def test_a_promise_whose_day_was_moved_meanwhile_is_not_missed(world, promised):
    stale = promised(-1)
    promising.extend(stale, due_on=world.today + timedelta(days=9), note="Mưa", by=world.officer)

    with refused("Chưa qua thời hạn"):
        promising.miss(stale, note="Không làm", by=world.officer)


def test_a_promise_is_confirmed_in_the_words_as_they_stand_not_as_they_were_read(world, answer):
    stale = Answer.objects.get(pk=answer.pk)
    saved(world, answer.reply, "Sở đã kiểm tra.")

    with refused("không có trong câu trả lời"):
        promising.confirm(stale, quote=WORDS, due_on=world.today, by=world.drafter)


def ledger(as_, user, **query):
    page = as_(user).get(reverse("responses:ledger"), query)
    return [commitment.pk for commitment in page.context["page"]], page.context["counts"]


def test_the_ledger_shows_the_overdue_first_and_counts(as_, world, promised, elsewhere):
    later, soon, late = promised(30), promised(3), promised(-2)
    kept = promising.verify(
        promising.report(promised(9), evidence="Ảnh", by=world.drafter), note="Tốt", by=world.officer
    )

    rows, counts = ledger(as_, world.officer)
    assert rows == [late.pk, soon.pk, later.pk, kept.pk]
    assert counts == {"total": 4, "late": 1, "kept": 1, "missed": 0, "open": 3}
    assert ledger(as_, world.officer, status="overdue")[0] == [late.pk]
    assert ledger(as_, world.officer, agency=world.department.pk, session=world.session.pk)[0] == rows
    assert ledger(as_, world.drafter)[0] == rows
    assert ledger(as_, elsewhere.officer)[0] == []


def test_a_draft_promises_nothing_yet_and_a_recalled_letter_no_more(as_, world, answer, promised):
    promising.confirm(answer, quote=WORDS, due_on=world.today, by=world.drafter)
    commitment = promised()
    assert ledger(as_, world.officer)[0] == [commitment.pk]

    amendment = after_issue.amend(commitment.answer.reply.document, "recall", by=world.drafter, reason="Nhầm.")
    world.issue(amendment.document, world.drafter, world.head, world.registrar)
    assert ledger(as_, world.officer)[0] == []


def saved(world, reply, text):
    """The draft with another text in every answer."""
    reply.refresh_from_db()
    frame = {"opening": reply.opening, "closing": reply.closing, "kind": reply.kind}
    answers = {answer.pk: {"text": text} for answer in reply.answers.all()}
    workflow.save(reply, by=world.drafter, revision=reply.revision, answers=answers, **frame)


def test_a_sentence_edited_away_before_issue_is_no_promise(as_, world, answer):
    gone = promising.confirm(answer, quote=WORDS, due_on=world.today, by=world.drafter)
    kept = promising.confirm(answer, quote="Sở sẽ quan tâm.", due_on=world.today, by=world.drafter)
    saved(world, answer.reply, "Sở đã kiểm tra. Sở sẽ\nquan tâm.")

    issue(world, answer)

    assert ledger(as_, world.officer)[0] == [kept.pk]
    last = Commitment.history.filter(id=gone.pk).first()
    assert (last.history_type, last.quote) == ("-", WORDS)
    assert last.history_change_reason == "câu này không còn trong văn bản"


@pytest.fixture
def replaced(world):
    """`replaced(commitment, text)`: the letter replaced by one with that text; returns the new answer."""

    def act(commitment, text):
        letter = commitment.answer.reply.document
        draft = after_issue.amend(letter, "replacement", by=world.drafter, reason="Sai.").document
        saved(world, draft.reply, text)
        return draft.reply.answers.get()

    return act


def test_a_promise_kept_by_the_replacement_stands_once_and_goes_on_as_it_was(as_, world, promised, replaced):
    commitment = promised()
    answer = replaced(commitment, f"Sở đính chính. {WORDS}")
    assert promising.proposals(answer.reply, world.today) == []
    with refused("đã có trong sổ"):
        promising.confirm(answer, quote=WORDS, due_on=world.today, by=world.drafter)
    promising.report(commitment, evidence="Ảnh", by=world.drafter)

    issue(world, answer)

    assert ledger(as_, world.officer)[0] == [commitment.pk]
    commitment.refresh_from_db()
    assert (commitment.answer, commitment.status, commitment.evidence) == (answer, "reported", "Ảnh")
    assert commitment.history.first().history_change_reason == "văn bản thay thế vẫn hứa như vậy"
    assert promising.proposals(answer.reply, world.today) == []


def test_a_promise_the_replacement_does_not_make_no_longer_stands(as_, world, promised, replaced):
    answer = replaced(promised(), "Sở đính chính: chưa bố trí được kinh phí.")

    issue(world, answer)

    assert ledger(as_, world.officer)[0] == []


def test_a_promise_confirmed_in_both_letters_stands_once(as_, world, answer, replaced):
    issue(world, answer)
    again = replaced(Commitment(answer=answer), TEXT)
    second = promising.confirm(again, quote=WORDS, due_on=world.today, by=world.drafter)
    promising.confirm(answer, quote=WORDS, due_on=world.today, by=world.officer)

    issue(world, again)

    assert ledger(as_, world.officer)[0] == [second.pk]


def test_a_longer_ledger_costs_no_more_queries(as_, world, promised):
    counts = []
    ledger(as_, world.officer)
    for _round in range(2):
        promised(), promised()
        with CaptureQueriesContext(connection) as queries:
            ledger(as_, world.officer)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_pages_confirm_report_and_verify(as_, world, answer):
    page = as_(world.drafter).get(answer.reply.document.get_absolute_url()).content.decode()
    assert "Lời hứa tìm thấy trong văn bản" in page
    as_(world.drafter).post(reverse("responses:confirm", args=[answer.pk]), {"quote": WORDS, "due_on": "31/12/2099"})
    issue(world, answer)
    commitment = Commitment.objects.get()

    assert WORDS in as_(world.drafter).get(commitment.get_absolute_url()).content.decode()
    as_(world.drafter).post(reverse("responses:commitment_act", args=[commitment.pk, "report"]), {"evidence": "Ảnh"})
    page = as_(world.officer).post(
        reverse("responses:commitment_act", args=[commitment.pk, "verify"]), {"note": "Tốt"}, follow=True
    )
    assert "Đã giữ lời" in page.content.decode()


def test_vague_sentences_are_shown_to_drafter_and_council(as_, world):
    answer = world.drafted_reply(world.forwarded(), text="Trong thời gian tới, Sở sẽ nghiên cứu.").answers.get()

    assert (
        "<mark>trong thời gian tới</mark>" in as_(world.drafter).get(answer.reply.get_absolute_url()).content.decode()
    )
    issue(world, answer)
    page = as_(world.officer).get(answer.reply.document.get_absolute_url()).content.decode()
    assert "<q>Trong thời gian tới, Sở sẽ nghiên cứu.</q>" in page


def test_leaders_mark_a_draft_and_the_council_the_letter(world, answer):
    reviewing.mark(answer, value="partly", note="Thiếu thời hạn", by=world.head)
    for stranger in (world.drafter, world.registrar, world.officer):
        assert reviewing.mark_refusal(answer, stranger)
    issue(world, answer)
    answer.refresh_from_db()
    reviewing.mark(answer, value="off", note="", by=world.officer)
    reviewing.mark(answer, value="answers", note="", by=world.officer)

    assert [(a.mark, a.by_council) for a in Assessment.objects.all()] == [("partly", False), ("answers", True)]
    assert reviewing.mark_refusal(answer, world.head)


def test_a_mark_is_set_on_the_review_page(as_, world, answer):
    page = (
        as_(world.head)
        .post(reverse("responses:mark", args=[answer.pk]), {"mark": "off", "note": "Hỏi một đằng"}, follow=True)
        .content.decode()
    )

    assert "Trả lời không đúng nội dung" in page
    assert "Hỏi một đằng" in page
    assert as_(world.registrar).post(reverse("responses:mark", args=[answer.pk]), {"mark": "off"}).status_code == 403


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(world, as_, promised):
    commitment = promised()
    act = lambda step: reverse("responses:commitment_act", args=[commitment.pk, step])  # noqa: E731

    page = as_(world.drafter).post(act("report"), {"evidence": " "})
    [(_name, _step, _refusal, form)] = page.context["offers"]
    assert list(form.errors) == ["evidence"]

    page = as_(world.officer).post(act("extend"), {"due_on": "01/02/2020", "note": "Mưa kéo dài"})
    form = page.context["extend_form"]
    assert (list(form.errors), form["note"].value()) == (["due_on"], "Mưa kéo dài")
    assert "Mưa kéo dài" in page.content.decode()
    early = as_(world.officer).post(act("miss"), {"note": "Chưa làm"}).context["miss_form"]
    assert list(early.errors) == ["__all__"]


def test_a_promise_with_an_impossible_day_is_typed_again_beside_its_field(world, as_, answer):
    address = reverse("responses:confirm", args=[answer.pk])

    for typed, wrong in (({"quote": WORDS, "due_on": "31/11/2099"}, "due_on"),
                         ({"quote": "Câu khác.", "due_on": "01/12/2099"}, "quote")):  # fmt: skip
        form = as_(world.drafter).post(address, typed).context["form"]
        assert (list(form.errors), form["due_on"].value()) == ([wrong], typed["due_on"])
    assert not Commitment.objects.exists()
