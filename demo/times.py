"""When papers passed from hand to hand: the demo is built in a minute, its papers took days."""

from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils import timezone

from documents.models import Document, Status

OPENS, CLOSES = time(8, 10), time(16, 40)


def spread():
    """Each paper's stays with its holders get hours and days; what happened after its issue stays as it is.

    Left alone are papers that came back: what changed since is told from the history as it is.
    """
    returned = Document.history.exclude(return_reason="").values("id")
    documents = Document.objects.exclude(pk__in=returned).exclude(status=Status.ABANDONED)
    dated = dict(documents.values_list("pk", "issued_on"))
    rows = Document.history.filter(id__in=dated).order_by("id", "history_date", "history_id")
    changed = []
    for pk, of_one in groupby(rows, key=lambda row: row.id):
        changed += _spread(pk, list(of_one), dated[pk])
    Document.history.bulk_update(changed, ["history_date"], batch_size=500)


def _spread(pk, rows, issued_on):
    """The rows up to the issue, or to the present hand, between a start some days before and the end."""
    last = next((place for place, row in enumerate(rows) if row.status == Status.ISSUED), len(rows) - 1)
    rows = rows[: last + 1]
    end = _at(issued_on, CLOSES) if issued_on else timezone.now() - timedelta(hours=2 + pk % 5)
    end = min(end, timezone.now() - timedelta(minutes=1))
    moment = end - timedelta(days=2 + pk % 4)
    stays = [list(stay) for _place, stay in groupby(rows, key=lambda row: (row.status, row.stage))]
    step = (end - moment) / max(1, len(stays) - 1)
    before = None
    for place, stay in enumerate(stays):
        begins = _in_hours(end - step * (len(stays) - 1 - place), pk + place)
        begins = min(end, max(begins, before + timedelta(minutes=17)) if before else begins)
        for number, row in enumerate(stay):
            row.history_date = before = begins + timedelta(minutes=4 * number)
    return rows


def _in_hours(moment, seed):
    """The moment, moved into the working hours of its day."""
    local = timezone.localtime(moment)
    if OPENS <= local.time() <= CLOSES:
        return moment
    return _at(local.date(), time(8 + seed % 8, 7 * seed % 60))


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
