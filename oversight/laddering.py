"""Climbing the ladder: the system proposes the next step and says why, a person decides, a document makes it count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from deadlines import workflow as clocks
from deadlines.models import keep_still
from documents import workflow as documents
from documents.models import Kind, Status
from documents.papers import official_text
from documents.purposes import Purpose
from oversight import explaining
from oversight.models import LadderStep, OversightPaper, Recommendation
from oversight.notifications import tell_agency
from oversight.workflow.papers import draw, paper_of, submit_refusal
from petitions.models import Petition, PetitionOrigin

PURPOSE = "ladder_step"
Rung = LadderStep.Kind
#: After so many urging letters without a result the superior authority is proposed.
USUAL_URGINGS = 2
_ORDER = list(Rung)


@dataclass(frozen=True)
class Proposal:
    """What the system would do next, and why."""

    kind: str
    number: int
    why: Any

    @property
    def label(self):
        return LadderStep(kind=self.kind, number=self.number).label


@dataclass(frozen=True)
class Waiting:
    """Why nothing is proposed now; `until` where a day is known."""

    why: Any
    until: date | None = None


def next_step(recommendation, today):
    """The `Proposal`, or the reason for `Waiting`. Reads `steps` with their documents and `explanations`."""
    if not recommendation.is_owed:
        return Waiting(recommendation.get_status_display())
    if recommendation.apart == Recommendation.Apart.EXCUSED:
        why = _("It was excused in writing: %(document)s.")
        return Waiting(why % {"document": recommendation.apart_document.rstrip(".")})
    steps = [step for step in recommendation.steps.all() if not _is_given_up(step)]
    if any(step.taken_on is None for step in steps):
        return Waiting(_("A letter for the next step is being prepared."))
    if until := _time_given(recommendation, steps, today):
        return Waiting(_("The agency has until %(day)s.") % {"day": short_date(until)}, until)
    if not steps:
        return _first(recommendation, today)
    return _after(steps[-1], recommendation)


def _is_given_up(step):
    return step.document is not None and step.document.status == Status.ABANDONED


def _time_given(recommendation, steps, today):
    """The latest day the agency still has: for the answer to the last step or for an explanation."""
    days = [steps[-1].answer_by] if steps and steps[-1].answer_by else []
    days += [one.due_on for one in recommendation.explanations.all() if one.is_awaited]
    return max((day for day in days if day >= today), default=None)


def _first(recommendation, today):
    if recommendation.status == Recommendation.Status.NOT_MET:
        return Proposal(Rung.URGED, 1, _("What was reported does not meet the requirement."))
    if recommendation.due_on is None:
        return Waiting(_("A standing request: no day was set."))
    if recommendation.due_on >= today:
        until = recommendation.due_on
        return Waiting(_("The agency has until %(day)s.") % {"day": short_date(until)}, until)
    return Proposal(Rung.URGED, 1, _("It was due on %(day)s.") % {"day": short_date(recommendation.due_on)})


def _after(last, recommendation):
    why = _("Nothing satisfactory has come since: %(step)s, %(day)s.") % {
        "step": last.label,
        "day": short_date(last.taken_on),
    }
    if last.kind == Rung.URGED and last.number < USUAL_URGINGS:
        return Proposal(Rung.URGED, last.number + 1, why)
    if last.kind == Rung.REPORT:
        return Waiting(_("The last step was taken: the People's Council has been told."))
    following = _ORDER[_ORDER.index(last.kind) + 1]
    return Proposal(following, _number(recommendation, following), why)


def _number(recommendation, kind):
    return 1 + sum(1 for step in recommendation.steps.all() if step.kind == kind and not _is_given_up(step))


def step_refusal(recommendation, user):
    """Why this user cannot decide on a step now; "" when they can."""
    if not user.may(Permission.OVERSIGHT_RECORD, at=recommendation.working_session.delegation.council):
        return _("Only the council decides what is done about a recommendation that is not carried out.")
    if not recommendation.is_owed:
        return _("A step is taken while the recommendation is still to be carried out.")
    if recommendation.steps.standing().filter(taken_on=None).exists():
        return _("A letter for the next step is being prepared. Issue it or abandon it first.")
    return ""


def departure(recommendation, kind, today):
    """What the system says where this is not the step it proposes; "" where it is."""
    following = next_step(recommendation, today)
    if getattr(following, "kind", "") == kind:
        return ""
    return following.label if isinstance(following, Proposal) else str(following.why).rstrip(".")


def _why_departed(recommendation, kind, reason):
    """The reason, kept only where the step is not the one proposed: there it is asked for."""
    said = departure(recommendation, kind, timezone.localdate())
    if said and not reason.strip():
        words = _("This is not what the system proposes (%(proposed)s). Say why this step is taken.")
        raise ValidationError({"reason": words % {"proposed": said}})
    return reason if said else ""


@transaction.atomic
def take(
    recommendation, *, by, kind, taken_on, reference="", working_session=None, answer_by=None, words="", reason=""
):
    """A step whose document was written elsewhere, or a working session that oversees the matter again."""
    recommendation = _checked(recommendation, by)
    if taken_on > timezone.localdate():
        raise ValidationError({"taken_on": _("This day has not come yet.")})
    if taken_on < recommendation.working_session.held_on:
        raise ValidationError({"taken_on": _("The day lies before the working session.")})
    if not reference and not (working_session and kind == Rung.AGAIN):
        raise ValidationError({"reference": _("Name the document: number and symbol.")})
    if answer_by and answer_by < taken_on:
        raise ValidationError({"answer_by": _("The day lies before that of the step.")})
    if kind == Rung.EXPLANATION and not answer_by and explaining.proposed_day(recommendation) is None:
        raise ValidationError({"answer_by": _("No rule of the council gives the time: type the day it is due.")})
    reason = _why_departed(recommendation, kind, reason)
    with acting(by=by, reason=Rung(kind).label):
        step = LadderStep.objects.create(
            recommendation=recommendation,
            kind=kind,
            number=_number(recommendation, kind),
            taken_on=taken_on,
            reference=reference,
            working_session=working_session if kind == Rung.AGAIN else None,
            answer_by=answer_by,
            words=words,
            reason=reason,
        )
    _follow(step, by=by)
    return step


@transaction.atomic
def draft(recommendation, *, by, kind, signer, answer_by, words="", addressee=None, drafted_on=None, reason=""):
    """A step with its letter drafted from the record, then edited as text; taken on the day the letter is issued."""
    recommendation = _checked(recommendation, by)
    today = drafted_on or timezone.localdate()
    if kind in LadderStep.WITHOUT_ANSWER:
        answer_by = None
    elif answer_by <= today:
        raise ValidationError({"answer_by": _("The day must lie ahead.")})
    if kind == Rung.EXPLANATION and (why := explaining.ask_refusal(recommendation, by)):
        raise PermissionDenied(why)
    to = _addressee(kind, recommendation, addressee)
    reason = _why_departed(recommendation, kind, reason)
    step = LadderStep(
        recommendation=recommendation,
        kind=kind,
        number=_number(recommendation, kind),
        answer_by=answer_by,
        words=words,
        addressee=to,
        reason=reason,
    )
    copies = [] if to == recommendation.agency else [(recommendation.agency.name, recommendation.agency)]
    delegation = recommendation.working_session.delegation
    step.document = documents.draft(
        agency=delegation.body,
        kind=Kind.REPORT if kind == Rung.REPORT else Kind.LETTER,
        purpose=PURPOSE,
        subject=_subject(step),
        by=by,
        to=[(to.name, to) if to else (delegation.council.name, None)],
        copies=copies,
        signer=signer,
        drafted_on=today,
    )
    with acting(by=by, reason=Rung(kind).label):
        step.save()
    draw(OversightPaper.Kind.STEP, recommendation.working_session, step.document, by=by, on=today)
    return step


def _addressee(kind, recommendation, superior):
    """The agency itself, or who makes the step possible; None for the People's Council."""
    delegation = recommendation.working_session.delegation
    standing = delegation.council.standing_committee
    if kind == Rung.QUESTIONING and standing and standing != delegation.body:
        return standing
    return {Rung.SUPERIOR: superior, Rung.REPORT: None}.get(kind, recommendation.agency)


def _checked(recommendation, by):
    keep_still(recommendation.working_session.delegation.council_id)
    recommendation = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if why := step_refusal(recommendation, by):
        raise PermissionDenied(why)
    return recommendation


def _subject(step):
    return {
        Rung.URGED: f"đôn đốc thực hiện kiến nghị giám sát (lần {step.number})",
        Rung.SUPERIOR: "chỉ đạo thực hiện kiến nghị giám sát",
        Rung.EXPLANATION: "giải trình việc chưa thực hiện kiến nghị giám sát",
        Rung.QUESTIONING: "chất vấn về việc chưa thực hiện kiến nghị giám sát",
        Rung.AGAIN: "giám sát lại việc thực hiện kiến nghị giám sát",
        Rung.REPORT: f"việc {step.recommendation.agency.name} chưa thực hiện kiến nghị giám sát"[:300],
    }[step.kind]


def _follow(step, *, by):
    """What follows from a step taken: an explanation or an answer is awaited, the agency is told."""
    recommendation = step.recommendation
    if recommendation.clock:
        clocks.stop_urged(recommendation.clock, on=step.taken_on, by=by, reason=step.label)
    if step.kind == Rung.EXPLANATION:
        question = step.words or official_text("oversight/letters/ladder_question.txt", {}).strip()
        explaining.ask(recommendation, by=by, question=question, due_on=step.answer_by, on=step.taken_on)
        return
    if step.kind == Rung.URGED and step.answer_by and recommendation.clock:
        clocks.start_urged(recommendation.clock, due_on=step.answer_by, on=step.taken_on, by=by, document=step.written)
    tell_agency(
        recommendation,
        key=f"ladder/{step.pk}",
        text=official_text("oversight/letters/ladder_notice.txt", {"step": step}).strip(),
        on=step.taken_on,
        due_on=step.answer_by,
    )


class LadderLetter(Purpose):
    """A letter about a recommendation that is not carried out: issued, it is the step."""

    key = PURPOSE
    label = gettext_lazy("Letter about a recommendation not carried out")
    review_template = "oversight/_ladder_review.html"

    def refusal(self, step, document, user):
        recommendation, answer_by = document.ladder_step.recommendation, document.ladder_step.answer_by
        if step in ("submit", "issue") and not recommendation.is_owed:
            return _("The recommendation has been reported or verified meanwhile. Abandon the letter.")
        if step in ("submit", "issue") and answer_by and answer_by < timezone.localdate():
            return _("The day by which an answer is asked has passed. Abandon the letter and draft it anew.")
        return submit_refusal(document) if step == "submit" else ""

    def before_submitting(self, document, *, by):
        recommendation = document.ladder_step.recommendation
        Recommendation.objects.select_for_update().get(pk=recommendation.pk)
        if paper_of(document) is None:  # drafted before texts were kept
            draw(OversightPaper.Kind.STEP, recommendation.working_session, document, by=by, on=document.drafted_on)
        if why := self.refusal("submit", document, by):  # recorded at this very moment
            raise PermissionDenied(why)

    def issued(self, document, *, by):
        step = document.ladder_step
        with acting(by=by, reason=Rung(step.kind).label):
            step.change(taken_on=document.issued_on)
        _follow(step, by=by)

    def masked(self, document, text):
        about = Petition.objects.filter(recommendations__steps__document=document)
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        if paper := paper_of(document):
            return paper.get_absolute_url()
        return reverse("oversight:recommendation", args=[document.ladder_step.recommendation_id])

    def review_context(self, document):
        return {"step": document.ladder_step, "recommendation": document.ladder_step.recommendation}


LADDER_LETTER = LadderLetter()
