"""reports/page_tables.py: the tables of the pages of times and charts as files."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from reports import page_tables
from reports.charts import charts
from reports.times import SessionTimes


@pytest.fixture
def file(prepared, as_):
    """A function that gives one of the tables as a file, to an officer of the council."""
    browser, session = as_(prepared.world.officer), prepared.session.pk
    return lambda name, kind: browser.get(reverse("reports:table", args=[session, name, kind]))


def test_the_times_are_those_of_the_page_under_names_that_stay(prepared, file):
    figures = prepared.live()
    counted = SessionTimes(figures.facts, figures.as_of)

    data = file("times", "json").json()

    assert list(data["columns"]) == [
        "number", "agency", "held", "due", "on_time", "answered_late", "open_late", "not_due", "rate",
        "accept_days", "accept_points", "draft_days", "draft_points", "issue_days", "issue_points",
        "whole_days", "whole_points", "returned_days", "returned_points",
        "not_accepted", "not_drafted", "not_issued",
    ]  # fmt: skip
    assert [row["agency"] for row in data["rows"]] == [row.name for row in counted.agencies]
    for row, shown in zip(data["rows"], counted.agencies, strict=True):
        assert {key: row[key] for key in shown.counts | shown.reasons} == shown.counts | shown.reasons
        assert (row["whole_days"], row["whole_points"]) == (shown.steps["whole"] or (None, 0))


def test_the_pictures_of_the_page_have_their_numbers_as_files(prepared, file):
    shown = {chart.key: chart.rows for chart in charts(prepared.session, prepared.live())}

    trend = list(csv.DictReader(io.StringIO(file("trend", "csv").content.decode("utf-8-sig"))))
    assert [(row["session"], int(row["on_time"]), int(row["due"])) for row in trend] == [
        (title, on_time, due) for title, _day, on_time, due, _rate in shown["trend"]
    ]
    assert date.fromisoformat(trend[-1]["as_of"]) == prepared.live().as_of
    backlog = file("backlog", "json").json()["rows"]
    assert [row["petitions"] for row in backlog] == [number for _age, number, _share in shown["backlog"]]
    assert [row["days_to"] for row in backlog] == [30, 90, 180, 365, None]


def test_the_page_of_figures_offers_them(prepared, as_):
    page = as_(prepared.world.officer).get(reverse("reports:figures", args=[prepared.session.pk])).content.decode()

    assert all(f"/tables/{name}.csv" in page and title in page for name, title in page_tables.TITLES.items())


def test_the_pages_of_times_and_charts_offer_what_they_show(prepared, as_):
    client, session = as_(prepared.world.officer), [prepared.session.pk]
    offered = {
        name: re.findall(r"/tables/(\w+)\.csv", client.get(reverse(f"reports:{name}", args=session)).content.decode())
        for name in ("times", "charts")
    }

    assert offered == {"times": ["times"], "charts": ["agency", "field", "trend", "backlog"]}


def test_no_extract_has_them_nor_has_who_may_not_see_all(prepared, elsewhere, as_):
    world = prepared.world
    address = reverse("reports:table", args=[prepared.session.pk, "times", "csv"])

    assert as_(world.officer).get(address, {"by": "agency", "value": world.department.pk}).status_code == 404
    assert [as_(user).get(address).status_code for user in (world.head, elsewhere.officer)] == [404, 404]
