"""Extracts of one agency, committee or place; sessions side by side."""

import io
import json
import re

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils.text import slugify

from common.text import fold
from deadlines import workflow as deadlines
from reports import letters
from reports.catalogue import CATALOGUE
from reports.models import ReportKind
from reports.wording import Writing
from sessions.models import CouncilSession, DueReport
from tests.counting import queries
from tests.documents.reading import text_of
from tests.reports.prepared import days_ago


def parts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


# Extracts


@pytest.mark.parametrize("by", ["agency", "committee", "field", "level", "place"])
def test_the_extracts_of_a_table_together_are_the_table(prepared, by):
    figures = prepared.live()
    table = figures.by_agency if by == "agency" else figures.breakdown(by)

    for row in table.rows:
        extract = figures.only(by, row.key)
        own = extract.by_agency if by == "agency" else extract.breakdown(by)
        assert [(one.key, one.counts) for one in own.rows] == [(row.key, row.counts)]
        assert extract.balances


def test_an_extract_of_an_agency_holds_its_own_points_alone(prepared):
    world = prepared.world

    extract = prepared.live().only("agency", str(world.other_department.pk))

    assert prepared.names(extract.rows("total")) == ["half", "central"]
    assert {point.agency for _fact, point in extract.all_points} == {world.other_department.name}
    assert parts(extract)["points"] == 2


def test_an_extract_of_an_agency_tells_nothing_of_what_was_asked_of_others(prepared):
    world, figures = prepared.world, prepared.live()
    for of in (world.department, world.other_department):
        clock = deadlines.start(on=days_ago(20), due_on=days_ago(5), by=world.officer, council=world.council)
        DueReport.objects.create(
            agency=of, title="Báo cáo", clock=clock, council_session=prepared.session, counted_from="session_opens"
        )

    def sheets(by, value):
        return extract_of(prepared, figures, by, value)

    own, other = (sheets("agency", one.pk) for one in (world.department, world.other_department))
    assert own.table("overseen").column("agency") == [world.department.name]
    assert other.table("overseen").rows == []
    assert other.table("received_reports").column("agency") == [world.other_department.name]
    assert set(other.table("recommendations").column("agency")) <= {world.other_department.name}
    assert sheets("agency", "").table("overseen").rows == []


def test_an_extract_of_a_place_leaves_out_what_is_of_agencies(prepared, as_):
    extract = extract_of(prepared, prepared.live(), "place", prepared.world.ward.pk)

    assert {"overseen", "received_reports", "recommendations"}.isdisjoint(extract.tables)
    assert "promises" in extract.tables
    asked = {"by": "place", "value": prepared.world.ward.pk}
    address = reverse("reports:table", args=[prepared.session.pk, "overseen", "csv"])
    assert as_(prepared.world.delegate).get(address, asked).status_code == 404


def extract_of(prepared, figures, by, value):
    return Writing(ReportKind.OVERSIGHT, prepared.session, figures.only(by, str(value)), issuer=None)


def test_the_workbook_of_an_extract_says_what_it_is_of(prepared, as_):
    world = prepared.world
    address = reverse("reports:workbook", args=[prepared.session.pk])

    response = as_(world.delegate).get(address, {"by": "agency", "value": world.department.pk})

    book = openpyxl.load_workbook(io.BytesIO(response.content), data_only=True)
    assert f"trích: {world.department.name} — số liệu tính đến ngày" in book["PL1"]["A2"].value
    assert book["PL1"].cell(book["PL1"].max_row, 3).value == 11
    assert response["Content-Disposition"].endswith(
        f'"trich-phu-luc-ky-hop-{prepared.session.pk}-{slugify(fold(world.department.name))}.xlsx"'
    )


def test_the_files_of_an_extract_hold_its_part(prepared, as_):
    address = reverse("reports:table", args=[prepared.session.pk, "points", "json"])

    data = as_(prepared.world.delegate).get(address, {"by": "place", "value": prepared.world.ward.pk}).json()

    assert (data["of"], len(data["rows"])) == ("Phường Hoa Lư", 2)
    assert {row["place"] for row in data["rows"]} == {"Phường Hoa Lư"}


def test_an_extract_on_paper_holds_its_part_and_no_other(prepared, as_):
    world, address = prepared.world, reverse("reports:extract", args=[prepared.session.pk])

    response = as_(world.delegate).get(address, {"by": "agency", "value": world.other_department.pk})

    assert response["Content-Disposition"] == (
        f'inline; filename="trich-ky-hop-{prepared.session.pk}-{slugify(fold(world.other_department.name))}.pdf"'
    )
    text = text_of(response.content)
    assert f"Kiến nghị của cử tri và kết quả giải quyết: {world.other_department.name}".upper() in text.upper()
    listed = set(re.findall(r"KN-\d{4}-\d{5}", text))
    assert listed == {prepared.named["half"].code, prepared.named["central"].code}


def test_an_extract_too_long_to_print_leads_to_its_workbook(prepared, as_, monkeypatch):
    monkeypatch.setattr(letters, "MOST_ON_PAPER", 1)
    address = reverse("reports:extract", args=[prepared.session.pk])

    page = as_(prepared.world.delegate).get(
        address, {"by": "agency", "value": prepared.world.other_department.pk}, follow=True
    )

    assert page.redirect_chain[-1][0].endswith("#extracts")
    assert "có 2 nội dung, quá dài để in" in page.content.decode()


@pytest.mark.parametrize("name", ["workbook", "extract"])
@pytest.mark.parametrize("query", ["by=colour&value=1", "by=agency&value=999999", "by=pk&value=1"])
def test_an_extract_of_nothing_known_is_not_found(prepared, as_, query, name):
    address = f"{reverse(f'reports:{name}', args=[prepared.session.pk])}?{query}"

    assert as_(prepared.world.delegate).get(address).status_code == 404


def test_the_page_of_figures_offers_the_extracts(prepared, as_):
    page = as_(prepared.world.delegate).get(reverse("reports:figures", args=[prepared.session.pk]))

    html = page.content.decode()
    for by, value in (("agency", prepared.world.department.pk), ("agency", ""), ("place", prepared.world.ward.pk)):
        assert f"?by={by}&amp;value={value}&amp;as_of={days_ago(0)}" in html


def test_an_extract_in_word_says_what_the_paper_says(prepared, as_):
    world = prepared.world
    asked = {"by": "agency", "value": world.other_department.pk, "file": "docx"}

    content = as_(world.delegate).get(reverse("reports:extract", args=[prepared.session.pk]), asked).content

    results, listed = docx.Document(io.BytesIO(content)).tables
    assert [cell.text for cell in results.rows[-1].cells][1:4] == ["Tổng cộng", "2", "0"]
    codes = [prepared.named["half"].code, prepared.named["central"].code]
    assert [code for code in codes if any(code in row.cells[1].text for row in listed.rows)] == codes


# Sessions side by side


def compared(client, *sessions):
    page = client.get(reverse("reports:comparison"), {"sessions": [session.pk for session in sessions]})
    return page, {
        figure.key: [number.part for _column, number in numbers] for figure, numbers in page.context["figures"]
    }


def test_sessions_stand_side_by_side_each_as_of_its_close(prepared, as_):
    page, numbers = compared(as_(prepared.world.delegate), prepared.session, prepared.earlier)

    assert [column.sessions[0] for column in page.context["columns"]] == [prepared.earlier, prepared.session]
    assert [column.figures.as_of for column in page.context["columns"]] == [days_ago(148), days_ago(0)]
    assert set(numbers) == set(CATALOGUE)
    assert numbers["closing"][0] == numbers["opening"][1] == 4
    assert numbers["total"] == [5, 14]


def test_the_latest_regular_sessions_stand_there_unasked(prepared, as_):
    prepared.world.new_session(opens_on=days_ago(60), number=4, kind=CouncilSession.Kind.THEMATIC)

    page, _numbers = compared(as_(prepared.world.delegate))

    assert [column.sessions[0] for column in page.context["columns"]] == [prepared.earlier, prepared.session]


def test_sessions_of_another_council_cannot_be_chosen(prepared, elsewhere, as_):
    page, _numbers = compared(as_(prepared.world.delegate), elsewhere.session)

    assert "sessions" in page.context["form"].errors
    assert elsewhere.session not in [column.sessions[0] for column in page.context["columns"]]


def test_agency_staff_compare_nothing(world, as_):
    page, numbers = compared(as_(world.head))

    assert (page.status_code, page.context["columns"]) == (200, [])
    assert set(map(len, numbers.values())) == {0}


def test_the_comparison_reads_each_session_at_once(world, as_):
    client = as_(world.delegate)
    world.answered()
    one = queries(client, reverse("reports:comparison"))
    world.answered(points=["Một.", "Hai."])

    assert queries(client, reverse("reports:comparison")) == one


def test_no_extract_carries_a_voters_name(world, as_):
    world.forwarded(voter={"voter_name": "Nguyễn Thị Bí Mật", "voter_address": "thôn Kín", "voter_phone": "0912"})
    address = reverse("reports:table", args=[world.session.pk, "points", "json"])

    text = json.dumps(as_(world.delegate).get(address, {"by": "agency", "value": world.department.pk}).json())

    assert "0912" not in text
