"""Drafting a reply, and what follows when it is issued."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import uploads
from common.acting import acting
from deadlines import workflow as clocks
from documents import registering
from documents import workflow as documents
from documents.models import Amendment, Document, Kind, Status
from documents.purposes import Purpose
from petitions import workflow as petitions
from petitions.models import Assignment, Petition, PetitionOrigin
from responses import coverage, letters, promising, reading, replacing, versions
from responses.models import Answer, Assessment, EvidenceFile, Reply

PURPOSE = "reply"


class ChangedMeanwhileError(ValidationError):
    """A draft was saved by somebody else since it was opened."""


class DraftedAlreadyError(ValidationError):
    """Another draft of the agency, `reply`, answers the same point."""

    def __init__(self, answer):
        self.reply = answer.reply
        super().__init__(
            _("Point %(number)s of %(code)s is answered already in a draft of %(author)s: “%(subject)s”.")
            % {
                "number": answer.point.number,
                "code": answer.point.petition.code,
                "author": answer.reply.document.drafted_by,
                "subject": answer.reply.document.subject,
            }
        )


def draft_refusal(petition, agency, user, *, kind=Reply.Kind.FINAL, is_signed=False):
    """Why no reply of `agency` to `petition` can be drafted, or one `is_signed` entered, now; "" when it can."""
    if documents.write_refusal(agency, user, is_signed=is_signed):
        return _("Your role does not allow drafting replies of %(agency)s.") % {"agency": agency}
    if not _askable([petition], agency, kind):
        return _("Nothing of %(code)s waits for an answer of %(agency)s.") % {
            "code": petition.code,
            "agency": agency,
        }
    return ""


def _askable(petition_list, agency, kind):
    """What the agency leads and still owes (or, for a supplement, has given) an answer, in the order of petitions."""
    order = {petition.pk: place for place, petition in enumerate(petition_list)}
    answered = Assignment.objects.filter(status=Assignment.Status.ANSWERED)
    found = (
        (answered if kind == Reply.Kind.SUPPLEMENTARY else Assignment.objects.waiting())
        .lead()
        .filter(agency=agency, point__petition__in=petition_list)
        .select_related("point__petition", "forwarding__document__agency")
    )
    return sorted(found, key=lambda a: (order[a.point.petition_id], a.point.number))


@transaction.atomic
def draft(
    *,
    agency,
    petition_list,
    by,
    kind=Reply.Kind.FINAL,
    opening="",
    closing="",
    to=None,
    copies=(),
    subject="",
    origin=Document.Origin.HERE,
    file=None,
    **details,
):
    """A draft letter with an empty answer for each point of each petition that waits for `agency`.

    A letter signed on paper or in another system comes with its `file`: what it answers is noted point by point,
    then the registrar enters its number and day.
    """
    for petition in petition_list:
        if why := draft_refusal(petition, agency, by, kind=kind, is_signed=bool(file)):
            raise PermissionDenied(why)
    assignments = _askable(petition_list, agency, kind)
    if not assignments:
        raise ValidationError(_("Choose at least one petition to answer."))
    if kind == Reply.Kind.FINAL and (other := _drafted_already(assignments, agency)):
        raise DraftedAlreadyError(other)
    to = to or [(body.name, body) for body in _who_asked(agency, assignments)]
    if file:
        details |= {"origin": origin, "scan": registering.keep_signed(file, by=by)}
    document = documents.draft(
        agency=agency,
        kind=Kind.LETTER,
        purpose=PURPOSE,
        subject=subject or letters.default_subject(petition_list),
        by=by,
        to=to,
        copies=copies,
        **details,
    )
    with acting(by=by, reason=gettext_lazy("reply drafted")):
        reply = Reply.objects.create(
            agency=agency,
            document=document,
            kind=kind,
            opening=opening or letters.default_opening(agency, assignments),
            closing=closing or letters.default_closing(agency, [name for name, _agency in to]),
        )
        places = {petition.pk: place for place, petition in enumerate(petition_list)}
        for assignment in assignments:
            Answer.objects.create(
                reply=reply,
                point=assignment.point,
                petition_place=places[assignment.point.petition_id],
                heading=letters.default_heading(assignment.point.content),
            )
    _write(reply, by=by)
    versions.keep(reply, by=by)
    return reply


def _drafted_already(assignments, agency):
    """The first answer to one of the points in a final reply of the agency that is under way."""
    under_way = Answer.objects.filter(reply__agency=agency, reply__kind=Reply.Kind.FINAL).exclude(
        reply__document__status__in=[Status.ISSUED, Status.ABANDONED]
    )
    of_points = under_way.filter(point__in=[assignment.point_id for assignment in assignments])
    return of_points.select_related("point__petition", "reply__document__drafted_by").in_letter_order().first()


def _who_asked(agency, assignments):
    """The bodies whose letters forwarded the petitions; the standing committee where that is not known."""
    asked = dict.fromkeys(assignment.forwarding.document.agency for assignment in assignments)
    return list(asked) or [body for body in [agency.council.standing_committee] if body]


@transaction.atomic
def save(reply, *, by, revision, opening, closing, kind, answers, reason=""):
    """Keep a draft as typed, complete or not; `answers` maps answer ids to their fields. Unchanged, no version is made.

    Refused when somebody else saved since `revision`: nobody's words are overwritten unseen.
    """
    reply = Reply.objects.select_for_update(of=("self", "document")).select_related("document__agency").get(pk=reply.pk)
    if why := documents.change_refusal(reply.document, by):
        raise PermissionDenied(why)
    if reply.revision != revision:
        raise ChangedMeanwhileError(
            _("Somebody else saved this draft meanwhile. Both texts stand below: bring them together and save again.")
        )
    if reply.document.status == Status.CLEARED:
        if not _differs(reply, answers, opening=opening, closing=closing, kind=kind):
            return reply
        reply.document = documents.opened(reply.document, by=by)
    with acting(by=by, reason=reason or gettext_lazy("draft saved")):
        stored = reply.answers.filter(pk__in=answers).select_related("reason")
        changed = [answer.change(**answers[answer.pk]) for answer in stored]
        changed.append(reply.change(opening=opening, closing=closing, kind=kind))
        if any(changed):
            reply.revision += 1
            reply.save_without_historical_record(update_fields=["revision"])
    _write(reply, by=by)
    versions.keep(reply, by=by)
    return reply


def _differs(reply, answers, **frame):
    """Whether something typed is not what stands in the reply."""
    stored = reply.answers.filter(pk__in=answers).select_related("reason")
    rows = [(reply, frame), *((answer, answers[answer.pk]) for answer in stored)]
    return any(getattr(record, field) != value for record, values in rows for field, value in values.items())


@transaction.atomic
def leave_out(reply, petition, *, by):
    """Take one petition out of a draft; it waits for an answer as before. What hung on its answers goes with them.

    What was answered stays in the version before; whoever has the draft open learns of it at the next save.
    """
    reply = Reply.objects.select_for_update(of=("self", "document")).select_related("document__agency").get(pk=reply.pk)
    reply.document = documents.opened(reply.document, by=by)
    staying = reply.answers.exclude(point__petition=petition)
    if not staying.exists():
        raise ValidationError(_("This is the only petition in the letter. Abandon the draft instead."))
    with acting(by=by, reason=gettext_lazy("petition left out of the letter")):
        for answer in reply.answers.filter(point__petition=petition):
            for part in (answer.files, answer.comments, answer.assessments, answer.commitments):
                for record in part.all():
                    record.delete()
            for contribution in answer.contributions.all():
                contribution.change(merged_into=None)
            answer.delete()
        reply.revision += 1
        reply.save_without_historical_record(update_fields=["revision"])
    _write(reply, by=by)
    versions.keep(reply, by=by)


@transaction.atomic
def attach(answer, file, *, by):
    """Add a file as evidence to an answer of a draft."""
    documents.opened(answer.reply.document, by=by)
    with acting(by=by, reason=gettext_lazy("evidence added")):
        return EvidenceFile.objects.create(answer=answer, upload=uploads.keep(file))


def _write(reply, *, by):
    documents.rewrite(reply.document, by=by, body=letters.reply_body(reply))


class ReplyLetter(Purpose):
    """A reply: no clearance with a gap; on its issue points are answered and clocks stop."""

    key = PURPOSE
    label = gettext_lazy("Reply to petitions")
    may_be_recalled = True
    changes_when_cleared = True
    review_template = "responses/_reply_review.html"

    def refusal(self, step, document, user):
        if step not in ("submit", "clear", "issue"):
            return ""
        reply = document.reply
        if found := coverage.gaps(reply):
            return found[0].words
        if step == "submit" and not reply.answers.exists():
            return _("The letter answers no petition.")
        return self._no_longer_asked(reply) or self._answered_meanwhile(reply)

    def _no_longer_asked(self, reply):
        """Points that were taken away from the agency while it was writing."""
        asked = Assignment.objects.current().lead().sent().filter(agency=reply.agency_id).values("point")
        answers = reply.answers.in_letter_order().select_related("point__petition")
        taken_away = answers.exclude(point__in=asked).first()
        if taken_away is None:
            return ""
        return _("Point %(number)s of %(code)s is no longer assigned to %(agency)s. Leave it out.") % {
            "number": taken_away.point.number,
            "code": taken_away.point.petition.code,
            "agency": reply.agency,
        }

    def _answered_meanwhile(self, reply):
        """A point is answered for good once; a supplement or a replacement comes after that."""
        if reply.kind != Reply.Kind.FINAL or hasattr(reply.document, "amendment"):
            return ""
        assignments = Assignment.objects.lead().filter(agency=reply.agency_id, status=Assignment.Status.ANSWERED)
        answers = reply.answers.in_letter_order().select_related("point__petition")
        found = answers.filter(point__in=assignments.values("point")).first()
        if found is None:
            return ""
        letter = Answer.objects.effective().filter(point=found.point).latest("reply__document__issued_on", "pk")
        return _(
            "Point %(number)s of %(code)s was answered by %(letter)s. Leave it out, or make this a supplementary reply."
        ) % {
            "number": found.point.number,
            "code": found.point.petition.code,
            "letter": letter.reply.document.number_and_symbol,
        }

    def before_submitting(self, document, *, by):
        _write(document.reply, by=by)

    def issued(self, document, *, by):
        reply = document.reply
        if why := self._no_longer_asked(reply) or self._answered_meanwhile(reply):
            raise PermissionDenied(why)
        promising.settle(reply, by=by)
        for petition in _petitions(reply):
            answers = list(reply.answers.filter(point__petition=petition).select_related("point"))
            if reply.kind in Reply.CLOSING_KINDS:
                self._close(petition, answers, document, by=by)
            else:
                petitions.note(
                    petition, "interim_reply", by=by, on=document.issued_on,
                    agency=document.agency.name, letter=document.number_and_symbol,
                )  # fmt: skip

    def _close(self, petition, answers, document, *, by):
        for answer in answers:
            held = answer.point.assignments.current().lead().get(agency=document.agency)
            assignment = petitions.ASSIGNMENTS.fresh(held)
            waited = assignment.status != Assignment.Status.ANSWERED
            petitions.ASSIGNMENTS.take("answer", assignment, by=by, ended_on=document.issued_on)
            if waited:
                clocks.stop(assignment.clock, on=document.issued_on, by=by, reason=document.number_and_symbol)
            self._release_coordinating(answer.point, document, by=by)
        petitions.record_answers(
            petition, [(answer.point, answer.result, answer.roadmap_on) for answer in answers], by=by,
            on=document.issued_on, agency=document.agency, letter=document.number_and_symbol,
        )  # fmt: skip

    def _release_coordinating(self, point, document, *, by):
        """What the lead has answered no longer waits for those who help."""
        for helper in point.assignments.waiting().filter(part=Assignment.Part.COORDINATING).select_related("clock"):
            petitions.ASSIGNMENTS.take("answer", helper, by=by, ended_on=document.issued_on)
            clocks.stop(helper.clock, on=document.issued_on, by=by, reason=document.number_and_symbol)

    def replacement(self, original, *, by, reason):
        return replacing.copy_of(original, by=by, reason=reason)

    def amended(self, original, amendment, *, by):
        reply, letter = original.reply, amendment.document
        for petition in Petition.objects.filter(points__answers__in=reply.answers.ticked()).distinct().order_by("pk"):
            petitions.note(
                petition, amendment.kind, by=by, on=letter.issued_on, agency=letter.agency.name,
                before=original.number_and_symbol, letter=letter.number_and_symbol, document=letter.pk,
            )  # fmt: skip
        if amendment.kind != Amendment.Kind.CORRIGENDUM and reply.kind in Reply.CLOSING_KINDS:
            replacing.settle(reply, amendment, by=by)

    def masked(self, document, text):
        return PetitionOrigin.objects.of(_petitions(document.reply)).masked(text)

    def is_touched_since(self, document, moment):
        """Whether a result, its evidence or another thing beside the text differs from what it was then."""
        reply = document.reply
        before = Answer.history.as_of(moment).filter(reply=reply)
        files = EvidenceFile.history.filter(answer__reply=reply, history_date__gt=moment)
        return {_said(answer) for answer in before} != {
            _said(answer) for answer in reply.answers.all()
        } or files.exists()

    def source_data(self, document):
        """Which points the letter answers, with what result."""
        answers = document.reply.answers.in_letter_order().select_related("point__petition")
        return {
            "reply": document.reply.kind,
            "answers": [
                {
                    "petition": answer.point.petition.code,
                    "point": answer.point.number,
                    "result": answer.result,
                    "roadmap_on": answer.roadmap_on.isoformat() if answer.roadmap_on else None,
                    "text": answer.text,
                }
                for answer in answers
            ],
        }

    def workplace(self, document):
        return reverse("responses:draft", args=[document.reply.pk])

    def review_context(self, document):
        reply, today = document.reply, timezone.localdate()
        answers = list(
            reply.answers.in_letter_order()
            .select_related("point__petition", "reason", "reply__agency")
            .prefetch_related("files__upload", "commitments", "assessments__reviewer", "comments__author")
        )
        for answer in answers:
            answer.reply = reply
            for remark in answer.comments.all():
                remark.answer = answer
        phrases = reading.phrases_of(document.agency.council_id)
        return {
            "reply": reply,
            "answers": answers,
            "gaps": coverage.gaps(reply),
            "hints": [(answer, hint) for answer in answers for hint in reading.hints(answer, today, phrases)],
            "proposals": promising.proposals(reply, document.issued_on or today),
            "marks": Assessment.Mark.choices,
            "comments_open": not document.is_issued and document.is_written_here,
            "may_be_unticked": document.is_issued and not document.is_written_here,
        }


def _said(answer):
    return tuple(getattr(answer, field) for field in (
        "point_id", "text", "result", "reason_id", "roadmap_on", "evidence", "directive_document", "cited_documents",
    ))  # fmt: skip


def _petitions(reply):
    return list(Petition.objects.filter(points__answers__reply=reply).distinct().order_by("pk"))


REPLY_LETTER = ReplyLetter()
