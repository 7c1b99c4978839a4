"""accounts/adapter.py and the pages of django-allauth: in and out, and no further."""

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.template import engines
from django.urls import reverse

from accounts.models import User
from tests.world import person

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
PASSWORD, NEW_PASSWORD = "mat-khau-cu-2026", "mot-mat-khau-khac-2026"


@pytest.fixture
def lan(world):
    user = person("lan", (world.department, "drafter"))
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def login():
    return reverse("account_login")


def errors(response):
    form = response.context["form"]
    return [str(error) for field in form.errors.values() for error in field]


def test_the_page_can_be_read_without_signing_in(client, db, login):
    response = client.get(login)

    assert response.status_code == 200
    page = response.content.decode()
    assert '<h1 class="mb-1">Đăng nhập</h1>' in page
    assert 'type="password"' in page
    assert "Remember" not in page


def test_the_right_password_leads_to_ones_own_work(client, lan, login):
    response = client.post(login, {"login": "lan", "password": PASSWORD})

    assert (response.status_code, response.headers["Location"]) == (302, reverse("desk:index"))
    assert get_user(client) == lan


def test_the_page_asked_for_is_shown_after_signing_in(client, lan):
    asked = client.get(reverse("directory:index"))

    response = client.post(asked.headers["Location"], {"login": "lan", "password": PASSWORD})

    assert response.headers["Location"] == reverse("directory:index")


def test_nobody_is_led_to_another_site(client, lan, login):
    response = client.post(f"{login}?next=https://evil.example/", {"login": "lan", "password": PASSWORD})

    assert response.headers["Location"] == reverse("desk:index")


@pytest.mark.parametrize("name", ["lan", "không ai"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike_in_vietnamese(client, lan, login, name):
    response = client.post(login, {"login": name, "password": "sai mật khẩu"})

    assert (response.status_code, errors(response)) == (200, [WRONG])
    assert WRONG in response.content.decode()
    assert not get_user(client).is_authenticated


def test_an_account_that_is_switched_off_does_not_get_in(client, lan, login):
    lan.is_active = False
    lan.save()

    answer = client.post(login, {"login": "lan", "password": PASSWORD})

    assert errors(answer) == ["Tài khoản này đã bị khóa. Xin liên hệ quản trị viên."]
    assert not get_user(client).is_authenticated


def test_guessing_is_stopped_after_a_few_attempts_even_with_the_right_password(client, lan, login):
    for _attempt in range(5):
        assert errors(client.post(login, {"login": "lan", "password": "đoán"})) == [WRONG]

    stopped = client.post(login, {"login": "lan", "password": PASSWORD})

    assert errors(stopped) == ["Thử quá nhiều lần. Xin chờ vài phút rồi thử lại."]
    assert not get_user(client).is_authenticated
    cache.clear()
    assert client.post(login, {"login": "lan", "password": PASSWORD}).status_code == 302


def test_guessing_one_account_does_not_lock_another(client, lan, world, login):
    minh = person("minh", (world.department, "drafter"))
    minh.set_password(PASSWORD)
    minh.save()
    for _attempt in range(5):
        client.post(login, {"login": "minh", "password": "đoán"})

    assert client.post(login, {"login": "lan", "password": PASSWORD}).status_code == 302


@pytest.fixture
def as_in_use(monkeypatch):
    """Templates as they are in use: what is undefined prints nothing."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.mark.parametrize(
    "name", ["signup", "email", "set_password", "reset_password", "reset_password_done", "reauthenticate", "inactive"]
)
def test_accounts_are_the_administrators_business(client, db, as_in_use, name):
    address = reverse(f"account_{name}")
    form = {"username": "ai-do", "email": "ai-do@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    shown, sent = client.get(address), client.post(address, form)

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert not User.objects.filter(username="ai-do").exists()


def test_a_page_for_people_not_signed_in_shows_no_menus(client, db, as_in_use):
    page = client.get(reverse("account_signup")).content.decode()

    assert "AnonymousUser" not in page
    assert reverse("petitions:index") not in page


def test_signing_out_is_a_post(client, lan):
    client.force_login(lan)
    address = reverse("account_logout")

    assert client.get(address).status_code == 200
    assert get_user(client) == lan
    assert client.post(address).headers["Location"] == reverse("account_login")
    assert not get_user(client).is_authenticated


def change_password(client, old=PASSWORD, new=NEW_PASSWORD, again=None):
    form = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(reverse("account_change_password"), form)


def test_a_password_is_changed_by_who_knows_it(client, lan, login):
    client.force_login(lan)

    response = change_password(client)

    assert response.status_code == 302
    client.logout()
    client.post(login, {"login": "lan", "password": NEW_PASSWORD})
    assert get_user(client) == lan


def test_what_was_done_is_said_in_vietnamese(client, lan, login):
    """Signing in needs no words: one's own work stands there."""

    def said():
        return [str(message) for message in client.get(reverse("desk:index"), follow=True).context["messages"]]

    client.post(login, {"login": "lan", "password": PASSWORD})
    assert said() == []
    change_password(client)
    assert said() == ["Đã đổi mật khẩu."]
    client.post(reverse("account_logout"))
    assert said() == ["Bạn đã đăng xuất."]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "sai mật khẩu"}, "oldpassword"),
        ({"again": "mot-mat-khau-nua-2026"}, "password2"),
        ({"new": "ngắn"}, "password1"),
        ({"new": "12345678901234"}, "password1"),
        ({"new": "password123"}, "password1"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_vietnamese(client, lan, typed, field):
    client.force_login(lan)

    response = change_password(client, **typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not any(error.isascii() for error in errors(response))
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)


def test_the_page_to_change_a_password_needs_somebody_signed_in(client, db):
    response = client.get(reverse("account_change_password"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
