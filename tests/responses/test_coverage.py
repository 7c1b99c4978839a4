"""responses/coverage.py: no clearance with a gap, and each gap in its own words."""

import pytest

from documents import workflow as documents
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import coverage, workflow
from responses.models import ResultReason
from tests.kept import keeping, ready
from tests.records import picture
from tests.refusals import refused

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

RESOLVED, IN_PROGRESS = {"result": "resolved"}, {"result": "in_progress"}
NO_EVIDENCE = {"evidence": ""}


def with_roadmap():
    return ResultReason.objects.get(name="Có lộ trình giải quyết")


def without_roadmap():
    return ResultReason.objects.get(name="Chưa có lộ trình")


#: What is missing from a complete answer, and the sentence that says so.
GAPS = {
    "no text": ({"text": ""}, "Nội dung 1 của {} chưa có câu trả lời."),
    "no result": ({"result": ""}, "Nội dung 1 của {} chưa chọn kết quả."),
    "no evidence": (
        {**RESOLVED, **NO_EVIDENCE},
        "Nội dung 1 của {} ghi đã giải quyết xong: cần có minh chứng.",
    ),
    "no roadmap date": (
        {**IN_PROGRESS, "reason": with_roadmap},
        "Nội dung 1 của {} ghi đang giải quyết, có lộ trình: còn thiếu thời hạn hoàn thành.",
    ),
}

#: What may be missing.
COMPLETE = {
    "resolved with evidence in words": RESOLVED,
    "in progress without a reason": {**IN_PROGRESS, **NO_EVIDENCE},
    "in progress, no roadmap": {**IN_PROGRESS, **NO_EVIDENCE, "reason": without_roadmap},
    "explained": {"result": "explained", **NO_EVIDENCE},
    "not resolved": {"result": "not_resolved", **NO_EVIDENCE},
}


def answered(world, answer, **details):
    answer = {name: value() if callable(value) else value for name, value in answer.items()}
    petition = world.forwarded()
    return petition, world.drafted_reply(petition, **details, **answer)


@pytest.mark.parametrize("gap", GAPS)
def test_each_gap_is_named_and_stops_the_letter(world, gap):
    answer, sentence = GAPS[gap]
    petition, reply = answered(world, answer)
    sentence = sentence.format(petition.code)

    assert [found.words for found in coverage.gaps(reply)] == [sentence]
    with refused(sentence):
        documents.submit(reply.document, by=world.drafter)
    reply.document.refresh_from_db()
    assert reply.document.status == "draft"


@pytest.mark.parametrize("complete", COMPLETE)
def test_nothing_more_is_asked_for(world, complete):
    _petition, reply = answered(world, COMPLETE[complete])

    assert coverage.gaps(reply) == []
    assert documents.submit(reply.document, by=world.drafter).status == "submitted"


def test_a_date_fills_the_gap_of_a_roadmap(world):
    _petition, reply = answered(world, {**IN_PROGRESS, "reason": with_roadmap, "roadmap_on": world.today})

    assert coverage.gaps(reply) == []


def test_a_file_is_evidence_as_well(world):
    _petition, reply = answered(world, {**RESOLVED, **NO_EVIDENCE})

    workflow.attach(reply.answers.get(), picture(), by=world.drafter)

    assert coverage.gaps(reply) == []


def test_an_interim_reply_needs_text_and_result_only(world):
    petition, reply = answered(world, {**RESOLVED, **NO_EVIDENCE}, kind="interim")
    assert coverage.gaps(reply) == []

    _petition, reply = answered(world, {"text": ""}, kind="interim")
    assert [gap.words for gap in coverage.gaps(reply)] == [f"Nội dung 1 của {_petition.code} chưa có câu trả lời."]
    assert petition != _petition


def test_every_gap_is_named_in_the_order_of_the_letter(world):
    first, second = world.forwarded(), world.forwarded(points=["Một.", "Hai."])
    reply = world.drafted_reply(second, first)
    for answer in reply.answers.all():
        answer.text = ""
        answer.save()

    assert [gap.words for gap in coverage.gaps(reply)] == [
        f"Nội dung 1 của {second.code} chưa có câu trả lời.",
        f"Nội dung 2 của {second.code} chưa có câu trả lời.",
        f"Nội dung 1 của {first.code} chưa có câu trả lời.",
    ]


def test_one_sentence_a_point_the_most_urgent(world):
    petition, reply = answered(world, {"text": "", "result": "", "evidence": ""})

    assert [gap.words for gap in coverage.gaps(reply)] == [f"Nội dung 1 của {petition.code} chưa có câu trả lời."]


def test_a_letter_without_a_signer_does_not_go(world):
    reply = world.drafted_reply(world.forwarded())
    documents.rewrite(reply.document, by=world.drafter, signer=None)

    with refused("Hãy chọn người ký văn bản."):
        documents.submit(reply.document, by=world.drafter)


class TestAPointTakenAwayMeanwhile:
    def take_away(self, world, petition):
        assignment = Assignment.objects.get(point__petition=petition)
        petitions.return_(assignment, by=world.head, reason="other", explanation="Chuyển Sở Y tế")

    def sentence(self, petition):
        return (
            f"Nội dung 1 của {petition.code} không còn giao cho Sở Xây dựng tỉnh Ninh Bình. Hãy rút ra khỏi công văn."
        )

    @pytest.mark.parametrize("step", ["submit", "clear", "issue"])
    def test_it_stops_the_letter_at_every_step(self, world, step):
        petition = world.forwarded()
        document = world.drafted_reply(petition, world.forwarded()).document
        if step in ("clear", "issue"):
            documents.submit(document, by=world.drafter)
        if step == "issue":
            documents.clear(document, by=world.head)
        self.take_away(world, petition)
        act = {"submit": (documents.submit, world.drafter), "clear": (documents.clear, world.head),
               "issue": (documents.issue, world.registrar)}  # fmt: skip
        take, by = act[step]

        with refused(self.sentence(petition)):
            take(document, by=by)

    def test_left_out_the_rest_of_the_letter_goes(self, world):
        petition = world.forwarded()
        reply = world.drafted_reply(petition, world.forwarded())
        self.take_away(world, petition)

        workflow.leave_out(reply, petition, by=world.drafter)

        assert documents.submit(reply.document, by=world.drafter).status == "submitted"

    def test_no_number_is_lost(self, world):
        petition = world.forwarded()
        document = world.drafted_reply(petition).document
        documents.submit(document, by=world.drafter)
        documents.clear(document, by=world.head)
        self.take_away(world, petition)
        with refused(self.sentence(petition)):
            documents.issue(document, by=world.registrar)

        world.answered()

        assert world.drafter.documents_drafted.get(status="issued").number == 1
