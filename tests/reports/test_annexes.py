"""reports/annexes.py: the tables of reports beside the figures, and that they balance with them."""

import pytest

from common.formats import percent
from deadlines import workflow as deadlines
from petitions.models.results import CLOSING
from reports import annexes, shapes
from reports.answering import figures_for
from reports.kinds import KINDS
from reports.models import ReportKind
from reports.wording import Writing
from responses.models import ResultReason
from sessions.models import DueReport
from tests.reports.prepared import IN_PROGRESS, days_ago, reply


@pytest.fixture
def writing(prepared):
    return Writing(ReportKind.OVERSIGHT, prepared.session, prepared.live(), prepared.world.standing)


def rows_by(table, name):
    return [dict(zip(table.names, row, strict=True))[name] for row in table.rows]


def test_every_letter_in_force_stands_once_under_its_agency(prepared, writing):
    table = writing.table("issued_documents")

    answered = {point.letter for _fact, point in writing.figures.all_points if point.letter}
    assert answered <= set(table.column("document"))
    assert len(set(map(tuple, (row[1:] for row in table.rows)))) == len(table.rows)
    assert [row[0] for row in table.rows if row[1] == prepared.world.department.name] == list(
        range(1, 1 + table.column("agency").count(prepared.world.department.name))
    )


def test_a_directive_document_stands_with_its_day(prepared):
    reply(
        prepared.world, prepared.named["overdue"], on=days_ago(0), **IN_PROGRESS,
        directive_document="12/UBND-KT ngày 03/6/2026",
    )  # fmt: skip

    table = annexes.issued_documents(prepared.session, prepared.live())

    (row,) = [row for row in table.rows if row[2] == "12/UBND-KT ngày 03/6/2026"]
    assert (f"{row[3]:%d/%m/%Y}", row[5]) == ("03/06/2026", prepared.named["overdue"].code)


def test_only_answers_about_documents_stand_among_the_documents_asked_for(prepared):
    reason = ResultReason.objects.get(name="Liên quan văn bản của cấp trên")
    reply(prepared.world, prepared.named["overdue"], on=days_ago(0), result="not_resolved", text="Chờ.", reason=reason)

    table = annexes.documents_asked_for(prepared.session, prepared.live())

    assert [row[:2] + row[3:4] for row in table.rows] == [[1, reason.name, prepared.named["overdue"].code]]


def test_what_was_carried_over_adds_up_and_its_shares_to_one_hundred(writing):
    table = writing.table("outstanding")

    _empty, _words, whole, *parts = table.total
    assert whole == sum(parts) == sum(len(fact.points) for fact in writing.figures.rows("opening"))
    assert all(row[2] == sum(row[3:]) for row in table.rows)
    shares = [float(value.rstrip("%").replace(",", ".")) for value in table.after[0][3:]]
    assert round(sum(shares), 1) == 100


@pytest.mark.parametrize(
    ("sums", "shares"),
    [
        ([3, 1, 1, 1, 0, 0], ["100,0%", "33,3%", "33,3%", "33,4%", "0,0%", "0,0%"]),
        ([8, 1, 7, 0, 0, 0], ["100,0%", "12,5%", "87,5%", "0,0%", "0,0%", "0,0%"]),
    ],
)
def test_the_last_share_is_what_the_others_leave(sums, shares):
    assert annexes._shares(sums) == shares


def test_what_is_unfinished_is_what_goes_into_the_next_session(writing):
    figures, table = writing.figures, writing.table("unfinished")
    codes = {fact.code for fact in figures.rows("closing")}

    assert {code.rpartition(".")[0] or code for code in rows_by(table, "code")} == codes
    assert len(table.rows) == sum(point.result not in CLOSING for _fact, point in figures.all_points)
    carried = [row for row in table.rows if row[1] == "Kỳ trước chuyển sang"]
    assert table.rows[: len(carried)] == carried


def test_the_councils_own_result_stands_beside_the_agencys(prepared, writing):
    (row,) = writing.table("assessed").rows

    assert row[3:] == [prepared.named["disagreed"].code, "Đã giải quyết xong", "Đang giải quyết", "x"]
    beside = writing.table("beside")
    assert {row[0]: row[1:] for row in beside.rows if any(row[1:])} == {
        "Đã giải quyết xong": [1, 0],
        "Đang giải quyết": [0, 1],
    }
    assert beside.total == ["Tổng cộng", 1, 1]


def test_who_oversaw_what_stands_there_from_the_day_it_was_held(prepared):
    assert [row[4] for row in annexes.overseen(prepared.session, prepared.live()).rows] == [days_ago(4)]
    assert annexes.overseen(prepared.session, prepared.live(days_ago(5))).rows == []


def test_punctuality_counts_as_the_page_of_times_does(writing):
    table = writing.table("punctuality")
    total = shapes.totals(table)

    assert total["held"] == total["due"] + total["not_due"]
    assert total["due"] == total["on_time"] + total["answered_late"] + total["open_late"]
    assert f"{total['rate']}%".replace(".", ",") == percent(total["on_time"], total["due"])
    assert all(total[name] == sum(rows_by(table, name)) for name in ("held", "due", "on_time", "not_due"))


@pytest.mark.parametrize("key", ["levels_by_agency", "levels_by_field", "levels_by_place"])
def test_levels_add_up_across_and_down(prepared, key):
    figures = figures_for(ReportKind.AGGREGATE, prepared.session, days_ago(0))
    table = annexes.MAKERS[key](prepared.session, figures)

    assert all(row[2] == sum(row[3:]) for row in [*table.rows, table.total])
    whole = figures.counts["points" if key == "levels_by_agency" else "new"].part
    assert table.total[2] == sum(row[2] for row in table.rows) == whole


def test_the_list_of_the_aggregate_report_has_every_point_once(prepared):
    figures = figures_for(ReportKind.AGGREGATE, prepared.session, days_ago(0))

    table = annexes.received_list(prepared.session, figures)

    assert len(table.rows) == len(set(rows_by(table, "code"))) == figures.counts["points"].part
    assert prepared.named["never_answered"].code not in rows_by(table, "code")


def test_the_answering_side_accounts_for_what_lies_with_it(prepared):
    figures = figures_for(ReportKind.RESULTS, prepared.session, days_ago(0))

    names = prepared.names(figures.rows("total"))
    assert {"new", "received_yesterday", "merged", "set_aside"}.isdisjoint(names)
    assert len(figures.all_points) == figures.by_agency.total["total"] == 13
    assert figures.balances
    assert (figures.counts["disagreed"].part, prepared.live().counts["disagreed"].part) == (0, 1)


@pytest.mark.parametrize("key", sorted(annexes.MAKERS))
def test_a_frozen_table_is_the_table_it_was(writing, key):
    table = writing.table(key)

    assert shapes.from_data(key, table.as_data()) == table


def test_every_kind_of_report_has_tables_for_all_it_shows():
    known = {*annexes.MAKERS, "level", "committee", "field", "place", "agency", "points", "figures", "charts"}

    assert {key for kind in KINDS.values() for key in (*kind.choosable, *kind.blocks)} <= known


def test_the_day_each_report_came_stands_beside_the_day_it_was_due(prepared):
    world = prepared.world
    for sent_on, reference in ((days_ago(3), "12/BC-UBND"), (None, "")):
        clock = deadlines.start(on=days_ago(20), due_on=days_ago(5), by=world.officer, council=world.council)
        DueReport.objects.create(
            agency=world.ubnd if sent_on else world.department, title="Báo cáo kết quả", clock=clock,
            council_session=prepared.session, counted_from="session_opens", sent_on=sent_on, reference=reference,
        )  # fmt: skip

    def rows(as_of):
        return [row[1:2] + row[3:] for row in annexes.received_reports(prepared.session, prepared.live(as_of)).rows]

    late = [world.department.name, days_ago(5), None, ""]
    assert rows(days_ago(0)) == [[*late, 5], [world.ubnd.name, days_ago(5), days_ago(3), "12/BC-UBND", 2]]
    assert rows(days_ago(4)) == [[*late, 1], [world.ubnd.name, days_ago(5), None, "", 1]]


def test_an_extract_tells_of_the_agencies_it_is_about_alone(prepared):
    world = prepared.world
    for agency in (world.department, world.other_department):
        clock = deadlines.start(on=days_ago(20), due_on=days_ago(5), by=world.officer, council=world.council)
        DueReport.objects.create(
            agency=agency, title="Báo cáo", clock=clock, council_session=prepared.session, counted_from="session_opens"
        )

    def told(make, agency):
        return make(prepared.session, prepared.live().only("agency", str(agency.pk))).column("agency")

    both = (world.department, world.other_department)
    assert [told(annexes.received_reports, one) for one in both] == [[one.name] for one in both]
    assert [told(annexes.overseen, one) for one in both] == [[world.department.name], []]


def test_a_reason_is_about_documents_because_it_is_marked_so(prepared):
    reason = ResultReason.objects.get(name="Chưa có nguồn lực")
    reply(prepared.world, prepared.named["overdue"], on=days_ago(0), result="not_resolved", text="Chờ.", reason=reason)
    assert annexes.documents_asked_for(prepared.session, prepared.live()).rows == []

    reason.change(is_about_documents=True)

    assert len(annexes.documents_asked_for(prepared.session, prepared.live()).rows) == 1
