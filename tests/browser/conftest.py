"""A real browser before a real server."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.checks import Inspector
from tests.browser.person import PASSWORD, Person


@pytest.fixture(scope="module")
def chromium():
    """The system's browser, started once a module; no event loop stays behind for other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture
def seat(chromium, live_server, world):
    """`seat(world.officer)`: that person at a browser, signed in; `seat()`: a passer-by."""
    inspector, taken = Inspector(), []

    def take(user=None):
        person = Person(chromium, live_server, inspector, user.username if user else "a passer-by")
        taken.append(person)
        if user is None:
            return person
        user.set_password(PASSWORD)
        user.save()
        return person.sign_in()

    yield take
    for person in taken:
        person.leave()
