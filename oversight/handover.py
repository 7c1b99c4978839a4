"""What is still open and who is in charge of it: for the page and the paper by which it passes on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Membership
from common.formats import short_date
from directory.models import Agency
from documents.papers import official_text
from oversight.models import DelegationMember, Recommendation, WorkingSession
from oversight.models.delegations import seen_by


@dataclass(frozen=True)
class Item:
    """One thing somebody has to finish: the record of a working session, or a recommendation."""

    record: Any
    what: Any
    agency: Agency
    due_on: date | None
    state: Any

    @property
    def is_session(self):
        return isinstance(self.record, WorkingSession)


@dataclass
class Holding:
    """What one member has in hand, and why it must pass on; `member` is None for what nobody is in charge of."""

    member: DelegationMember | None
    items: list = field(default_factory=list)
    reasons: list = field(default_factory=list)


def sessions_in_hand(user):
    """Working sessions of the council's delegations whose conclusions are not issued."""
    return _of_the_council(WorkingSession.objects.without_issued_notice(), "delegation", user)


def recommendations_in_hand(user):
    """What was asked for and is not verified as done."""
    found = Recommendation.objects.exclude(status=Recommendation.Status.DONE)
    return _of_the_council(found, "working_session__delegation", user)


def _of_the_council(records, path, user):
    council = {f"{path}__body__kind__in": Agency.COUNCIL_BODIES}
    return records.filter(seen_by(user, path), **council).select_related(
        "agency", path, "in_charge__delegation__council_session__term"
    )


def holdings(user, today, *, delegation=None, member=None):
    """Everything open by who is in charge of it: who should pass it on first, then the others, nobody's at the end."""
    found = {}
    for item in _items(user, delegation, member):
        in_charge = item.record.in_charge
        found.setdefault(in_charge, Holding(in_charge)).items.append(item)
    left = _without_a_role([one for one in found if one], today)
    for one, holding in found.items():
        holding.reasons = _reasons(one, left, today) if one else []
    return sorted(found.values(), key=lambda one: (one.member is None, not one.reasons, str(one.member)))


def _items(user, delegation, member):
    sessions, asked = sessions_in_hand(user), recommendations_in_hand(user)
    if delegation:
        sessions, asked = sessions.filter(delegation=delegation), asked.filter(working_session__delegation=delegation)
    if member:
        sessions, asked = sessions.filter(in_charge=member), asked.filter(in_charge=member)
    return [
        *map(_session_item, sessions.order_by("held_on", "pk")),
        *map(_asked_item, asked.order_by(F("due_on").asc(nulls_last=True), "pk")),
    ]


def _session_item(session):
    words = _("Complete the record: %(session)s") % {"session": session}
    return Item(session, words, session.agency, None, _("no conclusion notice issued"))


def _asked_item(asked):
    return Item(asked, asked.content, asked.agency, asked.due_on, asked.get_status_display())


def _without_a_role(members, today):
    """Ids of members whose account holds no role any more."""
    roles = Membership.objects.valid_on(today).filter(user=OuterRef("user"))
    gone = DelegationMember.objects.filter(pk__in=[one.pk for one in members], user__isnull=False)
    return set(gone.exclude(Exists(roles)).values_list("pk", flat=True))


def _reasons(member, without_role, today):
    """Why what this member has in hand should pass on, in words."""
    reasons = []
    if member.left_on:
        reasons.append(_("left the delegation on %(day)s") % {"day": short_date(member.left_on)})
    if member.pk in without_role:
        reasons.append(_("has no role any more"))
    council_session = member.delegation.council_session
    if council_session and council_session.term.ends_on and council_session.term.ends_on < today:
        day = short_date(council_session.term.ends_on)
        reasons.append(_("term %(term)s ended on %(day)s") % {"term": council_session.term.name, "day": day})
    return reasons


@dataclass(frozen=True)
class Passed:
    """One thing that was in this member's hands and is in others' now, with the day it passed on."""

    record: Any
    on: date


def passed_on(member):
    """What left the hands of a member, from the history."""
    found = []
    for model in (WorkingSession, Recommendation):
        trail = defaultdict(list)
        held = model.history.filter(in_charge=member).values("id")
        for version in model.history.filter(id__in=held).order_by("history_id"):
            trail[version.id].append(version)
        records = model.objects.select_related("agency", "in_charge").in_bulk(list(trail))
        for pk, versions in trail.items():
            if records[pk].in_charge_id != member.pk:
                last = max(place for place, one in enumerate(versions) if one.in_charge_id == member.pk)
                found.append(Passed(records[pk], versions[last + 1].history_date.date()))
    return found


def title(delegation=None, member=None):
    about = member.name if member else (delegation.name if delegation else "")
    return f"Báo cáo bàn giao công việc giám sát{': ' if about else ''}{about}"


def body(user, today, *, delegation=None, member=None):
    """The handover report, in the tags both PDF and Word know."""
    context = {
        "delegation": delegation,
        "member": member,
        "holdings": holdings(user, today, delegation=delegation, member=member),
        "passed": passed_on(member) if member else [],
        "today": today,
    }
    return official_text("oversight/letters/handover.html", context)
