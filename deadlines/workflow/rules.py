"""Rules about days: added and ended, never rewritten."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from deadlines.models import DeadlineRule, ReminderPlan
from deadlines.workflow.calendars import alone, check_keep

DEFAULTS = Path(__file__).resolve().parent.parent / "defaults.json"


def may_keep(user, council):
    return user.may(Permission.DEADLINES_KEEP, at=council)


@transaction.atomic
def add_rule(council, *, by, replaces=None, **details):
    """A new rule; the one it `replaces` ends the day before. Clocks that run keep counting as they did."""
    check_keep(council, by)
    if replaces:
        start = details.get("valid_from")
        if start is None or (replaces.valid_from and start <= replaces.valid_from):
            raise ValidationError({"valid_from": _("The new version must begin after the present one began.")})
        end_rule(replaces, by=by, on=start - timedelta(days=1))
    with acting(by=by, reason=gettext_lazy("rule about days added")):
        return DeadlineRule.objects.create(council=council, **details)


@transaction.atomic
def end_rule(rule, *, by, on):
    """The last day on which the rule starts a clock."""
    check_keep(rule.council, by)
    if rule.valid_from and on < rule.valid_from:
        raise ValidationError({"on": _("The last day lies before the first day.")})
    rule.valid_to = on
    with acting(by=by, reason=gettext_lazy("rule about days ended")):
        rule.save()
    return rule


@transaction.atomic
def save_reminders(council, *, by, plans):
    """`plans` are {role: {before, on_the_day, after}}."""
    check_keep(council, by)
    with acting(by=by, reason=gettext_lazy("plan of reminders changed")):
        for role, values in plans.items():
            ReminderPlan.objects.update_or_create(council=council, role=role, defaults=values)


@transaction.atomic
def adopt_defaults(council, *, by=None):
    """The rules and reminders shipped with the program, where the council has none of its own yet.

    What is not confirmed by a legal source we read is marked so; where no source was found there is no rule. Returns
    whether anything was missing.
    """
    alone(council)
    has_rules = DeadlineRule.objects.filter(council=council).exists()
    has_plans = ReminderPlan.objects.filter(council=council).exists()
    shipped = json.loads(DEFAULTS.read_text(encoding="utf-8"))
    with acting(by=by, reason=gettext_lazy("shipped defaults taken over")):
        if not has_rules:
            for rule in shipped["rules"]:
                start = rule.pop("valid_from", None)
                DeadlineRule.objects.create(
                    council=council, valid_from=date.fromisoformat(start) if start else None, **rule
                )
        if not has_plans:
            for plan in shipped["reminders"]:
                ReminderPlan.objects.create(council=council, **plan)
    return not (has_rules and has_plans)
