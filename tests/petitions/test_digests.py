"""petitions/digests.py: a filter tells of itself once in each period, and only what its reader may see."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts import notifications
from accounts.models import MailPreference, Notice
from petitions import workflow
from petitions.digests import tell_of_filters
from petitions.models import FilterMail, SavedFilter

MONDAY = date(2030, 1, 7)


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def everything(world):
    return SavedFilter.objects.create(
        owner=world.officer, council=world.council, name="Tất cả", query="scope=all", is_shared=True
    )


def asked(saved, user, period="daily", since=MONDAY - timedelta(days=10)):
    return FilterMail.objects.create(saved_filter=saved, user=user, period=period, since=since)


def told(user):
    return list(Notice.objects.filter(user=user, kind="list").order_by("pk").values_list("text", "is_void"))


def test_a_daily_filter_tells_once_a_day_from_the_hour_of_the_mail_on(world, everything):
    world.logged(received_on=MONDAY - timedelta(days=1))
    world.logged(received_on=MONDAY - timedelta(days=9))
    asked(everything, world.officer)

    did = [tell_of_filters(at(MONDAY, hour)) for hour in (0, 8, 20)]
    next_day = tell_of_filters(at(MONDAY + timedelta(days=1)))

    assert (did, next_day) == ([0, 1, 0], 1)
    assert told(world.officer) == [
        ("2 kiến nghị, trong đó 0 quá hạn, 1 mới tiếp nhận từ 06/01/2030.", True),
        ("2 kiến nghị, trong đó 0 quá hạn, 0 mới tiếp nhận từ 07/01/2030.", False),
    ]


def test_a_weekly_filter_tells_once_a_week_also_when_monday_was_missed(world, everything):
    world.logged()
    asked(everything, world.officer, "weekly")

    did = [tell_of_filters(at(MONDAY + timedelta(days=day))) for day in (1, 2, 6, 7)]

    assert did == [1, 0, 0, 1]


def test_it_begins_with_the_next_period(world, everything):
    world.logged()
    asked(everything, world.officer, "daily", since=MONDAY)
    asked(everything, world.leader, "weekly", since=MONDAY)

    assert tell_of_filters(at(MONDAY)) == 0
    assert tell_of_filters(at(MONDAY + timedelta(days=1))) == 1


def test_each_reader_is_told_what_they_may_see(world, everything, elsewhere):
    world.logged()
    world.forwarded()
    workflow.refresh(world.forwarded(), by=world.officer)
    for user in (world.officer, world.drafter, elsewhere.officer):
        asked(everything, user)

    tell_of_filters(at(MONDAY))

    assert told(world.officer)[0][0].startswith("3 kiến nghị, trong đó 2 quá hạn")
    assert told(world.drafter)[0][0].startswith("2 kiến nghị")
    assert told(elsewhere.officer) == []


def test_a_filter_no_longer_shared_or_that_shows_nothing_says_nothing(world, everything):
    asked(everything, world.leader)

    assert tell_of_filters(at(MONDAY)) == 0
    world.logged()
    everything.is_shared = False
    everything.save()
    assert tell_of_filters(at(MONDAY)) == 0


def test_it_comes_with_the_daily_mail_and_its_link_only_opens_the_list(world, everything, as_, mailoutbox):
    world.logged()
    world.officer.email = "thuky@example.vn"
    world.officer.save()
    MailPreference.objects.create(user=world.officer, frequency="pressing")
    asked(everything, world.officer)

    for _time in range(2):
        tell_of_filters(at(MONDAY))
        notifications.write_mails(at(MONDAY))
        notifications.send_mails(at(MONDAY))

    [mail] = mailoutbox
    assert "BỘ LỌC ĐÃ ĐĂNG KÝ" in mail.body
    assert reverse("petitions:filter", args=[everything.pk]) in mail.body
    answer = as_(world.officer).get(reverse("petitions:filter", args=[everything.pk]))
    assert answer.url == "/petitions/?scope=all"


def test_one_asks_for_oneself_on_the_page_and_takes_it_back(world, everything, as_):
    address = reverse("petitions:mail_filter", args=[everything.pk])
    client = as_(world.leader)

    client.post(address, {"period": "weekly"})
    assert [(mail.user, mail.period) for mail in FilterMail.objects.all()] == [(world.leader, "weekly")]
    page = client.get(reverse("petitions:filters")).content.decode()
    assert '<option value="weekly" selected>' in page

    client.post(address, {"period": "hourly"})
    assert FilterMail.objects.count() == 1
    client.post(address, {"period": ""})
    assert not FilterMail.objects.exists()


def test_a_forgotten_filter_tells_nobody(world, everything, as_):
    asked(everything, world.leader)

    as_(world.officer).post(reverse("petitions:forget_filter", args=[everything.pk]))

    assert not SavedFilter.objects.exists()
