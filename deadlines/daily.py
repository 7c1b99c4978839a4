"""What the deadlines room does by itself."""

from django.utils import timezone

from deadlines import notifications, workflow
from deadlines.models import ReminderPlan
from directory.models import PeoplesCouncil


def give_defaults(now):
    """Reminders work without anybody asking for them: a council without a plan of its own gets the shipped one."""
    without = PeoplesCouncil.objects.exclude(pk__in=ReminderPlan.objects.values("council"))
    return sum(workflow.adopt_defaults(council) for council in without)  # none that another process was first with


def give_reminders(now):
    return notifications.remind(timezone.localdate(now))
