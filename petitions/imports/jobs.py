"""Reading, importing and undoing in the background, piece by piece."""

from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from common import jobs
from common.models import Job
from petitions import workflow
from petitions.imports import receiving
from petitions.imports.checking import Checker
from petitions.models import ImportRow, ImportRun, Petition
from petitions.models.similarity import index_wordings, unread


@lru_cache(maxsize=1)
def _reading(pk, at):
    """The table of the run in hand, not read again for every piece; `at` tells one choice of columns from another."""
    return receiving.Reading(_run(pk))


@lru_cache(maxsize=1)
def _checker(pk, at):
    return Checker(_run(pk))


def _run(pk):
    return ImportRun.objects.select_related("council_session__term__council__unit", "upload", "meeting").get(pk=pk)


class _ImportWork(jobs.Kind):
    def step(self, job):
        run = _run(job.arguments["run"])
        finished = self.piece(run, job)
        if finished:
            _reading.cache_clear()
            _checker.cache_clear()
        return finished

    def result_address(self, job):
        return ImportRun.objects.get(pk=job.arguments["run"]).get_absolute_url()


class ReadImport(_ImportWork):
    key = "read_import"
    label = _("Reading of a file")

    def piece(self, run, job):
        if "next" not in job.checkpoint:
            ImportRow.objects.filter(run=run).delete()
            job.checkpoint["next"] = 0
        reading = _reading(run.pk, job.pk)
        job.total = reading.total
        job.checkpoint["next"] = job.done = reading.keep_piece(run, job.checkpoint["next"])
        if job.done < reading.total:
            return False
        workflow.show_import(run, by=job.asker)
        return True


class AcceptImport(_ImportWork):
    key = "accept_import"
    label = _("Import of petitions")

    def piece(self, run, job):
        written = receiving.write_piece(run, _checker(run.pk, job.pk), by=job.asker)
        job.done += written
        if written:
            return False
        workflow.finish_import(run, by=job.asker)
        enqueue(IndexImport, run, by=job.asker)
        return True


class IndexImport(_ImportWork):
    """The radar learns what came in; a petition is found as similar a little after it was imported."""

    key = "index_import"
    label = _("Index of similar petitions")

    def piece(self, run, job):
        last = job.checkpoint.get("last", 0)
        imported = Petition.objects.filter(import_rows__run=run, import_rows__state="imported", pk__gt=last)
        piece = list(imported.order_by("pk").values_list("pk", flat=True)[:INDEX_PIECE])
        index_wordings(unread(Petition.objects.filter(pk__in=piece)))
        job.checkpoint["last"] = piece[-1] if piece else last
        job.done += len(piece)
        return len(piece) < INDEX_PIECE


class UndoImport(_ImportWork):
    key = "undo_import"
    label = _("Undoing of an import")

    def piece(self, run, job):
        undone = receiving.undo_piece(run, by=job.asker)
        job.done += undone
        if undone:
            return False
        workflow.finish_undo(run, by=job.asker)
        return True


def enqueue(kind, run, *, by, total=0):
    return jobs.enqueue(kind.key, key=f"{run.pk}", title=f"{kind.label}: {run}", by=by, total=total, run=run.pk)


def run_now(kind, run, *, by):
    """All pieces at once, without a worker: what the command does."""
    job = Job(kind=kind.key, asked_by=by.pk, arguments={"run": run.pk})
    while not kind().step(job):
        pass


def register():
    for kind in (ReadImport, AcceptImport, IndexImport, UndoImport):
        jobs.register(kind())


KINDS = [kind.key for kind in (ReadImport, AcceptImport, UndoImport)]
INDEX_PIECE = 1000
