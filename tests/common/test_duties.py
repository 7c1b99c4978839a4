"""common/duties.py and run_due_work: everything due is done, one failure keeps no other from its work."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import Schedule

from common import duties
from common.models import DutyRun, SentForm

KEYS = [
    "jobs",
    "defaults",
    "reports",
    "reminders",
    "filters",
    "mails",
    "sending",
    "places",
    "wordings",
    "laid_out",
    "tallies",
    "figures",
    "expiry",
]


def run(*arguments):
    said = StringIO()
    call_command("run_due_work", *arguments, stdout=said)
    return said.getvalue()


def test_every_duty_is_carried_out_in_order_and_noted(world):
    assert list(json.loads(run("--json"))) == KEYS
    assert set(DutyRun.objects.values_list("key", "problem")) == {(key, "") for key in KEYS}


def test_it_can_be_run_any_number_of_times(world):
    world.forwarded(due_on=world.today + timedelta(days=3))
    first = json.loads(run("--json"))

    assert json.loads(run("--json")) == first | {"defaults": 0, "reports": 0, "figures": 0}


def test_one_that_fails_keeps_no_other_from_its_work(world, monkeypatch):
    def broken(now):
        raise ValueError("server away")

    monkeypatch.setitem(duties._registered, "mails", duties.Duty("mails", "", broken, 50))

    with pytest.raises(CommandError, match="mails"):
        run()

    assert DutyRun.objects.get(key="mails").problem == (
        "Công việc gặp lỗi chưa lường trước; hãy báo quản trị viên (ValueError: server away)."
    )
    assert DutyRun.objects.get(key="expiry").problem == ""


def test_forms_sent_long_ago_are_forgotten(db):
    now = timezone.now()
    for number, age in enumerate((1, 3)):
        form = SentForm.objects.create(key=f"00000000-0000-4000-8000-00000000000{number}")
        SentForm.objects.filter(pk=form.pk).update(sent_at=now - timedelta(days=age))

    assert duties.expire(now) == 1
    assert SentForm.objects.count() == 1


def test_what_was_noted_for_a_time_is_gone_when_its_time_is_over(db):
    cache.clear()
    cache.set("replies/1/open", {1: "Lê Văn Soạn"}, 120)
    cache.set("kept", "for ever", None)
    now = timezone.now()

    assert (duties.expire(now), duties.expire(now + timedelta(seconds=130))) == (0, 1)
    assert (cache.get("replies/1/open"), cache.get("kept")) == (None, "for ever")


def test_a_sign_in_that_has_run_out_is_forgotten(world, as_):
    as_(world.officer).get("/")
    now = timezone.now()
    assert Session.objects.count() == 1

    duties.expire(now + timedelta(hours=11))
    assert Session.objects.count() == 1
    duties.expire(now + timedelta(hours=13))
    assert Session.objects.count() == 0


def test_nobody_has_to_remember_it(db):
    assert set(Schedule.objects.values_list("func", "minutes", "repeats")) == {
        ("common.duties.carry_out", 5, -1),
        ("common.jobs.revive", 1, -1),
    }


def test_the_administrator_sees_when_each_duty_last_ran_and_others_do_not(world, as_):
    run()
    assert "Việc tự động" not in as_(world.officer).get("/jobs/").content.decode()
    world.administrator.is_superuser = True
    world.administrator.save()

    page = as_(world.administrator).get("/jobs/").content.decode()

    assert "Việc tự động" in page
    assert "Nhắc hạn" in page
