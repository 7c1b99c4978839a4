"""Numbers that are links, followed to the rows they open."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

import lxml.html
from django.urls import resolve, reverse

#: Pages that list what a number counts.
OPENED = {"rows", "time_rows", "scorecard_rows", "comparison_rows"}


@dataclass(frozen=True)
class Link:
    """A number as its link shows it and the page it opens."""

    number: str
    address: str


def links(html):
    """Every link to rows on a page; each marks the one number that it opens."""
    found = []
    for link in lxml.html.fromstring(html).iter("a"):
        if opens_rows(link.get("href") or ""):
            (marked,) = link.xpath("descendant-or-self::*[@data-number]")
            found.append(Link(marked.text_content(), link.get("href")))
    return found


def opens_rows(address):
    path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
    if path == reverse("petitions:index"):
        return "facet" in query and "session" in query
    return path.startswith("/reports/") and resolve(path).url_name in OPENED


def unlinked(html):
    """Numbers in the tables of a page that open nothing; what is nothing need not."""
    cells = lxml.html.fromstring(html).xpath("//td[contains(@class, 'num')][not(.//a)]")
    words = [cell.text_content().strip() for cell in cells]
    return [number for number in words if number.replace(".", "").isdigit() and number != "0"]


@dataclass(frozen=True)
class Opened:
    """What a page of rows says its number is, how many rows all its pages list, and what these rows add up to."""

    stated: str
    listed: int
    amount: int


def follow(client, address):
    """The rows behind a number, page by page."""
    stated, listed, amount, here = "", 0, 0, address
    while here:
        response = client.get(here)
        assert response.status_code == 200, here
        html = lxml.html.fromstring(response.content.decode())
        shown = html.xpath("//tr[@data-row]")
        stated, listed = stated or _stated(html), listed + len(shown)
        amount += _amount(response, len(shown))
        following = html.xpath("//a[@rel='next']/@href")
        here = urljoin(here, following[0]) if following else ""
    return Opened(stated, listed, amount)


def _stated(html):
    """In the heading of the page; on the list of petitions beside the facet that was chosen."""
    return "".join(html.xpath("//h1//*[@data-number]//text() | //a[@aria-current='true']/span/text()"))


def _amount(response, shown):
    if response.context.get("counts_mentions"):
        return sum(fact.times_raised for fact, _point in response.context["rows"])
    return shown
