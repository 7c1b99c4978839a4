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
from petitions.handouts.kinds import day_of, kind_for, kind_of
from petitions.models import Handout, HandoutRow

CODE, VERSION = gettext_lazy("Code"), gettext_lazy("Version (do not change)")
#: So many rows go into one workbook.
MOST_ROWS = 2000


@transaction.atomic
def hand_out(recipient, *, council_session, by):
    """Remember what is handed out to whom; `workbook` writes it."""
    kind = kind_for(recipient)
    if kind is None or not kind.may_make(recipient, council_session, by):
        raise PermissionDenied(_("Your role does not allow a workbook for %(agency)s.") % {"agency": recipient})
    records = list(kind.records(recipient, council_session, by)[: MOST_ROWS + 1])
    if len(records) > MOST_ROWS:
        raise ValidationError(_("More than %s rows: that is too much for one workbook.") % MOST_ROWS)
    if not records:
        raise ValidationError(_("There is nothing for %(agency)s in this session.") % {"agency": recipient})
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


def workbook(handout, *, by):
    """The workbook as bytes: columns that inform, shaded columns that may be changed, code and version."""
    kind = kind_of(handout)
    rows = list(handout.rows.all())
    records = kind.found(handout, rows, by)
    known = [row for row in rows if row in records]
    with translation.override(settings.LANGUAGE_CODE):  # what comes back is found by its headings
        written = [_written(number, kind, row, records[row]) for number, row in enumerate(known, start=1)]
        sheet = xlsx.Sheet(_("Petitions"), _heading(handout, kind), _columns(handout, kind), written)
        return xlsx.write([sheet])


def _heading(handout, kind):
    return [
        str(kind.label),
        f"{handout.recipient} – {handout.council_session.title}",
        _("as of %s") % short_date(timezone.localdate(handout.made_at)),
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
