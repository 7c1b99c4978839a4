"""Reports that agencies owe before and after a session: asked for by rule, recorded when they are sent."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Notice
from accounts.notifications import people, tell
from accounts.permissions import Permission, Role
from common.acting import acting
from common.formats import short_date
from deadlines import workflow as clocks
from deadlines.models import DeadlineRule, Holder, StartEvent, StopAct
from directory.models import Agency
from sessions.models import AssemblySession, CouncilSession, DueReport

#: The days of a session that reports are counted from: their fields, and what they are called.
DAYS = {StartEvent.SESSION_OPENS: ("opens_on", "khai mạc"), StartEvent.SESSION_CLOSES: ("closes_on", "bế mạc")}


@transaction.atomic
def require(session, *, by=None):
    """The reports the council's rules ask for around a session, each with its clock; those on record stay as they are.

    Returns the new ones. A session that is over asks for nothing whose day has passed: what nobody followed then is
    not overdue now. Only regular sessions of the council carry reports on petitions.
    """
    session = type(session).objects.select_for_update(no_key=True).get(pk=session.pk)  # it may move at this moment
    if isinstance(session, CouncilSession) and session.kind != CouncilSession.Kind.REGULAR:
        return []
    today = timezone.localdate()
    made = []
    for event, (field, _words) in DAYS.items():
        day = getattr(session, field)
        present = set(session.due_reports.filter(counted_from=event).values_list("agency", flat=True))
        for agency, rule in _asked(session, event, day):
            is_past = session.closes_on < today and rule.day_from(day) < today
            if agency.pk not in present and not is_past:
                made.append(_start(session, event, agency, rule, day, today, by))
    return made


def require_all(now):
    """What a rule made since asks for around the sessions to come; a duty. Returns how many reports are new."""
    today = timezone.localdate(now)
    councils = DeadlineRule.objects.filter(stops_with=StopAct.REPORT_SENT).values("council")
    coming = CouncilSession.objects.regular().filter(term__council__in=councils, closes_on__gte=today)
    sessions = [*coming.select_related("term__council")]
    sessions += AssemblySession.objects.filter(council__in=councils, closes_on__gte=today).select_related("council")
    return sum(len(require(session)) for session in sessions)


def moved(session, *, before, by):
    """The days of a session changed from `before`, {field: day}: what is counted from them follows and is told."""
    changed = []
    for event, (field, words) in DAYS.items():
        was, now = before[field], getattr(session, field)
        if was != now:
            reason = f"ngày {words} {session.title} dời từ {short_date(was)} sang {short_date(now)}"
            changed += clocks.anchor_moved(session.anchor(event), to=now, by=by, reason=reason)
    return changed


def _asked(session, event, day):
    """[(agency, rule)]: who owes a report counted from this day of the session, by the rule that fits it best."""
    what = {"stops_with": StopAct.REPORT_SENT, "holder": Holder.OFFICIAL}
    rules = DeadlineRule.objects.valid_on(day).filter(council=session.council, starts_with=event, **what)
    agencies = {agency for rule in rules.filter(stream__in=["", session.stream]) for agency in _owing(rule, day)}
    for agency in sorted(agencies, key=lambda agency: agency.pk):
        find = DeadlineRule.objects.find
        if rule := find(session.council, event, on=day, stream=session.stream, agency=agency, **what):
            yield agency, rule


def _owing(rule, day):
    """The agencies a rule names; without any, the Office writes the council's reports."""
    if rule.agency:
        return [rule.agency]
    return rule.council.agencies.valid_on(day).filter(kind=rule.agency_kind or Agency.Kind.OFFICE)


def _start(session, event, agency, rule, day, today, by):
    place = "council_session" if isinstance(session, CouncilSession) else "assembly_session"
    why = f"ngày {DAYS[event][1]} {session.title}"
    with acting(by=by, reason=gettext_lazy("report asked for by rule")):
        clock = clocks.start_by_rule(
            rule, on=today, by=by, counted_from=day, anchor=session.anchor(event), agency=agency, reason=why
        )
        report = DueReport.objects.create(
            agency=agency, title=rule.name, counted_from=event, clock=clock, **{place: session}
        )
    _tell(report, "asked", _words_asked(report), roles=[Role.DRAFTER, Role.HEAD], agencies=[agency])
    return report


def _words_asked(report):
    return f"Phải gửi báo cáo trước khi hết ngày {short_date(report.due_on)}: {report}."


def _tell(report, what, text, **whom):
    today = timezone.localdate()
    tell(
        people(on=today, **whom),
        kind=Notice.Kind.EVENT,
        key=f"report/{report.pk}/{what}",
        group=f"report/{report.pk}",
        group_title=str(report),
        text=text,
        url=report.get_absolute_url(),
        happened_on=today,
        due_on=report.due_on,
    )


def keeps(council, user):
    return user.may(Permission.SESSION_EDIT, at=council)


def send_refusal(report, user):
    """Why this user cannot record the report as sent; "" when they can."""
    own = (Permission.DOCUMENT_DRAFT, Permission.DOCUMENT_CLEAR, Permission.DOCUMENT_ISSUE)
    if not keeps(report.agency.council, user) and not any(user.may(one, at=report.agency) for one in own):
        return _("Only %(agency)s or the council's secretariat records this report.") % {"agency": report.agency}
    if report.sent_on:
        return _("The report was sent on %(day)s already.") % {"day": short_date(report.sent_on)}
    return ""


@transaction.atomic
def record_sent(report, *, by, sent_on, reference):
    """The report was sent: its clock stops on that day, and the other side hears of it."""
    report = DueReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if why := send_refusal(report, by):
        raise PermissionDenied(why)
    if sent_on > timezone.localdate():
        raise ValidationError({"sent_on": _("This day is still to come.")})
    with acting(by=by, reason=gettext_lazy("report recorded as sent")):
        report.change(sent_on=sent_on, reference=reference)
    clocks.stop(report.clock, on=sent_on, by=by, reason=reference)
    text = f"Báo cáo số {reference} đã gửi ngày {short_date(sent_on)}: {report}."
    key = f"sent/{report.history.count()}"
    if keeps(report.agency.council, by):
        _tell(report, key, text, roles=[Role.DRAFTER, Role.HEAD], agencies=[report.agency])
    else:
        _tell(report, key, text, roles=[Role.OFFICER], council=report.agency.council)
    return report


def take_back_refusal(report, user):
    """Why this user cannot take the record of sending back; "" when they can."""
    if not keeps(report.agency.council, user):
        return _("Only the council's secretariat takes this back.")
    if not report.sent_on:
        return _("The report has not been recorded as sent.")
    return ""


@transaction.atomic
def take_back(report, *, by, reason):
    """It was not sent, or not this one: time runs on as if it had not been stopped."""
    report = DueReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if why := take_back_refusal(report, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=reason):
        report.change(sent_on=None, reference="")
    clocks.reopen(report.clock, on=timezone.localdate(), by=by, reason=reason)
    return report
