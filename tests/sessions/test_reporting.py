"""sessions/reporting.py: reports owed before and after sessions start their clocks by themselves, and stop them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.permissions import Role
from common import duties
from deadlines import notifications
from deadlines import workflow as deadlines
from deadlines.models import Clock, DeadlineRule
from sessions import reporting
from sessions.models import AssemblySession, CouncilSession, DueReport
from sessions.workflow import save_session
from tests.counting import queries
from tests.refusals import refused
from tests.world import agency, person

OPENS = date(2035, 12, 5)


@pytest.fixture
def ruled(world):
    """A council with the shipped rules, its delegation to the National Assembly and somebody in its committee."""
    deadlines.adopt_defaults(world.council)
    world.delegation = agency(world.council, "Đoàn đại biểu Quốc hội", "na_delegation", "ĐĐBQH")
    world.writer = person("writer", (world.ubnd, Role.DRAFTER))
    return world


@pytest.fixture
def owed(ruled):
    """The report of the People's Committee before a session in forty days."""
    session = ruled.new_session(opens_on=ruled.today + timedelta(days=40), number=5)
    (report,) = reporting.require(session, by=ruled.officer)
    return report


def assembly(world, opens_on, closes_on):
    session = AssemblySession(council=world.council, name="Kỳ họp thứ 2", opens_on=opens_on, closes_on=closes_on)
    save_session(session, by=world.officer)
    return session


def told(user):
    return list(Notice.objects.filter(user=user).values_list("text", flat=True))


def test_a_session_on_record_starts_the_clock_of_the_report_before_it(ruled):
    session = ruled.new_session(opens_on=OPENS, number=5)
    save_session(session, by=ruled.officer)

    report = session.due_reports.get()
    assert (report.agency, report.due_on) == (ruled.ubnd, date(2035, 11, 5))
    assert report.title == "Báo cáo kết quả giải quyết của UBND trước kỳ họp HĐND"
    assert report.clock.derived.sentences[0] == "30 ngày trước ngày 05/12/2035: hạn là ngày 05/11/2035."
    assert told(ruled.writer) == [f"Phải gửi báo cáo trước khi hết ngày 05/11/2035: {report}."]


def test_reports_are_due_before_and_after_a_session_of_the_national_assembly(ruled):
    session = assembly(ruled, OPENS, date(2035, 12, 26))

    assert list(session.due_reports.order_by("clock__due_on").values_list("agency", "clock__due_on")) == [
        (ruled.delegation.pk, date(2035, 11, 20)),
        (ruled.delegation.pk, date(2036, 1, 10)),
    ]


def test_a_rule_that_names_nobody_makes_the_office_write(ruled):
    DeadlineRule.objects.filter(agency_kind="na_delegation").update(agency_kind="")

    session = assembly(ruled, OPENS, OPENS)

    assert set(session.due_reports.values_list("agency", flat=True)) == {ruled.office.pk}


def test_only_regular_sessions_of_the_council_carry_reports(ruled):
    thematic = ruled.new_session(opens_on=OPENS, number=6, kind=CouncilSession.Kind.THEMATIC)

    assert reporting.require(thematic) == []


def test_what_is_long_past_is_not_asked_for_now(ruled):
    past = ruled.new_session(opens_on=ruled.today - timedelta(days=100), number=1)

    assert reporting.require(past) == []


def test_asked_again_nothing_is_owed_twice(owed):
    assert reporting.require(owed.council_session) == []
    assert duties.all_duties()[2].key == "reports"


def test_a_session_moved_meanwhile_is_counted_from_its_new_day(ruled):
    stale = ruled.new_session(opens_on=OPENS, number=5)
    CouncilSession.objects.filter(pk=stale.pk).update(opens_on=OPENS + timedelta(days=1))

    (report,) = reporting.require(stale)

    assert report.due_on == date(2035, 11, 6)


def test_the_duty_asks_for_what_a_rule_made_since_wants(world):
    assert reporting.require_all(timezone.now()) == 0

    deadlines.adopt_defaults(world.council)

    assert reporting.require_all(timezone.now()) == 1
    assert DueReport.objects.get().council_session == world.session


def test_a_session_that_moves_takes_its_reports_along_and_says_why(owed, ruled):
    session, before = owed.council_session, owed.due_on
    days = {"opens_on": session.opens_on, "closes_on": session.closes_on}
    session.opens_on += timedelta(days=10)
    session.closes_on += timedelta(days=10)
    save_session(session, by=ruled.officer, before=days)

    owed.clock.refresh_from_db()
    assert (owed.clock.due_on, owed.clock.original_due_on) == (before + timedelta(days=10), before)
    assert any("dời từ" in text for text in told(ruled.writer))


def test_the_clock_stops_on_the_day_the_report_was_sent(owed, ruled):
    reporting.record_sent(owed, by=ruled.writer, sent_on=ruled.today, reference="215/BC-UBND")

    clock = Clock.objects.get(pk=owed.clock_id)
    assert (clock.stopped_on, clock.events.last().reason) == (ruled.today, "215/BC-UBND")
    assert told(ruled.officer)[-1].startswith("Báo cáo số 215/BC-UBND đã gửi ngày")
    with refused("đã được ghi nhận gửi ngày"):
        reporting.record_sent(owed, by=ruled.officer, sent_on=ruled.today, reference="216/BC-UBND")


def test_what_is_taken_back_is_awaited_again(owed, ruled):
    reporting.record_sent(owed, by=ruled.officer, sent_on=ruled.today, reference="215/BC-UBND")
    with refused("Chỉ văn phòng HĐND được rút lại"):
        reporting.take_back(owed, by=ruled.writer, reason="Nhầm")

    reporting.take_back(owed, by=ruled.officer, reason="Nhầm kỳ họp")

    owed.refresh_from_db()
    clock = Clock.objects.get(pk=owed.clock_id)
    assert (owed.sent_on, owed.reference, clock.stopped_on, clock.events.last().reason) == (
        None,
        "",
        None,
        "Nhầm kỳ họp",
    )
    with refused("chưa được ghi nhận là đã gửi"):
        reporting.take_back(owed, by=ruled.officer, reason="Nhầm")


def test_who_neither_sends_nor_keeps_records_nothing(owed, ruled):
    for stranger in (ruled.drafter, ruled.delegate):
        with refused("hoặc văn phòng HĐND được ghi nhận"):
            reporting.record_sent(owed, by=stranger, sent_on=ruled.today, reference="1")


def test_reminders_reach_those_who_owe_it(owed, ruled):
    on = owed.due_on - timedelta(days=3)
    notifications.remind(on)

    assert Notice.objects.get(user=ruled.writer, kind="due").text == (
        f"Hạn gửi báo cáo của {ruled.ubnd.short_label}: {owed.due_on:%d/%m/%Y}, còn 3 ngày."
    )


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_at_once_each_report_is_owed_once(world):
    deadlines.adopt_defaults(world.council)

    def ask(_asker):
        try:
            return len(reporting.require(CouncilSession.objects.get(pk=world.session.pk)))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, range(4))) == 1


class TestThePages:
    def test_the_list_shows_what_is_awaited_with_its_reason(self, owed, ruled, as_):
        page = as_(ruled.officer).get(reverse("sessions:reports")).content.decode()

        assert "Báo cáo kết quả giải quyết của UBND trước kỳ họp HĐND" in page
        assert "vì sao hạn này?" in page.lower()
        assert as_(ruled.drafter).get(reverse("sessions:reports")).context["awaited"] == []
        assert len(as_(ruled.writer).get(reverse("sessions:reports")).context["awaited"]) == 1

    def test_recorded_on_its_page(self, owed, ruled, as_):
        address = reverse("sessions:record_report", args=[owed.pk])
        tomorrow = f"{ruled.today + timedelta(days=1):%d/%m/%Y}"

        page = as_(ruled.writer).post(address, {"sent_on": tomorrow, "reference": "215/BC-UBND"})
        assert page.context["form"].errors == {"sent_on": ["Ngày này chưa tới."]}
        as_(ruled.writer).post(address, {"sent_on": f"{ruled.today:%d/%m/%Y}", "reference": "215/BC-UBND"})

        owed.refresh_from_db()
        assert (owed.sent_on, owed.reference) == (ruled.today, "215/BC-UBND")
        page = as_(ruled.officer).get(reverse("sessions:reports")).content.decode()
        assert "215/BC-UBND" in page
        as_(ruled.officer).post(reverse("sessions:take_back_report", args=[owed.pk]), {"reason": "Nhầm"})
        assert DueReport.objects.awaited().get() == owed

    def test_a_session_of_the_national_assembly_is_kept_and_moved(self, ruled, as_):
        typed = {
            "council": ruled.council.pk,
            "name": "Kỳ họp thứ 2",
            "opens_on": "20/10/2035",
            "closes_on": "30/11/2035",
        }
        as_(ruled.officer).post(reverse("sessions:create_assembly"), typed)
        session = AssemblySession.objects.get()
        again = as_(ruled.officer).post(reverse("sessions:create_assembly"), typed)
        assert "Đã có kỳ họp mang tên này." in again.content.decode()

        address = reverse("sessions:edit_assembly", args=[session.pk])
        page = as_(ruled.officer).post(address, typed | {"opens_on": "25/10/2035"}, follow=True).content.decode()

        assert "1 hạn" in page
        assert session.due_reports.order_by("clock__due_on").first().due_on == date(2035, 10, 10)
        assert as_(ruled.delegate).get(address).status_code == 403

    def test_the_list_costs_the_same_for_many(self, owed, ruled, as_):
        few = queries(as_(ruled.officer), reverse("sessions:reports"))
        for number in (6, 7):
            reporting.require(ruled.new_session(opens_on=OPENS + timedelta(days=number), number=number))

        assert queries(as_(ruled.officer), reverse("sessions:reports")) == few

    def test_it_lies_on_the_desk_of_who_owes_it_and_of_who_waits(self, owed, ruled, as_):
        mine = as_(ruled.writer).get("/?group=do").context["tasks"]
        theirs = as_(ruled.officer).get("/?group=waiting").context["tasks"]

        assert [task.url for task in mine] == [reverse("sessions:record_report", args=[owed.pk])]
        assert [task.url for task in theirs if task.code == "Báo cáo"] == [owed.get_absolute_url()]
