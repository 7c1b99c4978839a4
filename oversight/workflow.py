"""From the decision to set up a delegation to the last recommendation verified."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from common.workflow import Step, Workflow
from deadlines import workflow as clocks
from deadlines.models import DeadlineRule, StartEvent, StopAct
from documents import workflow as documents
from documents.models import Kind, Status
from documents.purposes import Purpose
from oversight import letters
from oversight.models import (
    AgendaItem,
    ConclusionNotice,
    Delegation,
    DelegationMember,
    Finding,
    Recommendation,
    WorkingSession,
)
from petitions import workflow as petitions
from petitions.models import Petition, PetitionOrigin, ResultClass

PURPOSE = "conclusion_notice"


def _is_somebody_else(recommendation, user):
    if recommendation.reported_by_id == user.pk:
        return _("Who reported a recommendation done does not verify it. Somebody else must.")
    return ""


RECOMMENDATIONS = Workflow(
    Recommendation,
    {
        "send": Step(gettext_lazy("Send"), frozenset({Recommendation.Status.PREPARED}), Recommendation.Status.OPEN, ""),
        "report": Step(
            gettext_lazy("Report as done"),
            frozenset({Recommendation.Status.OPEN}),
            Recommendation.Status.REPORTED,
            Permission.RECOMMENDATION_ANSWER,
        ),
        "verify": Step(
            gettext_lazy("Verify as done"),
            frozenset({Recommendation.Status.REPORTED}),
            Recommendation.Status.DONE,
            Permission.OVERSIGHT_RECORD,
            _is_somebody_else,
        ),
        "reject": Step(
            gettext_lazy("Does not meet the requirement"),
            frozenset({Recommendation.Status.REPORTED}),
            Recommendation.Status.OPEN,
            Permission.OVERSIGHT_RECORD,
        ),
    },
    held_at=lambda recommendation: (
        recommendation.agency
        if recommendation.status == Recommendation.Status.OPEN
        else recommendation.working_session.delegation.council
    ),
)


def check(permission, council, by):
    """Refuse who has no such part in the oversight of this council."""
    if not by.may(permission, at=council):
        raise PermissionDenied(
            _("Your role does not allow this in the oversight of %(council)s.") % {"council": council}
        )


@transaction.atomic
def set_up(*, body, by, members, **details):
    """A new delegation; `members` are dicts of name, post, part and, where there is one, user."""
    check(Permission.OVERSIGHT_PLAN, body.council, by)
    with acting(by=by, reason=gettext_lazy("delegation set up")):
        delegation = Delegation.objects.create(council=body.council, body=body, **details)
        for member in members:
            DelegationMember.objects.create(delegation=delegation, **member)
    return delegation


@transaction.atomic
def plan_session(delegation, *, agency, held_on, by, agenda=(), venue=""):
    """A working session at an agency with its petitions."""
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    with acting(by=by, reason=gettext_lazy("working session planned")):
        session = WorkingSession.objects.create(delegation=delegation, agency=agency, held_on=held_on, venue=venue)
        put_on_agenda(session, agenda, by=by)
    return session


@transaction.atomic
def put_on_agenda(working_session, petition_list, *, by):
    """Add petitions; those already there stay as they are."""
    delegation = working_session.delegation
    check(Permission.OVERSIGHT_PLAN, delegation.council, by)
    _check_not_concluded(working_session)
    with acting(by=by, reason=gettext_lazy("put on the agenda")):
        for petition in petition_list:
            _item, is_new = AgendaItem.objects.get_or_create(working_session=working_session, petition=petition)
            if is_new:
                petitions.note(
                    petition,
                    "on_agenda",
                    by=by,
                    on=min(working_session.held_on, timezone.localdate()),
                    delegation=delegation.name,
                    day=short_date(working_session.held_on),
                )


@transaction.atomic
def record_finding(working_session, point, *, by, reported, found, assessed_result):
    """What was reported and found on one point; the council's result goes onto the point beside the agency's."""
    delegation = working_session.delegation
    _begin_recording(working_session, by)
    with acting(by=by, reason=gettext_lazy("finding recorded")):
        finding, _is_new = Finding.objects.update_or_create(
            working_session=working_session,
            point=point,
            defaults={"reported": reported, "found": found, "assessed_result": assessed_result},
        )
        before, standing = point.assessed_result, _assessed(point)
        if standing != before:
            petitions.record_assessment(point, standing, by=by)
        if assessed_result not in ("", before):
            petitions.note(
                point.petition,
                "finding",
                by=by,
                on=working_session.held_on,
                delegation=delegation.name,
                result=ResultClass(assessed_result).label,
            )
    return finding


def _assessed(point):
    """The council's result by the latest working session that came to one; "" where none did."""
    findings = (
        Finding.objects.filter(point=point).exclude(assessed_result="").order_by("working_session__held_on", "pk")
    )
    return findings.values_list("assessed_result", flat=True).last() or ""


@transaction.atomic
def assess(working_session, *, by, achievements, limitations, causes):
    """The general assessment of the agency."""
    _begin_recording(working_session, by)
    working_session.achievements, working_session.limitations = achievements, limitations
    working_session.causes = causes
    with acting(by=by, reason=gettext_lazy("general assessment recorded")):
        working_session.save()
    return working_session


@transaction.atomic
def recommend(working_session, *, by, content, due_on=None, petition=None, agency=None):
    """Ask an agency (the one met, or another) for something, by a day, by the council's rule or as a standing request.

    It is told when the conclusion notice is issued.
    """
    _begin_recording(working_session, by)
    if due_on and due_on < working_session.held_on:
        raise ValidationError({"due_on": _("The day lies before the working session.")})
    with acting(by=by, reason=gettext_lazy("recommendation made")):
        return Recommendation.objects.create(
            working_session=working_session,
            petition=petition,
            agency=agency or working_session.agency,
            content=content,
            due_on=due_on,
        )


def rule_for(council, agency, on):
    """The council's rule about what a conclusion notice asks for without naming a day; None where there is none."""
    return DeadlineRule.objects.find(
        council, StartEvent.FINDING_ISSUED, on=on, stops_with=StopAct.RECOMMENDATION_DONE, agency=agency
    )


def check_recording(working_session, by):
    """Refuse who does not record for the council, and everybody once the conclusions are on their way."""
    check(Permission.OVERSIGHT_RECORD, working_session.delegation.council, by)
    _check_not_concluded(working_session)


def _begin_recording(working_session, by):
    """`check_recording` with the record kept from a notice that is submitted at this moment."""
    _keep(working_session)
    check_recording(working_session, by)


def _keep(working_session):
    """Lock it: what is recorded and the notice written from it come one after the other."""
    WorkingSession.objects.select_for_update().get(pk=working_session.pk)


def _check_not_concluded(working_session):
    notice = _standing_notice(working_session)
    if notice and notice.document.status != Status.DRAFT:
        raise PermissionDenied(_("The conclusion notice is on its way or issued: the record no longer changes."))


def _standing_notice(working_session):
    return (
        ConclusionNotice.objects.standing().filter(working_session=working_session).select_related("document").first()
    )


@transaction.atomic
def draft_notice(working_session, *, by, signer=None, copies=(), **details):
    """The conclusion notice, drafted from the record; drafting again brings its text up to date."""
    delegation = working_session.delegation
    if present := _standing_notice(working_session):
        documents.DOCUMENTS.fresh(present.document)  # the paper before the record, as who submits it does
    _keep(working_session)
    notice = _standing_notice(working_session)
    if notice is None:
        document = documents.draft(
            agency=delegation.body,
            kind=Kind.NOTICE,
            purpose=PURPOSE,
            subject=letters.notice_subject(working_session),
            by=by,
            copies=[(working_session.agency.name, working_session.agency), *copies],
            signer=signer,
            **details,
        )
        with acting(by=by, reason=gettext_lazy("conclusion notice drafted")):
            notice = ConclusionNotice.objects.create(working_session=working_session, document=document)
    documents.rewrite(notice.document, by=by, body=letters.notice_body(working_session))
    return notice


@transaction.atomic
def report_done(recommendation, *, by, evidence, on=None):
    """The agency says it is done and shows by what."""
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say by what it can be seen: document, number, date.")})
    return RECOMMENDATIONS.take(
        "report",
        recommendation,
        by=by,
        evidence=evidence,
        reported_on=on or timezone.localdate(),
        reported_by=by,
    )


@transaction.atomic
def verify(recommendation, *, by, remark="", on=None):
    """Somebody else has seen the evidence: done, and no explanation is owed any more."""
    on = on or timezone.localdate()
    recommendation = RECOMMENDATIONS.take("verify", recommendation, by=by, verified_on=on, remark=remark)
    if recommendation.clock:
        clocks.stop(recommendation.clock, on=recommendation.reported_on, by=by)
    for owed in recommendation.explanations.filter(given_on=None).select_related("clock"):
        clocks.stop(owed.clock, on=max(recommendation.reported_on, owed.asked_on), by=by)
    return recommendation


def reject(recommendation, *, by, remark):
    """What was shown does not meet the requirement; the clock goes on."""
    return RECOMMENDATIONS.take("reject", recommendation, by=by, reason=remark, remark=remark)


class NoticePaper(Purpose):
    """A conclusion notice: on its issue the agency is told and its clocks start."""

    key = PURPOSE
    label = gettext_lazy("Conclusion notice of a delegation")
    review_template = "oversight/_notice_review.html"

    def refusal(self, step, document, user):
        session = document.conclusion_notice.working_session
        if step == "submit" and not (session.findings.exists() or session.achievements or session.limitations):
            return _("Nothing was recorded at the working session yet.")
        return ""

    def before_submitting(self, document, *, by):
        _keep(document.conclusion_notice.working_session)
        documents.rewrite(document, by=by, body=letters.notice_body(document.conclusion_notice.working_session))

    def issued(self, document, *, by):
        session = document.conclusion_notice.working_session
        for recommendation in session.recommendations.filter(status=Recommendation.Status.PREPARED):
            clock = self._clock(recommendation, document, by)
            due_on = clock.due_on if clock else None
            RECOMMENDATIONS.take("send", recommendation, by=by, clock=clock, due_on=due_on)
            if recommendation.petition:
                petitions.note(
                    recommendation.petition,
                    "recommended",
                    by=by,
                    on=document.issued_on,
                    delegation=session.delegation.name,
                    agency=recommendation.agency.name,
                    what=recommendation.content,
                )

    def _clock(self, recommendation, document, by):
        """By the day the notice names; else by the council's rule; without either a standing request has none."""
        on, council = document.issued_on, document.agency.council
        whose = {"agency": recommendation.agency, "document": document.number_and_symbol}
        if recommendation.due_on:
            return clocks.start(on=on, due_on=recommendation.due_on, by=by, council=council, **whose)
        rule = rule_for(council, recommendation.agency, on)
        return clocks.start_by_rule(rule, on=on, by=by, **whose) if rule else None

    def masked(self, document, text):
        session = document.conclusion_notice.working_session
        about = Petition.objects.filter(
            Q(agenda_items__working_session=session) | Q(recommendations__working_session=session)
        )
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        return reverse("oversight:working_session", args=[document.conclusion_notice.working_session_id])

    def review_context(self, document):
        return {"working_session": document.conclusion_notice.working_session}


CONCLUSION_NOTICE = NoticePaper()
