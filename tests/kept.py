"""What takes seconds to build is built once for a module, and put back for each of its tests."""

from contextlib import contextmanager
from copy import deepcopy
from shutil import copytree
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.world import World


def keeping(build, *, scope="module"):
    """Two fixtures: `kept`, what `build()` made, once; and the copy of it that each test may change."""

    @pytest.fixture(scope=scope)
    def kept(django_db_setup, django_db_blocker, tmp_path_factory):
        files = tmp_path_factory.mktemp("media")
        with _kept_database(django_db_blocker), override_settings(MEDIA_ROOT=files):
            yield build(), files

    @pytest.fixture
    def copied(kept, db, settings):
        cache.clear()
        made, files = kept
        copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return deepcopy(made)

    return kept, copied


def ready():
    """For modules whose tests begin with a forwarded petition: `kept, world = keeping(ready)`."""
    world = World()
    world.ready = world.forwarded()
    return world


@contextmanager
def _kept_database(django_db_blocker):
    """One transaction around all tests of a module, undone at its end.

    A test closes its connection at its end, which would end the transaction around all of them as well.
    """
    with django_db_blocker.unblock(), transaction.atomic(), patch.object(connection, "close"):
        yield
        transaction.set_rollback(True)
