"""How a letter came about is read by its makers; others read of it from its issue on."""

import pytest

from documents import workflow as documents
from responses import reviewing, workflow
from responses.models import Answer, Assessment
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World


def build():
    """A reply first drafted rashly, sent back, put right and issued."""
    world = World()
    reply = world.drafted_reply(world.forwarded(), text="Bản nháp vội.")
    document = documents.submit(reply.document, by=world.drafter)
    documents.send_back(document, by=world.head, reason="Đừng hứa như thế.")
    reply.refresh_from_db()
    frame = {"revision": reply.revision, "opening": reply.opening, "closing": reply.closing, "kind": reply.kind}
    answers = {row.pk: {"text": "Bản đã sửa."} for row in reply.answers.all()}
    workflow.save(reply, by=world.drafter, answers=answers, **frame)
    document.refresh_from_db()
    world.issue(document, world.drafter, world.head, world.registrar)
    visits.delegation(world)
    return world, reply


kept, copied = keeping(build)


@pytest.fixture
def world(copied):
    return copied[0]


@pytest.fixture
def pages(copied, as_):
    """`pages(user)`: the history pages of the letter, its reply and its answers, in one text."""
    reply = copied[1]
    records = [("responses/reply", reply.pk), ("documents/document", reply.document_id)]
    records += [("responses/answer", answer.pk) for answer in reply.answers.all()]

    def read(user):
        answers = [as_(user).get(f"/history/{name}/{pk}/") for name, pk in records]
        assert {answer.status_code for answer in answers} == {200}
        return " ".join(answer.content.decode() for answer in answers)

    return read


@pytest.mark.parametrize("who", ["drafter", "head", "registrar"])
def test_its_makers_read_every_draft_and_why_it_came_back(world, pages, who):
    page = pages(getattr(world, who))

    assert "Bản nháp vội." in page
    assert "Đừng hứa như thế." in page


@pytest.mark.parametrize("who", ["officer", "leader", "delegate", "member"])
def test_others_read_of_it_from_its_issue_on(world, pages, who):
    page = pages(getattr(world, who))

    assert "Bản nháp vội." not in page
    assert "Đừng hứa như thế." not in page
    assert "Cấp số và ban hành" in page


def test_what_a_leader_marked_before_the_issue_stays_in_the_agency(world, as_):
    reply = world.drafted_reply(world.forwarded())
    reviewing.mark(reply.answers.get(), value="off", note="Lạc đề.", by=world.head)
    document = world.issue(reply.document, world.drafter, world.head, world.registrar)
    reviewing.mark(Answer.objects.get(reply=reply), value="partly", note="Hội đồng thấy thiếu.", by=world.officer)

    def page(user):
        return as_(user).get(document.get_absolute_url()).content.decode()

    assert "Lạc đề." in page(world.drafter)
    assert "Lạc đề." not in page(world.delegate)
    assert "Hội đồng thấy thiếu." in page(world.delegate)
    assert Assessment.objects.visible_to(world.delegate).count() == 1
