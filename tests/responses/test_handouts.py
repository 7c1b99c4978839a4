"""An agency answers in a workbook: it accepts, returns and drafts as on the pages, and nobody else reads its drafts."""

import pytest
from django.core.exceptions import ValidationError

from petitions import handouts
from petitions.models import Assignment, PetitionEvent
from responses.models import Answer
from tests.kept import keeping
from tests.petitions.books import Book, brought_back, looked_at, states, taken_over
from tests.world import World


def build():
    world = World("kept", "tỉnh Ninh Bình")
    world.one = world.forwarded(points=["Đề nghị lắp đèn.", "Đề nghị sửa cầu."])
    world.two = world.forwarded()
    world.handout = handouts.hand_out(world.department, council_session=world.session, by=world.drafter)
    return world


kept, world = keeping(build)
ANSWER = {"answer": "Sở đã lắp đèn.", "result": "Đã giải quyết xong", "evidence": "Biên bản số 5"}


@pytest.fixture
def book(world):
    return Book(world.handout, world.drafter)


def code(petition, number=1):
    return f"{petition.code}.{number}"


def test_the_workbook_holds_each_point_that_waits(world, book):
    codes = [row[book.column("code") - 1] for row in book.rows()[1:]]

    assert codes == [code(world.one), code(world.one, 2), code(world.two)]


def test_points_are_accepted_returned_and_answered_in_one_draft(world, book):
    book.put(code(world.one), decision="Nhận", **ANSWER)
    book.put(code(world.one, 2), answer="Đang lập dự án.", result="Đang giải quyết", roadmap_on="30/6/2030")
    book.put(code(world.two), decision="Trả lại", why="không thuộc thẩm quyền", explanation="Thuộc Sở Y tế")

    back = taken_over(brought_back(book.saved(), world.drafter, "sxd.xlsx"), world.drafter)

    assert set(states(back, world.drafter).values()) == {"done"}
    held = Assignment.objects.filter(point__petition__in=[world.one, world.two]).order_by("pk")
    assert [assignment.status for assignment in held] == ["accepted", "sent", "returned"]
    first, second = Answer.objects.order_by("point__number")
    assert first.reply == second.reply
    assert (first.text, first.result, first.evidence) == ("Sở đã lắp đèn.", "resolved", "Biên bản số 5")
    assert (second.result, f"{second.roadmap_on:%d/%m/%Y}") == ("in_progress", "30/06/2030")
    assert "sxd.xlsx" in first.history.first().history_change_reason
    assert first.reply.document.drafted_by == world.drafter


def test_a_draft_changed_on_the_page_meanwhile_is_not_overwritten(world, book):
    book.put(code(world.two), answer="Trong tệp")
    back = brought_back(book.saved(), world.drafter)
    world.drafted_reply(world.two, text="Trên trang")

    state, cells, _problem = looked_at(back, world.drafter)[code(world.two)]
    taken_over(back, world.drafter)

    assert (state, cells["answer"]) == ("conflict", ("", "Trên trang", "Trong tệp"))
    assert Answer.objects.get(point__petition=world.two).text == "Trên trang"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"decision": "Trả lại"}, "Chọn một lý do trong danh sách."),
        ({"decision": "có lẽ"}, "Chọn nhận hay trả lại nội dung này."),
        ({"result": "xong rồi"}, "Chọn một kết quả trong danh sách."),
        ({"roadmap_on": "31/11/2030"}, "nhập một ngày có thật"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_cell(world, book, cells, why):
    back = brought_back(book.put(code(world.two), **cells).saved(), world.drafter)

    state, _cells, problem = looked_at(back, world.drafter)[code(world.two)]

    assert state == "refused"
    assert why in problem


def test_the_head_may_accept_but_not_draft(world, book):
    book.put(code(world.one), decision="Nhận")
    book.put(code(world.two), answer="Sở đã sửa.")

    back = taken_over(brought_back(book.saved(), world.head), world.head)

    found = looked_at(back, world.head)
    assert found[code(world.one)][0] == "done"
    assert found[code(world.two)][2].startswith("Vai trò của bạn không được soạn")


def test_nobody_but_the_agency_brings_it_back_or_reads_its_drafts(world):
    world.drafted_reply(world.two, text="Còn trong Sở")
    made_by_secretariat = handouts.hand_out(world.department, council_session=world.session, by=world.officer)

    assert [row.values["answer"] for row in made_by_secretariat.rows.all()] == ["", "", ""]
    content = Book(made_by_secretariat, world.officer).content
    for person in (world.officer, world.other_drafter):
        with pytest.raises(ValidationError, match="cơ quan khác"):
            brought_back(content, person)


def test_the_timeline_tells_of_the_return_but_not_of_the_draft(world, book):
    book.put(code(world.one), **ANSWER)
    taken_over(brought_back(book.saved(), world.drafter), world.drafter)

    assert not PetitionEvent.objects.filter(petition=world.one, kind="handed_back").exists()
