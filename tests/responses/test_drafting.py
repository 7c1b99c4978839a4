"""responses/workflow.py: what can be drafted, what is kept, what is left out."""

import pytest

from documents import workflow as documents
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import promising, reviewing, workflow
from responses.models import Answer, Assessment, Commitment, EvidenceFile, PassageComment, Reply
from tests.kept import keeping, ready
from tests.records import picture
from tests.refusals import refused
from tests.world import person

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)


def draft(world, *petition_list, **details):
    defaults = {"agency": world.department, "by": world.drafter}
    return workflow.draft(petition_list=list(petition_list), **{**defaults, **details})


def save(reply, world, *, answers=None, **changes):
    reply.refresh_from_db()
    frame = {"revision": reply.revision, "opening": reply.opening, "closing": reply.closing, "kind": reply.kind}
    return workflow.save(reply, by=world.drafter, answers=answers or {}, **{**frame, **changes})


class TestWhatCanBeDrafted:
    def test_an_empty_answer_for_each_point_that_waits(self, world):
        petition = world.forwarded(points=["Đề nghị lắp đèn. Gấp.", "Sửa cầu"])

        reply = draft(world, petition)

        answers = reply.answers.in_letter_order()
        assert [(a.point.number, a.heading, a.text, a.result) for a in answers] == [
            (1, "Về việc lắp đèn", "", ""),
            (2, "Về việc sửa cầu", "", ""),
        ]
        assert (reply.kind, reply.revision, reply.document.status) == ("final", 1, "draft")

    def test_the_frame_of_the_letter_is_written(self, world):
        petition = world.forwarded()
        letter = Assignment.objects.get().forwarding.document

        reply = draft(world, petition, drafting_unit="HTKT")

        assert reply.opening.startswith(f"Thực hiện Công văn số {letter.number_and_symbol} ngày ")
        assert reply.opening.endswith(
            f" của Thường trực Hội đồng nhân dân tỉnh Ninh Bình về việc {letter.subject}, "
            "Sở Xây dựng tỉnh Ninh Bình trả lời như sau:"
        )
        assert reply.closing == (
            "Trên đây là nội dung trả lời kiến nghị của cử tri, Sở Xây dựng tỉnh Ninh Bình kính báo cáo "
            "Thường trực Hội đồng nhân dân tỉnh Ninh Bình."
        )
        assert reply.document.subject == "trả lời ý kiến, kiến nghị của cử tri"
        assert reply.document.symbol == "SXD-HTKT"
        assert [to.agency for to in reply.document.addressees.all()] == [world.standing]

    def test_several_petitions_stand_in_the_order_chosen(self, world):
        first, second = world.forwarded(points=["Một.", "Hai."]), world.forwarded()

        reply = draft(world, second, first)

        order = [(a.point.petition, a.point.number) for a in reply.answers.in_letter_order()]
        assert order == [(second, 1), (first, 1), (first, 2)]
        assert reply.document.subject == "trả lời các ý kiến, kiến nghị của cử tri"

    def test_only_points_the_agency_leads(self, world):
        petition = world.classified(points=["Một.", "Hai."])
        first, second = petition.points.all()
        forwarding = petitions.draft_forwarding(
            by=world.officer, issuer=world.standing, addressee=world.department, due_on=world.today, signer=world.chair,
            plan={first: (world.department, []), second: (world.other_department, [world.department])},
        )  # fmt: skip
        world.issue(forwarding.document, world.officer, world.leader, world.officer)

        assert [a.point for a in draft(world, petition).answers.all()] == [first]

    def test_an_accepted_point_waits_as_well(self, world):
        petition = world.forwarded()
        petitions.accept(Assignment.objects.get(), by=world.drafter)

        assert draft(world, petition).answers.count() == 1

    @pytest.mark.parametrize("state", ["classified", "planned", "returned", "answered", "led by another"])
    def test_nothing_else(self, world, state):
        if state == "led by another":
            petition = world.forwarded(lead=world.other_department, coordinating=[world.department])
        elif state in ("classified", "planned"):
            petition = world.classified()
            if state == "planned":
                world.planned(petition)
        elif state == "answered":
            petition = world.answered()
        else:
            petition = world.forwarded()
            petitions.return_(Assignment.objects.get(), by=world.drafter, reason="other", explanation="x")
        before = Reply.objects.count()

        with refused(f"{petition.code} không có nội dung nào đang chờ Sở Xây dựng tỉnh Ninh Bình trả lời."):
            draft(world, petition)
        assert Reply.objects.count() == before

    def test_nothing_at_all_is_refused(self, world):
        with refused("Hãy chọn ít nhất một kiến nghị để trả lời."):
            draft(world)

    def test_one_that_cannot_be_answered_stops_the_whole_letter(self, world):
        with refused("không có nội dung nào đang chờ"):
            draft(world, world.forwarded(), world.classified())

        assert not Reply.objects.exists()

    def test_only_the_drafter_of_the_agency(self, world):
        petition = world.forwarded()
        for role, user in [*world.people.items(), ("other", world.other_drafter)]:
            if role != "drafter":
                with refused("Vai trò của bạn không được soạn văn bản trả lời của Sở Xây dựng tỉnh Ninh Bình."):
                    draft(world, petition, by=user)

    def test_a_point_already_answered_in_a_draft_is_not_drafted_again(self, world):
        petition, other = world.forwarded(), world.forwarded()
        first = world.drafted_reply(petition)

        words = (
            f"Nội dung 1 của {petition.code} đang được trả lời trong dự thảo của Người drafter: "
            "“trả lời ý kiến, kiến nghị của cử tri”."
        )
        with refused(words) as refusal:
            draft(world, other, petition)

        assert refusal.value.reply == first
        assert Reply.objects.get() == first

    @pytest.mark.parametrize("way", ["abandoned", "left out", "interim"])
    def test_it_is_drafted_again_once_no_final_reply_answers_it(self, world, way):
        petition = world.forwarded()
        reply = world.drafted_reply(petition, world.forwarded(), kind="interim" if way == "interim" else "final")
        if way == "abandoned":
            documents.abandon(reply.document, by=world.drafter)
        if way == "left out":
            workflow.leave_out(reply, petition, by=world.drafter)

        assert draft(world, petition).answers.count() == 1

    def test_a_supplement_is_for_what_was_answered(self, world):
        answered, waiting = world.answered(), world.forwarded()

        assert draft(world, answered, kind="supplementary").answers.count() == 1
        with refused(f"{waiting.code} không có nội dung nào đang chờ"):
            draft(world, waiting, kind="supplementary")


class TestSaving:
    def test_an_unfinished_draft_is_kept(self, world):
        reply = draft(world, world.forwarded(points=["Một.", "Hai."]))
        first, second = reply.answers.in_letter_order()

        save(reply, world, opening="", answers={first.pk: {"text": "Đang xem xét"}, second.pk: {"result": "resolved"}})

        first.refresh_from_db()
        second.refresh_from_db()
        reply.refresh_from_db()
        assert (first.text, first.result, second.text, second.result) == ("Đang xem xét", "", "", "resolved")
        assert (reply.opening, reply.revision) == ("", 2)
        assert "Đang xem xét" in reply.document.body

    def test_each_answer_remembers_who_and_why(self, world):
        reply = draft(world, world.forwarded())
        answer = reply.answers.get()

        save(reply, world, answers={answer.pk: {"text": "Xong."}})

        version = answer.history.first()
        assert (version.history_user, version.history_change_reason) == (world.drafter, "lưu dự thảo")

    def test_only_what_differs_leaves_a_row_of_history_and_every_save_counts(self, world):
        reply = world.drafted_reply(world.forwarded(points=["Một.", "Hai."]))
        first, second = reply.answers.in_letter_order()
        rows = [record.history.count() for record in (reply, first, second)]
        same = {"text": "Sở đã lắp đèn.", "result": "resolved", "reason": None, "roadmap_on": None}

        save(reply, world, answers={first.pk: {**same, "text": "Sở đã lắp 12 đèn."}, second.pk: same})
        assert [record.history.count() for record in (reply, first, second)] == [rows[0], rows[1] + 1, rows[2]]
        save(reply, world, closing="Trân trọng.", answers={first.pk: {}, second.pk: same})
        assert [record.history.count() for record in (reply, first, second)] == [rows[0] + 1, rows[1] + 1, rows[2]]

        reply.refresh_from_db()
        assert (reply.revision, reply.closing) == (4, "Trân trọng.")

    def test_a_save_that_changes_nothing_makes_no_version(self, world):
        reply = world.drafted_reply(world.forwarded())

        again = save(reply, world, answers={answer.pk: {"text": answer.text} for answer in reply.answers.all()})

        assert again.revision == reply.revision
        assert reply.versions.filter(revision=reply.revision).count() == 1

    def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self, world):
        reply = draft(world, world.forwarded())
        answer = reply.answers.get()
        opened_at = reply.revision
        save(reply, world, answers={answer.pk: {"text": "Của người thứ nhất."}})

        with refused("Trong lúc này người khác đã lưu dự thảo. Cả hai bản ở bên dưới: hãy ghép lại rồi lưu."):
            save(reply, world, revision=opened_at, answers={answer.pk: {"text": "Của người thứ hai."}})

        answer.refresh_from_db()
        reply.refresh_from_db()
        assert (answer.text, reply.revision) == ("Của người thứ nhất.", 2)

    def test_answers_of_another_letter_are_not_touched(self, world):
        reply, other = draft(world, world.forwarded()), draft(world, world.forwarded())
        foreign = other.answers.get()

        save(reply, world, answers={foreign.pk: {"text": "Lạc."}})

        foreign.refresh_from_db()
        assert foreign.text == ""

    def test_only_the_drafters_of_the_agency(self, world):
        reply = draft(world, world.forwarded())
        for user in (world.head, world.registrar, world.other_drafter, world.officer):
            with refused("Vai trò của bạn không được soạn văn bản của Sở Xây dựng tỉnh Ninh Bình."):
                workflow.save(reply, by=user, revision=1, opening="", closing="", kind="final", answers={})

    def test_a_colleague_may_go_on(self, world):
        reply = draft(world, world.forwarded())
        colleague = person("colleague", (world.department, "drafter"))

        workflow.save(reply, by=colleague, revision=1, opening="Kính gửi", closing="", kind="final", answers={})

        reply.refresh_from_db()
        assert reply.opening == "Kính gửi"

    def test_a_cleared_one_goes_back_by_a_change_and_only_by_one(self, world):
        reply = world.drafted_reply(world.forwarded())
        documents.clear(documents.submit(reply.document, by=world.drafter), by=world.head)

        assert save(reply, world, opening=reply.opening).document.status == "cleared"
        assert Reply.objects.get().revision == reply.revision
        saved = save(reply, world, opening="Sửa sau khi duyệt.")

        assert (saved.document.status, saved.opening) == ("draft", "Sửa sau khi duyệt.")
        assert "sửa sau khi duyệt" in saved.document.history.values_list("history_change_reason", flat=True)

    def test_another_result_is_a_change_though_the_text_stays(self, world):
        reply = world.drafted_reply(world.forwarded())
        answer = reply.answers.get()
        documents.send_back(documents.submit(reply.document, by=world.drafter), by=world.head, reason="sai kết quả")
        save(reply, world, answers={answer.pk: {"directive_document": "Công văn 3/UBND-KT"}})

        assert documents.submit(reply.document, by=world.drafter).status == "submitted"

    @pytest.mark.parametrize("status", ["submitted", "issued", "abandoned"])
    def test_only_a_draft(self, world, status):
        reply = world.drafted_reply(world.forwarded())
        if status == "abandoned":
            documents.abandon(reply.document, by=world.drafter)
        else:
            documents.submit(reply.document, by=world.drafter)
        if status == "issued":
            documents.clear(reply.document, by=world.head)
            documents.issue(reply.document, by=world.registrar)

        with refused("Chỉ sửa được khi còn là dự thảo. Hãy đề nghị trả lại trước."):
            save(reply, world, opening="Muộn rồi.")


class TestLeavingOut:
    def test_the_petition_waits_as_before(self, world):
        first, second = world.forwarded(points=["Một.", "Hai."]), world.forwarded()
        reply = world.drafted_reply(first, second)
        workflow.attach(reply.answers.filter(point__petition=first).first(), picture(), by=world.drafter)

        workflow.leave_out(reply, first, by=world.drafter)

        assert [answer.point.petition for answer in reply.answers.all()] == [second]
        assert not EvidenceFile.objects.exists()
        reply.document.refresh_from_db()
        assert first.code not in reply.document.body
        assert second.code in reply.document.body
        assert workflow.draft_refusal(first, world.department, world.drafter) == ""

    def test_who_had_the_draft_open_is_told_before_anything_is_saved_over_it(self, world):
        first = world.forwarded()
        reply = world.drafted_reply(first, world.forwarded())
        open_since = reply.revision

        workflow.leave_out(reply, first, by=world.drafter)

        with pytest.raises(workflow.ChangedMeanwhileError):
            workflow.save(
                reply, by=world.drafter, revision=open_since, opening="", closing="", kind=reply.kind, answers={}
            )
        before, after = reply.versions.get(revision=open_since), reply.versions.get(revision=open_since + 1)
        assert f"{first.points.get()}" in before.texts.keys() - after.texts.keys()

    def test_what_was_promised_remarked_and_marked_goes_along_and_stays_in_the_history(self, world):
        first = world.forwarded()
        reply = world.drafted_reply(first, world.forwarded())
        answer = reply.answers.get(point__petition=first)
        promising.confirm(answer, quote="Sở đã lắp đèn.", due_on=world.today, by=world.drafter)
        reviewing.comment(answer, text="Lắp mấy đèn?", by=world.head)
        reviewing.mark(answer, value="partly", note="", by=world.head)

        workflow.leave_out(reply, first, by=world.drafter)

        assert [a.point.petition == first for a in reply.answers.all()] == [False]
        for model in (Commitment, PassageComment, Assessment):
            assert not model.objects.exists()
            last = model.history.first()
            assert (last.history_type, last.history_user, last.history_change_reason) == (
                "-", world.drafter, "rút kiến nghị khỏi công văn",
            )  # fmt: skip

    def test_a_letter_that_lost_a_commented_petition_goes_out_without_it(self, world):
        taken_away, kept = world.forwarded(), world.forwarded()
        reply = world.drafted_reply(taken_away, kept)
        reviewing.comment(reply.answers.get(point__petition=taken_away), text="Có phải của Sở?", by=world.head)
        held = Assignment.objects.get(point__petition=taken_away)
        petitions.return_(held, by=world.drafter, reason="not_competent", explanation="Không thuộc Sở.")
        with refused("Hãy rút ra khỏi công văn."):
            documents.submit(reply.document, by=world.drafter)

        workflow.leave_out(reply, taken_away, by=world.drafter)

        assert world.issue(reply.document, world.drafter, world.head, world.registrar).is_issued

    def test_what_was_written_stays_in_the_history(self, world):
        first = world.forwarded()
        reply = world.drafted_reply(first, world.forwarded())
        gone = reply.answers.get(point__petition=first).pk

        workflow.leave_out(reply, first, by=world.drafter)

        last = Answer.history.filter(id=gone).first()
        assert (last.history_type, last.text) == ("-", "Sở đã lắp đèn.")
        assert last.history_change_reason == "rút kiến nghị khỏi công văn"

    def test_the_only_petition_stays(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])
        reply = world.drafted_reply(petition)

        with refused("Đây là kiến nghị duy nhất trong công văn. Hãy bỏ cả dự thảo."):
            workflow.leave_out(reply, petition, by=world.drafter)

        assert reply.answers.count() == 2

    def test_only_from_a_draft_and_only_by_its_drafters(self, world):
        first = world.forwarded()
        reply = world.drafted_reply(first, world.forwarded())

        with refused("Vai trò của bạn không được soạn văn bản"):
            workflow.leave_out(reply, first, by=world.head)
        reply.document = documents.submit(reply.document, by=world.drafter)
        with refused("Chỉ sửa được khi còn là dự thảo."):
            workflow.leave_out(reply, first, by=world.drafter)
