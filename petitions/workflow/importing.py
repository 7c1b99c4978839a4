"""A file with a list of petitions on its way in, and out again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.many import set_each
from petitions.models import ImportClaim, ImportRow, ImportRun, Petition, PetitionEvent
from petitions.workflow.many import log_many
from petitions.workflow.tables import IMPORTS, PETITIONS

State = ImportRow.State


def check_may_import(council, user):
    if not (user.may(Permission.PETITION_LOG, at=council) and user.may(Permission.PERSONAL_DATA_SEE, at=council)):
        raise PermissionDenied(_("Your role does not allow logging petitions of %(council)s.") % {"council": council})


@transaction.atomic
def begin_import(*, council_session, upload, file_kind, by, **details):
    """A file has arrived; nothing of it is read yet."""
    check_may_import(council_session.council, by)
    with acting(by=by, reason=gettext_lazy("file received")):
        return ImportRun.objects.create(
            council_session=council_session, upload=upload, file_kind=file_kind, started_by=by, **details
        )


def start_reading(run, *, by, table_index, head_line, columns):
    """Read that table with those columns; what an earlier reading found is forgotten."""
    return IMPORTS.take("read", run, by=by, table_index=table_index, head_line=head_line, columns=columns)


def show_import(run, *, by):
    return IMPORTS.take("show", run, by=by, **_counts(run))


def start_accepting(run, *, by):
    return IMPORTS.take("accept", run, by=by)


def finish_import(run, *, by):
    return IMPORTS.take("finish", run, by=by, finished_at=timezone.now(), **_counts(run))


def start_undoing(run, *, by):
    return IMPORTS.take("undo", run, by=by)


def drop_import(run, *, by):
    return IMPORTS.take("drop", run, by=by)


def refused_ready(run):
    """Why there is nothing to import; "" when there is."""
    return "" if run.rows.filter(state=State.READY).exists() else _("No row of this file can be imported.")


def claims(council_session):
    """The fingerprints of what imports brought into a session."""
    return ImportClaim.objects.filter(council_session=council_session)


def _counts(run):
    states = list(run.rows.values_list("state", flat=True))
    return {
        "rows_read": len(states),
        "accepted": states.count(State.IMPORTED),
        "refused": states.count(State.REFUSED),
        "duplicates": states.count(State.DUPLICATE),
        "left_out": states.count(State.LEFT_OUT),
    }


@transaction.atomic
def import_rows(run, rows, entry_of, *, by):
    """Write down the rows nobody brought in before; `entry_of` makes the `Entry` of a row. Returns how many came in.

    The fingerprint is claimed first: of two imports at the same moment one gets it, the other finds it taken.
    """
    session = run.council_session
    ImportClaim.objects.bulk_create(
        [
            ImportClaim(council_session=session, digest=row.digest, row=row)
            for row in sorted(rows, key=lambda row: row.digest)  # one order for all, so that none waits for each other
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    ours = set(ImportClaim.objects.filter(row__in=rows).values_list("row", flat=True))
    fresh = [row for row in rows if row.pk in ours]
    petitions = log_many(
        [entry_of(row) for row in fresh],
        council_session=session,
        by=by,
        reason=_("imported from a file"),
        **{"import": run.pk},
    )
    for row, petition in zip(fresh, petitions, strict=True):
        row.petition, row.state = petition, State.IMPORTED
    taken = [row for row in rows if row.pk not in ours]
    holders = dict(
        ImportClaim.objects.filter(council_session=session, digest__in=[row.digest for row in taken]).values_list(
            "digest", "row__petition"
        )
    )
    for row in taken:
        row.petition_id, row.state = holders.get(row.digest), State.DUPLICATE
    set_each(ImportRow, ["petition", "state"], [(row.pk, row.petition_id, row.state) for row in rows])
    return len(fresh)


@transaction.atomic
def undo_rows(run, rows, *, by):
    """Take back what these rows brought in: the petitions stay on record as undone, counted nowhere."""
    petitions = list(Petition.objects.filter(import_rows__in=rows, import_rows__state=State.IMPORTED))
    PETITIONS.take_many("undo_import", petitions, by=by)
    PetitionEvent.objects.bulk_create(
        [
            PetitionEvent(petition=petition, kind="import_undone", happened_on=timezone.localdate(), actor=by)
            for petition in petitions
        ],
        batch_size=500,
    )
    ImportClaim.objects.filter(row__in=rows).delete()
    set_each(ImportRow, ["state"], [(row.pk, State.UNDONE) for row in rows])


def finish_undo(run, *, by):
    return IMPORTS.take("undone", run, by=by, finished_at=timezone.now())
