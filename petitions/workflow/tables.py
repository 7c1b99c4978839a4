"""The steps of a petition and of an assignment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.workflow import Step, Workflow
from petitions.models import Assignment, ImportRun, Petition, PetitionEvent
from petitions.models.petitions import Status


def _has_no_planned_letter(petition, user):
    if Assignment.objects.filter(point__petition=petition, status=Assignment.Status.PLANNED).exists():
        return _("The petition stands in a forwarding letter being drafted. Take it out there first.")
    return ""


def _has_no_duplicates(petition, user):
    if petition.duplicates.exists():
        return _("Other petitions are merged into this one. Take them apart first.")
    return _is_at_home(petition, user)


def _is_at_home(petition, user):
    """No letter is being drafted, and no agency holds a point of it."""
    held = Assignment.objects.waiting().filter(point__petition=petition).select_related("agency").first()
    if held:
        return _("%(agency)s still holds point %(point)s of it.") % {
            "agency": held.agency,
            "point": held.point.number,
        }
    return _has_no_planned_letter(petition, user)


PETITIONS = Workflow(
    Petition,
    {
        "classify": Step(
            gettext_lazy("Classify"),
            frozenset({Status.RECEIVED, Status.CLASSIFIED, Status.RETURNED}),
            Status.CLASSIFIED,
            Permission.PETITION_CLASSIFY,
            _has_no_planned_letter,
        ),
        "forward": Step(gettext_lazy("Forward"), frozenset({Status.CLASSIFIED, Status.RETURNED}), Status.FORWARDED, ""),
        "return": Step(
            gettext_lazy("Return to the secretariat"),
            frozenset({Status.FORWARDED, Status.RETURNED, Status.CLASSIFIED}),
            Status.RETURNED,
            "",
        ),
        "merge": Step(
            gettext_lazy("Merge into another petition"),
            frozenset({Status.RECEIVED, Status.CLASSIFIED}),
            Status.MERGED,
            Permission.PETITION_CLASSIFY,
            _has_no_duplicates,
        ),
        "unmerge": Step(
            gettext_lazy("Take apart again"),
            frozenset({Status.MERGED}),
            Status.RECEIVED,
            Permission.PETITION_CLASSIFY,
        ),
        "unmerge_classified": Step(
            gettext_lazy("Take apart again, classified as before"),
            frozenset({Status.MERGED}),
            Status.CLASSIFIED,
            "",
        ),
        "declassify": Step(
            gettext_lazy("Take the classification back"),
            frozenset({Status.CLASSIFIED}),
            Status.RECEIVED,
            "",
            _has_no_planned_letter,
        ),
        "declassify_returned": Step(
            gettext_lazy("Take the classification back, returned as before"),
            frozenset({Status.CLASSIFIED}),
            Status.RETURNED,
            "",
            _has_no_planned_letter,
        ),
        "set_aside": Step(
            gettext_lazy("Do not forward"),
            frozenset({Status.RECEIVED, Status.CLASSIFIED}),
            Status.SET_ASIDE,
            Permission.PETITION_CLASSIFY,
            _is_at_home,
        ),
        "reopen": Step(
            gettext_lazy("Take up again"),
            frozenset({Status.SET_ASIDE}),
            Status.RECEIVED,
            Permission.PETITION_CLASSIFY,
        ),
        "reopen_classified": Step(
            gettext_lazy("Take up again, classified as before"), frozenset({Status.SET_ASIDE}), Status.CLASSIFIED, ""
        ),
        "undo_import": Step(gettext_lazy("Undo the import"), frozenset({Status.RECEIVED}), Status.UNDONE, ""),
    },
    held_at=lambda petition: petition.council,
    reads=("council",),
)

ASSIGNMENTS = Workflow(
    Assignment,
    {
        "send": Step(gettext_lazy("Send"), frozenset({Assignment.Status.PLANNED}), Assignment.Status.SENT, ""),
        "withdraw": Step(
            gettext_lazy("Take out of the letter"),
            frozenset({Assignment.Status.PLANNED}),
            Assignment.Status.WITHDRAWN,
            "",
        ),
        "accept": Step(
            gettext_lazy("Accept"),
            frozenset({Assignment.Status.SENT}),
            Assignment.Status.ACCEPTED,
            Permission.ASSIGNMENT_RESPOND,
        ),
        "return": Step(
            gettext_lazy("Return with a reason"),
            frozenset({Assignment.Status.SENT, Assignment.Status.ACCEPTED}),
            Assignment.Status.RETURNED,
            Permission.ASSIGNMENT_RESPOND,
        ),
        "take_back": Step(
            gettext_lazy("Take back from an agency that has ended"),
            frozenset({Assignment.Status.SENT, Assignment.Status.ACCEPTED}),
            Assignment.Status.RETURNED,
            "",
        ),
        "release": Step(
            gettext_lazy("Release with the lead agency"),
            frozenset({Assignment.Status.SENT, Assignment.Status.ACCEPTED}),
            Assignment.Status.RELEASED,
            "",
        ),
        "answer": Step(
            gettext_lazy("Answer"),
            frozenset({Assignment.Status.SENT, Assignment.Status.ACCEPTED, Assignment.Status.ANSWERED}),
            Assignment.Status.ANSWERED,
            "",
        ),
        "reopen": Step(
            gettext_lazy("Wait for an answer again"),
            frozenset({Assignment.Status.ANSWERED}),
            Assignment.Status.ACCEPTED,
            "",
        ),
    },
    held_at=lambda assignment: assignment.agency,
)


def _nothing_happened_since(run, user):
    """An import is undone only as a whole, while its petitions are as it left them."""
    touched = (
        PetitionEvent.objects.filter(petition__import_rows__run=run, petition__import_rows__state="imported")
        .exclude(kind="received")
        .select_related("petition")
        .first()
    )
    if touched is None:
        planned = Assignment.objects.filter(point__petition__import_rows__run=run).select_related("point__petition")
        touched = planned.first() and planned[0].point
    if touched:
        return _("Something has been done with %(code)s since; the import can no longer be undone.") % {
            "code": touched.petition.code
        }
    return ""


IMPORTS = Workflow(
    ImportRun,
    {
        "read": Step(
            gettext_lazy("Read the table"),
            frozenset({ImportRun.Status.UPLOADED, ImportRun.Status.READY}),
            ImportRun.Status.READING,
            Permission.PETITION_LOG,
        ),
        "show": Step(
            gettext_lazy("Show what was read"),
            frozenset({ImportRun.Status.READING}),
            ImportRun.Status.READY,
            "",
        ),
        "accept": Step(
            gettext_lazy("Import the rows without errors"),
            frozenset({ImportRun.Status.READY}),
            ImportRun.Status.IMPORTING,
            Permission.PETITION_LOG,
        ),
        "finish": Step(
            gettext_lazy("Finish the import"), frozenset({ImportRun.Status.IMPORTING}), ImportRun.Status.DONE, ""
        ),
        "undo": Step(
            gettext_lazy("Undo the import"),
            frozenset({ImportRun.Status.DONE}),
            ImportRun.Status.UNDOING,
            Permission.PETITION_LOG,
            _nothing_happened_since,
        ),
        "undone": Step(
            gettext_lazy("Import is undone"), frozenset({ImportRun.Status.UNDOING}), ImportRun.Status.UNDONE, ""
        ),
        "drop": Step(
            gettext_lazy("Drop the file"),
            frozenset({ImportRun.Status.UPLOADED, ImportRun.Status.READY}),
            ImportRun.Status.DROPPED,
            Permission.PETITION_LOG,
        ),
    },
    held_at=lambda run: run.council,
)
