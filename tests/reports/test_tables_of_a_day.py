"""reports/annexes.py: what stood in the tables beside the figures on an earlier day."""

import pytest

from deadlines import workflow as clocks
from oversight import workflow as oversight
from reports import annexes
from responses import promising
from responses.models import Answer
from sessions.models import DueReport
from tests.oversight import visits
from tests.reports.prepared import days_ago


@pytest.fixture
def rows(prepared):
    """`rows("promises", 3)`: what the table said three days ago, each row by the names of its columns."""

    def read(key, ago):
        table = annexes.MAKERS[key](prepared.session, prepared.live(days_ago(ago)))
        return [dict(zip(table.names, row, strict=True)) for row in table.rows]

    return read


def test_a_recommendation_stands_from_the_day_the_agency_was_told_of_it(prepared, rows):
    held = visits.session(prepared.world, held_on=days_ago(6))
    oversight.recommend(held, by=prepared.world.officer, content="Lắp đèn còn thiếu.", due_on=days_ago(-10))
    visits.noticed(prepared.world, held, on=days_ago(2))

    assert (rows("recommendations", 3), len(rows("recommendations", 2))) == ([], 1)


def test_a_recommendation_is_due_by_the_day_known_then(prepared, rows):
    held = visits.session(prepared.world, held_on=days_ago(6))
    asked = oversight.recommend(held, by=prepared.world.officer, content="Lắp đèn còn thiếu.", due_on=days_ago(4))
    visits.noticed(prepared.world, held, on=days_ago(5))
    asked.refresh_from_db()
    later = {"due_on": days_ago(-20), "on": days_ago(1), "reason": "mưa lũ", "document": "1/CV"}
    clocks.extend(asked.clock, by=prepared.world.officer, **later)
    asked.change(due_on=days_ago(-20))

    def told(ago):
        return [(row["due_on"], row["state"]) for row in rows("recommendations", ago)]

    assert told(2) == [(days_ago(4), "Quá hạn")]
    assert told(0) == [(days_ago(-20), "Đang thực hiện")]


def test_a_promise_is_due_by_the_day_known_then(prepared, rows):
    answer = Answer.objects.filter(point__petition=prepared.named["in_progress"]).get()
    promised = promising.confirm(answer, quote=answer.text, due_on=days_ago(3), by=prepared.world.drafter)
    promising.extend(promised, due_on=days_ago(-30), note="mưa lũ", by=prepared.world.member)

    def told(ago):
        return [(row["due_on"], row["state"]) for row in rows("promises", ago)]

    assert told(1) == [(days_ago(3), annexes.OVERDUE)]
    assert told(0) == [(days_ago(-30), annexes.UNDER_WAY)]


def test_a_report_owed_is_due_by_the_day_known_then(prepared, rows):
    session, world = prepared.session, prepared.world
    clock = clocks.start(
        on=days_ago(9), due_on=days_ago(4), by=world.officer, document="", council=world.council,
        agency=world.ubnd, anchor=session.anchor("session_opens"),
    )  # fmt: skip
    DueReport.objects.create(
        agency=world.ubnd, title="Báo cáo", council_session=session, counted_from="session_opens", clock=clock
    )
    clocks.extend(clock, due_on=days_ago(-5), on=days_ago(1), reason="dời kỳ họp", by=world.officer, document="1/CV")

    def told(ago):
        return [(row["due_on"], row["days"]) for row in rows("received_reports", ago)]

    assert told(2) == [(days_ago(4), 2)]
    assert told(0) == [(days_ago(-5), 0)]
