"""Setting up a delegation, planning its working sessions and their agenda."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from oversight import choosing
from oversight.models import SCOPE_KINDS, AgendaItem, Delegation, DelegationMember, ScopeItem, WorkingSession
from oversight.workflow.permitting import check, check_not_concluded
from petitions import workflow as petitions


@transaction.atomic
def set_up(*, body, by, members, scope=(), **details):
    """A new delegation; `members` are dicts of name, post, part and, where there is one, user.

    `scope` are (kind, record) pairs: the sessions, fields, agencies and places it looks at; see `ScopeItem`.
    """
    check(Permission.OVERSIGHT_PLAN, body.council, by)
    with acting(by=by, reason=gettext_lazy("delegation set up")):
        delegation = Delegation.objects.create(council=body.council, body=body, **details)
        for member in members:
            DelegationMember.objects.create(delegation=delegation, **member)
        _set_scope(delegation, scope)
    return delegation


@transaction.atomic
def revise(delegation, *, by, scope, **details):
    """Change what a delegation looks at, and its days."""
    delegation = Delegation.objects.select_for_update(of=("self",)).select_related("council").get(pk=delegation.pk)
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    with acting(by=by, reason=gettext_lazy("delegation revised")):
        delegation.change(**details)
        _set_scope(delegation, scope)
    return delegation


def _set_scope(delegation, scope):
    wanted = {(kind, record.pk): record for kind, record in scope}
    for item in delegation.scope.all():
        key = next((kind, getattr(item, f"{kind}_id")) for kind in SCOPE_KINDS if getattr(item, f"{kind}_id"))
        if wanted.pop(key, None) is None:
            item.delete()
    for (kind, _pk), record in wanted.items():
        ScopeItem.objects.create(delegation=delegation, **{kind: record})


@transaction.atomic
def reschedule(working_session, *, by, **details):
    """Another day, hour, place or kind, until the conclusions are on their way."""
    working_session = WorkingSession.objects.select_for_update().get(pk=working_session.pk)
    check(Permission.OVERSIGHT_PLAN, working_session.delegation.council, by)
    check_not_concluded(working_session)
    with acting(by=by, reason=gettext_lazy("working session rescheduled")):
        working_session.change(**details)
    return working_session


@transaction.atomic
def plan_session(delegation, *, agency, held_on, by, agenda=(), **details):
    """A working session at an agency with its petitions; `details` are further fields."""
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    with acting(by=by, reason=gettext_lazy("working session planned")):
        session = WorkingSession.objects.create(delegation=delegation, agency=agency, held_on=held_on, **details)
        put_on_agenda(session, agenda, by=by)
    return session


@transaction.atomic
def put_on_agenda(working_session, petition_list, *, by, is_pinned=False):
    """Add petitions, each under the next short code with what speaks for it; those already there stay as they are."""
    delegation, today = working_session.delegation, timezone.localdate()
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    check_not_concluded(working_session)
    WorkingSession.objects.select_for_update().get(pk=working_session.pk)
    present = set(working_session.agenda.values_list("petition", flat=True))
    added = [petition for petition in dict.fromkeys(petition_list) if petition.pk not in present]
    signs, last = choosing.signs_of(added, delegation, today), _last_number(working_session)
    with acting(by=by, reason=gettext_lazy("put on the agenda")):
        for number, petition in enumerate(added, start=last + 1):
            AgendaItem.objects.create(
                working_session=working_session, petition=petition, number=number, signs=signs[petition.pk],
                is_pinned=is_pinned,
            )  # fmt: skip
            _note(petition, "on_agenda", working_session, by=by)
    return added


def _last_number(working_session):
    """Numbers that were printed once are not given to another petition, even when theirs was taken off."""
    given = AgendaItem.history.filter(working_session=working_session)
    return given.aggregate(last=Max("number"))["last"] or 0


@transaction.atomic
def take_off_agenda(item, *, by):
    """Take a petition off again, as long as nothing was found or asked for about it."""
    working_session = item.working_session
    check(Permission.OVERSIGHT_PLAN, working_session.delegation.council, by)
    check_not_concluded(working_session)
    petition = item.petition
    recorded = working_session.findings.filter(point__petition=petition).exists()
    if recorded or working_session.recommendations.filter(petition=petition).exists():
        raise PermissionDenied(
            _("Something was recorded about %(code)s at this working session: it stays on the agenda.")
            % {"code": petition.code}
        )
    with acting(by=by, reason=gettext_lazy("taken off the agenda")):
        item.delete()
    _note(petition, "off_agenda", working_session, by=by)


def _note(petition, kind, working_session, *, by):
    today = timezone.localdate()
    petitions.note(
        petition,
        kind,
        by=by,
        on=min(working_session.held_on, today) if kind == "on_agenda" else today,
        delegation=working_session.delegation.name,
        day=short_date(working_session.held_on),
    )
