"""One prepared council for all tests of a module: building it takes seconds, putting it back takes none."""

from copy import deepcopy

import pytest
from django.core.cache import cache

from tests.kept import kept_database
from tests.reports.prepared import build
from tests.world import World


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_database(django_db_blocker, tmp_path_factory):
        yield build(World("prepared", "tỉnh Ninh Bình"))


@pytest.fixture
def prepared(kept, db):
    """Two sessions with petitions at every stage; what a test changes is undone after it."""
    cache.clear()
    return deepcopy(kept)
