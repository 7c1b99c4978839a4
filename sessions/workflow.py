"""Saving terms, sessions and meetings."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Permission


def edit_refusal(council, user):
    """Why this user cannot change the sessions of `council`; "" when they can."""
    if user.may(Permission.SESSION_EDIT, at=council):
        return ""
    return _("Your role does not allow changing the sessions of %(council)s.") % {"council": council}


def check_edit(council, user):
    if why := edit_refusal(council, user):
        raise PermissionDenied(why)
