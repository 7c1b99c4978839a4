"""The same list imported by two people at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from petitions import workflow
from petitions.imports import jobs
from petitions.models import ImportClaim, ImportRow, ImportRun, Petition
from tests.petitions.imports.runs import read

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [[str(n), f"Đề nghị sửa cầu số {n} trên kênh tiêu.", "Yên Mô", "", ""] for n in range(1, 41)]


def test_every_row_comes_in_once(world):
    runs = [read(world, ROWS), read(world, ROWS[::-1])]
    officer = world.officer.pk

    def accept(pk):
        try:
            by = User.objects.get(pk=officer)
            run = workflow.start_accepting(ImportRun.objects.get(pk=pk), by=by)
            jobs.run_now(jobs.AcceptImport, run, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(accept, [run.pk for run in runs]))

    assert Petition.objects.count() == ImportClaim.objects.count() == len(ROWS)
    assert sorted(Petition.objects.values_list("number", flat=True)) == list(range(1, len(ROWS) + 1))
    rows = ImportRow.objects.all()
    assert rows.filter(state="imported").count() == rows.filter(state="duplicate").count() == len(ROWS)
    assert {run.status for run in ImportRun.objects.all()} == {"done"}
