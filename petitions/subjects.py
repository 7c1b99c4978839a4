"""What the clocks of assignments are about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from deadlines.subjects import Subject, Told
from petitions import workflow
from petitions.models import Assignment, Petition


class AssignmentTime(Subject):
    """The time an agency has for one point."""

    relation = "assignment"

    def visible(self, user):
        return Q(assignment__point__petition__in=Petition.objects.visible_to(user))

    def tell(self, clocks):
        held = Assignment.objects.filter(clock__in=clocks).select_related("point__petition", "agency")
        return {
            assignment.clock_id: Told(
                assignment.point.petition.code,
                assignment.point.petition.title,
                assignment.point.petition.get_absolute_url(),
                assignment.agency,
                f"petition/{assignment.point.petition_id}",
            )
            for assignment in held
        }

    def change_refusal(self, clock, user):
        official = clock.beside or clock
        if user.may(Permission.PETITION_FORWARD, at=official.assignment.point.petition.council):
            return ""
        return _("Only the council's secretariat grants more time.")

    def settled(self, clock, *, by, words):
        """The petition repeats the due date; its timeline says why it is another one."""
        if clock.beside_id:
            return
        assignment = clock.assignment
        petition = assignment.point.petition
        kind = {"pause": "paused", "resume": "resumed", "extend": "extended"}.get(words.get("act"), "due_moved")
        workflow.note(
            petition,
            kind,
            by=by,
            agency=assignment.agency.name,
            due_on=clock.due_on,
            why=words["why"],
            **({"before": words["before"]} if kind == "due_moved" else {}),
        )
        workflow.refresh(petition, by=by)


class ReturnTime(Subject):
    """The time the secretariat has to send on what an agency returned."""

    relation = "returned_assignment"

    def visible(self, user):
        return Q(returned_assignment__point__petition__council__in=user.sees_councils)

    def tell(self, clocks):
        returned = Assignment.objects.filter(return_clock__in=clocks).select_related("point__petition")
        return {
            assignment.return_clock_id: Told(
                assignment.point.petition.code,
                assignment.point.petition.title,
                assignment.point.petition.get_absolute_url(),
                None,
                f"petition/{assignment.point.petition_id}",
                "Hạn chuyển lại",
            )
            for assignment in returned
        }

    def change_refusal(self, clock, user):
        if user.may(Permission.PETITION_FORWARD, at=(clock.beside or clock).council):
            return ""
        return _("Only the council's secretariat grants more time.")

    def settled(self, clock, *, by, words):
        """Nothing repeats this date."""


ASSIGNMENT_TIME = AssignmentTime()
RETURN_TIME = ReturnTime()
