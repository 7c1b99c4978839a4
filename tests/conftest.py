"""Fixtures of every test."""

import gc
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseNotFound  # noqa: TID251 — in place of a page
from django.template import engines
from django.template.base import FilterExpression
from django.test import override_settings
from xdist.scheduler import LoadScopeScheduling

from config import urls
from documents import pdf
from tests.world import World, any_page

ROOT = Path(__file__).resolve().parent.parent

#: Pages, papers and words are the same on every database; their tests go through the whole workflow on SQLite.
PAGES_AND_PAPERS = re.compile(
    r"test_(views|.*pages?|sign_in|piles|publishing|visibility|personal_data|letters|exports|layout_.*|word|checker"
    r"|archive|commitments|evidence|coverage|delivery|versions|markup|reading|times|roadmap|urging|agency_view"
    r"|permissions|history|long|preview|charts|workbook|trial|extracts|kinds"
    r"|annexes|scorecard|page_tables)\.py|tests/(browser|oversight|portal|directory|desk|demo)/"
)
#: Where the two databases differ most: locks, constraints, search, numbers, background work.
ON_BOTH = re.compile(
    r"test_(concurrency|constraints|filters|similarity|sequences|jobs|duties|mails|models|issue|register|figures"
    r"|merging|importing|two_at_once|bulk|counting|tallies)\.py"
)

LONGEST = re.compile(r"tests/documents/test_concurrency\.py")
#: Tests for which a council, or a browser, is made ready once.
SHARING_FOLDERS = re.compile(r"tests/(browser|reports)/")
SHARING_FILES = {
    str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py") if "keeping(" in path.read_text()
}


def pytest_addoption(parser):
    parser.addoption("--share", choices=["sqlite", "postgresql"], help="this database's share of the suite")


def pytest_collection_finish():
    """What was imported stays to the end: looking through it for garbage again and again is a tenth of a run."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


class OneBuilder(LoadScopeScheduling):
    """Tests are handed out one by one; those that share what takes seconds to build, all to the same process."""

    def _split_scope(self, nodeid):
        path = nodeid.partition("::")[0]
        folder = SHARING_FOLDERS.match(path)
        return folder[0] if folder else path if path in SHARING_FILES else nodeid


def pytest_xdist_make_scheduler(config, log):
    return OneBuilder(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    items.sort(key=_turn)
    share = config.getoption("--share")
    if share:
        kept = [item for item in items if _belongs_to(share, item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _turn(item):
    """Tests that empty the database come last, the longest of them first, so that no process waits for another.

    The browser begins at once: it takes longest of all, and puts back what it emptied.
    """
    if "tests/browser/" in item.path.as_posix():
        return -1
    if not _empties_the_database(item):
        return 0
    return 1 if LONGEST.search(item.path.as_posix()) else 2


def _empties_the_database(item):
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and (marker.kwargs.get("transaction") or True in marker.args))
    return marked or bool({"transactional_db", "live_server"} & set(item.fixturenames))


def _belongs_to(share, item):
    """Pages, papers and what meets no database: SQLite. The rest: PostgreSQL. Where they differ most: both."""
    path = item.path.as_posix()
    only_sqlite = PAGES_AND_PAPERS.search(path) or not _meets_a_database(item)
    if only_sqlite:
        return share == "sqlite"
    return share == "postgresql" or bool(ON_BOTH.search(path))


def _meets_a_database(item):
    fixtures = {"db", "transactional_db"} & set(item.fixturenames)
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


class _Undefined(str):
    """Put where a template names something that is not there: fails instead of printing nothing.

    The engine also hands it out for a related record that does not exist, which `{% if session.notice %}` may ask.
    """

    def __bool__(self):
        return sys._getframe(1).f_code is FilterExpression.resolve.__code__

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, name):
        if str(name).startswith("request.GET."):  # what an address leaves out is no mistake
            return ""
        raise AssertionError(f"undefined template variable: {name}")


@pytest.fixture(autouse=True)
def strict_templates(monkeypatch):
    """A misspelt template variable is an error."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Undefined("%s"))


@pytest.fixture(autouse=True)
def media_folder(tmp_path, settings):
    """Every test has an own place for files."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def static_folder(tmp_path_factory):
    """A fresh clone has collected no static files; WhiteNoise warns of a folder that is missing."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def printed(monkeypatch):
    """For tests that read what is printed."""
    monkeypatch.setattr(World, "prints", True)


@pytest.fixture
def unprinted(monkeypatch):
    """For tests that open pages on which papers are shown, whatever those look like."""
    monkeypatch.setattr(pdf, "render", lambda *_paper: any_page())


@pytest.fixture
def plain_refusals(monkeypatch):
    """For tests that ask for hundreds of addresses and want to know the status alone."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound(), raising=False)


@pytest.fixture
def world(db):
    cache.clear()
    return World()


@pytest.fixture
def elsewhere(world):
    """Another council with people of its own."""
    return World("bp", "tỉnh Bình Phước")


@pytest.fixture
def as_(client):
    """A browser's session of one person: `as_(world.officer).get(…)`."""

    def sign_in(user):
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
