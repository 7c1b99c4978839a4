"""The council's list of words that commit to nothing."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from responses.models import VaguePhrase


def keep_refusal(council, user):
    """Why this user does not change the council's list; "" when they do."""
    if user.may(Permission.PHRASES_KEEP, at=council):
        return ""
    return _("Only the council's secretariat changes this list.")


@transaction.atomic
def keep(council, *, words, is_in_use, by):
    """Add a phrase to the council's list, or take one in or out of use; drafts are read with the list of the day."""
    if why := keep_refusal(council, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("list of vague phrases changed")):
        return VaguePhrase.objects.put(council, words, is_in_use=is_in_use)
