"""One prepared council for all tests of this package: building it takes seconds, putting it back takes none."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.kept import kept_database
from tests.reports.prepared import build
from tests.world import World


def pytest_collection_modifyitems(items):
    """All of them on one worker, which builds the council once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("reports"))


@pytest.fixture(scope="package")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_database(django_db_blocker, tmp_path_factory):
        yield build(World("prepared", "tỉnh Ninh Bình"))


@pytest.fixture
def prepared(kept, db):
    """Two sessions with petitions at every stage; what a test changes is undone after it."""
    cache.clear()
    return deepcopy(kept)
