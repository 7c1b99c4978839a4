"""reports/figures.py: every number, and the petitions it counts."""

import pytest

from petitions.models import PetitionOrigin, ResultClass
from reports.catalogue import CATALOGUE, COLUMNS
from reports.figures import BREAKDOWNS, SessionFigures
from tests.reports.prepared import days_ago

EXPECTED_TODAY = {
    "opening": ["never_answered", "supplemented", "supplemented_lately", "explained_after"],
    "received": [
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "merged",
        "new",
        "received_yesterday",
    ],
    "merged": ["merged"],
    "new": [
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
    "total": [
        "never_answered",
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
    "unassigned": ["new", "received_yesterday"],
    "central": ["central"],
    "local": [
        "never_answered",
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "overdue",
        "not_resolved",
        "disagreed",
        "in_progress",
        "half",
        "new",
        "received_yesterday",
    ],
    "answered": [
        "supplemented",
        "supplemented_lately",
        "explained_after",
        "resolved",
        "late",
        "not_resolved",
        "disagreed",
        "in_progress",
    ],
    "resolved": ["supplemented", "supplemented_lately", "resolved", "disagreed"],
    "in_progress": ["in_progress"],
    "explained": ["explained_after", "late"],
    "not_resolved": ["not_resolved"],
    "unanswered": ["never_answered", "overdue", "half", "new", "received_yesterday"],
    "overdue": ["never_answered", "overdue"],
    "late": ["late"],
    "disagreed": ["disagreed"],
    "closed": ["supplemented", "supplemented_lately", "explained_after", "resolved", "late", "disagreed"],
    "closing": [
        "never_answered",
        "overdue",
        "not_resolved",
        "in_progress",
        "half",
        "central",
        "new",
        "received_yesterday",
    ],
}


EXPECTED_TODAY["mentions"] = EXPECTED_TODAY["received"]
EXPECTED_TODAY["points"] = EXPECTED_TODAY["total"]


def counts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


# The figures one by one


def test_every_figure_counts_exactly_its_petitions(prepared):
    figures = prepared.live()

    assert {key: prepared.names(figures.rows(key)) for key in CATALOGUE} == EXPECTED_TODAY


def test_every_number_is_the_number_of_its_rows(prepared):
    assert counts(prepared.live()) == {key: len(names) for key, names in EXPECTED_TODAY.items()} | {"points": 15}


def test_a_petition_raised_twice_is_one_petition_and_two_mentions(world):
    petition = world.logged()
    world.logged()
    PetitionOrigin.objects.create(petition=petition, unit=world.ward, raised_on=world.today)

    counted = SessionFigures.live(world.session, world.today).counts

    assert (counted["received"].part, counted["mentions"].part) == (2, 3)


def test_shares_have_their_own_denominators(prepared):
    counted = prepared.live().counts

    shares = {key: (figure.part, figure.whole, figure.share) for key, figure in counted.items() if figure.figure.of}
    assert shares == {
        "answered": (8, 13, "61,5%"),
        "resolved": (4, 13, "30,8%"),
        "in_progress": (1, 13, "7,7%"),
        "explained": (2, 13, "15,4%"),
        "not_resolved": (1, 13, "7,7%"),
        "unanswered": (5, 13, "38,5%"),
        "overdue": (2, 13, "15,4%"),
        "late": (1, 8, "12,5%"),
    }
    assert {key for key in CATALOGUE if counted[key].whole is None} == set(CATALOGUE) - set(shares)


def test_a_share_of_nothing_is_a_dash(world):
    figures = SessionFigures.live(world.session, world.today)

    assert counts(figures) == dict.fromkeys(CATALOGUE, 0)
    assert {figures.counts[key].share for key in CATALOGUE if CATALOGUE[key].of} == {"-"}
    assert figures.balances
    assert figures.by_agency.rows == []
    assert figures.by_agency.total == dict.fromkeys(COLUMNS, 0)


@pytest.mark.parametrize("ago", [0, 5, 25, 29, 100, 145, 148])
def test_opening_and_new_less_closed_is_closing_on_any_day(prepared, ago):
    figures = prepared.live(days_ago(ago))
    number = counts(figures)

    assert number["opening"] + number["new"] - number["closed"] == number["closing"]
    assert figures.balances
    assert number["received"] - number["merged"] == number["new"]
    assert number["opening"] + number["new"] == number["total"] == number["central"] + number["local"]
    assert number["answered"] + number["unanswered"] == number["local"]
    results = ("resolved", "in_progress", "explained", "not_resolved")
    assert sum(number[key] for key in results) == number["answered"]


def test_what_the_session_before_left_is_what_this_one_opens_with(prepared):
    left = SessionFigures.live(prepared.earlier, prepared.earlier.closes_on)

    assert {fact.pk for fact in left.rows("closing")} == {fact.pk for fact in prepared.live().rows("opening")}


def test_what_was_raised_after_the_session_before_is_not_lost(prepared):
    world = prepared.world
    after = world.forwarded(
        council_session=prepared.earlier,
        phase="after",
        meeting=None,
        raised_on=days_ago(140),
        received_on=days_ago(140),
        sent_on=days_ago(27),
    )

    assert after.pk in {fact.pk for fact in prepared.live().rows("total")}


# The tables


def test_every_breakdown_adds_up(prepared):
    for ago in (0, 5, 29):
        figures = prepared.live(days_ago(ago))
        tables = [figures.breakdown(by) for by in BREAKDOWNS] + [figures.by_agency]
        for table in tables:
            for numbers in [row.counts for row in table.rows] + [table.total]:
                parts = ("resolved", "in_progress", "explained", "not_resolved", "unanswered")
                assert numbers["total"] == sum(numbers[part] for part in parts)
                assert numbers["total"] == numbers["answered"] + numbers["unanswered"]
                assert numbers["overdue"] <= numbers["unanswered"]
            assert table.total == {name: sum(row.counts[name] for row in table.rows) for name in COLUMNS}


def test_level_committee_field_and_place_have_one_total(prepared):
    figures = prepared.live()

    totals = [figures.breakdown(by).total for by in ("level", "committee", "field", "place")]

    assert (
        totals
        == [
            {
                "total": 14,
                "answered": 8,
                "resolved": 4,
                "in_progress": 1,
                "explained": 2,
                "not_resolved": 1,
                "unanswered": 6,
                "overdue": 3,
            }
        ]
        * 4
    )


def test_the_rows_of_each_breakdown(prepared):
    figures, world = prepared.live(), prepared.world

    def rows(by):
        return [(row.key, row.label, row.counts["total"]) for row in figures.breakdown(by).rows]

    assert rows("level") == [
        ("central", "Trung ương", 1),
        ("provincial", "cấp tỉnh", 12),
        ("", "chưa phân loại", 1),
    ]
    assert rows("committee") == [(world.committee.name, world.committee.name, 13), ("", "chưa phân loại", 1)]
    assert rows("field") == [("Giao thông", "Giao thông", 13), ("", "chưa phân loại", 1)]
    assert rows("place") == [(str(world.ward.pk), "Phường Hoa Lư", 2), (str(world.commune.pk), "Xã Yên Mô", 12)]


def test_the_table_by_agency_counts_points_and_says_why_it_differs(prepared):
    table, world = prepared.live().by_agency, prepared.world

    rows = {row.key: row.counts for row in table.rows}

    assert rows[str(world.department.pk)] == {
        "total": 11,
        "answered": 9,
        "resolved": 5,
        "in_progress": 1,
        "explained": 2,
        "not_resolved": 1,
        "unanswered": 2,
        "overdue": 2,
    }
    assert (rows[str(world.other_department.pk)]["total"], rows[str(world.other_department.pk)]["overdue"]) == (2, 1)
    assert rows[""]["total"] == 2
    assert table.total["total"] == prepared.live().counts["points"].part == 15
    assert "14" in table.explanation
    assert "15" in table.explanation


def test_without_a_difference_nothing_is_explained(world):
    world.answered()

    assert SessionFigures.live(world.session, world.today).by_agency.explanation == ""


def test_a_petition_is_as_far_as_its_worst_point(world):
    petition = world.forwarded(points=["Một.", "Hai.", "Ba."])
    drafted = world.drafted_reply(petition)
    last = drafted.answers.order_by("point__number").last()
    last.result = ResultClass.NOT_RESOLVED
    last.save()
    world.issue(drafted.document, world.drafter, world.head, world.registrar)

    figures = SessionFigures.live(world.session, world.today)

    assert figures.count("not_resolved").part == 1
    assert figures.by_agency.total["resolved"] == 2
    assert figures.by_agency.total["not_resolved"] == 1
