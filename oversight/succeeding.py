"""Who is in charge of what is open, and how it passes on when a member or a term goes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Notice
from accounts.notifications import tell
from accounts.permissions import Permission
from common.acting import acting
from oversight import handover
from oversight.models import Delegation, DelegationMember


def refusal(council, user):
    """Why this user does not decide who is in charge; "" when they do."""
    if user.may(Permission.OVERSIGHT_PLAN, at=council):
        return ""
    return _("Only the secretariat decides who is in charge of what.")


def _check(council, by):
    if why := refusal(council, by):
        raise PermissionDenied(why)


def heirs(delegation):
    """Who can be in charge: who sits in this delegation, or in another of the council or its successor that lasts."""
    council = delegation.council
    councils = [one for one in (council, council.successor) if one]
    others = Delegation.objects.not_ended(timezone.localdate()).filter(council__in=councils)
    sitting = DelegationMember.objects.sitting().select_related("delegation")
    return sitting.filter(Q(delegation=delegation) | Q(delegation__in=others))


@transaction.atomic
def seat(delegation, *, by, **details):
    """One more member: name, post, part and, where there is one, the account."""
    _check(delegation.council, by)
    with acting(by=by, reason=gettext_lazy("member added")):
        return DelegationMember.objects.create(delegation=delegation, **details)


@transaction.atomic
def reseat(member, *, by, **details):
    """The seat as it should be: name, post, part, and an account the member was given since."""
    member = (
        DelegationMember.objects.select_for_update(of=("self",)).select_related("delegation__council").get(pk=member.pk)
    )
    _check(member.delegation.council, by)
    with acting(by=by, reason=gettext_lazy("seat changed")):
        member.change(**details)
    return member


@transaction.atomic
def put_in_charge(record, member, *, by):
    """A working session or a recommendation gets somebody in charge; None for nobody."""
    record = type(record).objects.select_for_update().get(pk=record.pk)
    delegation = _delegation_of(record)
    _check(delegation.council, by)
    if member and not heirs(delegation).filter(pk=member.pk).exists():
        raise ValidationError({"in_charge": _("Choose somebody who sits in a delegation of this council.")})
    with acting(by=by, reason=gettext_lazy("put in charge")):
        record.change(in_charge=member)
    return record


def _delegation_of(record):
    return getattr(record, "delegation", None) or record.working_session.delegation


@transaction.atomic
def hand_over(member, *, to, by, reason, left_on=None):
    """Everything a member has in hand passes to `to`; with `left_on` the member leaves the delegation as well.

    Returns how much passed on. Each record says in its history who handed it over and why.
    """
    Delegation.objects.select_for_update().get(pk=member.delegation_id)
    member = DelegationMember.objects.select_related("delegation__council").get(pk=member.pk)
    _check(member.delegation.council, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if to.pk == member.pk or not heirs(member.delegation).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("Choose somebody else who sits in a delegation of this council.")})
    if left_on and not member.delegation.starts_on <= left_on <= timezone.localdate():
        raise ValidationError({"left_on": _("The day lies before the delegation's first day, or ahead of today.")})
    if left_on and member.left_on:
        raise ValidationError({"left_on": _("The member has left already.")})
    in_hand = [
        *handover.sessions_in_hand(by).filter(in_charge=member),
        *handover.recommendations_in_hand(by).filter(in_charge=member),
    ]
    with acting(by=by, reason=reason):
        for record in in_hand:
            record.change(in_charge=to)
        if left_on:
            member.change(left_on=left_on, successor=to)
    _tell(member, to, len(in_hand))
    return len(in_hand)


def _tell(member, to, number):
    if not (to.user and number):
        return
    today = timezone.localdate()
    text = ngettext(
        "%(number)d open item of oversight passed to you from %(name)s.",
        "%(number)d open items of oversight passed to you from %(name)s.",
        number,
    )
    tell(
        [to.user],
        kind=Notice.Kind.EVENT,
        key=f"handover/{member.pk}/{to.pk}/{timezone.now():%Y%m%d%H%M%S}",
        text=text % {"number": number, "name": member.name},
        url=member.get_absolute_url(),
        happened_on=today,
    )
