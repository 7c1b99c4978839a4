"""A worker killed in the middle of many letters: every agency is urged, none of them twice."""

from datetime import timedelta

from common import jobs
from petitions.models import Urging
from tests.common.test_jobs import finished, kill, wait_until, worker  # noqa: F401 — a fixture
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

    kill(first, job)
    worker()
    wait_until(finished(job), seconds=120)

    urged = list(Urging.objects.values_list("agency", flat=True))
    assert sorted(urged) == sorted(department.pk for department in departments)
    assert set(Urging.objects.values_list("document__status", flat=True)) == {"submitted"}
