"""Where the rows behind a number stand."""

from urllib.parse import urlencode

from django.urls import reverse

from reports.models import ReportKind


def rows_address(council_session, key, as_of, by="", value=None, kind=ReportKind.OVERSIGHT):
    """The page with the rows one figure counts in reports of the kind, or one number of a breakdown.

    `value` is the row of the breakdown; None its total.
    """
    query = {"figure": key, "as_of": as_of.isoformat()} | ({"by": by} if by else {})
    query |= {"value": value} if by and value is not None else {}
    query |= {"report": kind} if kind != ReportKind.OVERSIGHT else {}  # which counts all the others do
    return f"{reverse('reports:rows', args=[council_session.pk])}?{urlencode(query)}"


def times_address(council_session, key, as_of, agency=0):
    """The page with the points behind one number of the times; of all agencies where `agency` is 0."""
    query = {"figure": key, "agency": agency, "as_of": as_of.isoformat()}
    return f"{reverse('reports:time_rows', args=[council_session.pk])}?{urlencode(query)}"
