"""What lies on a person's desk, by role: piles of records, each with the one thing to do about it."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from desk.tasks import Group, Pile, Task
from directory.models import Agency
from documents.models import Check, Document
from documents.models import Status as DocumentStatus
from documents.purposes import purpose_of
from oversight.models import Explanation, Recommendation, WorkingSession
from petitions.models import Assignment, Petition
from petitions.models.petitions import SOON_DAYS
from petitions.models.petitions import Status as PetitionStatus
from responses.models import Contribution
from sessions.models import DueReport

#: What a paper carries, from which the page where it is written is known.
WORKPLACES = ("reply", "forwarding", "conclusion_notice", "session_report")

#: Who looks at a submitted paper before the leader who signs.
CHECKS = (
    (Permission.DOCUMENT_CHECK_CONTENT, Check.CONTENT, _("waits for your check of the content")),
    (Permission.DOCUMENT_CHECK_FORM, Check.FORM, _("waits for your check of form and layout")),
)

#: States in which somebody still works on a paper.
UNDER_WAY = (DocumentStatus.DRAFT, DocumentStatus.SUBMITTED, DocumentStatus.CLEARED)


def piles(user, today):
    """Every pile on this person's desk."""
    found = []
    if user.may(Permission.PETITION_FORWARD):
        found += _intake(user)
    if user.sees_councils:
        found += _followed_by_the_council(user, today)
    if user.agencies_where(Permission.ASSIGNMENT_RESPOND):
        found += _answered_by_the_agency(user, today)
    found += _contributions(user, today)
    found += _documents(user)
    found += _oversight(user, today)
    found += _reports_owed(user, today)
    return found


def _intake(user):
    petitions = Petition.objects.filter(council__in=user.sees_councils).select_related("place")
    steps = [
        (PetitionStatus.RETURNED, _("returned by the agency"), _("Assign again"), "petitions:detail", False),
        (PetitionStatus.RECEIVED, _("to be classified"), _("Classify"), "petitions:classify", False),
        (PetitionStatus.CLASSIFIED, _("to be forwarded"), _("Forward"), "petitions:forward", True),
    ]
    in_a_draft = Petition.objects.filter(points__assignments__status=Assignment.Status.PLANNED).values("pk")
    return [
        Pile(
            Group.DO,
            petitions.filter(status=status).exclude(pk__in=in_a_draft).order_by("received_on", "pk"),
            _petition_task(note, action, url_name, ticked=ticked),
        )
        for status, note, action, url_name, ticked in steps
    ]


def _petition_task(note, action, url_name="petitions:detail", *, ticked=False, who=lambda petition: petition.place):
    def task(petition):
        url = f"{reverse(url_name)}?petition={petition.pk}" if ticked else reverse(url_name, args=[petition.pk])
        place = who(petition)
        words = f"{getattr(place, 'sentence_name', None) or place.short_label} · {note}" if place else note
        return Task(petition.code, petition.title, words, url, action, petition.due_on)

    return task


def _followed_by_the_council(user, today):
    """What agencies owe the council's voters, by how pressing it is."""
    owed = (
        Petition.objects.filter(council__in=user.sees_councils, status=PetitionStatus.FORWARDED)
        .select_related("lead_agency")
        .order_by("due_on", "pk")
    )
    task = _petition_task(_("waiting for the reply"), _("Open"), who=lambda petition: petition.lead_agency)
    later = Q(due_on__gt=today + timedelta(days=SOON_DAYS))
    return [
        Pile(Group.LATE, owed.overdue(today), task),
        Pile(Group.SOON, owed.due_soon(today), task),
        Pile(Group.WAITING, owed.unanswered().filter(later | Q(due_on=None)), task),  # paused ones have no date
    ]


def _answered_by_the_agency(user, today):
    """What one's own agency was given and has not answered."""
    waiting = (
        Assignment.objects.waiting()
        .lead()
        .filter(agency__in=user.agencies_where(Permission.ASSIGNMENT_RESPOND))
        .select_related("point__petition__place", "clock")
        .order_by("clock__due_on", "pk")
    )
    running = waiting.filter(clock__paused_on=None)
    drafts = Document.objects.filter(agency__in=user.agencies, status__in=UNDER_WAY)
    found = [
        Pile(
            Group.LATE,
            running.filter(clock__due_on__lt=today),
            _assignment_task(_("waiting for your agency's reply"), _("Open")),
        ),
        Pile(
            Group.SOON,
            running.filter(clock__due_on__range=(today, today + timedelta(days=SOON_DAYS))),
            _assignment_task(_("waiting for your agency's reply"), _("Open")),
        ),
    ]
    if user.agencies_where(Permission.DOCUMENT_DRAFT):
        untouched = waiting.exclude(point__answers__reply__document__in=drafts)
        found.insert(
            0,
            Pile(
                Group.DO,
                untouched.filter(status=Assignment.Status.SENT),
                _assignment_task(_("new: accept or return it"), _("Accept or return")),
            ),
        )
        found.insert(
            1,
            Pile(
                Group.DO,
                untouched.filter(status=Assignment.Status.ACCEPTED),
                _assignment_task(_("no reply under way"), _("Draft a reply")),
            ),
        )
    return found


def _contributions(user, today):
    """What one's agency owes as a coordinating one, and what was given to the letters it leads."""
    helping = (
        Assignment.objects.waiting()
        .filter(part=Assignment.Part.COORDINATING, agency__in=user.agencies_where(Permission.ASSIGNMENT_RESPOND))
        .select_related("point__petition__place", "clock")
        .order_by("clock__due_on", "pk")
    )
    contributions = (
        Contribution.objects.visible_to(user)
        .select_related("assignment__agency", "assignment__point__petition", "assignment__clock")
        .order_by("assignment__clock__due_on", "pk")
    )
    own = contributions.filter(assignment__in=helping)
    found = []
    if user.agencies_where(Permission.DOCUMENT_DRAFT):
        unwritten = helping.exclude(contribution__status=Contribution.Status.SUBMITTED)
        found = [
            Pile(
                Group.DO,
                unwritten,
                _helping_task(_("your agency coordinates: its contribution is awaited"), _("Contribute")),
            ),
            Pile(
                Group.DO,
                contributions.to_be_merged().exclude(assignment__agency__in=user.agencies),
                _contribution_task(_("contribution to take into your draft"), _("Open"), to_lead=True),
            ),
            Pile(
                Group.WAITING,
                own.filter(status=Contribution.Status.SUBMITTED, drafted_by=user),
                _contribution_task(_("contribution waits for clearance"), _("Open")),
            ),
        ]
    if user.agencies_where(Permission.DOCUMENT_CLEAR):
        to_clear = own.filter(status=Contribution.Status.SUBMITTED).exclude(drafted_by=user)
        found.append(
            Pile(Group.DO, to_clear, _contribution_task(_("contribution waits for your clearance"), _("Review")))
        )
    soon = (today, today + timedelta(days=SOON_DAYS))
    task = _helping_task(_("contribution of your agency"), _("Open"))
    return [
        *found,
        Pile(Group.LATE, helping.filter(clock__paused_on=None, clock__due_on__lt=today), task),
        Pile(Group.SOON, helping.filter(clock__paused_on=None, clock__due_on__range=soon), task),
    ]


def _helping_task(note, action):
    def task(assignment):
        url = reverse("responses:contribute", args=[assignment.pk])
        return Task(
            str(assignment.point), assignment.point.petition.title, note, url, action, _running_until(assignment.clock)
        )

    return task


def _contribution_task(note, action, *, to_lead=False):
    def task(contribution):
        assignment = contribution.assignment
        petition = assignment.point.petition
        url = petition.get_absolute_url() if to_lead else contribution.get_absolute_url()
        words = f"{assignment.agency.short_label} · {note}"
        return Task(str(assignment.point), petition.title, words, url, action, _running_until(assignment.clock))

    return task


def _running_until(clock):
    """The due date of a clock that runs; none while it is paused, when nothing becomes late."""
    return None if clock is None or clock.paused_on else clock.due_on


def _assignment_task(note, action):
    def task(assignment):
        petition = assignment.point.petition
        where = petition.place.sentence_name if petition.place else ""
        return Task(
            str(assignment.point), petition.title, f"{where} · {note}", petition.get_absolute_url(), action,
            _running_until(assignment.clock),
        )  # fmt: skip

    return task


def _documents(user):
    """Papers that wait for this person's hand, or for somebody else's after it left theirs."""
    papers = Document.objects.visible_to(user).select_related("agency", *WORKPLACES).order_by("pk")
    found = [
        Pile(
            Group.DO,
            papers.filter(status=DocumentStatus.DRAFT, drafted_by=user).exclude(return_reason=""),
            _document_task(_("sent back"), _("Change"), at_work=True),
        ),
        Pile(
            Group.DO,
            papers.filter(status=DocumentStatus.DRAFT, drafted_by=user, return_reason=""),
            _document_task(_("draft"), _("Go on"), at_work=True),
        ),
    ]
    mine = papers.filter(drafted_by=user)
    found.append(
        Pile(
            Group.WAITING,
            mine.filter(status=DocumentStatus.SUBMITTED),
            _document_task(_("waits for clearance"), _("Open")),
        )
    )
    for permission, check, note in CHECKS:
        if user.may(permission):
            to_check = papers.filter(status=DocumentStatus.SUBMITTED, stage=check).exclude(drafted_by=user)
            found.append(Pile(Group.DO, to_check, _document_task(note, _("Review"))))
    if user.may(Permission.DOCUMENT_CLEAR):
        to_clear = papers.filter(status=DocumentStatus.SUBMITTED, stage="").exclude(drafted_by=user)
        found.append(Pile(Group.DO, to_clear, _document_task(_("waits for your clearance"), _("Review"))))
    if user.may(Permission.DOCUMENT_ISSUE):
        found.append(
            Pile(
                Group.DO,
                papers.filter(status=DocumentStatus.CLEARED),
                _document_task(_("cleared, needs a number"), _("Issue")),
            )
        )
    else:
        found.append(
            Pile(
                Group.WAITING,
                papers.filter(status=DocumentStatus.CLEARED),
                _document_task(_("waits for its number"), _("Open")),
            )
        )
    return found


def _document_task(note, action, *, at_work=False):
    def task(document):
        url = purpose_of(document).workplace(document) if at_work else document.get_absolute_url()
        return Task(
            document.number_and_symbol,
            document.subject,
            f"{document.agency.short_label} · {note}",
            url,
            action,
        )

    return task


def _oversight(user, today):
    recommendations = (
        Recommendation.objects.visible_to(user)
        .select_related("agency", "working_session", "clock")
        .order_by(F("due_on").asc(nulls_last=True))
    )
    still_open = recommendations.still_owed()
    found = []
    if user.agencies_where(Permission.RECOMMENDATION_ANSWER):
        own = still_open.filter(agency__in=user.agencies)
        found.append(
            Pile(
                Group.DO,
                own,
                _recommendation_task(_("to be carried out and reported"), _("Report"), "oversight:report_done"),
            )
        )
        awaited = Explanation.objects.visible_to(user).awaited().filter(recommendation__agency__in=user.agencies)
        found.append(
            Pile(
                Group.DO,
                awaited.select_related("recommendation__agency", "clock").order_by("clock__due_on"),
                _explanation_task,
            )
        )
    if user.may(Permission.OVERSIGHT_RECORD):
        found.append(
            Pile(
                Group.DO,
                recommendations.filter(status=Recommendation.Status.REPORTED).exclude(reported_by=user),
                _recommendation_task(_("reported done, to be verified"), _("Verify")),
            )
        )
        found.append(
            Pile(
                Group.LATE,
                still_open.filter(due_on__lt=today, clock__paused_on=None),
                _recommendation_task(_("not carried out"), _("Open")),
            )
        )
        held = (
            WorkingSession.objects.visible_to(user)
            .filter(held_on__lte=today, delegation__body__kind__in=Agency.COUNCIL_BODIES)
            .select_related("agency", "delegation")
        )
        found.append(Pile(Group.DO, held.without_notice().order_by("held_on"), _working_session_task))
    return found


def _explanation_task(explanation):
    words = f"{explanation.recommendation.agency.short_label} · {explanation.recommendation.content}"
    url = reverse("oversight:explain", args=[explanation.pk])
    return Task(
        str(_("Written explanation")), explanation.question, words, url, _("Explain"), _running_until(explanation.clock)
    )


def _reports_owed(user, today):
    """Reports before and after sessions: one's own agency's to send, the council's others to wait for."""
    own = user.agencies_where(Permission.DOCUMENT_DRAFT)
    owed = (
        DueReport.objects.visible_to(user)
        .awaited()
        .filter(clock__paused_on=None)
        .select_related("agency", "clock", "council_session", "assembly_session")
        .order_by("clock__due_on", "pk")
    )
    found = []
    if own:
        task = _report_task(_("Record as sent"), "sessions:record_report")
        found.append(Pile(Group.DO, owed.filter(agency__in=own), task))
    if user.sees_councils:
        others = owed.filter(agency__council__in=user.sees_councils).exclude(agency__in=own)
        task, soon = _report_task(_("Open")), today + timedelta(days=SOON_DAYS)
        found += [
            Pile(Group.LATE, others.filter(clock__due_on__lt=today), task),
            Pile(Group.SOON, others.filter(clock__due_on__range=(today, soon)), task),
            Pile(Group.WAITING, others.filter(clock__due_on__gt=soon), task),
        ]
    return found


def _report_task(action, url_name=None):
    def task(report):
        words = f"{report.agency.short_label} · {report.session.title}"
        url = reverse(url_name, args=[report.pk]) if url_name else report.get_absolute_url()
        return Task(str(_("Report")), report.title, words, url, action, report.due_on)

    return task


def _recommendation_task(note, action, url_name=None):
    def task(recommendation):
        url = reverse(url_name, args=[recommendation.pk]) if url_name else recommendation.get_absolute_url()
        words = f"{recommendation.agency.short_label} · {note}"
        due_on = _running_until(recommendation.clock)
        return Task(str(_("Recommendation")), recommendation.content, words, url, action, due_on)

    return task


def _working_session_task(session):
    missing = _("no conclusion notice yet")
    note = f"{session.delegation.name} · {missing}"
    return Task(str(_("Working session")), str(session), note, session.get_absolute_url(), _("Record"))
