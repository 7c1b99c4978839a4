"""Evidence files: who adds them, who reads them, what is taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import workflow as documents
from responses import workflow
from responses.models import Answer, EvidenceFile
from tests.kept import keeping
from tests.oversight import visits
from tests.records import picture
from tests.refusals import refused
from tests.world import World


def build():
    world = World()
    petition = world.forwarded(coordinating=[world.ubnd])
    return world, petition, world.drafted_reply(petition)


kept, copied = keeping(build)


@pytest.fixture
def world(copied):
    return copied[0]


@pytest.fixture
def petition(copied):
    return copied[1]


@pytest.fixture
def reply(copied):
    return copied[2]


@pytest.fixture
def evidence(world, reply):
    return workflow.attach(reply.answers.get(), picture("Biên bản nghiệm thu.png"), by=world.drafter)


def send(client, reply, file):
    address = reverse("responses:attach", args=[reply.answers.get().pk])
    return client.post(address, {"file": file} if file else {}, follow=True)


def address(evidence):
    return reverse("responses:evidence", args=[evidence.pk])


def status(client, evidence):
    """The status of a download, read to its end so that the file is closed."""
    response = client.get(address(evidence))
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


def test_nothing_is_added_to_a_letter_submitted_while_the_file_was_chosen(world, reply):
    answer = Answer.objects.select_related("reply__document").get(reply=reply)
    documents.submit(reply.document, by=world.drafter)

    with refused("Chỉ sửa được khi còn là dự thảo"):
        workflow.attach(answer, picture("den.png"), by=world.drafter)


class TestAdding:
    def test_a_file_stands_with_its_answer(self, world, reply, as_):
        response = send(as_(world.drafter), reply, picture("den.png"))

        file = EvidenceFile.objects.get()
        assert response.redirect_chain == [(reply.get_absolute_url(), 302)]
        assert "Đã thêm minh chứng." in response.content.decode()
        assert (file.answer, file.upload.name, file.upload.content_type) == (
            reply.answers.get(), "den.png", "image/png",
        )  # fmt: skip
        assert file.history.get().history_user == world.drafter

    @pytest.mark.parametrize(
        ("file", "why"),
        [
            (None, "Hãy chọn tệp trước."),
            (SimpleUploadedFile("a.exe", b"MZ"), "Chỉ nhận các loại tệp:"),
            (SimpleUploadedFile("a.html", b"<script>"), "Chỉ nhận các loại tệp:"),
            (SimpleUploadedFile("a.pdf", b"<script>"), "Nội dung của “a.pdf” không đúng với đuôi tệp."),
        ],
        ids=["none", "program", "page", "disguised"],
    )
    def test_what_cannot_be_taken_is_refused_in_words(self, world, reply, as_, file, why):
        assert why in send(as_(world.drafter), reply, file).content.decode()
        assert not EvidenceFile.objects.exists()

    @pytest.mark.parametrize("who", ["head", "registrar"])
    def test_others_of_the_agency_add_none(self, world, reply, as_, who):
        response = send(as_(getattr(world, who)), reply, picture())

        assert response.status_code == 403
        assert not EvidenceFile.objects.exists()

    @pytest.mark.parametrize("who", ["other_drafter", "officer", "delegate"])
    def test_who_does_not_see_the_draft_finds_nothing(self, world, reply, as_, who):
        assert send(as_(getattr(world, who)), reply, picture()).status_code == 404

    def test_only_to_a_draft(self, world, reply):
        documents.submit(reply.document, by=world.drafter)

        with refused("Chỉ sửa được khi còn là dự thảo."):
            workflow.attach(Answer.objects.get(), picture(), by=world.drafter)


class TestReading:
    #: Before the letter is issued, and after.
    READERS = {
        "drafter": (200, 200),
        "head": (200, 200),
        "registrar": (200, 200),
        "officer": (404, 200),
        "leader": (404, 200),
        "member": (404, 200),
        "delegate": (404, 200),
        "other_drafter": (404, 404),
    }

    @pytest.mark.parametrize("who", READERS)
    def test_who_reads_it_before_and_after_the_issue(self, world, reply, evidence, as_, who):
        visits.delegation(world)
        client = as_(getattr(world, who))

        before = status(client, evidence)
        world.issue(reply.document, world.drafter, world.head, world.registrar)

        assert (before, status(client, evidence)) == self.READERS[who]

    def test_an_agency_that_helped_reads_it_after_the_issue(self, world, as_):
        petition = world.forwarded(coordinating=[world.other_department])
        reply = world.drafted_reply(petition)
        file = workflow.attach(reply.answers.get(), picture(), by=world.drafter)
        client = as_(world.other_drafter)

        assert client.get(address(file)).status_code == 404
        world.issue(reply.document, world.drafter, world.head, world.registrar)
        assert b"".join(client.get(address(file)).streaming_content).startswith(b"\x89PNG")
        assert file.upload.name in client.get(petition.get_absolute_url()).content.decode()

    def test_another_council_never_does(self, world, elsewhere, reply, evidence, as_):
        world.issue(reply.document, world.drafter, world.head, world.registrar)

        for user in elsewhere.people.values():
            assert as_(user).get(address(evidence)).status_code == 404

    def test_it_comes_as_a_file_no_browser_runs(self, world, evidence, as_):
        response = as_(world.drafter).get(address(evidence))

        assert b"".join(response.streaming_content).startswith(b"\x89PNG\r\n")
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("attachment;")
        assert "Bi%C3%AAn%20b%E1%BA%A3n" in response["Content-Disposition"]

    def test_what_was_taken_out_of_the_letter_is_gone(self, world, as_):
        petition = world.forwarded()
        reply = world.drafted_reply(petition, world.forwarded())
        file = workflow.attach(reply.answers.get(point__petition=petition), picture(), by=world.drafter)
        workflow.leave_out(reply, petition, by=world.drafter)

        assert as_(world.drafter).get(address(file)).status_code == 404
