"""Commitments: confirmed by a person, kept with evidence, verified by somebody who did not make them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting, official
from common.workflow import Step, Workflow
from responses import reading
from responses.models import Answer, Commitment

Status = Commitment.Status


def _by_somebody_else(commitment, user):
    """Neither the person who reported a promise as kept nor anybody of the agency verifies it."""
    if commitment.reported_by_id == user.pk or commitment.agency_id in user.agencies:
        return _("Who made a promise does not verify it. Somebody else must.")
    return ""


#: The agency that owes the promise reports; the council, which was promised, judges.
COMMITMENTS = Workflow(
    Commitment,
    {
        "report": Step(
            gettext_lazy("Report as kept"), frozenset({Status.OPEN}), Status.REPORTED, Permission.RECOMMENDATION_ANSWER
        ),
        "verify": Step(
            gettext_lazy("Verify as kept"),
            frozenset({Status.REPORTED}),
            Status.KEPT,
            Permission.OVERSIGHT_RECORD,
            _by_somebody_else,
        ),
        "reject": Step(
            gettext_lazy("Not kept yet"), frozenset({Status.REPORTED}), Status.OPEN, Permission.OVERSIGHT_RECORD
        ),
        "extend": Step(gettext_lazy("Extend"), frozenset({Status.OPEN}), Status.OPEN, ""),
        "miss": Step(gettext_lazy("Record as missed"), frozenset({Status.OPEN, Status.REPORTED}), Status.MISSED, ""),
    },
    held_at=lambda commitment: commitment.agency if commitment.status == Status.OPEN else commitment.agency.council,
)


def proposals(reply, today):
    """What the letter seems to promise and nobody has confirmed yet, nor in the letter it replaces."""
    carried = {(commitment.answer.point_id, commitment.quote) for commitment in _of_original(reply)}
    found = []
    for answer in reply.answers.in_letter_order().select_related("point__petition").prefetch_related("commitments"):
        answer.reply = reply
        confirmed = carried | {(answer.point_id, commitment.quote) for commitment in answer.commitments.all()}
        for promise in reading.promises(answer.text, today):
            if (answer.point_id, promise.sentence) not in confirmed:
                found.append((answer, promise))
    return found


def _of_original(reply):
    """The commitments of the letter this one replaces."""
    amendment = getattr(reply.document, "amendment", None)
    if amendment is None:
        return Commitment.objects.none()
    return Commitment.objects.filter(answer__reply__document=amendment.original_id).select_related("answer")


def _stands_in(answer, quote):
    return " ".join(quote.split()) in " ".join(answer.text.split())


@transaction.atomic
def settle(reply, *, by):
    """The letter is issued: what it no longer says is no promise, what it keeps of the letter it replaces goes on."""
    answers = {answer.point_id: answer for answer in reply.answers.all()}
    with acting(by=by, reason=gettext_lazy("the sentence no longer stands in the letter")):
        for commitment in Commitment.objects.filter(answer__reply=reply).select_related("answer"):
            if not _stands_in(commitment.answer, commitment.quote):
                commitment.delete()
    with acting(by=by, reason=gettext_lazy("the letter that replaces it promises the same")):
        for commitment in _of_original(reply).select_for_update(of=("self",)):
            answer = answers.get(commitment.answer.point_id)
            if answer and _stands_in(answer, commitment.quote) and not _is_known(answer, commitment.quote):
                commitment.change(answer=answer)


def _is_known(answer, quote):
    return Commitment.objects.filter(answer=answer, quote=quote).exists()


def confirm_refusal(answer, user):
    """Why this user cannot turn words of the answer into a commitment; "" when they can."""
    if user.may(Permission.DOCUMENT_DRAFT, at=answer.reply.agency):
        return ""
    return judge_refusal(answer.reply.agency, user)


def judge_refusal(agency, user):
    """Why this user does not speak for the council here; "" when they do."""
    if user.may(Permission.OVERSIGHT_RECORD, at=agency.council):
        return ""
    return _("Only the council judges what was promised to it.")


@transaction.atomic
def confirm(answer, *, quote, due_on, by):
    """A sentence of the letter becomes a commitment of the agency that wrote it."""
    answer = Answer.objects.select_for_update(of=("self",)).select_related("reply__document").get(pk=answer.pk)
    if why := confirm_refusal(answer, by):
        raise PermissionDenied(why)
    if not _stands_in(answer, quote):
        raise ValidationError({"quote": _("This sentence does not stand in the answer.")})
    document = answer.reply.document
    if due_on < (document.issued_on or timezone.localdate()):
        raise ValidationError({"due_on": _("A promise lies ahead of its letter.")})
    carried = _of_original(answer.reply).filter(answer__point=answer.point_id, quote=quote)
    if _is_known(answer, quote) or carried.exists():
        raise ValidationError({"quote": _("This promise is in the ledger already.")})
    with acting(by=by, reason=gettext_lazy("commitment confirmed")):
        return Commitment.objects.create(
            answer=answer, agency=answer.reply.agency, quote=quote, due_on=due_on, original_due_on=due_on,
            confirmed_by=by,
        )  # fmt: skip


def report(commitment, *, evidence, by):
    """The agency says it kept its promise, and shows how."""
    if not evidence:
        raise ValidationError({"evidence": _("Say what proves it: document, acceptance report, day.")})
    return COMMITMENTS.take("report", commitment, by=by, evidence=evidence, reported_by=by)


def verify(commitment, *, note, by):
    """The council found it kept."""
    return COMMITMENTS.take("verify", commitment, by=by, closing_note=note, closed_on=timezone.localdate())


def reject(commitment, *, note, by):
    """The council found it not kept yet; the agency goes on."""
    return COMMITMENTS.take("reject", commitment, by=by, reason=note, closing_note=note)


@transaction.atomic
def miss(commitment, *, note, by):
    """The day has passed and the promise was not kept."""
    commitment = COMMITMENTS.fresh(commitment)
    _check_judge(commitment, by)
    if commitment.due_on >= timezone.localdate():
        raise ValidationError(_("The day of the promise has not passed."))
    return COMMITMENTS.take("miss", commitment, by=by, reason=note, closing_note=note, closed_on=timezone.localdate())


@transaction.atomic
def extend(commitment, *, due_on, note, by):
    """A later day, granted with a reason; the first one stays known."""
    commitment = COMMITMENTS.fresh(commitment)
    _check_judge(commitment, by)
    if due_on <= commitment.due_on:
        raise ValidationError({"due_on": _("An extension must end after the present due date.")})
    line = {"from": commitment.due_on.isoformat(), "to": due_on.isoformat(), "reason": official(note),
            "on": timezone.localdate().isoformat()}  # fmt: skip
    extensions = [*commitment.extensions, line]
    return COMMITMENTS.take("extend", commitment, by=by, reason=note, due_on=due_on, extensions=extensions)


def _check_judge(commitment, user):
    if why := judge_refusal(commitment.agency, user):
        raise PermissionDenied(why)
