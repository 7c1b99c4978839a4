"""Who may change what of the oversight of a council, and until when."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from documents.models import Status
from oversight.models import ConclusionNotice, WorkingSession


def check(permission, council, by):
    """Refuse who has no such part in the oversight of this council."""
    if not by.may(permission, at=council):
        raise PermissionDenied(
            _("Your role does not allow this in the oversight of %(council)s.") % {"council": council}
        )


def check_recording(working_session, by):
    """Refuse who does not record for the council, and everybody once the conclusions are on their way."""
    check(Permission.OVERSIGHT_RECORD, working_session.delegation.council, by)
    check_not_concluded(working_session)


def begin_recording(working_session, by):
    """`check_recording`, with the record kept from a notice submitted at this moment; returns it as it stands."""
    working_session = WorkingSession.objects.select_for_update().get(pk=working_session.pk)
    check_recording(working_session, by)
    return working_session


def check_not_concluded(working_session):
    notice = standing_notice(working_session)
    if notice and notice.document.status != Status.DRAFT:
        raise PermissionDenied(_("The conclusion notice is on its way or issued: the record no longer changes."))


def standing_notice(working_session):
    return (
        ConclusionNotice.objects.standing().filter(working_session=working_session).select_related("document").first()
    )
