"""Setting up a delegation, planning its working sessions and their agenda."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from oversight.models import AgendaItem, Delegation, DelegationMember, WorkingSession
from oversight.workflow.permitting import check, check_not_concluded
from petitions import workflow as petitions


@transaction.atomic
def set_up(*, body, by, members, **details):
    """A new delegation; `members` are dicts of name, post, part and, where there is one, user."""
    check(Permission.OVERSIGHT_PLAN, body.council, by)
    with acting(by=by, reason=gettext_lazy("delegation set up")):
        delegation = Delegation.objects.create(council=body.council, body=body, **details)
        for member in members:
            DelegationMember.objects.create(delegation=delegation, **member)
    return delegation


@transaction.atomic
def plan_session(delegation, *, agency, held_on, by, agenda=(), venue=""):
    """A working session at an agency with its petitions."""
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    with acting(by=by, reason=gettext_lazy("working session planned")):
        session = WorkingSession.objects.create(delegation=delegation, agency=agency, held_on=held_on, venue=venue)
        put_on_agenda(session, agenda, by=by)
    return session


@transaction.atomic
def put_on_agenda(working_session, petition_list, *, by):
    """Add petitions; those already there stay as they are."""
    delegation = working_session.delegation
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    check_not_concluded(working_session)
    with acting(by=by, reason=gettext_lazy("put on the agenda")):
        for petition in petition_list:
            _item, is_new = AgendaItem.objects.get_or_create(working_session=working_session, petition=petition)
            if is_new:
                petitions.note(
                    petition,
                    "on_agenda",
                    by=by,
                    on=min(working_session.held_on, timezone.localdate()),
                    delegation=delegation.name,
                    day=short_date(working_session.held_on),
                )
