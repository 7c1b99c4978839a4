"""Taking over a workbook in the background: a few rows a step, each row for itself."""

from django.utils.translation import gettext_lazy as _

from common import jobs
from petitions.handouts.comparing import State
from petitions.handouts.receiving import carry_out_row, prepare
from petitions.models import Handback, HandbackRow

PIECE = 10


class TakeOver(jobs.Kind):
    """A row done is never done again: it is compared under lock with what stands. Arguments: handback."""

    key = "take_over"
    label = _("Taking over a workbook")

    def step(self, job):
        handback = Handback.objects.select_related("handout__council_session__term__council__unit", "upload").get(
            pk=job.arguments["handback"]
        )
        if "last" not in job.checkpoint:
            prepare(handback, by=job.asker)
            job.checkpoint = {"last": 0, "done": 0}
        rows = handback.rows.filter(outcome=HandbackRow.Outcome.OPEN, row__isnull=False, pk__gt=job.checkpoint["last"])
        piece = list(rows.select_related("row").order_by("pk")[:PIECE])
        for row in piece:
            row.handback = handback
            done = carry_out_row(row, by=job.asker) == State.DONE
            job.checkpoint = {"last": row.pk, "done": job.checkpoint["done"] + done}
        job.done += len(piece)
        return len(piece) < PIECE

    def result_address(self, job):
        return Handback.objects.get(pk=job.arguments["handback"]).get_absolute_url()


def enqueue(handback, *, by):
    total = handback.rows.filter(outcome=HandbackRow.Outcome.OPEN, row__isnull=False).count()
    title = f"{TakeOver.label}: {handback}"
    return jobs.enqueue(TakeOver.key, key=f"{handback.pk}", title=title, by=by, total=total, handback=handback.pk)
