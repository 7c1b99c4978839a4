"""A reply that replaces another, and what stands of an answer when its letter no longer does."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.acting import acting, official
from deadlines import workflow as clocks
from documents import workflow as documents
from documents.models import Amendment
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import letters
from responses.models import Answer, Contribution, EvidenceFile, Reply

_COPIED = (
    "point", "petition_place", "heading", "text", "result", "reason", "roadmap_on", "evidence", "directive_document",
    "cited_documents",
)  # fmt: skip


@transaction.atomic
def copy_of(original, *, by, reason):
    """A new draft that says what the issued letter said, to be put right; answers and evidence come along."""
    reply, readers = original.reply, list(original.addressees.select_related("agency"))
    document = documents.draft(
        agency=original.agency,
        kind=original.kind,
        purpose=original.purpose,
        subject=original.subject,
        by=by,
        to=[(a.name, a.agency) for a in readers if not a.is_copy],
        copies=[(a.name, a.agency) for a in readers if a.is_copy],
        drafting_unit=original.drafting_unit,
        symbol=original.symbol,
        signer=original.signer,
    )
    with acting(by=by, reason=reason):
        again = Reply.objects.create(
            agency=reply.agency, document=document, kind=reply.kind, opening=reply.opening, closing=reply.closing
        )
        for answer in reply.answers.ticked().prefetch_related("files"):
            copied = Answer.objects.create(reply=again, **{name: getattr(answer, name) for name in _COPIED})
            for file in answer.files.all():
                EvidenceFile.objects.create(answer=copied, upload=file.upload)
    documents.rewrite(document, by=by, body=letters.reply_body(again))
    return document


_followers = []


def follow(act):
    """A room above says what follows for a petition whose published words no longer stand.

    `act(petition, by=…, why=…, on=…, replaced_by=…)` is called where its letter was recalled, or replaced:
    `replaced_by` is the letter that answers it now, None where none does.
    """
    _followers.append(act)


@transaction.atomic
def settle(reply, amendment, *, by):
    """Work out again what the points of a replaced or recalled letter have; what has nothing waits as before."""
    is_recall = amendment.kind == Amendment.Kind.RECALL
    why = f"{official(Amendment.Kind(amendment.kind).label)} {reply.document.number_and_symbol}"
    points = {}
    for answer in reply.answers.select_related("point__petition"):
        points.setdefault(answer.point.petition, []).append(answer.point)
    letter = amendment.document
    for petition, of_petition in points.items():
        reopened = _work_out_again(petition, of_petition, on=letter.issued_on, letter=letter, by=by, why=why)
        if reopened:
            petitions.note(petition, "reopened", by=by, why=why)
        for act in _followers:
            replaced_by = None if reopened or is_recall else letter
            act(petition, by=by, why=why, on=letter.issued_on, replaced_by=replaced_by)


def untick_refusal(reply, user):
    """Why this user does not say that a letter leaves one of its petitions unanswered; "" when they do.

    The text of a letter written here answers what it was drafted for: it is replaced or recalled. Of one registered
    from paper or another system only the ticks are ours, and those can be wrong.
    """
    document = reply.document
    if why := documents.write_refusal(document.agency, user, is_signed=not document.is_written_here):
        return why
    if document.is_written_here:
        return _("This letter was written here, for the petitions it names: replace or recall it.")
    if not document.is_in_force:
        return _("Only a registered letter in force has petitions to untick.")
    return ""


@transaction.atomic
def untick(reply, petition, *, by, reason, on=None):
    """The letter does not answer this petition after all; it alone has again what other letters say, or waits."""
    on = on or timezone.localdate()
    document = documents.DOCUMENTS.fresh(reply.document)
    if why := untick_refusal(reply, by):
        raise PermissionDenied(why)
    answers = list(reply.answers.ticked().filter(point__petition=petition).select_related("point"))
    if not answers:
        raise ValidationError(_("The letter does not answer this petition, or it was unticked before."))
    with acting(by=by, reason=reason):
        for answer in answers:
            answer.change(unticked_on=on, unticked_because=reason)
    letter = document.number_and_symbol
    why = f"{letter}: {reason}"
    if reply.kind in Reply.CLOSING_KINDS:
        _work_out_again(petition, [answer.point for answer in answers], on=on, letter=document, by=by, why=why)
        for act in _followers:
            act(petition, by=by, why=why, on=on, replaced_by=None)
    petitions.note(petition, "unticked", by=by, on=on, letter=letter, why=reason, document=document.pk)


def _work_out_again(petition, points, *, on, letter, by, why):
    """What the points have from the letters still in force; those that have nothing wait again and are returned."""
    rows = [(point, *_standing(point)) for point in points]
    reopened = [point for point, result, *_days in rows if not result]
    for point in reopened:
        _wait_again(point, letter, on=on, by=by, why=why)
    petitions.restate_answers(petition, rows, by=by)
    return reopened


def _standing(point):
    """(result, roadmap, first answered on, result as of) from the letters still in force."""
    letters_in_force = (
        Answer.objects.effective().filter(point=point).select_related("reply__document").order_by(
            "reply__document__issued_on", "pk"
        )
    )  # fmt: skip
    answers = list(letters_in_force)
    if not answers:
        return "", None, None, None
    latest = answers[-1]
    return (
        latest.result,
        latest.roadmap_on,
        min(_first_day(answer.reply.document) for answer in answers),
        latest.reply.document.issued_on,
    )


def _first_day(document):
    """The day of the letter, or of the one it replaces: putting a letter right makes nobody late."""
    amendment = getattr(document, "amendment", None)
    return _first_day(amendment.original) if amendment else document.issued_on


def first_letters(petition_list):
    """{letter: (drafted on, issued on) of the first one it puts right}, for letters that replaced another."""
    replaced = Amendment.objects.in_force().filter(
        kind=Amendment.Kind.REPLACEMENT, document__reply__answers__point__petition__in=petition_list
    )
    rows = replaced.values_list("document", "original", "original__drafted_on", "original__issued_on").distinct()
    earlier = {letter: (original, days) for letter, original, *days in rows}

    def first(letter):
        original, days = earlier[letter]
        return first(original) if original in earlier else tuple(days)

    return {letter: first(letter) for letter in earlier}


def _wait_again(point, letter, *, on, by, why):
    """The lead owes its answer again, those who help their part where they had not given it; their time runs on."""
    answered = point.assignments.filter(status=Assignment.Status.ANSWERED).select_related("clock")
    for assignment in answered.exclude(contribution__status=Contribution.Status.GIVEN):
        petitions.ASSIGNMENTS.take("reopen", assignment, by=by, reason=_("the answer no longer stands"), ended_on=None)
        clocks.reopen(assignment.clock, on=on, by=by, reason=why, document=letter.number_and_symbol)
