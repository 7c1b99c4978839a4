"""A worker killed in the middle of an import: every row comes in, none of them twice."""

from petitions import workflow
from petitions.imports import jobs
from petitions.models import ImportRow, ImportRun, Petition
from tests.common.test_jobs import finished, kill, wait_until, worker  # noqa: F401 — a fixture
from tests.petitions.imports.runs import read
from tests.world import World

#: Three pieces of work.
ROWS = [[str(n), f"Đề nghị sửa cầu số {n} trên kênh tiêu.", "Yên Mô", "", ""] for n in range(1, 2101)]


def test_rows_are_neither_lost_nor_imported_twice(worker):  # noqa: F811 — the fixture
    world = World()
    run = workflow.start_accepting(read(world, ROWS), by=world.officer)
    job = jobs.enqueue(jobs.AcceptImport, run, by=world.officer, total=len(ROWS))
    first = worker()
    wait_until(Petition.objects.exists)

    kill(first, job)
    assert Petition.objects.count() < len(ROWS)
    worker()
    wait_until(finished(job), seconds=120)

    assert ImportRun.objects.get(pk=run.pk).accepted == Petition.objects.count() == len(ROWS)
    assert sorted(Petition.objects.values_list("number", flat=True)) == list(range(1, len(ROWS) + 1))
    assert set(ImportRow.objects.values_list("state", flat=True)) == {"imported"}
    assert Petition.history.count() == len(ROWS)
