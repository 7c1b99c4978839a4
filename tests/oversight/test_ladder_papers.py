"""oversight/laddering.py: the papers of the last steps: questioning, overseen again, the report to the council."""

from datetime import timedelta

import pytest

from documents.models import Document
from oversight import laddering
from oversight.models import Recommendation
from tests.kept import keeping
from tests.oversight.test_laddering import Rung, build, drafted, issued, taken

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
        recommendation, by=asked.world.officer, kind=Rung.QUESTIONING, signer=asked.world.chair,
        answer_by=asked.world.today + timedelta(days=9),
    )  # fmt: skip

    assert step.addressee == asked.world.department
    assert "chuẩn bị trả lời chất vấn" in Document.objects.get(pk=step.document_id).body
