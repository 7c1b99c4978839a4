"""responses/views.py: starting a letter, entering one that is signed already."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from responses.models import Reply
from tests.kept import keeping, ready
from tests.responses.letters import typed
from tests.world import any_page

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

CREATE = "/replies/create/"


@pytest.fixture
def drafter(world, as_):
    return as_(world.drafter)


def offered(form):
    return [key for key, _label in form.fields["petitions"].choices]


class TestStartingALetter:
    def test_what_is_still_owed_is_offered_and_the_search_finds_what_was_answered(self, world, drafter):
        waiting, answered = world.forwarded(), world.answered(title="Kiến nghị sửa cầu Gián")
        world.forwarded(lead=world.other_department, coordinating=[world.department], title="Kiến nghị sửa cầu Yên")
        world.planned(world.classified())

        form = drafter.get(CREATE).context["form"]
        found = drafter.post(CREATE, {"search": "1", "q": "sua cau"}).context["form"]

        assert offered(form) == [waiting.pk]
        assert form.fields["agency"].initial == world.department.pk
        assert offered(found) == [answered.pk]

    def test_a_search_loses_nothing_ticked_or_chosen(self, world, drafter):
        first, second = world.forwarded(), world.forwarded(title="Kiến nghị sửa cầu")

        page = drafter.post(CREATE, {"search": "1", "q": "cầu", "kind": "interim", "petitions": [first.pk]})

        form = page.context["form"]
        assert offered(form) == [first.pk, second.pk]
        assert (form["petitions"].value(), form["kind"].value()) == ([str(first.pk)], "interim")
        assert not form.errors
        assert Reply.objects.count() == 0

    def test_a_long_list_says_how_many_it_does_not_show(self, world, drafter, monkeypatch):
        monkeypatch.setattr("responses.forms.OFFERED", 1)
        for _petition in range(3):
            world.forwarded()

        page = drafter.get(CREATE)

        assert len(offered(page.context["form"])) == 1
        assert "Còn 2 kiến nghị chưa hiển thị" in page.content.decode()

    def test_those_in_the_address_are_ticked(self, world, drafter):
        world.forwarded()
        petition = world.forwarded()

        form = drafter.get(CREATE, {"petition": petition.pk}).context["form"]

        assert form["petitions"].value() == [str(petition.pk)]
        assert str(form).count("checked") == 1

    def test_one_letter_for_several(self, world, drafter):
        chosen = [world.forwarded(), world.forwarded()]

        response = drafter.post(
            CREATE, {"agency": world.department.pk, "kind": "final", "petitions": [p.pk for p in chosen]}
        )

        reply = Reply.objects.get()
        assert response["Location"] == reply.get_absolute_url()
        assert {answer.point.petition for answer in reply.answers.all()} == set(chosen)

    def test_sent_twice_it_starts_once(self, world, drafter):
        data = {"agency": world.department.pk, "kind": "final", "petitions": [world.forwarded().pk],
                "_once": str(uuid.uuid4())}  # fmt: skip

        locations = {drafter.post(CREATE, data)["Location"] for _time in range(2)}

        assert locations == {Reply.objects.get().get_absolute_url()}

    def test_why_it_cannot_be_started_is_said(self, world, drafter):
        petition = world.answered()
        before = Reply.objects.count()

        response = drafter.post(CREATE, {"agency": world.department.pk, "kind": "final", "petitions": [petition.pk]})

        assert (
            f"{petition.code} không có nội dung nào đang chờ Sở Xây dựng tỉnh Ninh Bình trả lời."
            in response.content.decode()
        )
        assert Reply.objects.count() == before

    def test_a_draft_that_answers_the_point_already_is_named_with_its_address(self, world, drafter):
        petition = world.forwarded()
        reply = world.drafted_reply(petition)

        response = drafter.post(CREATE, {"agency": world.department.pk, "kind": "final", "petitions": [petition.pk]})

        assert f'<a href="{reply.get_absolute_url()}">Mở dự thảo đó</a>' in response.content.decode()
        assert Reply.objects.get() == reply

    def test_a_petition_of_another_agency_cannot_be_chosen(self, world, drafter):
        petition = world.forwarded(lead=world.other_department)

        response = drafter.post(CREATE, {"agency": world.department.pk, "kind": "final", "petitions": [petition.pk]})

        assert "petitions" in response.context["form"].errors
        assert not Reply.objects.exists()

    @pytest.mark.parametrize("who", ["officer", "head", "delegate"])
    def test_other_roles_are_refused(self, world, as_, who):
        response = as_(getattr(world, who)).get(CREATE)

        assert response.status_code == 403
        assert "Vai trò của bạn không được soạn văn bản trả lời." in response.content.decode()


class TestEnteringASignedLetter:
    def test_the_registrar_goes_from_the_register_to_the_number(self, world, as_):
        petition, browser = world.forwarded(), as_(world.registrar)
        for page in (reverse("documents:registers"), reverse("responses:index")):
            assert f'href="{CREATE}"' in browser.get(page).content.decode()
        form = browser.get(CREATE).context["form"]
        assert [value for value, _label in form.fields["origin"].choices] == ["paper", "other"]

        sent = {"agency": world.department.pk, "kind": "final", "petitions": [petition.pk], "origin": "paper"}
        assert set(browser.post(CREATE, sent).context["form"].errors) == {"file"}
        file = SimpleUploadedFile("a.pdf", any_page(), "application/pdf")
        browser.post(CREATE, sent | {"file": file})
        reply = Reply.objects.get()
        register = reverse("documents:register", args=[reply.document_id])
        early = browser.get(register)
        assert (early.status_code, reply.get_absolute_url() in early.content.decode()) == (200, True)

        answer = {"text": "Đã lắp.", "result": "explained"}
        browser.post(reply.get_absolute_url(), typed(reply, {1: answer}) | {"review": "1"})
        number = {"number": "1", "symbol": "SXD-QLN", "issued_on": f"{world.today:%d/%m/%Y}", "signer_name": "Ai Đó"}
        browser.post(register, number)

        reply.document.refresh_from_db()
        assert (reply.document.status, reply.document.number_and_symbol) == ("issued", "01/SXD-QLN")

    def test_the_registrar_writes_no_letter_of_the_house(self, world, as_):
        sent = {"agency": world.department.pk, "kind": "final", "petitions": [world.forwarded().pk], "origin": "here"}

        assert "origin" in as_(world.registrar).post(CREATE, sent).context["form"].errors
        assert not Reply.objects.exists()
