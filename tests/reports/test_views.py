"""reports/views.py: the cockpit, the rows behind each figure, reports and their files."""

import io
import re

import lxml.html
import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst

from accounts.permissions import Role
from common.formats import short_date
from common.xlsx import CONTENT_TYPE
from reports import vocabulary
from reports.figures import CATALOGUE
from reports.models import ReportKind, SessionReport
from tests.counting import queries
from tests.reports.prepared import days_ago, drafted, issued, submitted

COUNCIL = [Role.OFFICER, Role.LEADER, Role.COMMITTEE_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR]
AGENCY = [Role.DRAFTER, Role.HEAD, Role.REGISTRAR]


def rows_address(session, figure, as_of, by="", value=""):
    return f"{reverse('reports:rows', args=[session.pk])}?figure={figure}&as_of={as_of}&by={by}&value={value}"


def cockpit(session, as_of=None):
    return session.get_absolute_url() + (f"?as_of={as_of}" if as_of else "")


# The cockpit


@pytest.mark.parametrize("role", COUNCIL)
def test_the_council_sees_the_cockpit(world, as_, role):
    world.answered()

    page = as_(world.people[role]).get(cockpit(world.session))

    assert page.status_code == 200
    assert page.context["counts"]["answered"].part == 1
    assert page.context["makes"] == ([ReportKind.AGGREGATE, ReportKind.OVERSIGHT] if role == Role.OFFICER else [])


@pytest.mark.parametrize("role", AGENCY)
def test_agency_staff_are_led_to_their_own_list(world, as_, role):
    response = as_(world.people[role]).get(cockpit(world.session))

    assert response.status_code == 302
    assert response.url == f"{reverse('petitions:index')}?session={world.session.pk}"


def test_a_stranger_finds_neither_session_nor_rows_nor_workbook(world, elsewhere, as_):
    world.answered()
    client = as_(elsewhere.officer)
    addresses = [
        cockpit(world.session),
        rows_address(world.session, "total", world.today),
        reverse("reports:workbook", args=[world.session.pk]),
        reverse("reports:create", args=[world.session.pk]),
    ]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


@pytest.mark.parametrize("who", ["head", "member"])
@pytest.mark.parametrize("name", ["reports:rows", "reports:workbook", "reports:create"])
def test_who_sees_only_a_part_counts_nothing(world, as_, name, who):
    address = f"{reverse(name, args=[world.session.pk])}?figure=total"

    assert as_(getattr(world, who)).get(address).status_code == 404


def test_the_cockpit_shows_the_numbers_of_the_day_asked_for(prepared, as_):
    client = as_(prepared.world.delegate)

    now = client.get(cockpit(prepared.session)).context
    then = client.get(cockpit(prepared.session, days_ago(5))).context

    assert (now["as_of"], now["counts"]["total"].part) == (days_ago(0), 14)
    assert (then["as_of"], then["counts"]["total"].part) == (days_ago(5), 13)


@pytest.mark.parametrize("typed", ["2099-01-01", "31/02/2026", "gần đây", ""])
def test_a_day_to_come_or_nonsense_means_today(world, as_, typed):
    page = as_(world.officer).get(cockpit(world.session), {"as_of": typed})

    assert page.context["as_of"] == world.today


def test_every_figure_on_the_cockpit_is_a_link_to_its_rows(prepared, as_):
    html = as_(prepared.world.delegate).get(cockpit(prepared.session)).content.decode()

    linked = set(re.findall(rf'figure=(\w+)&amp;as_of={days_ago(0)}"', html))
    assert linked == set(CATALOGUE) - {"total", "local"}
    assert "61,5%" in html


def test_the_balance_is_printed(prepared, as_):
    html = lxml.html.fromstring(as_(prepared.world.delegate).get(cockpit(prepared.session)).content.decode())

    assert "4 kỳ trước chuyển sang + 10 mới − 6 đã kết thúc = 8 còn lại cuối kỳ." in html.text_content()


# The rows


def test_many_rows_come_page_by_page_and_all_of_them_come(prepared, as_, monkeypatch):
    monkeypatch.setattr("reports.views.sessions.PAGE_SIZE", 5)
    client, session = as_(prepared.world.delegate), prepared.session
    number = prepared.live().counts["total"].part
    address = rows_address(session, "total", days_ago(0))

    first = client.get(address).content.decode()
    pages = [client.get(f"{address}&page={place}").context["rows"] for place in (1, 2, 3)]

    assert first.count("<tr data-row>") == 5
    assert f"<span data-number>{number}</span></h1>" in first
    assert "page=2" in first
    assert prepared.names(fact for page in pages for fact, _point in page) == prepared.names(
        prepared.live().rows("total")
    )
    for name, query in (("time_rows", {"figure": "held", "agency": "0"}), ("rows", {"figure": "points"})):
        page = client.get(reverse(f"reports:{name}", args=[session.pk]), query)
        assert page.content.decode().count("<tr data-row>") == 5 < page.context["page"].paginator.count


def test_rows_name_the_row_of_the_table_they_belong_to(prepared, as_):
    address = rows_address(prepared.session, "overdue", days_ago(0), by="agency", value=prepared.world.department.pk)

    page = as_(prepared.world.delegate).get(address)

    assert page.context["within"] == prepared.world.department.name
    codes = {fact.code for fact, _point in page.context["rows"]}
    assert codes == {prepared.named["never_answered"].code, prepared.named["overdue"].code}


@pytest.mark.parametrize("query", ["figure=nothing", "", "figure=total&by=colour", "figure=total&by=pk"])
def test_rows_of_no_figure_are_404(world, as_, query):
    address = f"{reverse('reports:rows', args=[world.session.pk])}?{query}"

    assert as_(world.officer).get(address).status_code == 404


def test_rows_of_nothing_say_so(world, as_):
    page = as_(world.officer).get(rows_address(world.session, "late", world.today))

    assert page.context["rows"] == []
    assert "data-row" not in page.content.decode()


# Reports


def test_a_report_is_drafted_from_the_form_and_saved(world, as_):
    client = as_(world.officer)
    address = reverse("reports:create", args=[world.session.pk])

    response = client.post(address, {"as_of": f"{world.today:%d/%m/%Y}", "signer": world.chair.pk})
    report = SessionReport.objects.get()
    data = {"as_of": f"{world.today:%d/%m/%Y}", "achievements": "Chủ động.", "review": "1"}
    saved = client.post(report.get_absolute_url(), data)

    assert response.url == report.get_absolute_url()
    assert report.document.signer == world.chair
    assert saved.url == report.document.get_absolute_url()
    report.refresh_from_db()
    assert report.achievements == "Chủ động."


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR])
def test_readers_are_refused_a_new_report_with_a_reason(world, as_, role):
    assert as_(world.people[role]).get(reverse("reports:create", args=[world.session.pk])).status_code == 403


def test_a_day_to_come_is_refused_beside_the_field(world, as_):
    address = reverse("reports:create", args=[world.session.pk])

    page = as_(world.officer).post(address, {"as_of": "01/01/2099", "signer": world.chair.pk})

    assert list(page.context["form"].errors) == ["as_of"]
    assert not SessionReport.objects.exists()


def test_a_leader_who_clears_reports_is_not_shown_the_form_that_drafts_them(world, as_):
    client = as_(world.leader)
    address = reverse("reports:create", args=[world.session.pk])
    shown = client.get(address).status_code

    sent = client.post(address, {"as_of": f"{world.today:%d/%m/%Y}", "signer": world.chair.pk}).status_code

    assert (shown, sent) == (403, 403)


@pytest.mark.usefixtures("unprinted")
def test_a_submitted_report_leads_to_its_paper(prepared, as_):
    report = submitted(prepared)

    response = as_(prepared.world.officer).get(report.get_absolute_url())

    assert response.url == report.document.get_absolute_url()


@pytest.mark.usefixtures("unprinted")
def test_an_issued_report_is_open_to_the_council_and_to_nobody_else(prepared, elsewhere, as_):
    report = issued(prepared)
    address = report.get_absolute_url()

    assert as_(prepared.world.delegate).get(address).status_code == 302
    assert as_(prepared.world.head).get(address).status_code == 404
    assert as_(elsewhere.officer).get(address).status_code == 404
    assert as_(elsewhere.officer).get(reverse("reports:report_workbook", args=[report.pk])).status_code == 404


def test_a_draft_is_seen_where_it_is_made(prepared, as_):
    report = drafted(prepared)

    lists = {
        name: list(as_(getattr(prepared.world, name)).get(reverse("reports:index")).context["reports"])
        for name in ("officer", "leader", "member", "head")
    }

    assert lists == {"officer": [report], "leader": [report], "member": [], "head": []}


# The workbooks


def test_the_workbook_of_a_session_is_handed_out_under_a_plain_name(prepared, as_):
    address = f"{reverse('reports:workbook', args=[prepared.session.pk])}?as_of={days_ago(5)}"

    response = as_(prepared.world.delegate).get(address)

    assert response["Content-Type"] == CONTENT_TYPE
    assert response["Content-Disposition"] == f'attachment; filename="phu-luc-ky-hop-{prepared.session.pk}.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(response.content), data_only=True)
    assert short_date(days_ago(5)) in book["PL1"]["A2"].value
    assert book["Theo Ban"].cell(book["Theo Ban"].max_row, 3).value == 13


@pytest.mark.usefixtures("unprinted")
def test_the_workbook_of_an_issued_report_does_not_move(prepared, as_):
    report = issued(prepared)
    prepared.world.answered()

    response = as_(prepared.world.delegate).get(reverse("reports:report_workbook", args=[report.pk]))

    book = openpyxl.load_workbook(io.BytesIO(response.content), data_only=True)
    assert response["Content-Disposition"] == f'attachment; filename="phu-luc-bao-cao-{report.pk}.xlsx"'
    assert book["Theo Ban"].cell(book["Theo Ban"].max_row, 3).value == 14


# The number of queries


def test_the_pages_of_a_session_read_everything_at_once(world, as_):
    client = as_(world.officer)
    addresses = [
        cockpit(world.session),
        rows_address(world.session, "total", world.today),
        reverse("reports:workbook", args=[world.session.pk]),
    ]
    world.answered()
    one = [queries(client, address) for address in addresses]
    for _number in range(2):
        world.answered(points=["Một.", "Hai."], unit=world.ward)

    assert [queries(client, address) for address in addresses] == one


def test_the_page_of_a_report_reads_everything_at_once(prepared, as_):
    report = drafted(prepared)
    client = as_(prepared.world.officer)
    one = queries(client, report.get_absolute_url())
    for _number in range(2):
        prepared.world.answered(points=["Một.", "Hai."])

    assert queries(client, report.get_absolute_url()) == one
    assert one < 55


def test_the_list_of_reports_reads_its_rows_at_once(prepared, as_):
    drafted(prepared)
    client = as_(prepared.world.officer)
    one = queries(client, reverse("reports:index"))
    for _number in range(2):
        drafted(prepared)

    assert queries(client, reverse("reports:index")) == one


def test_the_cockpit_lists_its_reports_at_once(prepared, as_):
    drafted(prepared)
    client = as_(prepared.world.officer)
    one = queries(client, cockpit(prepared.session))
    for _number in range(2):
        drafted(prepared)

    assert queries(client, cockpit(prepared.session)) == one


def test_every_number_of_a_report_is_explained_with_its_unit_and_its_day(prepared, as_):
    html = as_(prepared.world.delegate).get(reverse("reports:catalogue")).content.decode()

    of_times = {"due", "on_time", "late", "overdue_points", "waiting"}
    assert set(vocabulary.NUMBERS) == {*vocabulary.MEANINGS} | of_times
    for label, *meaning in vocabulary.further_figures():
        assert capfirst(str(label)) in html
        assert all(str(words) and escape(str(words)) in html for words in meaning)


def test_the_catalogue_says_among_which_a_figure_counts(prepared, as_):
    html = as_(prepared.world.delegate).get(reverse("reports:catalogue")).content.decode()

    row = html.partition('data-figure="resolved"')[2].partition("</tr>")[0]
    assert "Tính trong số: Thẩm quyền địa phương" in row
    assert "Tính trong số" not in html.partition('data-figure="total"')[2].partition("</tr>")[0]
