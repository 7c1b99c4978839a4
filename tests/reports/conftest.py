"""One prepared council for all tests of this folder: building it takes seconds, putting it back takes none."""

from functools import cache

import pytest

from reports.figures import SessionFigures
from tests.kept import keeping
from tests.reports.prepared import build
from tests.world import World

#: Two sessions with petitions at every stage; what a test changes is undone after it.
kept, prepared = keeping(lambda: build(World("prepared", "tỉnh Ninh Bình")), scope="package")


@pytest.fixture
def counted_once(monkeypatch):
    """For tests that open page after page of figures while nothing changes."""
    monkeypatch.setattr(SessionFigures, "live", cache(SessionFigures.live))
