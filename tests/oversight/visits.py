"""A delegation on its way, as far as a test needs it."""

from oversight import workflow
from oversight.models import Recommendation
from petitions.models import ResultClass


def delegation(world, *, by=None, members=(), **details):
    """A delegation of the committee; its head is the committee's."""
    defaults = {
        "name": "Đoàn giám sát của Ban Kinh tế - Ngân sách",
        "subject": "việc giải quyết kiến nghị của cử tri",
        "council_session": world.session,
        "starts_on": world.today,
    }
    people = members or [{"name": "Vũ Văn Ban", "post": "Trưởng Ban", "part": "head", "user": world.member}]
    return workflow.set_up(body=world.committee, by=by or world.officer, members=people, **{**defaults, **details})


def session(world, *agenda, by=None, agency=None, held_on=None, within=None, **details):
    """A working session at the department."""
    return workflow.plan_session(
        within or delegation(world, **details),
        agency=agency or world.department,
        held_on=held_on or world.today,
        by=by or world.officer,
        agenda=agenda,
    )


def find(working_session, point, *, by, result=ResultClass.RESOLVED, reported="Đã lắp đèn.", found="Đúng như báo cáo."):
    return workflow.record_finding(
        working_session, point, by=by, reported=reported, found=found, assessed_result=result
    )


def noticed(world, working_session, *, on=None):
    """The session with its conclusion notice issued; a general assessment stands in for findings."""
    if not working_session.findings.exists():
        workflow.assess(working_session, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(working_session, by=world.officer, signer=world.committee_head)
    world.issue(notice.document, world.officer, world.leader, world.officer, on=on)
    return type(working_session).objects.get(pk=working_session.pk)


def recommended(world, *, petition=None, due_on=None, content="Lắp đèn còn thiếu."):
    """A recommendation the department has been told of."""
    held = session(world, *([petition] if petition else []))
    recommendation = workflow.recommend(held, by=world.officer, content=content, petition=petition, due_on=due_on)
    noticed(world, held)
    return Recommendation.objects.get(pk=recommendation.pk)
