"""What follows when a reply is issued: points answered, clocks stopped, nothing changed any more."""

import hashlib
from datetime import timedelta

import pytest

from accounts.permissions import Role
from directory.models import Official
from documents import pdf
from documents import workflow as documents
from documents.models import Document
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from responses import workflow
from responses.models import Reply
from tests.kept import keeping, ready
from tests.petitions.test_intake import said
from tests.records import picture
from tests.refusals import refused
from tests.responses.letters import printed
from tests.world import any_page, person

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)


def issue(world, reply, on=None):
    return world.issue(reply.document, world.drafter, world.head, world.registrar, on=on)


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_what_went_back_while_the_letter_was_laid_out_is_not_answered(world, monkeypatch):
    reply = world.drafted_reply(world.forwarded())
    document = documents.clear(documents.submit(reply.document, by=world.drafter), by=world.head)

    def slowly(*_paper):
        petitions.return_(
            Assignment.objects.get(), by=world.drafter, reason="not_competent", explanation="Việc của Sở Y tế"
        )
        return any_page()

    monkeypatch.setattr(pdf, "render", slowly)
    with refused("không còn giao cho"):
        documents.issue(document, by=world.registrar)


class TestAFinalReply:
    def test_it_gets_its_number_and_its_pdf(self, world):
        reply = world.drafted_reply(world.forwarded())

        document = issue(world, reply)

        assert (document.number_and_symbol, document.issued_on) == ("01/SXD-HTKT", world.today)
        with document.pdf.open("rb") as stored:
            content = stored.read()
        assert content.startswith(b"%PDF-")
        assert hashlib.sha256(content).hexdigest() == document.pdf_sha256
        assert document.signing_lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
        assert document.signer_name == "Cao Thị Phó"

    def test_the_next_letter_gets_the_next_number(self, world):
        numbers = [issue(world, world.drafted_reply(world.forwarded())).number for _time in range(2)]

        assert numbers == [1, 2]

    def test_the_points_have_their_answer(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])

        issue(world, world.drafted_reply(petition))

        petition = fresh(petition)
        assert [(p.result, p.answered_on, p.result_on) for p in petition.points.all()] == [
            ("resolved", world.today, world.today)
        ] * 2
        assert (petition.result, petition.answered_on, petition.status) == ("resolved", world.today, "forwarded")

    def test_the_assignment_is_done_and_its_clock_stands(self, world):
        petition = world.forwarded()
        document = issue(world, world.drafted_reply(petition))

        assignment = Assignment.objects.get()
        assert (assignment.status, assignment.ended_on) == ("answered", world.today)
        assert assignment.clock.stopped_on == world.today
        event = assignment.clock.events.last()
        assert (event.kind, event.reason) == ("stopped", document.number_and_symbol)
        # How late it was stays known.
        assert fresh(petition).due_on == world.today + timedelta(days=10)

    def test_a_second_final_reply_to_the_same_point_is_refused(self, world):
        petition = world.forwarded()
        second = world.drafted_reply(petition, kind="interim", result="not_resolved")
        first = issue(world, world.drafted_reply(petition))
        second.change(kind="final")

        words = (
            f"Nội dung 1 của {petition.code} đã được trả lời tại {first.number_and_symbol}. "
            "Hãy rút ra khỏi công văn hoặc chuyển thành văn bản trả lời bổ sung."
        )
        with refused(words):
            documents.submit(second.document, by=world.drafter)

        assert fresh(petition).result == "resolved"
        second.change(kind="supplementary")
        issue(world, second)
        assert fresh(petition).result == "not_resolved"

    def test_a_final_reply_cleared_before_the_other_was_issued_is_refused_at_its_number(self, world):
        petition = world.forwarded()
        second = world.drafted_reply(petition, kind="interim", result="not_resolved")
        first = world.drafted_reply(petition)
        second.change(kind="final")
        documents.clear(documents.submit(second.document, by=world.drafter), by=world.head)
        issue(world, first)

        with refused("đã được trả lời tại"):
            documents.issue(second.document, by=world.registrar)

        assert fresh(petition).result == "resolved"

    def test_those_who_help_are_released(self, world):
        world_petition = world.forwarded(points=["Một.", "Hai."], coordinating=[world.other_department])

        issue(world, world.drafted_reply(world_petition))

        helpers = Assignment.objects.filter(part="coordinating")
        assert {(a.status, a.ended_on, a.clock.stopped_on) for a in helpers} == {("answered", world.today, world.today)}

    def test_a_helper_who_returned_it_stays_returned(self, world):
        petition = world.forwarded(coordinating=[world.other_department])
        helper = Assignment.objects.get(part="coordinating")
        petitions.return_(helper, by=world.other_drafter, reason="other", explanation="x")

        issue(world, world.drafted_reply(petition))

        assert fresh(helper).status == "returned"

    def test_the_timeline_tells_of_it(self, world):
        petition = world.forwarded()

        issue(world, world.drafted_reply(petition))

        assert said(petition)[-1] == "Sở Xây dựng tỉnh Ninh Bình trả lời tại 01/SXD-HTKT: Đã giải quyết xong"
        assert petition.events.first().actor == world.registrar

    def test_a_letter_dated_earlier_counts_from_its_day(self, world):
        day = world.today - timedelta(days=1)
        petition = world.forwarded()

        issue(world, world.drafted_reply(petition), on=day)

        assert fresh(petition).answered_on == day
        assert Assignment.objects.get().clock.stopped_on == day

    def test_from_then_on_it_is_read_only(self, world):
        reply = world.drafted_reply(world.forwarded(), world.forwarded())
        document = issue(world, reply)
        reply = fresh(reply)
        answer = reply.answers.first()
        acts = [
            lambda: workflow.save(
                reply, by=world.drafter, revision=2, opening="", closing="", kind="final", answers={}
            ),
            lambda: workflow.leave_out(reply, answer.point.petition, by=world.drafter),
            lambda: workflow.attach(answer, picture(), by=world.drafter),
            lambda: documents.rewrite(document, by=world.drafter, subject="khác"),
        ]

        for act in acts:
            with refused("Chỉ sửa được khi còn là dự thảo."):
                act()
        for step, user in (("withdraw", world.drafter), ("abandon", world.drafter), ("send_back", world.head),
                           ("clear", world.head), ("issue", world.registrar)):  # fmt: skip
            assert documents.DOCUMENTS.refusal(step, document, user)

    @pytest.mark.usefixtures("printed")
    def test_the_printed_letter_holds_question_answer_and_result(self, world):
        petition = world.forwarded(voter={"voter_name": "Trần Thị Bưởi"}, verbatim="Xin cái đèn.")

        document = issue(world, world.drafted_reply(petition))

        text = printed(document)
        for words in (
            "SỞ XÂY DỰNG",
            "Số: 01/SXD-HTKT",
            f"Kiến nghị số {petition.code}: cử tri Trần Thị Bưởi",
            "“Xin cái đèn.”",
            "Sở đã lắp đèn.",
            "Kết quả: đã giải quyết xong.",
            "KT. GIÁM ĐỐC",
        ):
            assert words in text


class TestWhoDoesWhat:
    def test_the_drafter_neither_clears_nor_issues(self, world):
        document = documents.submit(world.drafted_reply(world.forwarded()).document, by=world.drafter)

        with refused("Vai trò của bạn không được phép thực hiện: Duyệt."):
            documents.clear(document, by=world.drafter)
        document = documents.clear(document, by=world.head)
        with refused("Vai trò của bạn không được phép thực hiện: Cấp số và ban hành."):
            documents.issue(document, by=world.drafter)

    def test_somebody_with_both_roles_does_not_clear_the_own_letter(self, world):
        both = person("both", (world.department, Role.DRAFTER), (world.department, Role.HEAD))
        reply = workflow.draft(agency=world.department, petition_list=[world.forwarded()], by=both, signer=world.deputy)
        answer = {"text": "Xong.", "result": "explained"}
        workflow.save(
            reply, by=both, revision=1, opening="", closing="", kind="final", answers={reply.answers.get().pk: answer}
        )
        document = documents.submit(reply.document, by=both)

        with refused("Người soạn không được tự duyệt văn bản của mình. Cần người khác duyệt."):
            documents.clear(document, by=both)
        assert documents.clear(document, by=world.head).cleared_by == world.head

    @pytest.mark.parametrize("after", ["submit", "clear"])
    def test_the_head_sends_it_back_with_the_reason(self, world, after):
        reply = world.drafted_reply(world.forwarded())
        document = documents.submit(reply.document, by=world.drafter)
        if after == "clear":
            document = documents.clear(document, by=world.head)

        document = documents.send_back(document, by=world.head, reason="Ghi rõ vị trí đèn")

        assert (document.status, document.return_reason, document.cleared_by) == ("draft", "Ghi rõ vị trí đèn", None)
        assert document.history.first().history_change_reason == "Ghi rõ vị trí đèn"
        with refused("chưa sửa gì so với bản bị trả lại"):
            documents.submit(document, by=world.drafter)
        answered = documents.submit(document, by=world.drafter, answer="Vị trí ghi tại Phụ lục")
        assert answered.return_reason == ""
        assert Assignment.objects.get().status == "sent"


class TestAnInterimReply:
    def test_it_closes_nothing(self, world):
        petition = world.forwarded(coordinating=[world.other_department])

        issue(world, world.drafted_reply(petition, kind="interim", result="in_progress"))

        petition = fresh(petition)
        assert (petition.result, petition.answered_on) == ("", None)
        assert {p.result for p in petition.points.all()} == {""}
        assert set(Assignment.objects.values_list("status", "clock__stopped_on")) == {("sent", None)}
        assert said(petition)[-1] == "Sở Xây dựng tỉnh Ninh Bình trả lời bước đầu tại 01/SXD-HTKT"

    def test_the_final_reply_follows(self, world):
        petition = world.forwarded()
        issue(world, world.drafted_reply(petition, kind="interim", result="in_progress"))

        issue(world, world.drafted_reply(petition))

        assert fresh(petition).result == "resolved"
        assert Reply.objects.count() == 2


class TestASupplementaryReply:
    def test_it_changes_the_result_but_not_the_day_of_the_answer(self, world):
        first = world.today - timedelta(days=1)
        petition = world.answered(on=first, answer={"result": "in_progress", "roadmap_on": world.today})

        issue(world, world.drafted_reply(petition, kind="supplementary"))

        petition = fresh(petition)
        assert (petition.result, petition.answered_on, petition.result_on) == ("resolved", first, world.today)
        assert petition.points.get().roadmap_on is None

    def test_the_clock_stands_where_the_first_answer_stopped_it(self, world):
        first = world.today - timedelta(days=1)
        petition = world.answered(on=first, answer={"result": "in_progress"})

        issue(world, world.drafted_reply(petition, kind="supplementary"))

        assignment = Assignment.objects.get()
        assert assignment.clock.stopped_on == first
        assert assignment.clock.events.filter(kind="stopped").count() == 1


class TestSeveralPetitions:
    def test_one_letter_answers_three_and_leaves_one_out(self, world):
        answered = [world.forwarded(points=["Một.", "Hai."]), world.forwarded()]
        left_out = world.forwarded()
        reply = world.drafted_reply(answered[0], left_out, answered[1])

        workflow.leave_out(reply, left_out, by=world.drafter)
        document = issue(world, reply)

        assert {p: p.result for p in Petition.objects.all()} == {
            answered[0]: "resolved", answered[1]: "resolved", left_out: "",
        }  # fmt: skip
        assert Document.objects.filter(purpose="reply").get() == document
        assert Assignment.objects.waiting().get().point.petition == left_out
        for petition in answered:
            assert document.number_and_symbol in said(petition)[-1]
        assert document.number_and_symbol not in said(left_out)[-1]

    def test_they_are_told_in_the_words_of_one_letter(self, world):
        petitions_answered = [world.forwarded(title=f"Đèn số {number}") for number in (1, 2)]

        body = fresh(issue(world, world.drafted_reply(*petitions_answered))).body

        for number, petition in enumerate(petitions_answered, start=1):
            assert f"<h3>{number}. Kiến nghị số {petition.code}: Đèn số {number}</h3>" in body
        assert body.count("Trân trọng./.") == 1


class TestTwoAgencies:
    def test_the_petition_is_answered_when_both_have_answered(self, world):
        petition = world.classified(points=["Một.", "Hai."])
        first, second = petition.points.all()
        forwarding = petitions.draft_forwarding(
            by=world.officer, issuer=world.standing, addressee=world.ubnd, due_on=world.today, signer=world.chair,
            plan={first: (world.department, []), second: (world.other_department, [])},
        )  # fmt: skip
        world.issue(forwarding.document, world.officer, world.leader, world.officer)

        issue(world, world.drafted_reply(petition))

        petition = fresh(petition)
        assert (petition.result, petition.answered_on) == ("", None)
        assert said(petition)[-1].endswith(": còn nội dung chưa trả lời")

        signer = Official.objects.create(agency=world.other_department, name="A", post="Giám đốc", authority="head")
        reply = workflow.draft(
            agency=world.other_department, petition_list=[petition], by=world.other_drafter, signer=signer
        )
        workflow.save(
            reply, by=world.other_drafter, revision=1, opening="", closing="", kind="final",
            answers={reply.answers.get().pk: {"text": "Chưa làm được.", "result": "not_resolved"}},
        )  # fmt: skip
        head = person("other-head", (world.other_department, Role.HEAD))
        registrar = person("other-registrar", (world.other_department, Role.REGISTRAR))
        world.issue(reply.document, world.other_drafter, head, registrar)

        petition = fresh(petition)
        assert (petition.result, petition.answered_on) == ("not_resolved", world.today)
