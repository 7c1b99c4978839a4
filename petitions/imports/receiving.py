"""The way of a file: received, read in pieces, imported in pieces, undone in pieces."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common import uploads, xlsx
from common.tables import ENDINGS, MOST_ROWS, check, list_tables, read_table, too_many_rows, unknown_kind
from common.text import fold
from petitions import workflow
from petitions.imports.checking import Checker
from petitions.imports.headings import MEANINGS, find_head
from petitions.imports.rows import items
from petitions.models import ColumnMemory, ImportRow, ImportRun

READ_PIECE, WRITE_PIECE, UNDO_PIECE = 2000, 1000, 1000
_CONTENT_TYPES = {
    "xlsx": xlsx.CONTENT_TYPE,
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@transaction.atomic
def receive(file, *, council_session, by, **details):
    """Check and keep a file; the run starts with the table that has most rows chosen and its columns guessed."""
    workflow.check_may_import(council_session.council, by)
    upload, kind = take_in(file)
    return workflow.begin_import(council_session=council_session, upload=upload, file_kind=kind, by=by, **details)


def take_in(file):
    """(upload, kind) of a file with tables, kept once it was found safe to open and within the limits."""
    if not file.name.lower().endswith(ENDINGS):
        raise unknown_kind(ENDINGS)
    kind = check(file)
    upload = uploads.keep(file, content_type=_CONTENT_TYPES[kind])
    try:
        list_tables(upload.file.path, kind)
    except Exception:
        upload.file.storage.delete(upload.file.name)  # what is undone in the database does not lie about as a file
        raise
    return upload, kind


def earlier_run(run):
    """The latest import of exactly this file into this session that was carried out; None when there is none."""
    return (
        ImportRun.objects.filter(
            council_session=run.council_session, upload__sha256=run.upload.sha256, status=ImportRun.Status.DONE
        )
        .exclude(pk=run.pk)
        .first()
    )


def tables_of(run):
    return list_tables(run.upload.file.path, run.file_kind)


def table_of(run, index):
    return read_table(run.upload.file.path, run.file_kind, index)


def largest(tables):
    return max(tables, key=lambda table: table.height).index


def head_of(run, table, row=None):
    """The headings of a table, matched as this sender's were last time."""
    head = find_head(table, row)
    remembered = ColumnMemory.objects.filter(council=run.council, sender=_key(run.sender), headings=head.digest).first()
    if remembered:
        head.columns.clear()
        head.columns.update({m: c for m, c in remembered.columns.items() if m in MEANINGS and c < table.width})
    return head


def refuse_too_long(table, head):
    """A list holds so many rows below its headings."""
    if len(table.rows) - head.last_row - 1 > MOST_ROWS:
        raise too_many_rows()


def remember(run, head, columns):
    ColumnMemory.objects.update_or_create(
        council=run.council, sender=_key(run.sender), headings=head.digest, defaults={"columns": columns}
    )


def _key(sender):
    return fold(sender).strip()[:170]


def start_reading(run, *, by, index, row, columns):
    """Remember the columns and let the table be read."""
    table = table_of(run, index)
    if "content" not in columns:
        raise ValidationError(_("Say which column holds the content of the petitions."))
    head = find_head(table, row)
    refuse_too_long(table, head)
    remember(run, head, columns)
    return workflow.start_reading(run, by=by, table_index=index, head_line=head.row, columns=columns)


class Reading:
    """The items of one run, read once per turn of the worker."""

    def __init__(self, run):
        table = table_of(run, run.table_index)
        self.found = items(table, find_head(table, run.head_line), run.columns)
        self.checker = Checker(run)

    @property
    def total(self):
        return len(self.found)

    def keep_piece(self, run, start):
        """Check and keep the next rows; a row that stands earlier in the file is there already."""
        rows = [self._row(run, item) for item in self.found[start : start + READ_PIECE]]
        mark_duplicates(run, rows)
        ImportRow.objects.bulk_create(rows, batch_size=1000)
        return start + len(rows)

    def _row(self, run, item):
        checked = self.checker.check_item(item)
        return ImportRow(
            run=run,
            line=item.line,
            cells=item.cells,
            heads=item.heads,
            values=checked.values,
            problems=checked.problems,
            notes=checked.notes,
            digest=checked.digest,
            state=ImportRow.State.REFUSED if checked.problems else ImportRow.State.READY,
        )


def mark_duplicates(run, rows):
    """Rows whose fingerprint came in before, or stands earlier in this file, are there already."""
    digests = [row.digest for row in rows if row.digest]
    brought_in = dict(
        workflow.claims(run.council_session).filter(digest__in=digests).values_list("digest", "row__petition")
    )
    before = dict(
        ImportRow.objects.filter(run=run, digest__in=digests, state=ImportRow.State.READY)
        .exclude(pk__in=[row.pk for row in rows if row.pk])
        .values_list("digest", "line")
    )
    for row in rows:
        if not row.digest or row.state == ImportRow.State.LEFT_OUT:
            continue
        row.notes = [note for note in row.notes if not note.startswith("=")]
        if row.digest in brought_in:
            row.state, row.petition_id = ImportRow.State.DUPLICATE, brought_in[row.digest]
        elif row.digest in before:
            row.state = ImportRow.State.DUPLICATE
            row.notes.append("= " + _("the same as line %s") % before[row.digest])
        else:
            before[row.digest] = row.line


def write_piece(run, checker, *, by):
    """Import the next rows without errors; returns how many rows were dealt with."""
    ready = ImportRow.objects.filter(run=run, state=ImportRow.State.READY).order_by("line")
    rows = list(ready[:WRITE_PIECE])
    if rows:
        workflow.import_rows(run, rows, checker.entry, by=by)
    return len(rows)


def undo_piece(run, *, by):
    """Take back the next rows; returns how many."""
    imported = ImportRow.objects.filter(run=run, state=ImportRow.State.IMPORTED).order_by("line")
    rows = list(imported[:UNDO_PIECE])
    if rows:
        workflow.undo_rows(run, rows, by=by)
    return len(rows)


@transaction.atomic
def correct(row, words, *, by):
    """A row corrected on the screen: checked again, and looked for among what is there."""
    row = _in_hand(row, by)
    checked = Checker(row.run).check(row.values | words)
    row.values, row.problems, row.digest = checked.values, checked.problems, checked.digest
    row.notes, row.petition = checked.notes, None
    row.state = ImportRow.State.REFUSED if checked.problems else ImportRow.State.READY
    mark_duplicates(row.run, [row])
    row.save()
    return row


@transaction.atomic
def turn(row, *, by):
    """Leave a row out, or take it in again."""
    row = _in_hand(row, by)
    if row.state == ImportRow.State.LEFT_OUT:
        row.state = ImportRow.State.REFUSED if row.problems else ImportRow.State.READY
        mark_duplicates(row.run, [row])
    elif row.state in (ImportRow.State.READY, ImportRow.State.REFUSED):
        row.state = ImportRow.State.LEFT_OUT
    row.save()
    return row


def _in_hand(row, by):
    """The row as it stands; its import cannot begin before this change is kept, and refuses it once it has begun."""
    workflow.IMPORTS.check("accept", workflow.IMPORTS.fresh(row.run), by)
    return ImportRow.objects.select_related("run__council_session__term__council__unit").get(pk=row.pk)
