"""common/jobs, workers on several machines: each is cut off in the middle, nothing lost or repeated."""

import os
import signal
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone
from django_q.models import OrmQ

from common import jobs
from common.models import Job
from tests.common.job_kinds import counted
from tests.common.test_jobs import wait_until, worker  # noqa: F401 — a fixture

MACHINES = ("may-1", "may-2", "may-3", "may-4")
JOBS, STEPS = 6, 4


def steps_by_machine():
    """The machine of each step that was kept."""
    return [machine for job in Job.objects.all() for machine in job.result.get("by", [])]


def cut_off(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def minutes_later():
    """What the queue had given to machines that are gone comes again, and so does what they had begun."""
    past = timezone.now() - timedelta(minutes=3)
    Job.objects.filter(state=Job.State.RUNNING).update(touched_at=past)
    OrmQ.objects.update(lock=past)
    jobs.revive()


def test_machines_cut_off_one_after_the_other_lose_and_repeat_nothing(worker):  # noqa: F811 — the fixture
    for _number in range(JOBS):
        jobs.enqueue("counting", total=STEPS, pause=0.6)
    at_work = worker(MACHINE=MACHINES[0], WORKERS="1")

    for machine, another in pairwise(MACHINES):
        beside = worker(MACHINE=another, WORKERS="1")
        wait_until(lambda machine=machine: machine in steps_by_machine())
        cut_off(at_work)
        minutes_later()
        at_work = beside
    wait_until(lambda: Job.objects.filter(state=Job.State.DONE).count() == JOBS)

    by = steps_by_machine()
    assert counted() == len(by) == JOBS * STEPS
    assert set(by) == set(MACHINES)
    assert list(Job.objects.values_list("done", flat=True)) == [STEPS] * JOBS
