"""desk/piles.py: what lies on each desk, exactly, and nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.conf import settings

from desk.piles import Group, piles
from documents import after_issue
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from tests.counting import queries
from tests.desk.desks import fill
from tests.kept import keeping
from tests.world import World

COUNCIL_WAITS_FOR = {
    "Còn lâu": "Mở",
    "Để trả lời nháp": "Mở",
    "Để trả lời bị trả": "Mở",
    "Để trả lời chờ duyệt": "Mở",
    "Để trả lời chờ số": "Mở",
}
VISIT = "Sở Xây dựng tỉnh Ninh Bình, {today}"
LATE = {"Quá hạn": "Mở", "Đề nghị quá hạn": "Mở"}
SOON = {"Sắp đến hạn": "Mở", "Của Sở Y tế": "Mở"}

#: {person: {group: {what it is: what to do}}}
DESKS = {
    "officer": {
        "do": {
            "Bị trả lại": "Giao lại",
            "Mới": "Phân loại",
            "Đã phân loại": "Chuyển",
            "Báo cáo bị trả": "Sửa",
            "Báo cáo nháp": "Soạn tiếp",
            "Báo cáo chờ số": "Cấp số",
            "Đề nghị đã báo cáo": "Xác nhận",
            VISIT: "Ghi nhận",
        },
        "late": LATE,
        "soon": SOON,
        "waiting": {**COUNCIL_WAITS_FOR, "Báo cáo chờ duyệt": "Mở"},
    },
    "leader": {
        "do": {
            "Báo cáo chờ duyệt": "Xem và duyệt",
            "Đề nghị đã báo cáo": "Xác nhận",
            VISIT: "Ghi nhận",
        },
        "late": LATE,
        "soon": SOON,
        "waiting": {**COUNCIL_WAITS_FOR, "Báo cáo chờ số": "Mở"},
    },
    "drafter": {
        "do": {
            "Còn lâu": "Nhận hoặc trả lại",
            "Quá hạn": "Nhận hoặc trả lại",
            "Sắp đến hạn": "Soạn trả lời",
            "Trả lời bị trả": "Sửa",
            "Trả lời nháp": "Soạn tiếp",
            "Đề nghị quá hạn": "Báo cáo",
            "Đề nghị còn hạn": "Báo cáo",
        },
        "late": {"Quá hạn": "Mở", "Đề nghị quá hạn": "Báo cáo"},
        "soon": {"Sắp đến hạn": "Mở"},
        "waiting": {"Trả lời chờ duyệt": "Mở", "Trả lời chờ số": "Mở"},
    },
    "head": {
        "do": {"Trả lời chờ duyệt": "Xem và duyệt", "Đề nghị quá hạn": "Báo cáo", "Đề nghị còn hạn": "Báo cáo"},
        "late": {"Quá hạn": "Mở", "Đề nghị quá hạn": "Báo cáo"},
        "soon": {"Sắp đến hạn": "Mở"},
        "waiting": {"Trả lời chờ số": "Mở"},
    },
    "registrar": {"do": {"Trả lời chờ số": "Cấp số"}, "late": {}, "soon": {}, "waiting": {}},
    "member": {
        "do": {"Đề nghị đã báo cáo": "Xác nhận", VISIT: "Ghi nhận"},
        "late": LATE,
        "soon": SOON,
        "waiting": COUNCIL_WAITS_FOR,
    },
    "delegate": {
        "do": {},
        "late": {"Quá hạn": "Mở"},
        "soon": SOON,
        "waiting": {**COUNCIL_WAITS_FOR, "Báo cáo chờ số": "Mở"},
    },
    "administrator": {
        "do": {},
        "late": {"Quá hạn": "Mở"},
        "soon": SOON,
        "waiting": {**COUNCIL_WAITS_FOR, "Báo cáo chờ số": "Mở"},
    },
    "other_drafter": {
        "do": {"Của Sở Y tế": "Nhận hoặc trả lại"},
        "late": {},
        "soon": {"Của Sở Y tế": "Mở"},
        "waiting": {},
    },
}


def build():
    world = World("busy", "tỉnh Ninh Bình")
    fill(world)
    return world


#: A council where something lies on every desk; what a test changes is undone after it.
kept, busy = keeping(build)


def tasks(user, today):
    return {
        group.value: [task for pile in piles(user, today) if pile.group == group for task in pile.tasks(100)]
        for group in Group
    }


def expected(desk, today):
    return {
        group: sorted((name.format(today=f"{today:%d/%m/%Y}"), action) for name, action in rows.items())
        for group, rows in desk.items()
    }


def test_each_desk_holds_exactly_its_own(busy):
    found = {
        who: {
            group: sorted((task.title, str(task.action)) for task in rows)
            for group, rows in tasks(getattr(busy, who), busy.today).items()
        }
        for who in DESKS
    }

    assert found == {who: expected(desk, busy.today) for who, desk in DESKS.items()}


@pytest.mark.parametrize("who", DESKS)
def test_the_counts_on_the_page_are_those_of_the_piles(busy, as_, who):
    client = as_(getattr(busy, who))

    for group in Group:
        context = client.get("/", {"group": group.value}).context
        assert context["counts"] == {name: len(rows) for name, rows in DESKS[who].items()}
        assert (
            sorted((task.title, str(task.action)) for task in context["tasks"])
            == (expected(DESKS[who], busy.today)[group.value])
        )


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("who", DESKS)
def test_every_link_opens_for_the_person(busy, as_, who):
    client = as_(getattr(busy, who))
    links = {task.title: task.url for rows in tasks(getattr(busy, who), busy.today).values() for task in rows}

    assert {title: client.get(url).status_code for title, url in links.items()} == dict.fromkeys(links, 200)


@pytest.mark.usefixtures("busy")
def test_nothing_of_another_council_lies_on_any_desk(world, as_):
    for user in world.people.values():
        assert as_(user).get("/").context["counts"] == {"do": 0, "soon": 0, "late": 0, "waiting": 0}


def test_what_must_be_done_first_stands_first(busy, as_):
    rows = as_(busy.drafter).get("/").context["tasks"]

    days = [task.due_on for task in rows if task.due_on]
    assert days == sorted(days)
    assert [task.due_on is None for task in rows] == sorted(task.due_on is None for task in rows)
    assert rows[0].title == "Đề nghị quá hạn"


def test_an_unknown_group_shows_what_is_to_do(busy, as_):
    assert as_(busy.officer).get("/", {"group": "x"}).context["chosen"] == "do"


def test_an_empty_desk_says_what_the_role_is_for(world, as_):
    page = as_(world.registrar).get("/").content.decode()

    assert "Không có việc nào chờ bạn." in page
    assert "Cấp số, phát hành văn bản đã duyệt của cơ quan." in page


def test_somebody_without_a_role_has_an_empty_desk(world, as_):
    world.officer.memberships.get().delete()

    response = as_(world.officer).get("/")

    assert response.context["counts"] == {"do": 0, "soon": 0, "late": 0, "waiting": 0}


def test_a_point_of_several_is_a_task_of_its_own(world):
    petition = world.forwarded(points=["Một.", "Hai."])

    rows = tasks(world.drafter, world.today)["do"]

    assert [task.code for task in rows] == [f"{petition.code}.1", f"{petition.code}.2"]


def to_do(world):
    """What the drafter is asked to do about petitions."""
    return [(task.title, str(task.action)) for task in tasks(world.drafter, world.today)["do"]]


def accepted(world, **details):
    petition = world.forwarded(title="Đèn đường", due_on=world.today + timedelta(days=60), **details)
    petitions.accept(Assignment.objects.get(point__petition=petition), by=world.drafter)
    return petition


def test_after_an_interim_reply_the_final_one_is_still_to_be_drafted(world):
    reply = world.drafted_reply(accepted(world), kind="interim", result="in_progress")
    assert to_do(world) == [(reply.document.subject, "Soạn tiếp")]

    world.issue(reply.document, world.drafter, world.head, world.registrar)

    assert to_do(world) == [("Đèn đường", "Soạn trả lời")]


def test_after_a_recalled_reply_a_new_one_is_to_be_drafted(world):
    reply = world.drafted_reply(accepted(world))
    letter = world.issue(reply.document, world.drafter, world.head, world.registrar)
    assert to_do(world) == []

    recall = after_issue.amend(letter, "recall", by=world.drafter, reason="Nhầm.")
    world.issue(recall.document, world.drafter, world.head, world.registrar)

    assert to_do(world) == [("Đèn đường", "Soạn trả lời")]


def test_due_today_is_soon_and_not_late(world):
    world.forwarded(title="Hôm nay", due_on=world.today)

    for user in (world.officer, world.drafter):
        found = tasks(user, world.today)
        assert ([task.title for task in found["soon"]], found["late"]) == (["Hôm nay"], [])


def test_a_petition_in_a_draft_letter_is_not_to_be_forwarded_again(world, as_):
    world.planned(world.classified(title="Trong dự thảo"))
    client = as_(world.officer)
    (link,) = [task.url for task in tasks(world.officer, world.today)["do"] if task.title == "Trong dự thảo"] or [None]

    assert link is None or client.get(link).status_code == 200


def test_the_number_of_queries_does_not_grow_with_what_lies_there(busy, client):
    def counted():
        numbers = {}
        for who in ("officer", "drafter", "member"):
            client.force_login(getattr(busy, who), settings.AUTHENTICATION_BACKENDS[0])
            numbers |= {(who, group): queries(client, f"/?group={group}") for group in (Group.DO, Group.LATE)}
        return numbers

    before = counted()
    fill(busy)

    assert counted() == before


def test_a_petition_lies_once_on_a_desk(busy):
    for who in DESKS:
        titles = [task.title for task in tasks(getattr(busy, who), busy.today)["do"]]
        assert len(titles) == len(set(titles)), who
    assert Petition.objects.count() == 13
