"""Oversight, and the reports owed before and after sessions."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from desk.piles.pile import Group, Pile, Task, pressing, running_until
from directory.models import Agency
from oversight.models import Explanation, Recommendation, WorkingSession
from petitions.models.petitions import SOON_DAYS
from sessions.models import DueReport


def oversight(user, today):
    recommendations = (
        Recommendation.objects.visible_to(user)
        .select_related("agency", "working_session", "clock")
        .order_by(F("due_on").asc(nulls_last=True))
    )
    still_open = recommendations.still_owed()
    found = []
    if user.agencies_where(Permission.RECOMMENDATION_ANSWER):
        own = still_open.filter(agency__in=user.agencies)
        awaited = (
            Explanation.objects.visible_to(user)
            .awaited()
            .filter(recommendation__agency__in=user.agencies)
            .select_related("recommendation__agency", "clock")
            .order_by("clock__due_on")
        )
        task = _recommendation_task(_("to be carried out and reported"), _("Report"), "oversight:report_done")
        found += [Pile(Group.DO, own, task), Pile(Group.DO, awaited, _explanation_task)]
        found += pressing(own, task, today, due="due_on") + pressing(awaited, _explanation_task, today)
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


def _recommendation_task(note, action, url_name=None):
    def task(recommendation):
        url = reverse(url_name, args=[recommendation.pk]) if url_name else recommendation.get_absolute_url()
        words = f"{recommendation.agency.short_label} · {note}"
        due_on = running_until(recommendation.clock)
        return Task(str(_("Recommendation")), recommendation.content, words, url, action, due_on)

    return task


def _explanation_task(explanation):
    words = f"{explanation.recommendation.agency.short_label} · {explanation.recommendation.content}"
    url = reverse("oversight:explain", args=[explanation.pk])
    return Task(
        str(_("Written explanation")), explanation.question, words, url, _("Explain"), running_until(explanation.clock)
    )


def _working_session_task(session):
    missing = _("no conclusion notice yet")
    note = f"{session.delegation.name} · {missing}"
    return Task(str(_("Working session")), str(session), note, session.get_absolute_url(), _("Record"))


def reports_owed(user, today):
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
        sent = _report_task(_("Record as sent"), "sessions:record_report")
        own_reports = owed.filter(agency__in=own)
        found += [Pile(Group.DO, own_reports, sent), *pressing(own_reports, sent, today)]
    if user.sees_councils:
        others = owed.filter(agency__council__in=user.sees_councils).exclude(agency__in=own)
        task, later = _report_task(_("Open")), today + timedelta(days=SOON_DAYS)
        found += [*pressing(others, task, today), Pile(Group.WAITING, others.filter(clock__due_on__gt=later), task)]
    return found


def _report_task(action, url_name=None):
    def task(report):
        words = f"{report.agency.short_label} · {report.session.title}"
        url = reverse(url_name, args=[report.pk]) if url_name else report.get_absolute_url()
        return Task(str(_("Report")), report.title, words, url, action, report.due_on)

    return task
