"""How many queries a page needs: the same whatever it shows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, address):
    """The number of queries of one GET, once whatever is cached for the person has been cached."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
