"""Every number on a page of figures opens its rows: as many as the number says, as of the same day."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from common.formats import dotted
from petitions.models import Assignment
from tests.reports.followed import follow, links, unlinked
from tests.reports.prepared import days_ago

PAGES = ["cockpit", "figures", "charts", "times", "scorecard"]


@pytest.fixture
def extended(prepared):
    """An agency was given more time: what was overdue on the earlier day is not any more."""
    held = Assignment.objects.get(point__petition=prepared.named["overdue"])
    prepared.world.more_time(held, days=10, on=days_ago(1))
    return prepared


def page(client, name, session, ago):
    return client.get(reverse(f"reports:{name}", args=[session.pk]), {"as_of": days_ago(ago).isoformat()})


def differing(client, found):
    """Links whose number is not the one their page states and lists."""
    seen = {}
    for link in set(found):
        opened = follow(client, link.address)
        if {link.number, opened.stated, dotted(opened.amount)} != {link.number}:
            seen[link] = opened
    return seen


@pytest.mark.usefixtures("counted_once")
@pytest.mark.parametrize("ago", [0, 2])
def test_every_number_of_a_session_opens_as_many_rows(extended, as_, ago):
    client = as_(extended.world.delegate)
    html = {name: page(client, name, extended.session, ago).content.decode() for name in PAGES}
    found = [link for name in PAGES for link in links(html[name])]

    assert differing(client, found) == {}
    assert {name: unlinked(html[name]) for name in PAGES if name != "figures"} == {
        name: [] for name in PAGES if name != "figures"
    }
    days = {parse_qs(urlsplit(link.address).query).get("as_of", [""])[0] for link in links(html["charts"])}
    assert days == {days_ago(ago).isoformat(), extended.earlier.closes_on.isoformat()}


@pytest.mark.usefixtures("counted_once")
@pytest.mark.parametrize(
    "query", ["across=council", "", "by=agency&figure=overdue&across=council", "by=level&figure=total"]
)
def test_every_number_of_a_comparison_opens_as_many_rows(prepared, as_, query):
    client = as_(prepared.world.delegate)
    chosen = f"sessions={prepared.earlier.pk}&sessions={prepared.session.pk}"

    html = client.get(f"{reverse('reports:comparison')}?{chosen}&{query}").content.decode()

    assert len(links(html)) > 2
    assert differing(client, links(html)) == {}
    assert unlinked(html) == []
