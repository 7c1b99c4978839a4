"""Without a mouse, and with a nervous one."""

import pytest

from petitions.models import Petition
from tests.browser.person import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENOUGH = 40


def focused(page):
    """What the keyboard is on: its text, or the name of its field."""
    return page.evaluate("() => document.activeElement.name || document.activeElement.innerText.trim()")


def tab_to(page, wanted):
    """Press Tab until the keyboard is there; a person would give up after a while."""
    passed = []
    for _press in range(ENOUGH):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == wanted:
            return
    raise AssertionError(f"{page.url}: Tab does not lead to “{wanted}”, only to {passed}")


def test_signing_in_and_opening_the_first_task_needs_no_mouse(world, seat):
    petition = world.logged(title="Cầu dân sinh xuống cấp")
    world.officer.set_password(PASSWORD)
    world.officer.save()
    person = seat()
    page = person.page

    person.visit("/")
    tab_to(page, "login")
    page.keyboard.type(world.officer.username)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.sees("Việc của tôi")

    page.keyboard.press("Tab")
    assert focused(page) == "Đến nội dung chính"
    person.look()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    tab_to(page, petition.title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.look()
    person.sees("Phân loại", petition.title)


def test_a_double_click_on_the_button_makes_one_record(world, seat):
    officer = seat(world.officer)
    officer.follow("+ Ghi kiến nghị")
    officer.write("Nội dung cử tri nêu", "Đề nghị sửa cầu dân sinh thôn Đông.")
    officer.choose("Buổi tiếp xúc cử tri", str(world.meeting))

    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name="Lưu và ghi tiếp").dblclick()

    officer.is_told("Đã ghi")
    officer.look()
    assert Petition.objects.count() == 1
