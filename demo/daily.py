"""The working calendar, a pause, an internal due date, an urging letter, reminders: time as the office keeps it."""

from datetime import date, timedelta

from accounts.models import User
from deadlines import notifications
from deadlines import workflow as clocks
from deadlines.models import DeadlineRule, StartEvent
from deadlines.subjects import subject_of
from demo import acts
from petitions import workflow as petitions
from petitions.models import Assignment
from sessions import reporting
from sessions.models import AssemblySession, CouncilSession
from sessions.workflow import save_session

#: Swapped by announcement after the public calendar was made: known to the council, not to the library.
SWAPPED = [
    (date(2026, 1, 2), "off", "Nghỉ hoán đổi dịp Tết Dương lịch (làm bù ngày 10/01/2026)"),
    (date(2026, 1, 10), "worked", "Làm bù cho ngày 02/01/2026"),
]


def prepare(present):
    """Rules, reminders and the calendar, before the first letter."""
    clocks.adopt_defaults(present.council)
    clocks.adopt_calendar(
        present.council,
        2026,
        entries=SWAPPED,
        basis="Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2026",
        by=present.crew["chanhvp"],
    )


def keep(present, today):
    """What the present days bring."""
    officer, leader = present.crew["thuky"], present.crew["chanhvp"]
    waiting = Assignment.objects.waiting().lead().filter(point__petition__council=present.council)
    _pause(waiting.filter(clock__due_on__gt=today).order_by("-clock__due_on").first(), officer, today)
    _inside(waiting.filter(agency__in=present.crew["chuyenvien"].agencies), present.crew["chuyenvien"], today)
    _urge(present, officer, leader, today)
    _reports(present, officer, today)
    for user in User.objects.filter(email="", is_active=True):
        user.email = f"{user.username}@example.vn"
        user.save()
    notifications.remind(today)


def _pause(assignment, officer, today):
    """The agency waits for figures from elsewhere."""
    reason = "chờ số liệu khảo sát của đơn vị tư vấn"
    clock = clocks.pause(assignment.clock, on=today - timedelta(days=1), reason=reason, by=officer)
    subject_of(clock).settled(clock, by=officer, words={"act": "pause", "why": reason})


def _inside(waiting, drafter, today):
    """A department sets itself an earlier day."""
    assignment = waiting.filter(clock__due_on__gt=today + timedelta(days=4)).order_by("clock__due_on").first()
    if assignment:
        clocks.start_inside(
            assignment.clock,
            due_on=assignment.clock.due_on - timedelta(days=3),
            on=today,
            by=drafter,
            reason="để Giám đốc xem trước",
        )


def _urge(present, officer, leader, today):
    """The agency that owes most is reminded."""
    owed = list(petitions.to_urge(present.council, today, soon=0))
    if not owed:
        return
    agencies = [assignment.agency for assignment in owed]
    agency = max(dict.fromkeys(agencies), key=agencies.count)
    urging = petitions.draft_urging(
        by=officer,
        issuer=present.bodies["standing"],
        agency=agency,
        assignments=[assignment for assignment in owed if assignment.agency == agency],
        reply_by=DeadlineRule.objects.find(present.council, StartEvent.URGED, on=today).day_from(today),
        signer=present.signers["standing"],
        drafting_unit="VP",
        today=today,
    )
    acts.issue(urging.document, drafter=officer, clearer=leader, registrar=officer, on=today)


def _reports(present, officer, today):
    """A session of the National Assembly, the report before it sent in time; the People's Committee's is awaited."""
    assembly = AssemblySession(
        council=present.council,
        name="Kỳ họp thứ 2, Quốc hội khóa XVI",
        opens_on=today + timedelta(days=12),
        closes_on=today + timedelta(days=40),
    )
    save_session(assembly, by=officer)
    before = assembly.due_reports.order_by("clock__due_on").first()
    reporting.record_sent(before, by=officer, sent_on=today - timedelta(days=4), reference="86/BC-ĐĐBQH")
    for session in CouncilSession.objects.filter(term__council=present.council, closes_on__gte=today):
        reporting.require(session, by=officer)
