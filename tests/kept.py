"""What takes seconds to build is built once for a module, and put back for each of its tests."""

from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection, transaction
from django.test import override_settings


@contextmanager
def kept_database(django_db_blocker, tmp_path_factory):
    """One transaction around all tests of a module, undone at its end.

    A test closes its connection at its end, which would end the transaction around all of them as well.
    """
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), transaction.atomic(), patch.object(connection, "close"), files:
        yield
        transaction.set_rollback(True)
