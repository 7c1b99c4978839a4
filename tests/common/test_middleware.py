"""common/middleware.py: who acts, in which language, and a form that takes effect once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from common.models import SentForm
from sessions.models import VoterMeeting

ONCE_ONLY = "Biểu mẫu này đã được gửi trước đó; việc chỉ thực hiện một lần."


@pytest.fixture
def address(world):
    return reverse("sessions:create_meeting", args=[world.session.pk])


@pytest.fixture
def form(world):
    """What a browser sends from the page of a new voter meeting."""
    return {
        "_once": str(uuid.uuid4()),
        "phase": "after",
        "kind": VoterMeeting._meta.get_field("kind").default,
        "held_on": f"{world.today:%d/%m/%Y}",
        "unit": world.ward.pk,
        "venue": "Nhà văn hóa",
    }


def meetings():
    return VoterMeeting.objects.filter(venue="Nhà văn hóa")


def words(response):
    return [str(message) for message in response.wsgi_request._messages]


def test_a_form_sent_twice_is_carried_out_once(as_, world, address, form):
    browser = as_(world.officer)

    first, second = browser.post(address, form), browser.post(address, form)

    assert meetings().count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert (
        first.headers["Location"] == second.headers["Location"] == reverse("sessions:meetings", args=[world.session.pk])
    )
    assert words(second)[-1] == ONCE_ONLY
    assert SentForm.objects.get().pk == uuid.UUID(form["_once"])


def test_two_forms_are_two_acts(as_, world, address, form):
    browser = as_(world.officer)

    browser.post(address, form)
    browser.post(address, form | {"_once": str(uuid.uuid4())})

    assert meetings().count() == 2


def test_a_form_with_a_mistake_can_be_sent_again(as_, world, address, form):
    browser = as_(world.officer)

    refused = browser.post(address, form | {"held_on": "31/2/2026"})
    accepted = browser.post(address, form)

    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert meetings().count() == 1
    assert words(accepted) != [ONCE_ONLY]


def test_a_form_that_was_refused_can_be_sent_again(as_, world, address, form):
    refused = as_(world.drafter).post(reverse("sessions:create"), form)

    assert refused.status_code == 403
    assert not SentForm.objects.exists()


def test_a_form_of_a_page_that_broke_can_be_sent_again(as_, world, address, form, monkeypatch):
    def break_down(self, *args, **kwargs):
        super(VoterMeeting, self).save(*args, **kwargs)
        raise RuntimeError("power cut")

    browser = as_(world.officer)
    browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(VoterMeeting, "save", break_down)
        assert browser.post(address, form).status_code == 500

    assert meetings().count() == 0
    assert not SentForm.objects.exists()
    assert browser.post(address, form).status_code == 302
    assert meetings().count() == 1


@pytest.mark.parametrize("key", ["", "not-a-key", "1" * 400])
def test_a_form_without_a_proper_key_is_carried_out_each_time(as_, world, address, form, key):
    browser = as_(world.officer)

    browser.post(address, form | {"_once": key})
    browser.post(address, form | {"_once": key})

    assert meetings().count() == 2
    assert not SentForm.objects.exists()


def test_every_page_hands_out_a_new_key(as_, world, address):
    browser = as_(world.officer)

    pages = [browser.get(address).content.decode() for _time in range(2)]

    keys = {page.split('name="_once" value="')[1].split('"')[0] for page in pages}
    assert len({uuid.UUID(key) for key in keys}) == 2


@pytest.mark.django_db(transaction=True)
def test_two_sent_at_the_same_moment_make_one(world, address, form):
    def send(browser):
        try:
            return browser.post(address, form).status_code
        finally:
            connection.close()

    browsers = [Client() for _browser in range(6)]
    for browser in browsers:
        browser.force_login(world.officer, settings.AUTHENTICATION_BACKENDS[0])

    with ThreadPoolExecutor(len(browsers)) as pool:
        codes = list(pool.map(send, browsers))

    assert codes == [302] * len(browsers)
    assert meetings().count() == 1


def test_a_page_speaks_vietnamese_whatever_the_browser_prefers(client, db):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-GB,en;q=0.9"})

    assert '<html lang="vi">' in page.content.decode()
    assert "Cookie" in page.headers["Vary"]


@pytest.mark.parametrize(("chosen", "language"), [("en", "en"), ("vi", "vi"), ("de", "vi"), ("../x", "vi")])
def test_a_page_speaks_the_language_chosen_here(client, db, chosen, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen

    assert f'<html lang="{language}">' in client.get(reverse("account_login")).content.decode()


def test_the_language_is_chosen_with_one_button(as_, world):
    browser = as_(world.officer)

    browser.post(reverse("set_language"), {"language": "en", "next": "/directory/"})

    assert '<html lang="en">' in browser.get("/directory/").content.decode()


def test_what_a_request_changes_is_attributed_to_the_person_signed_in(as_, world, address, form):
    as_(world.officer).post(address, form)

    assert meetings().get().history.get().history_user == world.officer
