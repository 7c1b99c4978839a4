"""Who hears of a due date: before it, on it, after it, and when it moves."""

from collections import defaultdict
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from accounts import notifications
from accounts.models import Notice
from accounts.permissions import Role
from common.formats import short_date
from deadlines import subjects
from deadlines.models import Clock, Holder, ReminderPlan

#: These hear of their agency's clocks; the others of all their council's.
OF_THE_AGENCY = (Role.DRAFTER, Role.HEAD, Role.REGISTRAR)
#: Told of what is overdue because others did not see to it.
LEADERS = (Role.LEADER, Role.HEAD)

#: What due dates other than the official one are called.
_CALLED = {
    Holder.INTERNAL: "Hạn nội bộ",
    Holder.COORDINATING: "Hạn phối hợp",
    Holder.URGED: "Hạn theo công văn đôn đốc",
}


def remind(today=None):
    """Give today's reminders; what no longer holds is overtaken. Returns how many notices there are to give.

    Each due date has milestones (15, 7, 3 days before, …). Only the latest one that has come is told, with the days
    left as of today: a run after days of standstill does not repeat what it missed.
    """
    today = today or timezone.localdate()
    wanted = {}
    for council, plans in groupby(ReminderPlan.objects.order_by("council", "pk"), key=lambda plan: plan.council_id):
        clocks = list(Clock.objects.running().filter(council=council).order_by("due_on", "pk"))
        told = subjects.tell(clocks)
        people = _People(council, today)
        for plan in plans:
            wanted |= {notice["key"]: notice for notice in _by(plan, clocks, told, people, today)}
    notifications.overtake(Notice.objects.filter(key__startswith="due/").exclude(key__in=wanted))
    Notice.objects.filter(key__in=wanted, is_void=True).update(is_void=False)  # the date holds again
    for notice in wanted.values():
        notifications.tell(**notice)
    return len(wanted)


def _by(plan, clocks, told, people, today):
    """The notices one role of one council should have by today."""
    matters = defaultdict(list)
    for clock in clocks:
        milestone = plan.milestone((today - clock.due_on).days)
        if milestone is not None and clock.pk in told and told[clock.pk].is_owed:
            matters[told[clock.pk].group, clock.agency_id, clock.holder, clock.due_on, milestone].append(clock)
    for (group, agency, holder, due_on, milestone), alike in matters.items():
        subject = told[alike[0].pk]
        if users := people.of(plan.role, agency, holder):
            yield {
                "users": users,
                "kind": _kind(plan.role, milestone),
                "key": f"due/{group}/{agency}/{holder}/{due_on}/{milestone}/{plan.role}",
                "thread": _thread(group, agency, holder),
                "group": group,
                "group_title": f"{subject.code} – {subject.title}",
                "text": _words(alike[0], subject, today),
                "url": subject.url,
                "due_on": due_on,
                "happened_on": today,
            }


def _thread(group, agency, holder):
    return f"due/{group}/{agency}/{holder}"


def told_of(clock, told):
    """Every notice about the dates of a clock, in the order they were given; `told` is what the clock is about.

    Reminders, moves, and news that named one of its dates.
    """
    dates = {event.due_after for event in clock.events.all()} | {clock.due_on, clock.original_due_on}
    found = Q(thread=_thread(told.group, clock.agency_id, clock.holder)) | Q(key__startswith=f"moved/{clock.pk}/")
    if clock.holder != Holder.INTERNAL:
        found |= Q(group=told.group, kind=Notice.Kind.EVENT, due_on__in=dates)
    return Notice.objects.filter(found).select_related("user").order_by("happened_on", "pk")


class _People:
    """Who holds a role today, asked of the database once for each role and agency."""

    def __init__(self, council, today):
        self.council, self.today, self.known = council, today, {}

    def of(self, role, agency, holder):
        if role not in OF_THE_AGENCY and holder == Holder.INTERNAL:
            return []  # an agency's own date is nobody else's business
        place = agency if role in OF_THE_AGENCY else None
        if (role, place) not in self.known:
            at = {"agencies": [agency]} if role in OF_THE_AGENCY else {"council": self.council}
            self.known[role, place] = list(notifications.people(roles=[role], on=self.today, **at))
        return self.known[role, place]


def _kind(role, milestone):
    if milestone <= 0:
        return Notice.Kind.DUE
    return Notice.Kind.ESCALATED if role in LEADERS else Notice.Kind.LATE


def _words(clock, subject, today):
    what = _CALLED.get(clock.holder, subject.what)
    days = (clock.due_on - today).days
    if days > 0:
        left = f"còn {days} ngày"
    elif days == 0:
        left = "hôm nay là ngày cuối"
    else:
        left = f"đã quá hạn {-days} ngày"
    agency = f" của {subject.agency.short_label}" if subject.agency else ""
    return f"{what}{agency}: {short_date(clock.due_on)}, {left}."


def due_date_moved(clock, before, reason):
    """Those who must keep the date hear that it is another one now, and why."""
    subject = subjects.tell([clock]).get(clock.pk)
    if subject is None or clock.council is None:
        return
    today = timezone.localdate()
    users = set()
    if clock.agency_id:
        users |= set(notifications.people(roles=[Role.DRAFTER, Role.HEAD], agencies=[clock.agency_id], on=today))
    if clock.holder != Holder.INTERNAL:
        users |= set(notifications.people(roles=[Role.OFFICER], council=clock.council, on=today))
    event = clock.events.last()
    notifications.tell(
        sorted(users, key=lambda user: user.pk),
        kind=Notice.Kind.MOVED,
        key=f"moved/{clock.pk}/{event.pk}",
        group=subject.group,
        group_title=f"{subject.code} – {subject.title}",
        text=f"Hạn chuyển từ ngày {short_date(before)} sang ngày {short_date(clock.due_on)}: {reason}.",
        url=subject.url,
        due_on=clock.due_on,
        happened_on=today,
    )
