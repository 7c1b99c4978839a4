"""A worker killed in the middle of many letters: every agency is urged, none of them twice."""

import os
import signal
from datetime import timedelta

from django.utils import timezone

from common import jobs
from common.models import Job
from petitions.models import Urging
from tests.common.test_jobs import wait_until, worker  # noqa: F401 — a fixture
from tests.world import World, agency


def test_letters_are_neither_lost_nor_written_twice(worker):  # noqa: F811 — the fixture
    world = World()
    departments = [world.department, *(agency(world.council, f"Sở số {n}", symbol=f"S{n}") for n in range(5))]
    for department in departments:
        world.forwarded(lead=department, due_on=world.today + timedelta(days=2))
    job = jobs.enqueue(
        "urging",
        by=world.officer,
        total=len(departments),
        issuer=world.standing.pk,
        agencies=[department.pk for department in departments],
        reply_by=(world.today + timedelta(days=7)).isoformat(),
        signer=world.chair.pk,
        submit=True,
        today=world.today.isoformat(),
        soon=7,
    )
    first = worker()
    wait_until(Urging.objects.exists)

    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - timedelta(minutes=2))
    jobs.revive()
    worker()
    wait_until(lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE, seconds=120)

    urged = list(Urging.objects.values_list("agency", flat=True))
    assert sorted(urged) == sorted(department.pk for department in departments)
    assert set(Urging.objects.values_list("document__status", flat=True)) == {"submitted"}
