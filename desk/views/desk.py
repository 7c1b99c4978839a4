"""The landing page of every role."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import ROLES, Permission
from desk.piles import Group, piles

#: How many rows of one pile the page shows.
PILE_HEIGHT = 100


@require_safe
def index(request):
    """Four counts, and the rows of the group chosen; what must be done first stands first."""
    today = timezone.localdate()
    by_group = {group: [pile for pile in piles(request.user, today) if pile.group == group] for group in Group}
    counts = {group.value: sum(pile.records.count() for pile in found) for group, found in by_group.items()}
    chosen = _chosen(request.GET.get("group"), counts)
    tasks = [task for pile in by_group[chosen] for task in pile.tasks(PILE_HEIGHT)]
    tasks.sort(key=lambda task: task.due_on or date.max)
    role = request.user.main_role
    context = {
        "counts": counts,
        "chosen": chosen.value,
        "tasks": tasks,
        "role_sentence": ROLES[role.role].sentence if role else "",
        "may_log": request.user.may(Permission.PETITION_LOG),
    }
    return render(request, "desk/index.html", context)


def _chosen(wanted, counts):
    """The group asked for; else what waits for this person, or the most pressing of what they follow."""
    if wanted in list(Group):
        return Group(wanted)
    return next((group for group in (Group.DO, Group.LATE, Group.SOON, Group.WAITING) if counts[group]), Group.DO)
