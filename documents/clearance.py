"""By which hands the papers of an agency go, and the list of reasons for sending them back: who says so, and how."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import notifications
from accounts.permissions import Permission, Role
from common.acting import acting
from documents.models import Check, ClearanceRoute, ReturnReason, Route

MADE_BY = {Check.CONTENT: Role.UNIT_HEAD, Check.FORM: Role.FORM_CHECKER}


def route_of(agency):
    """The way a paper of the agency goes when it is submitted now."""
    kept = ClearanceRoute.objects.filter(agency=agency).first()
    return Route(kept.order) if kept else Route.SIGNER


def arrange_refusal(agency, user):
    """Why this user does not arrange the clearance of an agency's papers; "" when they do."""
    if user.may(Permission.CLEARANCE_ARRANGE, at=agency) or user.may(Permission.DIRECTORY_EDIT, at=agency.council):
        return ""
    return _("The head of %(agency)s or the council's administrator arranges how its papers are cleared.") % {
        "agency": agency
    }


@transaction.atomic
def arrange(agency, *, order, by, reason=""):
    """Papers submitted from now on go this way; those under way end on theirs."""
    if why := arrange_refusal(agency, by):
        raise PermissionDenied(why)
    for check in Route(order).checks:
        if not _somebody_makes(check, agency):
            raise ValidationError(
                {
                    "order": _("Nobody has the role “%(role)s” at %(agency)s: papers would stay there.")
                    % {"role": MADE_BY[check].label, "agency": agency}
                }
            )
    with acting(by=by, reason=reason or gettext_lazy("way of clearance arranged")):
        route = ClearanceRoute.objects.filter(agency=agency).first() or ClearanceRoute(agency=agency)
        route.change(order=order)
    return route


def _somebody_makes(check, agency):
    role, today = MADE_BY[check], timezone.localdate()
    if notifications.people(roles=[role], agencies=[agency], on=today).exists():
        return True
    return agency.is_council_body and notifications.people(roles=[role], council=agency.council, on=today).exists()


def reasons_refusal(council, user):
    """Why this user does not keep the council's list of reasons for a return; "" when they do."""
    if user.may(Permission.CLEARANCE_ARRANGE, at=council):
        return ""
    return _("The leaders or the administrator of the council's office keep this list.")


@transaction.atomic
def keep_reason(council, *, words, is_in_use, by):
    """Add a reason to the council's list, or take one in or out of use."""
    if why := reasons_refusal(council, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("list of reasons changed")):
        return ReturnReason.objects.put(council, words, is_in_use=is_in_use)
