"""Saving terms, sessions and meetings."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.formats import short_date
from deadlines import workflow as clocks


def edit_refusal(council, user):
    """Why this user cannot change the sessions of `council`; "" when they can."""
    if user.may(Permission.SESSION_EDIT, at=council):
        return ""
    return _("Your role does not allow changing the sessions of %(council)s.") % {"council": council}


def check_edit(council, user):
    if why := edit_refusal(council, user):
        raise PermissionDenied(why)


@transaction.atomic
def save_session(session, *, by, before):
    """Keep a session as changed; where a day moved, the due dates counted from it are counted again and told.

    `before` is {field: day} as it was. Returns the clocks whose due date moved.
    """
    check_edit(session.council, by)
    session.save()
    moved = []
    for field, event, words in (("opens_on", "opens", "khai mạc"), ("closes_on", "closes", "bế mạc")):
        was, now = before[field], getattr(session, field)
        if was != now:
            reason = f"ngày {words} {session.title} dời từ {short_date(was)} sang {short_date(now)}"
            moved += clocks.anchor_moved(f"session/{session.pk}/{event}", to=now, by=by, reason=reason)
    return moved
