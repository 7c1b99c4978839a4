"""templates/403.html and 403_csrf.html: a form that is refused as a whole loses nothing that was typed."""

from django.test import Client
from django.urls import reverse

WORDS = "Cử tri đề nghị <b>làm</b> đường liên xã"
SHOWN = "Cử tri đề nghị &lt;b&gt;làm&lt;/b&gt; đường liên xã"


def test_a_refused_form_shows_what_was_typed(as_, world):
    page = as_(world.drafter).post(reverse("sessions:create"), {"title": WORDS, "kind": "regular"})

    assert page.status_code == 403
    assert SHOWN in page.content.decode()
    assert "Những gì bạn đã nhập" in page.content.decode()


def test_no_password_is_shown_again(as_, world):
    page = as_(world.drafter).post(reverse("sessions:create"), {"oldpassword": "một câu dài để làm mật khẩu"})

    assert "một câu dài" not in page.content.decode()
    assert "Những gì bạn đã nhập" not in page.content.decode()


def test_a_page_open_too_long_says_so_and_shows_what_was_typed(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.officer, "django.contrib.auth.backends.ModelBackend")

    page = browser.post(reverse("sessions:create"), {"title": WORDS})

    assert page.status_code == 403
    assert "Trang đã mở quá lâu" in page.content.decode()
    assert SHOWN in page.content.decode()
