"""Petitions: what the council takes in and follows, what an agency answers or contributes to."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from desk.piles.pile import Group, Pile, Task, pressing, running_until
from documents.models import Document
from documents.models import Status as DocumentStatus
from petitions.models import Assignment, Petition
from petitions.models.petitions import SOON_DAYS
from petitions.models.petitions import Status as PetitionStatus
from responses.models import Contribution

#: States in which somebody still works on a paper.
UNDER_WAY = (DocumentStatus.DRAFT, DocumentStatus.SUBMITTED, DocumentStatus.CLEARED)


def intake(user):
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


def followed_by_the_council(user, today):
    """What agencies owe the council's voters, as far as this person follows it, by how pressing it is."""
    owed = (
        Petition.objects.followed_by(user)
        .filter(status=PetitionStatus.FORWARDED)
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


def answered_by_the_agency(user, today):
    """What one's own agency was given and has not answered."""
    waiting = (
        Assignment.objects.waiting()
        .lead()
        .filter(agency__in=user.agencies_where(Permission.ASSIGNMENT_RESPOND))
        .select_related("point__petition__place", "clock")
        .order_by("clock__due_on", "pk")
    )
    drafts = Document.objects.filter(agency__in=user.agencies, status__in=UNDER_WAY)
    found = pressing(waiting, _assignment_task(_("waiting for your agency's reply"), _("Open")), today)
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


def _assignment_task(note, action):
    def task(assignment):
        petition = assignment.point.petition
        where = petition.place.sentence_name if petition.place else ""
        return Task(
            str(assignment.point), petition.title, f"{where} · {note}", petition.get_absolute_url(), action,
            running_until(assignment.clock),
        )  # fmt: skip

    return task


def contributions(user, today):
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
    return [*found, *pressing(helping, _helping_task(_("contribution of your agency"), _("Open")), today)]


def _helping_task(note, action):
    def task(assignment):
        url = reverse("responses:contribute", args=[assignment.pk])
        return Task(
            str(assignment.point), assignment.point.petition.title, note, url, action, running_until(assignment.clock)
        )

    return task


def _contribution_task(note, action, *, to_lead=False):
    def task(contribution):
        assignment = contribution.assignment
        petition = assignment.point.petition
        url = petition.get_absolute_url() if to_lead else contribution.get_absolute_url()
        words = f"{assignment.agency.short_label} · {note}"
        return Task(str(assignment.point), petition.title, words, url, action, running_until(assignment.clock))

    return task
