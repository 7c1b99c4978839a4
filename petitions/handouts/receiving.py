"""A workbook that came back: read by the reader of imports, matched by code and version, taken over row by row."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.acting import official
from common.tables import list_tables, read_table
from common.text import clean_line, fold
from petitions import notifications, workflow
from petitions.handouts.comparing import State, compared
from petitions.handouts.kinds import kind_of
from petitions.handouts.writing import CODE, MOST_ROWS, VERSION
from petitions.imports.receiving import take_in
from petitions.models import Handback, HandbackRow, Handout, Petition

_VERSION = re.compile(r"^B(\d{1,18})-([0-9a-f]{8})$")
_HEAD_WITHIN = 40
#: More rows than were handed out can only be copies; a few of them are read to say so.
_MOST_READ = MOST_ROWS + 500


@transaction.atomic
def receive(file, *, by):
    """Keep and read a workbook that came back; `ValidationError` in words where it is none of ours."""
    upload, kind = take_in(file)
    try:
        return _receive(upload, kind, by)
    except ValidationError:
        upload.file.delete(save=False)
        raise


def _receive(upload, file_kind, by):
    table, head = _table(upload.file.path, file_kind)
    titles = [fold(title) for title in table.rows[head]]
    code, version = titles.index(fold(official(CODE))), titles.index(fold(official(VERSION)))
    handout = _handout(table, head, version, by)
    kind = kind_of(handout)
    places = {column: titles.index(fold(column.official_title)) for column in kind.columns
              if fold(column.official_title) in titles}  # fmt: skip
    if not places:
        raise ValidationError(_("None of the columns that may be changed is in this file."))
    handback = Handback.objects.create(
        handout=handout, upload=upload, file_kind=file_kind, columns=[column.key for column in places], by=by
    )
    reader = _Reader(handback, code, version, places)
    for number in range(head + 1, len(table.rows)):
        reader.take(table.first_line + number, table.rows[number])
    HandbackRow.objects.bulk_create(reader.rows, batch_size=500)
    if not handback.is_dealt_with_by(by):
        notifications.handed_in(handback, len(reader.rows))
    return handback


def _table(path, file_kind):
    """(table, row of its headings): the first table with a code and a version column."""
    wanted = {fold(official(CODE)), fold(official(VERSION))}
    for size in list_tables(path, file_kind):
        table = read_table(path, file_kind, size.index)
        for row in range(min(_HEAD_WITHIN, len(table.rows))):
            if wanted <= {fold(title) for title in table.rows[row]}:
                return table, row
    raise ValidationError(
        _("This is no workbook made here: it has no columns “%(code)s” and “%(version)s”. A new list is imported.")
        % {"code": official(CODE), "version": official(VERSION)}
    )


def _handout(table, head, version, by):
    """The workbook most rows of the file are from."""
    found = [match[1] for row in table.rows[head + 1 :] if (match := _VERSION.match(_word(row[version])))]
    if not found:
        raise ValidationError(_("The column of versions is empty: it says which workbook this was."))
    mostly = max(set(found), key=found.count)
    known = Handout.objects.brought_back_by(by).filter(pk=mostly)
    handout = known.select_related("council_session__term__council__unit", "recipient").first()
    if handout is None:
        raise ValidationError(_("This workbook is not yours to bring back: another body deals with it."))
    return handout


def _word(cell):
    return "".join(cell.split())


class _Reader:
    """Rows of the table, one after another; what cannot be matched is kept with the reason."""

    def __init__(self, handback, code, version, places):
        self.handback, self.code, self.version, self.places = handback, code, version, places
        self.handed_out = {row.code: row for row in handback.handout.rows.all()}
        self.seen, self.rows = {}, []

    def take(self, line, cells):
        code, version = _word(cells[self.code]), _word(cells[self.version])
        if not (code or version):
            return
        if len(self.rows) >= _MOST_READ:
            raise ValidationError(_("More than %s rows: that is too much for one workbook.") % MOST_ROWS)
        council = self.handback.handout.council
        values = {column.key: column.read(cells[place], council) for column, place in self.places.items()}
        row = self.handed_out.get(code)
        problem = self._problem(row, code, version)
        self.seen.setdefault(code, line)
        self.rows.append(
            HandbackRow(
                handback=self.handback, row=None if problem else row, line=line, code=clean_line(code)[:120],
                values=values, problem=problem[:400],
            )
        )  # fmt: skip

    def _problem(self, row, code, version):
        if row is None:
            return _("No row with the code “%(code)s” was handed out in this workbook.") % {"code": code[:60]}
        if code in self.seen:
            return _("%(code)s stands in line %(line)s already.") % {"code": code, "line": self.seen[code]}
        if version and version != row.version:
            return _("The version belongs to another row: code and version were parted, or it is an older workbook.")
        return ""


def prepare(handback, *, by):
    """What is needed before the first row is taken over; where that is refused, the rows are told so."""
    rows = handback.rows.filter(outcome=HandbackRow.Outcome.OPEN).select_related("row")
    changes = [
        (found.record, found.changes) for found in compared(handback, list(rows), by) if found.state == State.CHANGED
    ]
    try:
        with transaction.atomic():
            kind_of(handback.handout).prepare(changes, by)
    except (ValidationError, PermissionDenied):
        return


@transaction.atomic
def carry_out_row(row, *, by):
    """Take over one row if it still can be: what stands is compared again under lock. Returns its state."""
    handback = row.handback
    Petition.objects.select_for_update().get(pk=row.row.petition_id)
    row = HandbackRow.objects.select_for_update(of=("self",)).select_related("row").get(pk=row.pk)
    found = compared(handback, [row], by)[0]
    if found.state != State.CHANGED:
        return found.state
    try:
        with transaction.atomic():
            _take_over(handback, found, by)
    except (ValidationError, PermissionDenied) as problem:
        row.outcome = HandbackRow.Outcome.REFUSED
        row.problem = " ".join(getattr(problem, "messages", None) or [str(problem)])[:400]
        row.save()
        return State.REFUSED
    row.outcome, row.by, row.at = HandbackRow.Outcome.DONE, by, timezone.now()
    row.taken_over = [
        {"column": cell.column.key, "before": cell.now, "after": cell.file}
        for cell in found.cells
        if cell.column.key in found.changes
    ]
    row.save()
    return State.DONE


def _take_over(handback, found, by):
    sender = handback.handout.recipient
    reason = official(_("workbook “%(file)s” of %(sender)s")) % {"file": handback.upload.name, "sender": sender}
    kind = kind_of(handback.handout)
    kind.take_over(found.record, found.changes, by=by, reason=reason)
    told = kind.told(found.changes)
    titles = ", ".join(column.official_title for column in kind.columns if column.key in told)
    if titles:
        petition = Petition.objects.get(pk=found.row.row.petition_id)
        workflow.note(petition, "handed_back", by=by, file=handback.upload.name, sender=sender.name, what=titles)


def turn(row, *, by):
    """Leave a row out, or look at one left out or refused once more."""
    if row.outcome == HandbackRow.Outcome.OPEN:
        row.outcome = HandbackRow.Outcome.LEFT_OUT
    elif row.outcome != HandbackRow.Outcome.DONE and row.row:
        row.outcome, row.problem = HandbackRow.Outcome.OPEN, ""
    row.save()
    return row
