"""oversight/follow_up.py, views/following.py: every demand followed up, and who keeps due dates."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from oversight import follow_up, workflow
from oversight.models import LadderStep, Recommendation
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World

ADDRESS = "oversight:followed"


@dataclass
class Followed:
    """One recommendation of each standing at the department, one open at another agency."""

    world: World
    held: object = None
    by_name: dict = field(default_factory=dict)


def build():
    world = World()
    made = Followed(world, visits.session(world))
    workflow.assess(made.held, by=world.officer, achievements="Tốt.")
    day = timedelta(days=1)
    today = world.today
    standings = {
        "late": {"status": "open", "due_on": today - day},
        "not met": {"status": "not_met", "due_on": today - day, "reported_on": today - day},
        "today": {"status": "open", "due_on": today},
        "ahead": {"status": "open", "due_on": today + day},
        "in time": {"status": "done", "due_on": today - day, "reported_on": today - day},
        "too late": {"status": "done", "due_on": today - day, "reported_on": today},
        "reported": {"status": "reported", "due_on": today, "reported_on": today},
        "standing": {"status": "open", "due_on": None},
        "years": {"status": "open", "due_on": today - day, "apart": "multi_year"},
        "excused": {"status": "open", "due_on": today - day, "apart": "excused", "apart_document": "9/UBND"},
        "prepared": {"status": "prepared", "due_on": today - day},
        "elsewhere": {"status": "open", "due_on": today - day, "agency": world.other_department},
    }
    for name, details in standings.items():
        if details["status"] == "done":
            details |= {"verified_on": today, "evidence": "Biên bản"}
        if "apart" in details:
            details["apart_reason"] = "Vốn trung hạn"
        made.by_name[name] = Recommendation.objects.create(
            **{"working_session": made.held, "agency": world.department, "content": name, **details}
        )
    return made


kept, made = keeping(build)


def shown(page):
    return {row.recommendation.content for row in page.context["page"]}


def counts(line):
    return {figure: number for figure, number in line.numbers if number}


def test_the_figures_say_what_is_open_overdue_and_on_time_of_what_was_due(made, as_):
    page = as_(made.world.officer).get(reverse(ADDRESS))

    first, second = page.context["lines"]
    assert counts(first) == {
        "total": 10,
        "open": 8,
        "overdue": 2,
        "due": 5,
        "on_time": 2,
        "not_due": 2,
        "standing": 1,
        "multi_year": 1,
        "excused": 1,
    }
    assert (first.rate, second.rate, page.context["total"].rate) == ("40,0%", "0,0%", "33,3%")
    assert counts(second) == {"total": 1, "open": 1, "overdue": 1, "due": 1}


def test_what_came_late_is_called_late_and_not_an_answer(made, as_):
    html = as_(made.world.officer).get(reverse(ADDRESS), {"figure": "due"}).content.decode()

    assert "Chậm 1 ngày" in html
    assert "Trả lời chậm" not in html


@pytest.mark.parametrize(
    ("figure", "names"),
    [
        ("overdue", {"late", "not met", "elsewhere"}),
        ("due", {"late", "not met", "in time", "too late", "reported", "elsewhere"}),
        ("on_time", {"in time", "reported"}),
        ("not_due", {"today", "ahead"}),
        ("standing", {"standing"}),
        ("multi_year", {"years"}),
        ("excused", {"excused"}),
    ],
)
def test_each_figure_opens_its_rows(made, as_, figure, names):
    page = as_(made.world.officer).get(reverse(ADDRESS), {"figure": figure})

    assert shown(page) == names
    assert dict(page.context["total"].numbers)[figure] == len(names)


def test_the_page_shows_the_open_ones_what_is_overdue_first_with_age_step_and_evidence(made, as_):
    world, late = made.world, made.by_name["late"]
    LadderStep.objects.create(recommendation=late, kind="urged", number=2, taken_on=world.today, reference="3/BKTNS")
    Recommendation.objects.filter(pk=late.pk).update(evidence="Ảnh hiện trường")
    made.held.held_on = world.today - timedelta(days=40)
    made.held.save()

    page = as_(world.delegate).get(reverse(ADDRESS))

    rows = list(page.context["page"])
    assert shown(page) == set(made.by_name) - {"in time", "too late", "prepared"}
    assert {row.recommendation.content for row in rows[:5]} == {"late", "not met", "years", "excused", "elsewhere"}
    assert {row.age for row in rows} == {40}
    html = page.content.decode()
    for words in ("Đôn đốc lần 2", "3/BKTNS", "Ảnh hiện trường"):
        assert words in html


def test_what_is_late_for_a_reason_on_record_is_not_shown_as_overdue(made, as_):
    shown = {}
    for name in ("late", "years", "excused", "too late"):
        page = as_(made.world.officer).get(made.by_name[name].get_absolute_url()).content.decode()
        shown[name] = ("Quá hạn 1 ngày" in page, "Có lý do" in page, "Chậm 1 ngày" in page)

    assert shown == {
        "late": (True, False, False),
        "years": (False, True, False),
        "excused": (False, True, False),
        "too late": (False, False, True),
    }


def test_by_delegation_and_of_one_agency(made, as_):
    client, delegation = as_(made.world.officer), made.held.delegation

    by_delegation = client.get(reverse(ADDRESS), {"by": "delegation"})
    of_one = client.get(
        reverse(ADDRESS), {"agency": made.world.other_department.pk, "delegation": delegation.pk, "figure": "total"}
    )

    assert [(line.key, line.name, line.counts["total"]) for line in by_delegation.context["lines"]] == [
        (delegation.pk, str(delegation), 11)
    ]
    assert shown(of_one) == {"elsewhere"}


def test_an_agency_follows_up_its_own_and_a_stranger_nothing(made, as_):
    elsewhere = World("bp", "tỉnh Bình Phước")
    own = as_(made.world.other_drafter).get(reverse(ADDRESS))
    none = as_(elsewhere.officer).get(reverse(ADDRESS), {"agency": made.world.department.pk, "figure": "total"})

    assert shown(own) == {"elsewhere"}
    assert shown(none) == set()
    assert none.context["lines"] == []


def test_nonsense_in_the_address_narrows_nothing(made, as_):
    page = as_(made.world.officer).get(
        reverse(ADDRESS), {"agency": "x", "figure": "y", "by": "z", "delegation": "9" * 30}
    )

    assert page.context["total"].counts["total"] == 11


def cells_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [cell for row in sheet.iter_rows() for cell in row]


def test_the_workbook_holds_what_the_page_shows(made, as_):
    Recommendation.objects.filter(pk=made.by_name["late"].pk).update(content="=1+1")

    overdue, apart = (
        cells_of(as_(made.world.officer).get(reverse("oversight:followed_workbook"), {"figure": figure}))
        for figure in ("overdue", "multi_year")
    )

    (formula,) = [cell for cell in overdue if cell.value == "=1+1"]
    assert formula.data_type == "s"
    contents = {cell.value for cell in overdue}
    assert {"not met", "elsewhere"} <= contents
    assert not {"ahead", "years", "excused"} & contents
    assert {"years", "công việc nhiều năm: Vốn trung hạn"} <= {cell.value for cell in apart}


def test_the_page_reads_its_rows_at_once(made, as_):
    client = as_(made.world.officer)
    few = queries(client, f"{reverse(ADDRESS)}?figure=overdue&agency={made.world.other_department.pk}")
    many = queries(client, f"{reverse(ADDRESS)}?figure=overdue&agency={made.world.department.pk}")

    assert few == many


# Counted apart


def test_a_recommendation_is_counted_apart_with_a_reason_and_counted_again(made, as_):
    late, client = made.by_name["late"], as_(made.world.member)
    address = reverse("oversight:count_apart", args=[late.pk])

    client.post(address, {"apart": "excused", "reason": "Chờ Trung ương", "document": "15/UBND-TH"})
    late.refresh_from_db()
    excused = (late.apart, late.apart_reason, late.apart_document)
    client.post(address, {"apart": "", "reason": "thừa", "document": ""})

    late.refresh_from_db()
    assert excused == ("excused", "Chờ Trung ương", "15/UBND-TH")
    assert (late.apart, late.apart_reason, late.apart_document) == ("", "", "")
    assert late.history.filter(history_user=made.world.member).count() == 2


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"apart": "multi_year", "reason": "", "document": ""}, "reason"),
        ({"apart": "excused", "reason": "Chờ vốn", "document": ""}, "document"),
        ({"apart": "whatever", "reason": "Chờ vốn", "document": ""}, "apart"),
    ],
)
def test_without_a_reason_or_a_document_it_is_counted(made, as_, data, field):
    late = made.by_name["late"]

    page = as_(made.world.member).post(reverse("oversight:count_apart", args=[late.pk]), data)

    late.refresh_from_db()
    assert list(page.context["form"].errors) == [field]
    assert late.apart == ""


def test_the_database_keeps_nothing_apart_without_its_reason(made):
    for details in ({"apart": "multi_year"}, {"apart": "excused", "apart_reason": "Chờ vốn"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=made.by_name["late"].pk).update(**details)


@pytest.mark.parametrize(("who", "expected"), [("delegate", 403), ("head", 403), ("other_drafter", 404)])
def test_the_agency_does_not_count_itself_apart(made, as_, who, expected):
    address = reverse("oversight:count_apart", args=[made.by_name["late"].pk])

    response = as_(getattr(made.world, who)).post(address, {"apart": "multi_year", "reason": "Chờ vốn"})

    assert response.status_code == expected


def test_every_recommendation_is_due_not_due_standing_or_apart(made):
    rows = follow_up.followed(Recommendation.objects.all(), made.world.today)

    classes = {"due", "not_due", "standing", "multi_year", "excused"}
    assert {len(row.figures & classes) for row in rows} == {1}
