"""One prepared council for all tests of a module: building it takes seconds, putting it back takes none."""

from copy import deepcopy
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.reports.prepared import build
from tests.world import World


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The prepared council inside one transaction, undone after the module.

    A test closes its connection at its end, which would end the transaction around all of them as well.
    """
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), transaction.atomic(), patch.object(connection, "close"), files:
        yield build(World("prepared", "tỉnh Ninh Bình"))
        transaction.set_rollback(True)


@pytest.fixture
def prepared(kept, db):
    """Two sessions with petitions at every stage; what a test changes is undone after it."""
    cache.clear()
    return deepcopy(kept)
