"""What a coordinating agency gives to the lead: written there, cleared by its head, merged by the lead's drafter."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting, official
from common.formats import short_date
from common.workflow import Step, Workflow
from deadlines import workflow as clocks
from documents import workflow as documents
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import letters, notifications, versions
from responses.models import Contribution, Reply

Status = Contribution.Status


def _no_longer_awaited(assignment):
    if assignment.part != Assignment.Part.COORDINATING:
        return _("Your agency leads this point: it answers in a letter of its own.")
    if assignment.status not in (Assignment.Status.SENT, Assignment.Status.ACCEPTED):
        return _("This contribution is no longer awaited: the point is “%(state)s”.") % {
            "state": assignment.get_status_display()
        }
    return ""


def _is_ready(contribution, user):
    if not contribution.text:
        return _("The contribution has no text yet.")
    return _no_longer_awaited(contribution.assignment)


def _is_somebody_else(contribution, user):
    if contribution.drafted_by_id == user.pk:
        return _("Who wrote a contribution does not clear it. Somebody else must.")
    return _no_longer_awaited(contribution.assignment)


CONTRIBUTIONS = Workflow(
    Contribution,
    {
        "submit": Step(
            gettext_lazy("Submit for clearance"),
            frozenset({Status.DRAFT}),
            Status.SUBMITTED,
            Permission.DOCUMENT_DRAFT,
            _is_ready,
        ),
        "withdraw": Step(
            gettext_lazy("Take back to the draft"),
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            Permission.DOCUMENT_DRAFT,
        ),
        "give": Step(
            gettext_lazy("Give to the lead agency"),
            frozenset({Status.SUBMITTED}),
            Status.GIVEN,
            Permission.DOCUMENT_CLEAR,
            _is_somebody_else,
        ),
        "send_back": Step(
            gettext_lazy("Send back with a reason"),
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            Permission.DOCUMENT_CLEAR,
        ),
        "ask_again": Step(
            gettext_lazy("Ask for another version"),
            frozenset({Status.GIVEN}),
            Status.DRAFT,
            "",
        ),
    },
    held_at=lambda contribution: contribution.assignment.agency,
    reads=("assignment__agency", "assignment__point__petition__council"),
)


@dataclass(frozen=True)
class Helper:
    """A coordinating agency of a point as its lead sees it: what it gave, or None, and whether it still owes it.

    `earlier` is what it gave before the lead asked for another version; `is_written` while its own leader reads it.
    """

    assignment: Assignment
    given: Contribution | None
    earlier: str = ""
    is_written: bool = False

    @property
    def is_awaited(self):
        return not _no_longer_awaited(self.assignment)


def helpers(points):
    """{point: [those who coordinate it]}, with nothing of what is still being written."""
    asked = Assignment.objects.current().sent().filter(part=Assignment.Part.COORDINATING, point__in=points)
    given = {row.assignment_id: row for row in Contribution.objects.given().filter(assignment__in=asked)}
    once_given = Contribution.history.filter(assignment__in=asked, status=Status.GIVEN).order_by("history_id")
    earlier = dict(once_given.values_list("assignment_id", "text"))
    written = set(
        Contribution.objects.filter(assignment__in=asked, status=Status.SUBMITTED).values_list("assignment", flat=True)
    )
    found = {}
    for assignment in asked.select_related("agency", "clock"):
        now = given.get(assignment.pk)
        before = "" if now else earlier.get(assignment.pk, "")
        found.setdefault(assignment.point_id, []).append(Helper(assignment, now, before, assignment.pk in written))
    return found


def contribution_of(assignment):
    """What the agency has written so far; a new, unsaved one where nothing is."""
    found = CONTRIBUTIONS.model.objects.filter(assignment=assignment).first() or Contribution()
    found.assignment = assignment
    return found


def lead_of(assignment):
    """The agency that answers the point now; None while it has none."""
    lead = assignment.point.assignments.current().lead().select_related("agency").first()
    return lead and lead.agency


def given_before(contribution):
    """The version that was given and that the lead wants another of; None where the present one is the first."""
    if contribution.pk is None or contribution.status != Status.DRAFT:
        return None
    last = contribution.history.exclude(status=Status.DRAFT).order_by("-history_id").first()
    return last if last and last.status == Status.GIVEN else None


def ask_refusal(assignment, user):
    """Why this user does not tell the coordinating agency what is wanted of it; "" when they do."""
    lead = lead_of(assignment)
    if lead is None or not user.may(Permission.DOCUMENT_DRAFT, at=lead):
        return _("Only a drafter of the lead agency asks for a contribution.")
    if why := _no_longer_awaited(assignment):
        return why
    if contribution_of(assignment).status != Status.DRAFT:
        return _("The agency has written its contribution already.")
    return ""


@transaction.atomic
def ask(assignment, *, request, by):
    """The lead says what it needs from an agency that coordinates."""
    assignment = _locked(assignment)
    contribution = _locked_contribution_of(assignment)
    if why := ask_refusal(assignment, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("contribution asked for")):
        contribution.change(request=request)
    notifications.asked(contribution, lead=lead_of(assignment), by=by)
    return contribution


def again_refusal(contribution, user):
    """Why this user does not ask for another version of what was given; "" when they do."""
    lead = lead_of(contribution.assignment)
    if lead is None or not user.may(Permission.DOCUMENT_DRAFT, at=lead):
        return _("Only a drafter of the lead agency asks for a contribution.")
    if not contribution.assignment.point.assignments.waiting().lead().exists():
        return _("Your agency has answered this point already; nothing more goes into that letter.")
    if contribution.status != Status.GIVEN:
        return _("There is nothing given yet of which to ask another version.")
    return ""


@transaction.atomic
def ask_again(contribution, *, why, by, due_on=None, on=None):
    """The lead wants what was given written anew: the agency owes it again, its clock runs on, until `due_on` if later.

    What the lead has taken into its draft stays there; the version given before stays in the history.
    """
    on = on or timezone.localdate()
    assignment = _locked(contribution.assignment)
    if refused := again_refusal(contribution, by):
        raise PermissionDenied(refused)
    contribution = CONTRIBUTIONS.take(
        "ask_again", contribution, by=by, reason=why,
        return_reason=why, given_on=None, cleared_by=None, merged_into=None,
    )  # fmt: skip
    words = official(gettext_lazy("another version asked for"))
    with acting(by=by, reason=words):
        petitions.ASSIGNMENTS.take("reopen", assignment, by=by, reason=words, ended_on=None)
        clock = clocks.reopen(assignment.clock, on=on, by=by, reason=words)
        _give_time(clock, due_on, on=on, by=by, words=words)
        petitions.note(
            assignment.point.petition, "asked_again", by=by, on=on, agency=assignment.agency.name,
            point=assignment.point.number, lead=lead_of(assignment).name,
        )  # fmt: skip
    notifications.asked_again(contribution, lead=lead_of(assignment), by=by)
    return contribution


def _give_time(clock, due_on, *, on, by, words):
    """Whoever has to write again has a day ahead of them to do it by."""
    if due_on is None and clock.due_on < on:
        message = _("Its time was over on %(day)s: say until when the new version is needed.")
        raise ValidationError({"due_on": message % {"day": short_date(clock.due_on)}})
    if due_on is not None and due_on < on:
        raise ValidationError({"due_on": _("This day has passed.")})
    if due_on is not None and due_on > clock.due_on:
        clocks.extend(clock, due_on=due_on, on=on, by=by, reason=words)


def write_refusal(assignment, user):
    """Why this user does not write the contribution of an agency now; "" when they do."""
    if not user.may(Permission.DOCUMENT_DRAFT, at=assignment.agency):
        return _("Your role does not allow writing for %(agency)s.") % {"agency": assignment.agency}
    if why := _no_longer_awaited(assignment):
        return why
    if contribution_of(assignment).status != Status.DRAFT:
        return _("Only a draft can be changed. Ask for it to be sent back first.")
    return ""


@transaction.atomic
def write(assignment, *, text, revision, by):
    """Keep what was typed. Refused when somebody else saved since `revision`: nobody's words are lost unseen."""
    assignment = _locked(assignment)
    contribution = _locked_contribution_of(assignment)
    if why := write_refusal(assignment, by):
        raise PermissionDenied(why)
    if contribution.revision != revision:
        raise ValidationError(
            _("Somebody else saved this text meanwhile. Theirs stands below: bring both together and save again.")
        )
    with acting(by=by, reason=gettext_lazy("contribution written")):
        contribution.change(text=text, drafted_by=by, revision=revision + 1)
    return contribution


@transaction.atomic
def submit(contribution, *, by):
    contribution = CONTRIBUTIONS.take("submit", contribution, by=by, return_reason="")
    notifications.submitted(contribution, by=by)
    return contribution


def withdraw(contribution, *, by):
    return CONTRIBUTIONS.take("withdraw", contribution, by=by)


@transaction.atomic
def send_back(contribution, *, by, reason):
    contribution = CONTRIBUTIONS.take("send_back", contribution, by=by, reason=reason, return_reason=reason)
    notifications.sent_back(contribution, by=by)
    return contribution


@transaction.atomic
def give(contribution, *, by, on=None):
    """The head of the coordinating agency gives it to the lead: its own clock stops, the lead's runs on."""
    on = on or timezone.localdate()
    assignment = _locked(contribution.assignment)
    contribution = CONTRIBUTIONS.take("give", contribution, by=by, cleared_by=by, given_on=on)
    with acting(by=by, reason=gettext_lazy("contribution given")):
        clocks.stop(assignment.clock, on=on, by=by, reason=official(gettext_lazy("contribution given")))
        petitions.ASSIGNMENTS.take("answer", assignment, by=by, ended_on=on)
        petitions.note(
            assignment.point.petition, "contributed", by=by, on=on, agency=assignment.agency.name,
            point=assignment.point.number,
        )  # fmt: skip
    if lead := lead_of(assignment):
        notifications.given(contribution, lead=lead, by=by)
    return contribution


@transaction.atomic
def merge(contribution, answer, *, by):
    """Put the text of a contribution under the lead's answer to the same point; history names the source."""
    reply = (
        Reply.objects.select_for_update(of=("self", "document"))
        .select_related("document__agency")
        .get(pk=answer.reply_id)
    )
    if why := documents.change_refusal(reply.document, by):
        raise PermissionDenied(why)
    answer = reply.answers.get(pk=answer.pk)
    contribution = CONTRIBUTIONS.fresh(contribution)
    if contribution.status != Status.GIVEN or contribution.assignment.point_id != answer.point_id:
        raise PermissionDenied(_("This contribution does not belong to this answer."))
    if contribution.merged_into_id == answer.pk:
        raise ValidationError(_("This contribution stands in the answer already."))
    reason = format_lazy("{}: {}", gettext_lazy("contribution merged"), contribution.assignment.agency)
    documents.opened(reply.document, by=by)
    with acting(by=by, reason=reason):
        answer.change(text="\n\n".join(part for part in (answer.text, contribution.text) if part))
        contribution.change(merged_into=answer)
        reply.revision += 1
        reply.save_without_historical_record(update_fields=["revision"])
    documents.rewrite(reply.document, by=by, body=letters.reply_body(reply), reason=reason)
    versions.keep(reply, by=by)
    return answer


def _locked(assignment):
    """The assignment as it stands, kept from others until the end of the transaction."""
    return petitions.ASSIGNMENTS.fresh(assignment)


def _locked_contribution_of(assignment):
    contribution = contribution_of(assignment)
    return CONTRIBUTIONS.fresh(contribution) if contribution.pk else contribution
