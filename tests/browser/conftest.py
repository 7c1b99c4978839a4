"""A real browser before a real server."""

import json
import shutil

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from documents.models import ReturnReason
from tests.browser.checks import Inspector
from tests.browser.person import PASSWORD, Person


@pytest.fixture(scope="package", autouse=True)
def what_migrations_brought(django_db_setup, django_db_blocker):
    """Tests before a real server empty the database; those that come after find it as it was made."""
    with django_db_blocker.unblock():
        rows = json.loads(connection.creation.serialize_db_to_string())
    ours = [row for row in rows if not row["model"].startswith(("contenttypes.", "auth."))]  # Django brings these back

    def bring_back():
        connection.creation.deserialize_db_from_string(json.dumps(ours))

    yield bring_back
    with django_db_blocker.unblock():
        bring_back()


@pytest.fixture(autouse=True)
def brought_back(transactional_db, what_migrations_brought):
    """Each of these tests begins with it, too."""
    if not ReturnReason.objects.exists():
        what_migrations_brought()


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
