"""A worker killed while it lays out letters and a session report: each gets one number and one paper."""

from pathlib import Path

from django.conf import settings

from documents import batch
from documents import workflow as documents
from documents.models import Document, Status
from reports import workflow as reports
from tests.common.test_jobs import finished, kill, wait_until, worker  # noqa: F401 — a fixture
from tests.world import World


def cleared(document, drafter, clearer):
    return documents.clear(documents.submit(document, by=drafter), by=clearer)


def papers_kept():
    return len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf")))


def test_a_report_and_a_letter_are_issued_once(worker):  # noqa: F811 — the fixture
    world = World()
    world.answered()
    report = reports.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair)
    letter = world.planned(world.classified())
    papers = [cleared(one.document, world.officer, world.leader) for one in (report, letter)]
    job = batch.enqueue(papers, by=world.officer, issued_on=world.today)
    before, stored = Document.objects.filter(status=Status.ISSUED, agency=world.standing).count(), papers_kept()
    first = worker()
    wait_until(lambda: papers_kept() > stored)

    kill(first, job)
    assert not finished(job)()
    worker()
    wait_until(finished(job), seconds=120)

    issued = [Document.objects.get(pk=paper.pk) for paper in papers]
    assert [document.status for document in issued] == [Status.ISSUED] * 2
    assert [document.history.filter(status=Status.ISSUED).count() for document in issued] == [1, 1]
    assert (issued[0].kind, issued[0].number) == ("BC", 1)
    assert issued[1].number == before + 1
    for document in issued:
        with document.pdf.open("rb") as paper:
            assert paper.read(5) == b"%PDF-"
