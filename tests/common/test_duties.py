"""common/duties.py and run_due_work: everything due is done, one failure keeps no other from its work."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import Schedule

from common import duties
from common.models import DutyRun, SentForm

KEYS = ["jobs", "defaults", "reports", "reminders", "mails", "sending", "expiry"]


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

    assert json.loads(run("--json")) == first | {"defaults": 0, "reports": 0}


def test_one_that_fails_keeps_no_other_from_its_work(world, monkeypatch):
    def broken(now):
        raise ValueError("server away")

    monkeypatch.setitem(duties._registered, "mails", duties.Duty("mails", "", broken, 50))

    with pytest.raises(CommandError, match="mails"):
        run()

    assert DutyRun.objects.get(key="mails").problem == "ValueError: server away"
    assert DutyRun.objects.get(key="expiry").problem == ""


def test_forms_sent_long_ago_are_forgotten(db):
    now = timezone.now()
    for number, age in enumerate((1, 3)):
        form = SentForm.objects.create(key=f"00000000-0000-4000-8000-00000000000{number}")
        SentForm.objects.filter(pk=form.pk).update(sent_at=now - timedelta(days=age))

    assert duties.expire(now) == 1
    assert SentForm.objects.count() == 1


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
