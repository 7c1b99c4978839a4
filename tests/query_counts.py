"""How many queries a page needs: the same for one row and for three, or a list is read row by row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    """The number of queries behind one successful GET, caches of the sign-in warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)
