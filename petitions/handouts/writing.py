"""Making a workbook: the rows are remembered as they stand, so that what comes back can be told from them."""

import hashlib
import json

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import xlsx
from common.formats import short_date
from petitions.handouts.comparing import State, compared
from petitions.handouts.kinds import day_of, kind_for, kind_of
from petitions.models import Handout, HandoutRow

CODE, VERSION = gettext_lazy("Code"), gettext_lazy("Version (do not change)")
#: So many rows go into one workbook.
MOST_ROWS = 2000


@transaction.atomic
def hand_out(recipient, *, council_session, by, among=None):
    """Remember what is handed out to whom; `workbook` writes it. Of the petitions `among` alone, where given."""
    kind = kind_for(recipient)
    if kind is None or not kind.may_make(recipient, council_session, by):
        raise PermissionDenied(_("Your role does not allow a workbook for %(agency)s.") % {"agency": recipient})
    records = list(kind.records(recipient, council_session, by))
    if among is not None:
        pks = {kind.keys(record)[1].pk for record in records}
        kept = set(among.filter(pk__in=pks).order_by().values_list("pk", flat=True))
        records = [record for record in records if kind.keys(record)[1].pk in kept]
    if len(records) > MOST_ROWS:
        raise ValidationError(_("More than %s rows: that is too much for one workbook.") % MOST_ROWS)
    if not records:
        said = (
            _("There is nothing for %(agency)s in this session.")
            if among is None
            else _("The filtered list holds nothing for %(agency)s.")
        )
        raise ValidationError(said % {"agency": recipient})
    handout = Handout.objects.create(
        council_session=council_session,
        kind=kind.key,
        recipient=recipient,
        holder=kind.holder(recipient),
        made_by=by,
    )
    HandoutRow.objects.bulk_create([_row(handout, kind, record, by) for record in records], batch_size=500)
    return handout


def _row(handout, kind, record, by):
    code, petition, point = kind.keys(record)
    values = kind.values(record, by)
    return HandoutRow(
        handout=handout, code=code, petition=petition, point=point, values=values, digest=_digest(code, values)
    )


def _digest(code, values):
    words = json.dumps([code, values], ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(words.encode(), digest_size=4).hexdigest()


def workbook(handout, *, by, filtered_by=()):
    """The workbook as bytes: columns that inform, shaded columns that may be changed, code and version.

    `filtered_by` are (name, label, value) of the filters that chose the rows, said above them.
    """
    kind = kind_of(handout)
    rows = list(handout.rows.all())
    records = kind.found(handout, rows, by)
    known = [row for row in rows if row in records]
    with translation.override(settings.LANGUAGE_CODE):  # what comes back is found by its headings
        written = [_written(number, kind, row, records[row]) for number, row in enumerate(known, start=1)]
        sheet = xlsx.Sheet(_("Petitions"), _heading(handout, kind, filtered_by), _columns(handout, kind), written)
        return xlsx.write([sheet])


def refused_workbook(handback, *, by):
    """The rows that were not taken over, as they came back, in the same shape with a column that says why.

    Mended there, it comes back like the first: code and version are in it.
    """
    handout, kind = handback.handout, kind_of(handback.handout)
    rows = list(handback.rows.select_related("row").order_by("line"))
    refused = [found for found in compared(handback, rows, by) if found.state in (State.REFUSED, State.CONFLICT)]
    with translation.override(settings.LANGUAGE_CODE):
        *columns, version = _columns(handout, kind)
        columns += [xlsx.Column(_("Why it was not taken over"), 40), version]
        lines = [str(kind.label), f"{handout.recipient} – {handout.council_session.title}", handback.upload.name]
        written = [_refused(number, kind, found) for number, found in enumerate(refused, start=1)]
        return xlsx.write([xlsx.Sheet(_("Not taken over"), lines, columns, written)])


def _refused(number, kind, found):
    came, was = found.row.values, found.row.row.values if found.row.row else {}
    words = [came.get(column.key, was.get(column.key, "")) for column in kind.columns]
    cells = [(column.kind == "date" and day_of(cell)) or cell for column, cell in zip(kind.columns, words, strict=True)]
    shown = kind.shown_values(found.record) if found.record else [""] * len(kind.shown)
    version = found.row.row.version if found.row.row else ""
    return xlsx.Row([number, found.row.code, *shown, *cells, _reason(found), version])


def _reason(found):
    """What stands against a row: said of the whole, then cell by cell."""
    said = [found.problem, *(f"{cell.column.title}: {cell.problem}" for cell in found.cells if cell.problem)]
    if found.state == State.CONFLICT:
        said += [
            _("%(column)s was changed here meanwhile: %(words)s") % {"column": cell.column.title, "words": cell.now}
            for cell in found.cells
            if cell.is_changed_meanwhile
        ]
    return "\n".join(filter(None, said))


def _heading(handout, kind, filtered_by):
    return [
        str(kind.label),
        f"{handout.recipient} – {handout.council_session.title}",
        _("as of %s") % short_date(timezone.localdate(handout.made_at)),
        *(f"{label}: {value}" for _name, label, value in filtered_by),
        _("Change the shaded columns only. Rows may be sorted or deleted; leave the code and the version."),
    ]


def _columns(handout, kind):
    open_ = [
        xlsx.Column(
            column.official_title,
            column.width,
            "date" if column.kind == "date" else "text",
            options=tuple(column.options_of(handout.council)),
            is_open=True,
        )
        for column in kind.columns
    ]
    shown = [xlsx.Column(str(title), width) for title, width in kind.shown]
    return [
        xlsx.Column(_("No."), 6, "number"),
        xlsx.Column(str(CODE), 19),
        *shown,
        *open_,
        xlsx.Column(str(VERSION), 16, is_quiet=True),
    ]


def _written(number, kind, row, record):
    cells = [day_of(row.values[column.key]) if column.kind == "date" else row.values[column.key]
             for column in kind.columns]  # fmt: skip
    return xlsx.Row([number, row.code, *kind.shown_values(record), *cells, row.version])
