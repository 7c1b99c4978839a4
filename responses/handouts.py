"""The workbook of an answering body: points that wait for it, to be accepted, returned, answered in draft.

Only its own people bring it back. What they write becomes a draft letter as if typed on the drafting page: it still
goes through clearance, and nobody else reads it before it is issued.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import official
from common.formats import short_date
from directory.models import Agency
from documents import workflow as documents
from documents.models import Status
from petitions import workflow as petitions
from petitions.handouts import HandoutColumn, HandoutKind
from petitions.handouts.kinds import day_of
from petitions.models import Assignment, ResultClass
from responses import workflow
from responses.models import Answer, Reply

ACCEPT, RETURN = gettext_lazy("Accept"), gettext_lazy("Return")
_DECISION = ("decision", "why", "explanation")
_ANSWER = ("answer", "result", "roadmap_on", "evidence")


def _labels(choices):
    return tuple(label for _value, label in choices)


def _value(choices, words):
    """What the words stand for; "" for nothing, None for none of the choices."""
    return {official(label): value for value, label in choices.choices}.get(words, None if words else "")


class AnswersKind(HandoutKind):
    key = "answers"
    label = gettext_lazy("Petitions waiting for an answer")
    explanation = gettext_lazy(
        "Each point may be accepted, returned with a reason, or answered; answers become a draft letter of the agency."
    )
    shown = (
        (gettext_lazy("Petition"), 40),
        (gettext_lazy("Point"), 50),
        (gettext_lazy("Locality"), 20),
        (gettext_lazy("Due"), 13),
    )
    columns = (
        HandoutColumn("decision", gettext_lazy("Accept or return"), 16, "choice", (ACCEPT, RETURN)),
        HandoutColumn("why", gettext_lazy("Returned because"), 24, "choice", _labels(Assignment.ReturnReason.choices)),
        HandoutColumn("explanation", gettext_lazy("Explanation of the return"), 30, "line"),
        HandoutColumn("answer", gettext_lazy("Answer"), 60),
        HandoutColumn("result", gettext_lazy("Result"), 22, "choice", _labels(ResultClass.choices)),
        HandoutColumn("roadmap_on", gettext_lazy("Roadmap date"), 14, "date"),
        HandoutColumn("evidence", gettext_lazy("Evidence"), 36),
    )

    def fits(self, recipient):
        return recipient.kind not in (Agency.Kind.OFFICE, Agency.Kind.DELEGATE_GROUP)

    def may_make(self, recipient, council_session, user):
        own = recipient.pk in user.agencies_where(Permission.ASSIGNMENT_RESPOND)
        return own or user.may(Permission.PETITION_FORWARD, at=recipient.council)

    def holder(self, recipient):
        return recipient

    def records(self, recipient, council_session, user):
        waiting = self._assignments(recipient, user).waiting().filter(point__petition__council_session=council_session)
        return self._with_drafts(waiting.order_by("point__petition__number", "point__number"), recipient, user)

    def found(self, handout, rows, user):
        of_points = self._assignments(handout.recipient, user).filter(point__in=[row.point_id for row in rows])
        latest = {a.point_id: a for a in self._with_drafts(of_points.order_by("pk"), handout.recipient, user)}
        return {row: latest[row.point_id] for row in rows if row.point_id in latest}

    def _assignments(self, agency, user):
        own = Assignment.objects.visible_to(user).lead().sent().filter(agency=agency)
        return own.select_related("point__petition__council", "point__petition__place", "agency", "clock")

    def _with_drafts(self, assignments, agency, user):
        """The assignments, each with the answer its agency is drafting; that is for its own people alone."""
        assignments = list(assignments)
        drafts = {}
        if agency.pk in user.agencies:
            under_way = Answer.objects.visible_to(user).filter(
                point__in=[assignment.point_id for assignment in assignments],
                reply__agency=agency,
                reply__kind=Reply.Kind.FINAL,
            )
            under_way = under_way.exclude(reply__document__status__in=[Status.ISSUED, Status.ABANDONED])
            related = under_way.select_related("reply__document__agency", "reason").order_by("pk")
            drafts = {answer.point_id: answer for answer in related}
        for assignment in assignments:
            assignment.draft = drafts.get(assignment.point_id)
        return assignments

    def keys(self, record):
        return str(record.point), record.point.petition, record.point

    def shown_values(self, record):
        petition = record.point.petition
        place = petition.place.sentence_name if petition.place else ""
        return [petition.title, record.point.content, place, short_date(record.clock.due_on) if record.clock else ""]

    def values(self, record, user):
        draft = record.draft
        return {
            "decision": official(ACCEPT) if record.status == Assignment.Status.ACCEPTED else "",
            "why": "",
            "explanation": "",
            "answer": draft.text if draft else "",
            "result": official(ResultClass(draft.result).label) if draft and draft.result else "",
            "roadmap_on": f"{draft.roadmap_on:%d/%m/%Y}" if draft and draft.roadmap_on else "",
            "evidence": draft.evidence if draft else "",
        }

    def problems(self, record, changes, user):
        found = {}
        if set(_DECISION) & set(changes):
            found |= self._problems_of_decision(record, changes, user)
        if set(_ANSWER) & set(changes):
            found |= self._problems_of_answer(record, changes, user)
        return {key: why for key, why in found.items() if why}

    def _problems_of_decision(self, record, changes, user):
        decision = changes.get("decision", "")
        if decision == official(ACCEPT) and not {"why", "explanation"} & set(changes):
            return {"": petitions.ASSIGNMENTS.refusal("accept", record, user)}
        if decision != official(RETURN):
            return {"decision": _("Choose whether to accept or to return the point.")}
        found = {"": petitions.ASSIGNMENTS.refusal("return", record, user)}
        if not _value(Assignment.ReturnReason, changes.get("why", "")):
            found["why"] = _("Choose a reason of the list.")
        if not 0 < len(changes.get("explanation", "")) <= Assignment._meta.get_field("return_note").max_length:
            found["explanation"] = _("An explanation is needed, at most 500 characters.")
        if set(_ANSWER) & set(changes):
            found["answer"] = _("A point that is returned gets no answer.")
        return found

    def _problems_of_answer(self, record, changes, user):
        if not user.may(Permission.DOCUMENT_DRAFT, at=record.agency):
            return {"": _("Your role does not allow drafting replies of %(agency)s.") % {"agency": record.agency}}
        if record.status not in (Assignment.Status.SENT, Assignment.Status.ACCEPTED):
            return {"": _("The point no longer waits for your agency's answer.")}
        found = {}
        if record.draft:
            found[""] = documents.edit_refusal(record.draft.reply.document, user)
        result = _value(ResultClass, changes.get("result", ""))
        if result is None:
            found["result"] = _("Choose a result of the list.")
        elif "result" in changes and record.draft and record.draft.reason and record.draft.reason.result != result:
            reason = record.draft.reason
            found["result"] = _("“%(reason)s” belongs to the result “%(result)s”.") % {
                "reason": reason,
                "result": reason.get_result_display(),
            }
        if changes.get("roadmap_on") and day_of(changes["roadmap_on"]) is None:
            found["roadmap_on"] = _("Type a day that exists, as day/month/year: 05/01/2026.")
        return found

    def prepare(self, changes, user):
        """A draft letter for everything that is answered and stands in no draft yet."""
        answered = [record for record, cells in changes if set(_ANSWER) & set(cells)]
        drafted = {record.point.petition_id for record in answered if record.draft}
        new = {record.point.petition for record in answered if record.point.petition_id not in drafted}
        if new:
            ordered = sorted(new, key=lambda petition: petition.number)
            workflow.draft(agency=answered[0].agency, petition_list=ordered, by=user)

    def take_over(self, record, changes, *, by, reason):
        decision = changes.get("decision")
        if decision == official(ACCEPT):
            petitions.accept(record, by=by)
        elif decision == official(RETURN):
            why = _value(Assignment.ReturnReason, changes["why"])
            petitions.return_(record, by=by, reason=why, explanation=changes["explanation"])
        if set(_ANSWER) & set(changes):
            self._write(record.draft, changes, by, reason)

    def _write(self, draft, changes, by, reason):
        if draft is None:
            raise ValidationError(_("No draft letter answers this point yet: begin one, then take the row over."))
        fields = {"text": changes.get("answer"), "evidence": changes.get("evidence")}
        if "result" in changes:
            fields["result"] = _value(ResultClass, changes["result"])
        fields = {name: value for name, value in fields.items() if value is not None}
        if "roadmap_on" in changes:
            fields["roadmap_on"] = day_of(changes["roadmap_on"])
        reply = draft.reply
        workflow.save(
            reply, by=by, revision=reply.revision, opening=reply.opening, closing=reply.closing, kind=reply.kind,
            answers={draft.pk: fields}, reason=reason,
        )  # fmt: skip

    def told(self, changes):
        """The timeline tells of accepting and returning by itself; a draft is the agency's own affair."""
        return set()
