"""The report of an import, and the rows it refused in the shape they came in."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from common import xlsx
from petitions.imports.headings import find_head
from petitions.imports.receiving import table_of
from petitions.models import ImportRow

State = ImportRow.State
MOST_LISTED = 200


def as_data(run):
    """Who brought what in when, and what became of the rows; errors by line."""
    states = Counter(run.rows.values_list("state", flat=True))
    refused = run.rows.filter(state=State.REFUSED).order_by("line")
    return {
        "run": run.pk,
        "file": run.upload.name,
        "sha256": run.upload.sha256,
        "sender": run.sender,
        "by": run.started_by.username,
        "at": timezone.localtime(run.started_at).isoformat(timespec="seconds"),
        "session": run.council_session_id,
        "status": run.status,
        "columns": run.columns,
        "rows_read": sum(states.values()),
        "ready": states[State.READY],
        "accepted": states[State.IMPORTED],
        "refused": states[State.REFUSED],
        "duplicates": states[State.DUPLICATE],
        "left_out": states[State.LEFT_OUT],
        "errors": [{"line": row.line, "problems": row.problems} for row in refused[:MOST_LISTED]],
    }


def as_lines(data):
    """The same for people."""
    yield _("File: %(file)s (%(by)s, %(at)s)") % data
    yield _("Rows read: %(rows_read)s, can be imported: %(ready)s, imported: %(accepted)s") % data
    yield _("Refused: %(refused)s, there already: %(duplicates)s, left out: %(left_out)s") % data
    for error in data["errors"]:
        yield _("  line %(line)s: %(why)s") % {"line": error["line"], "why": "; ".join(error["problems"].values())}


def refused_workbook(run):
    """The refused rows under their own headings and group rows, the reason in a column of its own."""
    table = table_of(run, run.table_index)
    head = find_head(table, run.head_line)
    rows, written = [], []
    for row in run.rows.filter(state=State.REFUSED).order_by("line"):
        fresh = [cells for cells in row.heads if cells not in written]
        written = row.heads
        rows += [xlsx.Row([*cells, ""]) for cells in fresh]
        why = "; ".join(row.problems.values())
        rows += [xlsx.Row([*cells, why if place == 0 else ""]) for place, cells in enumerate(row.cells)]
    columns = [xlsx.Column(title, _width(title)) for title in head.titles]
    sheet = xlsx.Sheet(_("Refused"), [], [*columns, xlsx.Column(_("Why it was refused"), 40)], rows)
    return xlsx.write([sheet])


def _width(title):
    return min(60, max(12, len(title) * 2))
