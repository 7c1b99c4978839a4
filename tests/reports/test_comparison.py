"""reports/comparison.py: sessions together, by year, by council, and under the names of today."""

from datetime import date

import pytest
from django.urls import reverse

from common.formats import short_date
from directory.models import AgencySuccession, UnitSuccession
from reports import comparison
from reports.catalogue import CATALOGUE
from reports.figures import SessionFigures
from tests.reports.prepared import days_ago
from tests.world import agency


@pytest.fixture
def both(prepared):
    return [prepared.earlier, prepared.session]


def columns(sessions, across=comparison.SESSION, structure=comparison.THEN):
    grouped = comparison.groups(sessions, across)
    return comparison.columns(grouped, across=across, structure=structure, today=days_ago(0), live=SessionFigures.live)


def parts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


def test_sessions_together_count_each_petition_once_and_balance(prepared, both):
    (together,) = columns(both, across=comparison.COUNCIL)
    earlier, later = (parts(column.figures) for column in columns(both))

    counted = parts(together.figures)
    assert together.figures.balances
    assert counted["opening"] == earlier["opening"]
    assert counted["new"] == earlier["new"] + later["new"]
    assert counted["received"] == earlier["received"] + later["received"]
    assert counted["closing"] == later["closing"]


def test_by_year_sessions_of_a_year_stand_together(prepared):
    old = prepared.world.new_session(opens_on=date(2019, 7, 1), number=9)

    found = columns([prepared.session, old], across=comparison.YEAR)

    assert [column.key for column in found] == ["2019", str(prepared.session.opens_on.year)]


def test_under_the_names_of_today_work_stands_with_who_took_it_over(prepared, both):
    world = prepared.world
    heir = agency(world.council, "Sở Xây dựng và Giao thông", symbol="SXDGT")
    AgencySuccession.objects.create(predecessor=world.department, successor=heir, effective_on=days_ago(1))
    then, now = (columns(both, structure=structure) for structure in (comparison.THEN, comparison.NOW))

    names = [[label for _key, label, _numbers in comparison.breakdown(one, "agency", "total")] for one in (then, now)]

    assert world.department.name in names[0]
    assert heir.name not in names[0]
    assert (world.department.name in names[1], heir.name in names[1]) == (False, True)
    totals = [comparison.table(one, "agency", "total").total for one in (then, now)]
    assert totals[0] == totals[1]


def test_work_of_one_field_may_go_another_way(prepared):
    world = prepared.world
    heir, other = (agency(world.council, name, symbol=name[-1]) for name in ("Sở A", "Sở B"))
    AgencySuccession.objects.create(predecessor=world.department, successor=heir, effective_on=days_ago(1))
    AgencySuccession.objects.create(
        predecessor=world.department, successor=other, policy_field=world.field, effective_on=days_ago(1)
    )

    (column,) = columns([prepared.session], structure=comparison.NOW)

    assert {row.label for row in column.figures.by_agency.rows} >= {"Sở B"}
    assert "Sở A" not in {row.label for row in column.figures.by_agency.rows}


def test_a_circle_of_successions_ends(prepared):
    world = prepared.world
    for one, two in ((world.department, world.other_department), (world.other_department, world.department)):
        AgencySuccession.objects.create(predecessor=one, successor=two, effective_on=days_ago(1))

    (column,) = columns([prepared.session], structure=comparison.NOW)

    assert column.figures.by_agency.total["total"] == 15


def test_places_stand_under_the_one_that_took_them_over_unless_they_were_divided(prepared):
    world = prepared.world
    UnitSuccession.objects.create(predecessor=world.ward, successor=world.commune, effective_on=days_ago(1))

    (column,) = columns([prepared.session], structure=comparison.NOW)

    assert [row.key for row in column.figures.breakdown("place").rows] == [str(world.commune.pk)]


def test_the_comparison_is_handed_out_as_every_kind_of_file(prepared, as_):
    browser = as_(prepared.world.delegate)
    asked = {"by": "agency", "figure": "total"}
    types = {
        kind: browser.get(reverse("reports:comparison_file"), asked | {"file": kind})["Content-Type"]
        for kind in ("pdf", "docx", "xlsx", "csv")
    }
    data = browser.get(reverse("reports:comparison_file"), {"file": "json"}).json()

    assert types["pdf"] == "application/pdf"
    assert "wordprocessingml" in types["docx"]
    assert "spreadsheetml" in types["xlsx"]
    assert types["csv"].startswith("text/csv")
    assert len(data["rows"]) == len(CATALOGUE)
    assert browser.get(reverse("reports:comparison_file"), {"file": "exe"}).status_code == 404


def test_papers_and_files_of_the_comparison_say_the_shares_and_days_the_page_says(both):
    found = columns(both)
    later = found[1].figures
    answered = later.counts["answered"]

    table = comparison.table(found, "", "total")
    paper = comparison.on_paper(table)

    row = dict(zip(table.names, table.rows[list(CATALOGUE).index("answered")], strict=True))
    name = f"c{both[1].pk}"
    assert (row[name], f"{row[f'{name}_share']}%".replace(".", ",")) == (answered.part, answered.share)
    assert paper.names == ["figure", "unit", *(f"c{session.pk}" for session in both)]
    assert paper.rows[list(CATALOGUE).index("answered")][-1] == f"{answered.part} ({answered.share})"
    assert paper.rows[list(CATALOGUE).index("total")][-1] == later.counts["total"].part
    assert [field.title for field in paper.fields[2:]] == [
        f"{column.title} (đến {short_date(column.figures.as_of)})" for column in found
    ]


@pytest.mark.parametrize(
    ("by", "structure", "said"),
    [
        ("agency", comparison.THEN, "số nội dung đã trả lời theo cơ quan chủ trì"),
        ("level", comparison.NOW, "số kiến nghị đã trả lời theo thẩm quyền (cơ quan, địa bàn theo tổ chức hiện nay)"),
    ],
)
def test_a_comparison_says_what_it_counts_and_under_whose_names(both, by, structure, said):
    found = columns(both, structure=structure)

    assert comparison.table(found, by, "answered", structure).title == f"So sánh các kỳ họp – {said}"


def test_any_number_of_sessions_stand_side_by_side_twelve_on_a_page(prepared, as_):
    world = prepared.world
    older = [world.new_session(opens_on=date(2000 + year, 7, 1), number=year) for year in range(1, 13)]
    chosen = [prepared.session.pk, prepared.earlier.pk, *(session.pk for session in older)]
    browser, asked = as_(world.delegate), {"sessions": chosen}

    first, last = (browser.get(reverse("reports:comparison"), asked | {"page": page}) for page in (1, 2))
    content = browser.get(reverse("reports:comparison_file"), asked | {"page": 2, "file": "csv"}).content.decode()

    assert [len(page.context["columns"]) for page in (first, last)] == [12, 2]
    assert "Cột 13 đến 14 trong 14 cột" in last.content.decode()
    names = [f"c{prepared.earlier.pk}", f"c{prepared.session.pk}"]
    assert content.splitlines()[0].endswith(f"figure,unit,{','.join([*names, *(f'{one}_share' for one in names)])}")
    of = {"column": prepared.session.pk, "of": "total"}
    assert browser.get(reverse("reports:comparison_rows"), asked | of).context["number"] == 14
