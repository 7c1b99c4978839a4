"""Pages of clocks and of the calendar: what they say, what they refuse, who sees them."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from accounts.models import Notice
from deadlines import notifications, workflow
from deadlines.models import CalendarEntry, CalendarVersion, Clock, calendar_of, derive_together
from petitions.models import Assignment, Petition
from petitions.subjects import ASSIGNMENT_TIME
from tests.kept import keeping, ready

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

DUE = date(2026, 3, 3)


def typed(day):
    return day.strftime("%d/%m/%Y")


@pytest.fixture
def petition(world):
    return world.forwarded()


@pytest.fixture
def clock(petition):
    return Clock.objects.get(assignment__point__petition=petition)


def together(clock):
    """The derivation as lists of many clocks read it."""
    [found] = Clock.objects.filter(pk=clock.pk).prefetch_related("events")
    derive_together([found])
    return found.derived


def counted(world, days=10):
    """The clock of a real assignment, counting working days over Tết 2026."""
    world.forwarded()
    clock = Clock.objects.get()
    fresh = workflow.start(
        on=date(2026, 2, 10), by=world.officer, days=days, council=world.council, agency=world.department
    )
    clock.assignment.clock = fresh
    clock.assignment.save()
    return fresh


def test_the_page_answers_in_two_sentences_and_names_every_day(world, as_):
    clock = counted(world)

    page = as_(world.drafter).get(clock.get_absolute_url()).content.decode()

    assert "10 ngày làm việc kể từ ngày 10/02/2026, không tính ngày bắt đầu: hạn là ngày 03/3/2026." in page
    assert "Hạn chưa thay đổi lần nào: ngày 03/3/2026." in page
    assert "17/02/2026: Tết Nguyên Đán" in page
    assert "11 ngày không tính" in page


def test_the_page_says_who_was_told_when_and_whether_they_read_it(world, petition, as_):
    clock = Clock.objects.get(assignment__point__petition=petition)
    workflow.adopt_defaults(world.council)
    notifications.remind(clock.due_on)
    Notice.objects.filter(user=world.head, kind="due").update(read_at=timezone.now(), mailed_at=timezone.now())
    beside = world.forwarded()
    stranger = Clock.objects.get(assignment__point__petition=beside)

    told = as_(world.officer).get(clock.get_absolute_url()).context["told"]

    assert [[notice.user for notice in said] for said in told] == [[world.drafter, world.head]] * 2
    assert [said[0].kind for said in told] == ["event", "due"]
    assert told[0][0].text.startswith("Chuyển theo 01/HĐND-VP đến Sở Xây dựng")
    page = as_(world.drafter).get(clock.get_absolute_url())
    now = timezone.localtime().strftime("%d/%m/%Y")
    [mailed] = [said for said in " ".join(page.content.decode().split()).split("<li>") if "đã gửi thư" in said]
    assert mailed.count(now) == 2
    assert [said[0].kind for said in as_(world.officer).get(stranger.get_absolute_url()).context["told"]] == ["event"]


def test_who_was_told_of_an_internal_date_stays_inside(world, petition, clock, as_):
    workflow.start_inside(clock, due_on=world.today + timedelta(days=1), on=world.today, by=world.head)
    workflow.adopt_defaults(world.council)
    notifications.remind(world.today)
    inside = clock.inside.get()

    assert [said[0].text[:11] for said in as_(world.head).get(inside.get_absolute_url()).context["told"]] == [
        "Hạn nội bộ "
    ]
    assert "Hạn nội bộ" not in as_(world.officer).get(clock.get_absolute_url()).content.decode()


def test_strangers_find_no_clock(world, clock, elsewhere, as_):
    for user in (elsewhere.officer, world.other_drafter):
        assert as_(user).get(clock.get_absolute_url()).status_code == 404
    for user in (world.officer, world.delegate, world.head):
        assert as_(user).get(clock.get_absolute_url()).status_code == 200


def test_a_pause_and_its_end_move_the_date_and_are_told(world, petition, clock, as_):
    client = as_(world.officer)
    client.post(f"{clock.get_absolute_url()}pause/", {"on": typed(world.today), "reason": "chờ khảo sát"})
    clock.refresh_from_db()
    assert clock.paused_on == world.today
    assert Petition.objects.get(pk=petition.pk).due_on is None

    later = world.today + timedelta(days=7)
    client.post(f"{clock.get_absolute_url()}resume/", {"on": typed(later), "reason": "đã có số liệu"})

    clock.refresh_from_db()
    expected = calendar_of(world.council).next_working_day(world.today + timedelta(days=17))
    assert (clock.due_on, clock.original_due_on) == (expected, world.today + timedelta(days=10))
    assert Petition.objects.get(pk=petition.pk).due_on == expected
    assert list(petition.events.order_by("pk").values_list("kind", flat=True))[-2:] == ["paused", "resumed"]


@pytest.mark.parametrize(
    ("act", "sent", "words"),
    [
        ("pause", {"on": "", "reason": "x"}, "Trường này là bắt buộc"),
        ("resume", {"on": "01/01/2026", "reason": "x"}, "không ở trạng thái tạm dừng"),
        ("extend", {"reason": "x"}, "chỉ một trong hai"),
        ("extend", {"due_on": "01/01/2020", "reason": "x"}, "phải sau hạn hiện tại"),
        ("extend", {"days": "0", "reason": "x"}, "lớn hơn hoặc bằng với 1"),
    ],
)
def test_bad_input_changes_nothing_and_says_why(world, clock, as_, act, sent, words):
    page = as_(world.officer).post(f"{clock.get_absolute_url()}{act}/", sent).content.decode()

    assert words in page
    assert clock.events.count() == 1


def test_an_extension_by_days_counts_on_from_the_due_date(world, clock, as_):
    as_(world.officer).post(
        f"{clock.get_absolute_url()}extend/", {"days": "5", "counting": "working", "reason": "khối lượng lớn"}
    )

    clock.refresh_from_db()
    event = clock.events.last()
    assert (event.kind, event.days, event.recorded_by, event.due_after) == ("extended", 5, world.officer, clock.due_on)
    assert clock.due_on > clock.original_due_on


def test_what_is_answered_gets_no_more_time(world, as_):
    assignment = Assignment.objects.get(point__petition=world.answered())
    later = {"due_on": typed(world.today + timedelta(days=40))}
    officer = as_(world.officer)

    page = officer.post(f"{assignment.clock.get_absolute_url()}extend/", {**later, "reason": "x"})

    assert "Thời hạn đã kết thúc." in page.content.decode()
    assert [event.kind for event in assignment.clock.events.all()] == ["started", "stopped"]


def test_a_clock_changes_together_with_what_repeats_its_date_or_not_at_all(world, clock, as_):
    sent = {"due_on": typed(world.today + timedelta(days=40)), "reason": "x"}

    with (
        patch.object(ASSIGNMENT_TIME, "settled", side_effect=RuntimeError("mất điện")),
        pytest.raises(RuntimeError, match="mất điện"),
    ):
        as_(world.officer).post(f"{clock.get_absolute_url()}extend/", sent)

    assert Clock.objects.get(pk=clock.pk).due_on == clock.due_on
    assert clock.events.count() == 1


def test_an_agency_grants_itself_nothing(world, clock, as_):
    for user in (world.drafter, world.head, world.leader, world.delegate):
        response = as_(user).post(f"{clock.get_absolute_url()}extend/", {"days": "5", "reason": "x"})
        assert response.status_code == 403
    assert clock.events.count() == 1


def test_an_internal_date_is_the_agencys_own(world, clock, as_):
    client = as_(world.drafter)
    sent = {"due_on": typed(world.today + timedelta(days=6)), "reason": "để lãnh đạo xem"}
    client.post(f"{clock.get_absolute_url()}internal/", sent)

    inner = Clock.objects.get(beside=clock)
    assert (inner.holder, inner.due_on, inner.agency) == (
        "internal",
        world.today + timedelta(days=6),
        world.department,
    )
    assert client.get(inner.get_absolute_url()).status_code == 200
    assert as_(world.officer).get(inner.get_absolute_url()).status_code == 404
    assert as_(world.officer).post(f"{clock.get_absolute_url()}internal/", sent).status_code == 403


def test_an_internal_date_does_not_lie_after_the_official_one(world, clock, as_):
    sent = {"due_on": typed(world.today + timedelta(days=11)), "reason": ""}

    page = as_(world.drafter).post(f"{clock.get_absolute_url()}internal/", sent).content.decode()

    assert "Hạn nội bộ không được sau hạn chính thức." in page


def test_the_official_clock_stops_those_beside_it(world, petition, clock):
    workflow.start_inside(clock, due_on=world.today + timedelta(days=5), on=world.today, by=world.drafter)

    world.issue(world.drafted_reply(petition).document, world.drafter, world.head, world.registrar)

    assert set(Clock.objects.values_list("stopped_on", flat=True)) == {world.today}


class TestCalendar:
    def address(self, world, year=2026):
        return f"/deadlines/{world.council.pk}/calendar/{year}/"

    def rows(self, *entries):
        sent = {"rows": str(len(entries)), "basis": "Thông báo số 1"}
        for place, (day, kind, name) in enumerate(entries):
            sent |= {f"row{place}-day": day, f"row{place}-kind": kind, f"row{place}-name": name}
        return sent

    def test_the_public_days_and_the_councils_own_stand_side_by_side(self, world, as_):
        workflow.adopt_calendar(
            world.council, 2026, entries=[(date(2026, 1, 2), "off", "Nghỉ hoán đổi")], basis="TB", by=world.officer
        )

        page = as_(world.drafter).get(self.address(world)).content.decode()

        assert "Nghỉ hoán đổi" in page
        assert "Mùng hai Tết Nguyên Đán" in page
        assert "22/8/2026" in page
        assert "05/01/2019" not in page
        assert "Sửa lịch năm này" not in page

    def test_what_would_move_is_seen_before_it_moves(self, world, as_):
        clock = counted(world)
        client = as_(world.officer)
        sent = self.rows(("03/03/2026", "closed", "Mất điện"))

        seen = client.post(f"{self.address(world)}edit/", {**sent, "preview": "1"})

        assert "1 hạn đang chạy sẽ thay đổi" in seen.content.decode()
        assert "04/3/2026" in seen.content.decode()
        clock.refresh_from_db()
        assert (clock.due_on, CalendarVersion.objects.count()) == (DUE, 0)

        client.post(f"{self.address(world)}edit/", {**sent, "apply": "1", "seen": seen.context["seen"]})

        clock.refresh_from_db()
        assert (clock.due_on, clock.original_due_on) == (date(2026, 3, 4), DUE)
        event = clock.events.last()
        assert (event.kind, event.reason, event.recorded_by) == (
            "recounted",
            "lịch làm việc năm 2026, bản 1",
            world.officer,
        )
        assert Notice.objects.filter(user=world.drafter, kind="moved").get().text == (
            "Hạn chuyển từ ngày 03/3/2026 sang ngày 04/3/2026: lịch làm việc năm 2026, bản 1."
        )

    def test_nothing_is_applied_that_was_not_previewed(self, world, as_):
        counted(world)
        sent = self.rows(("03/03/2026", "closed", "Mất điện"))

        page = as_(world.officer).post(f"{self.address(world)}edit/", {**sent, "apply": "1", "seen": "x"})

        assert "Có thay đổi từ lúc xem trước" in page.content.decode()
        assert CalendarVersion.objects.count() == 0

    def test_each_correction_is_a_version_and_the_latest_holds(self, world):
        for name in ("Bão", "Lũ"):
            workflow.adopt_calendar(
                world.council, 2026, entries=[(date(2026, 3, 3), "closed", name)], basis=name, by=world.officer
            )

        assert calendar_of(world.council).day_off(date(2026, 3, 3)) == "Lũ"
        assert [(v.number, v.entries.get().name) for v in CalendarVersion.objects.all()] == [(2, "Lũ"), (1, "Bão")]

    def test_what_is_left_as_it_stands_stays_in_the_next_version(self, world, as_):
        kept = [("02/01/2026", "off", "Nghỉ bù"), ("10/01/2026", "worked", "Làm bù")]
        entries = [(date(2026, 1, day), kind, name) for day, (_day, kind, name) in zip((2, 10), kept, strict=True)]
        workflow.adopt_calendar(world.council, 2026, entries=entries, basis="1/TB", by=world.officer)
        client, sent = as_(world.officer), self.rows(*kept, ("03/03/2026", "closed", "Bão"), ("", "off", ""))

        seen = client.post(f"{self.address(world)}edit/", {**sent, "preview": "1"}).context["seen"]
        client.post(f"{self.address(world)}edit/", {**sent, "apply": "1", "seen": seen})

        latest = CalendarVersion.objects.first()
        assert (latest.number, [entry.name for entry in latest.entries.all()]) == (2, ["Nghỉ bù", "Làm bù", "Bão"])

    def test_a_row_whose_day_is_cleared_is_left_out(self, world, as_):
        entries = [(date(2026, 1, 2), "off", "Nghỉ bù"), (date(2026, 1, 10), "worked", "Làm bù")]
        workflow.adopt_calendar(world.council, 2026, entries=entries, basis="1/TB", by=world.officer)
        client, sent = as_(world.officer), self.rows(("", "off", "Nghỉ bù"), ("10/01/2026", "worked", "Làm bù"))

        seen = client.post(f"{self.address(world)}edit/", {**sent, "preview": "1"}).context["seen"]
        client.post(f"{self.address(world)}edit/", {**sent, "apply": "1", "seen": seen})

        assert [entry.name for entry in CalendarVersion.objects.first().entries.all()] == ["Làm bù"]

    def test_after_a_correction_the_page_says_that_the_calendar_moved_the_date(self, world, as_):
        clock = counted(world)
        entries = [(date(2026, 3, 3), "closed", "Bão")]
        workflow.adopt_calendar(world.council, 2026, entries=entries, basis="1/TB", by=world.officer)

        for derived in (Clock.objects.get(pk=clock.pk).derived, together(clock)):
            assert derived.sentences == [
                "10 ngày làm việc kể từ ngày 10/02/2026, không tính ngày bắt đầu: hạn là ngày 03/3/2026.",
                "Sau khi lịch làm việc thay đổi 1 lần, hạn hiện nay là ngày 04/3/2026.",
            ]
            assert [stage.due_on for stage in derived.stages] == [DUE, date(2026, 3, 4)]
            assert (derived.original_due_on, derived.due_on) == (DUE, date(2026, 3, 4))
            assert [skipped.name for stage in derived.stages for skipped in stage.skipped].count("Bão") == 1

    def test_a_stopped_clock_keeps_the_calendar_of_its_time(self, world):
        clock = counted(world)
        workflow.stop(clock, on=date(2026, 3, 2), by=world.officer)

        workflow.adopt_calendar(
            world.council, 2026, entries=[(date(2026, 3, 3), "closed", "Bão")], basis="TB", by=world.officer
        )

        stopped = Clock.objects.get(pk=clock.pk)
        assert (stopped.due_on, stopped.derived.due_on) == (DUE, DUE)

    def test_a_council_corrects_its_own_calendar_only(self, world, elsewhere):
        workflow.adopt_calendar(
            world.council, 2026, entries=[(date(2026, 3, 3), "closed", "Bão")], basis="TB", by=world.officer
        )

        assert calendar_of(elsewhere.council).day_off(date(2026, 3, 3)) == ""

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (("03/03/2025", "off", "x"), "không thuộc năm 2026"),
            (("", "off", "Tên"), "Ngày nào?"),
            (("03/03/2026", "off", ""), "Ghi tên ngày"),
            (("31/02/2026", "off", "x"), "Hãy nhập một ngày có thật"),
        ],
    )
    def test_bad_rows_are_named_and_nothing_is_lost(self, world, as_, row, words):
        sent = self.rows(("02/01/2026", "off", "Giữ lại"), row)

        page = as_(world.officer).post(f"{self.address(world)}edit/", {**sent, "preview": "1"}).content.decode()

        assert words in page
        assert "Giữ lại" in page

    def test_a_day_stands_there_once(self, world, as_):
        sent = self.rows(("02/01/2026", "off", "Một"), ("02/01/2026", "worked", "Hai"))

        page = as_(world.officer).post(f"{self.address(world)}edit/", {**sent, "preview": "1"}).content.decode()

        assert "Ngày này được nhập hai lần." in page

    def test_others_read_it_and_change_nothing(self, world, elsewhere, as_):
        assert as_(world.drafter).get(self.address(world)).status_code == 200
        assert as_(world.drafter).get(f"{self.address(world)}edit/").status_code == 403
        assert as_(elsewhere.officer).get(self.address(world)).status_code == 404
        assert CalendarEntry.objects.count() == 0
