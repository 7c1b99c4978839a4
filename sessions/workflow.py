"""Saving terms, sessions and meetings."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from sessions import reporting


def edit_refusal(council, user):
    """Why this user cannot change the sessions of `council`; "" when they can."""
    if user.may(Permission.SESSION_EDIT, at=council):
        return ""
    return _("Your role does not allow changing the sessions of %(council)s.") % {"council": council}


def check_edit(council, user):
    if why := edit_refusal(council, user):
        raise PermissionDenied(why)


@transaction.atomic
def save_session(session, *, by, before=None):
    """Keep a session, of the council or of the National Assembly, and ask for the reports due around it.

    Where a day moved from `before`, {field: day}, the due dates counted from it are counted again and told. Returns the
    clocks whose due date moved.
    """
    check_edit(session.council, by)
    session.save()
    moved = reporting.moved(session, before=before, by=by) if before else []
    reporting.require(session, by=by)
    return moved
