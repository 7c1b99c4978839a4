"""accounts/notifications.py: told once, mailed once a day, against a real mail server on loopback."""

import re
from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accounts import notifications
from accounts.models import Mail, MailPreference, Notice, User
from tests.accounts.smtp import LoopbackServer

DAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def server(settings):
    server = LoopbackServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    settings.SITE_URL = "https://hoiam.example.vn"
    yield server
    server.stop()


@pytest.fixture
def reader(world):
    world.officer.email = "thuky@example.vn"
    world.officer.save()
    return world.officer


def told(user, number=1, kind="event", **details):
    notifications.tell(
        [user],
        kind=kind,
        key=f"k{number}",
        text=f"Tin số {number}.",
        url=f"/petitions/{number}/",
        group=f"petition/{number}",
        group_title=f"KN-2026-{number:05d} – Đèn <đường> & “cống”",
        happened_on=DAY.date(),
        **details,
    )


def work(now=DAY):
    notifications.write_mails(now)
    return notifications.send_mails(now)


def test_a_mail_reaches_a_real_server_with_text_and_html(reader, server):
    told(reader, 1, kind="late")
    told(reader, 2)

    assert work() == 1

    [(recipients, message)] = server.mails
    assert recipients == ["thuky@example.vn"]
    assert message["Subject"].strip() == "[Hồi Âm] 1 việc đến hạn hoặc quá hạn – 23/11/2026"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "ĐẾN HẠN VÀ QUÁ HẠN" in text
    assert "KN-2026-00001 – Đèn <đường> & “cống”" in text
    assert "https://hoiam.example.vn/petitions/1/" in text
    assert "Đèn &lt;đường&gt; &amp; “cống”" in html
    assert re.findall(r'href="([^"]+)"', html) == [
        "https://hoiam.example.vn/petitions/1/",
        "https://hoiam.example.vn/petitions/2/",
        "https://hoiam.example.vn/inbox/",
        "https://hoiam.example.vn/inbox/preferences/",
    ]


def test_nothing_is_mailed_twice_however_often_it_runs(reader, server):
    told(reader)

    assert [work(), work(), work(DAY + timedelta(hours=5))] == [1, 0, 0]
    assert len(server.mails) == 1


def test_the_same_thing_is_told_once(reader):
    told(reader)
    told(reader)

    assert Notice.objects.filter(user=reader).count() == 1


def test_what_comes_later_in_the_day_waits_for_the_next_morning(reader, server):
    told(reader, 1)
    work()
    told(reader, 2)

    assert work(DAY + timedelta(hours=3)) == 0
    assert work(DAY + timedelta(days=1)) == 1
    assert [("Tin số 1." in str(m), "Tin số 2." in m.get_body(("plain",)).get_content()) for _to, m in server.mails][
        1
    ] == (False, True)


def test_no_mail_before_the_hour_of_the_digest(reader, server):
    told(reader)

    assert work(notifications.morning(DAY.date()) - timedelta(minutes=1)) == 0
    assert work(notifications.morning(DAY.date())) == 1


def test_after_two_days_without_a_server_one_mail_says_what_holds_now(reader, server, settings):
    told(reader, 1)
    settings.EMAIL_PORT = 9  # nobody listens there
    assert work() == 0
    told(reader, 2)
    assert work(DAY + timedelta(days=1)) == 0
    notifications.overtake(Notice.objects.filter(key="k1"))
    told(reader, 3)
    settings.EMAIL_PORT = server.port

    assert work(DAY + timedelta(days=2)) == 1
    assert work(DAY + timedelta(days=2, hours=2)) == 0

    [(_to, message)] = server.mails
    text = message.get_body(("plain",)).get_content()
    assert ("Tin số 1." in text, "Tin số 2." in text, "Tin số 3." in text) == (False, True, True)
    assert list(Mail.objects.order_by("day").values_list("state", flat=True)) == ["lapsed", "lapsed", "sent"]


def test_yesterdays_mail_is_not_sent_in_the_night(reader, server, settings):
    told(reader)
    settings.EMAIL_PORT = 9
    work()
    settings.EMAIL_PORT = server.port

    assert work(DAY + timedelta(hours=17)) == 0
    assert server.mails == []


def test_a_failure_is_tried_again_later_and_says_why(reader, server, settings):
    told(reader)
    settings.EMAIL_PORT = 9
    work()
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, mail.next_try_at) == ("waiting", 1, DAY + timedelta(minutes=2))
    assert mail.error.startswith("ConnectionRefusedError")

    settings.EMAIL_PORT = server.port
    assert work(DAY + timedelta(minutes=1)) == 0
    assert work(DAY + timedelta(minutes=3)) == 1


def test_one_refused_address_does_not_keep_the_others_from_theirs(reader, world, server):
    world.leader.email = "chanhvp@example.vn"
    world.leader.save()
    server.refuses.add("thuky@example.vn")
    told(reader, 1)
    told(world.leader, 2)

    assert work() == 1
    assert [to for to, _message in server.mails] == [["chanhvp@example.vn"]]


@pytest.mark.parametrize("address", ["thuky@exam ple.vn", "a\nb@example.vn"])
def test_an_address_nobody_can_write_to_does_not_either(reader, world, server, address):
    User.objects.filter(pk=reader.pk).update(email=address)
    world.leader.email = "chanhvp@example.vn"
    world.leader.save()
    told(reader, 1)
    told(world.leader, 2)

    assert work() == 1
    assert [to for to, _message in server.mails] == [["chanhvp@example.vn"]]
    assert Mail.objects.get(user=reader).tries == 1


def test_what_was_read_or_overtaken_is_not_mailed(reader, server):
    told(reader, 1)
    told(reader, 2)
    notifications.write_mails(DAY)
    notifications.mark_read(Notice.objects.filter(key="k1"))
    notifications.overtake(Notice.objects.filter(key="k2"))

    assert notifications.send_mails(DAY) == 0
    assert (server.mails, Mail.objects.get().state) == ([], "empty")


@pytest.mark.parametrize(
    ("frequency", "wants_events", "kinds", "mailed"),
    [
        ("daily", True, ["event"], ["event"]),
        ("daily", False, ["event"], []),
        ("daily", False, ["event", "due"], ["due"]),
        ("pressing", True, ["event"], []),
        ("pressing", True, ["event", "late"], ["event", "late"]),
        ("never", True, ["event", "late"], []),
    ],
)
def test_people_choose_what_they_want_by_mail(reader, server, frequency, wants_events, kinds, mailed):
    MailPreference.objects.create(user=reader, frequency=frequency, wants_events=wants_events)
    for number, kind in enumerate(kinds):
        told(reader, number, kind=kind)

    work()

    assert sorted(Notice.objects.exclude(mailed_at=None).values_list("kind", flat=True)) == sorted(mailed)
    assert len(server.mails) == bool(mailed)


def test_who_has_no_address_or_is_gone_gets_no_mail(world, reader, server):
    told(world.leader, 1)
    reader.is_active = False
    reader.save()
    told(reader, 2)

    assert work() == 0


def test_a_mail_left_by_a_process_that_died_is_sent_after_a_while_under_the_same_id(reader, server):
    told(reader)
    notifications.write_mails(DAY)
    Mail.objects.update(claimed_at=DAY)

    assert notifications.send_mails(DAY + timedelta(minutes=9)) == 0
    assert notifications.send_mails(DAY + timedelta(minutes=11)) == 1
    assert server.mails[0][1]["Message-ID"].strip() == Mail.objects.get().message_id


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_mail_once(world, server):
    people = [world.officer, world.leader, world.head, world.drafter]
    for number, user in enumerate(people):
        user.email = f"p{number}@example.vn"
        user.save()
        told(user, number)
    start, failures = Barrier(3), []

    def run():
        try:
            start.wait(timeout=20)
            work()
        except Exception as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    assert failures == []
    assert sorted(to for [to], _message in server.mails) == [f"p{number}@example.vn" for number in range(4)]
