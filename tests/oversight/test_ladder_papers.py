"""oversight/laddering.py: the papers of the last steps: questioning, overseen again, the report to the council."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from documents import workflow as documents
from documents.models import Document
from oversight import laddering, workflow
from oversight.models import OversightPaper, Recommendation
from tests.kept import keeping
from tests.oversight.test_laddering import WHY, Rung, build, drafted, issued, taken

kept, asked = keeping(build)


@pytest.mark.parametrize(
    ("kind", "document_kind", "to", "said"),
    [
        (
            Rung.QUESTIONING,
            "CV",
            "Thường trực Hội đồng nhân dân tỉnh Ninh Bình",
            "đưa nội dung nêu trên vào nội dung chất vấn",
        ),
        (Rung.AGAIN, "CV", "Sở Xây dựng tỉnh Ninh Bình", "tổ chức giám sát lại việc thực hiện"),
        (Rung.REPORT, "BC", "Hội đồng nhân dân tỉnh Ninh Bình", "báo cáo Hội đồng nhân dân và đề nghị"),
    ],
)
def test_the_later_steps_are_drafted_as_documents_too_and_taken_when_issued(asked, kind, document_kind, to, said):
    taken(asked, Rung.URGED)

    step = drafted(asked, kind, answer_by=None if kind == Rung.REPORT else asked.world.today + timedelta(days=9))

    document = Document.objects.get(pk=step.document_id)
    addressees = list(document.addressees.filter(is_copy=False).values_list("name", flat=True))
    assert (document.kind, addressees, step.taken_on) == (document_kind, [to], None)
    assert said in document.body
    assert "Lắp đèn còn thiếu." in document.body
    assert "urged số 1" in document.body
    step = issued(asked, step)
    assert (step.taken_on, step.written) == (asked.world.today, Document.objects.get(pk=document.pk).number_and_symbol)


def test_the_standing_committee_asks_the_agency_itself_to_answer_at_the_session(asked):
    visit = asked.late.working_session
    visit.delegation.change(body=asked.world.standing)
    recommendation = Recommendation.objects.get(pk=asked.late.pk)

    step = laddering.draft(
        recommendation, by=asked.world.officer, kind=Rung.QUESTIONING, signer=asked.world.chair, reason=WHY,
        answer_by=asked.world.today + timedelta(days=9),
    )  # fmt: skip

    assert step.addressee == asked.world.department
    assert "chuẩn bị trả lời chất vấn" in Document.objects.get(pk=step.document_id).body


# Its text


def test_a_letter_is_edited_as_text_and_what_was_written_is_issued(asked, as_):
    client, world = as_(asked.world.officer), asked.world
    step = drafted(asked, words="Gửi kèm ảnh hiện trạng.")
    paper = OversightPaper.objects.get(document=step.document)
    assert "Gửi kèm ảnh hiện trạng." in paper.text

    text = paper.text.replace("khẩn trương thực hiện", "thực hiện xong trước mùa mưa")
    client.post(paper.get_absolute_url(), {"text": text, "revision": paper.revision})
    assert client.get(paper.get_absolute_url()).context["news"] == []
    step = issued(asked, step)

    assert step.taken_on == world.today
    assert "thực hiện xong trước mùa mưa" in Document.objects.get(pk=step.document_id).body
    history = reverse("common:history", args=["oversight", "oversightpaper", paper.pk])
    assert "khẩn trương thực hiện" in as_(world.officer).get(history).content.decode()
    assert "khẩn trương thực hiện" not in as_(world.head).get(history).content.decode()


def test_a_record_that_changed_is_taken_in_or_left_before_the_letter_goes(asked):
    world, step = asked.world, drafted(asked)
    paper = OversightPaper.objects.get(document=step.document)
    workflow.save_paper(paper, by=world.officer, revision=1, text=paper.text + "\nNơi nhận biết.")
    Recommendation.objects.filter(pk=asked.late.pk).update(product="biên bản nghiệm thu")

    with pytest.raises(PermissionDenied, match="Hồ sơ"):
        documents.submit(step.document, by=world.officer)
    taken_in, clashes = workflow.take_in(OversightPaper.objects.get(pk=paper.pk), by=world.officer)

    assert clashes == 0
    assert "kèm biên bản nghiệm thu" in taken_in.text
    assert taken_in.text.endswith("Nơi nhận biết.")
    documents.submit(Document.objects.get(pk=step.document_id), by=world.officer)


def test_a_letter_drafted_before_texts_were_kept_is_drawn_when_it_is_submitted(asked):
    step = drafted(asked)
    OversightPaper.objects.filter(document=step.document).delete()

    issued(asked, step)

    assert "Lắp đèn còn thiếu." in OversightPaper.objects.get(document=step.document).text
