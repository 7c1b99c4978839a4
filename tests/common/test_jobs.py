"""common/jobs: long work in steps; nothing lost, nothing done twice."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ

from common import jobs
from common.jobs.kinds import LEFT_AFTER
from common.models import Job, Sequence
from common.sequences import take_next
from tests.common.job_kinds import counted

State = Job.State

#: Tells the workers started here from those of tests that run beside these.
OURS = f"started-by-{os.getpid()}"


def test_a_job_is_done_step_by_step(db):
    job = jobs.enqueue("counting", total=3)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.percent, counted()) == (State.DONE, 3, 100, 3)
    assert job.finished_at is not None


def test_the_same_key_asked_for_twice_makes_one_job(db):
    first = jobs.enqueue("counting", key="report 7", total=1)
    second = jobs.enqueue("counting", key="report 7", total=1)

    assert second.pk == first.pk
    assert OrmQ.objects.count() == 1


def test_the_same_key_asked_for_at_the_same_moment_makes_one_job(transactional_db):
    def ask(_asker):
        try:
            return jobs.enqueue("counting", key="report 7", total=1).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        asked = set(pool.map(ask, range(8)))

    assert asked == {Job.objects.get().pk}


def test_the_same_key_can_be_asked_for_again_once_it_is_done(db):
    first = jobs.enqueue("counting", key="report 7", total=1)
    jobs.run(first.pk)

    assert jobs.enqueue("counting", key="report 7", total=1).pk != first.pk


def test_a_finished_job_run_again_does_nothing(db):
    job = jobs.enqueue("counting", total=2)
    jobs.run(job.pk)

    jobs.run(job.pk)

    assert counted() == 2


def test_a_failed_step_leaves_no_trace_and_waits_twice_as_long_each_time(db):
    job = jobs.enqueue("failing", times=9)
    waits = []
    for _try in range(4):
        jobs.run(job.pk)
        job.refresh_from_db()
        waits.append(round((job.next_try_at - timezone.now()).total_seconds() / 10))

    assert waits == [1, 2, 4, 8]
    assert job.error == "Công việc gặp lỗi chưa lường trước; hãy báo quản trị viên (ValueError: not yet)."
    assert not Sequence.objects.filter(key="tried", last__gt=0).exists()


def test_work_at_which_worker_after_worker_dies_is_given_up_and_can_be_tried_again(db):
    job = jobs.enqueue("counting", total=9)
    long_ago = (timezone.now() - LEFT_AFTER).isoformat()
    for _worker in range(5):
        Job.objects.filter(pk=job.pk).update(state=State.RUNNING, total=0, checkpoint={"claimed": long_ago})
        jobs.run(job.pk)
        Job.objects.filter(pk=job.pk, state=State.DONE).update(state=State.RUNNING)

    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == (State.FAILED, 5, 4)
    assert job.error.startswith("Tiến trình đang làm việc này bị dừng giữa chừng")
    jobs.retry(job)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (State.DONE, "")


def test_a_job_is_given_up_after_five_tries_and_can_be_tried_again(db):
    job = jobs.enqueue("failing", times=5)
    for _try in range(5):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == (State.FAILED, 5)

    job.arguments = {"times": 0}
    job.save()
    jobs.retry(job)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (State.DONE, "")


def test_a_cancelled_job_stops_after_the_step_at_hand(db):
    job = jobs.enqueue("counting", total=5)
    jobs.cancel(job)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, counted()) == (State.CANCELLED, 0)


def test_revive_takes_up_what_waits_and_what_was_left(db):
    waiting = jobs.enqueue("counting", total=1)
    left = jobs.enqueue("counting", total=1)
    fresh = jobs.enqueue("counting", total=1)
    now = timezone.now()
    Job.objects.filter(pk=waiting.pk).update(next_try_at=now - timedelta(seconds=1))
    Job.objects.filter(pk=left.pk).update(state=State.RUNNING, touched_at=now - timedelta(seconds=61))
    Job.objects.filter(pk=fresh.pk).update(state=State.RUNNING, touched_at=now)
    OrmQ.objects.all().delete()

    assert jobs.revive() == 2
    assert OrmQ.objects.count() == 2


def test_only_the_asker_and_the_administrator_see_a_job(world, elsewhere, as_):
    job = jobs.enqueue("counting", by=world.officer, total=1)
    address = job.get_absolute_url()

    assert as_(world.officer).get(address).status_code == 200
    assert as_(world.leader).get(address).status_code == 404
    assert as_(world.administrator).get(address).status_code == 200
    assert as_(elsewhere.administrator).get(address).status_code == 404
    elsewhere.administrator.is_superuser = True
    elsewhere.administrator.save()
    assert as_(elsewhere.administrator).get(address).status_code == 200


def test_the_page_of_a_job_asks_again_until_it_is_finished(world, as_):
    job = jobs.enqueue("counting", by=world.officer, title="Đếm", total=1)
    client = as_(world.officer)
    assert "hx-trigger" in client.get(job.get_absolute_url()).content.decode()

    jobs.run(job.pk)

    assert "hx-trigger" not in client.get(job.get_absolute_url()).content.decode()


def test_a_job_can_be_stopped_and_tried_again_from_its_page(world, as_):
    job = jobs.enqueue("counting", by=world.officer, total=1)
    client = as_(world.officer)

    client.post(f"{job.get_absolute_url()}cancel/")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.CANCELLED

    client.post(f"{job.get_absolute_url()}retry/")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE


@pytest.fixture
def worker(transactional_db):
    """Starts real worker processes on the test database; all of them end with the test."""
    started = []

    def start(**environment):
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            url = f"sqlite:///{name}"
        else:
            given = connection.settings_dict
            url = f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"
        process = subprocess.Popen(  # noqa: S603 — our own words
            [sys.executable, "-m", "tests.common.job_kinds", OURS],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {"DATABASE_URL": url, "PYTHONPATH": str(settings.BASE_DIR), "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
            | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def kill(process, job):
    """As a power cut does; what it had in hand is found again two minutes later."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - timedelta(minutes=2))
    jobs.revive()


def finished(job):
    return lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE


def test_a_worker_killed_in_the_middle_loses_and_repeats_nothing(worker):
    job = jobs.enqueue("counting", total=8, pause=0.25)
    first = worker()
    wait_until(lambda: counted() >= 2)

    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - timedelta(minutes=2))
    assert jobs.revive() == 1
    worker()
    wait_until(lambda: Job.objects.get(pk=job.pk).state == State.DONE)

    assert counted() == 8
    assert Job.objects.get(pk=job.pk).done == 8


def test_two_workers_share_the_queue_and_no_step_is_done_twice(worker):
    made = [jobs.enqueue("counting", total=3) for _number in range(6)]
    worker()
    worker()

    wait_until(lambda: Job.objects.filter(state=State.DONE).count() == len(made))

    assert counted() == 18


def test_who_saves_while_long_work_runs_is_let_in(worker):
    jobs.enqueue("counting", total=40, pause=0.3)
    worker(WORKERS="1")
    wait_until(lambda: counted() >= 2)
    before = counted()

    for _time in range(3):
        with transaction.atomic():
            take_next("saved")

    assert counted() - before < 15


def test_told_to_stop_all_at_once_the_workers_finish_what_they_have_in_hand(worker):
    job = jobs.enqueue("counting", total=3, pause=0.5)
    processes = worker()
    wait_until(lambda: counted() >= 1)

    os.killpg(processes.pid, signal.SIGTERM)

    assert processes.wait(timeout=30) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(processes.pid, 0)  # none of them is left
    job.refresh_from_db()
    assert (job.state, counted()) == (State.DONE, 3)


def test_the_worker_processes_are_gone_afterwards():
    running = [path.read_bytes().split(b"\0") for path in Path("/proc").glob("[0-9]*/cmdline")]

    assert not [words for words in running if OURS.encode() in words]
