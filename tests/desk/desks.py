"""A council in the middle of its work: something in every pile of every desk."""

from datetime import timedelta

from documents import workflow as documents
from oversight import workflow as oversight
from petitions import workflow as petitions
from petitions.models import Assignment
from reports import workflow as reports

NOT_OURS = {"reason": "not_competent", "explanation": "Việc của Sở Y tế"}


def fill(world):
    """Put one record on each pile; each carries its own name as title, subject or content."""
    _petitions(world)
    _papers_of_the_council(world)
    _replies_of_the_agency(world)
    _oversight(world)


def _petitions(world):
    today = world.today
    world.logged(title="Mới")
    world.classified(title="Đã phân loại")
    returned = world.forwarded(title="Bị trả lại")
    petitions.return_(Assignment.objects.get(point__petition=returned), by=world.drafter, **NOT_OURS)
    world.forwarded(title="Còn lâu")
    soon = world.forwarded(title="Sắp đến hạn", due_on=today + timedelta(days=7))
    petitions.accept(Assignment.objects.get(point__petition=soon), by=world.drafter)
    late = world.forwarded(title="Quá hạn", due_on=today)
    clock = Assignment.objects.get(point__petition=late).clock
    clock.due_on = today - timedelta(days=1)
    clock.save()
    petitions.refresh(late, by=world.officer)
    world.forwarded(title="Của Sở Y tế", due_on=today, lead=world.other_department)
    world.answered(title="Đã trả lời")
    petitions.set_aside(world.logged(title="Không chuyển"), by=world.officer, why="x")


def _papers_of_the_council(world):
    for subject in ("Báo cáo nháp", "Báo cáo bị trả", "Báo cáo chờ duyệt", "Báo cáo chờ số"):
        report = reports.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair)
        documents.rewrite(report.document, by=world.officer, subject=subject)
        _move(report.document, subject, world.officer, world.leader)


def _replies_of_the_agency(world):
    for subject in ("Trả lời nháp", "Trả lời bị trả", "Trả lời chờ duyệt", "Trả lời chờ số"):
        reply = world.drafted_reply(world.forwarded(title=f"Để {subject.lower()}"))
        documents.rewrite(reply.document, by=world.drafter, subject=subject)
        _move(reply.document, subject, world.drafter, world.head)


def _move(document, subject, drafter, clearer):
    if not subject.endswith("nháp"):
        documents.submit(document, by=drafter)
    if subject.endswith("chờ số"):
        documents.clear(document, by=clearer)
    if subject.endswith("bị trả"):
        documents.send_back(document, by=clearer, reason="Sửa câu đầu")


def _oversight(world):
    held_on = world.today - timedelta(days=20)
    delegation = oversight.set_up(
        body=world.committee, by=world.officer, name="Đoàn số 1", subject="Đèn", starts_on=held_on,
        members=[{"name": "Lê Thị Đi", "post": "Ủy viên", "user": world.member}],
    )  # fmt: skip

    def visit(day):
        return oversight.plan_session(delegation, agency=world.department, held_on=day, by=world.officer)

    concluded = visit(held_on)
    oversight.assess(concluded, by=world.member, achievements="Tốt", limitations="", causes="")
    for content, days in (("Đề nghị quá hạn", -5), ("Đề nghị còn hạn", 20), ("Đề nghị đã báo cáo", 20)):
        oversight.recommend(concluded, by=world.member, content=content, due_on=world.today + timedelta(days=days))
    notice = oversight.draft_notice(concluded, by=world.officer, signer=world.committee_head)
    world.issue(notice.document, world.officer, world.leader, world.officer)
    reported = concluded.recommendations.get(content="Đề nghị đã báo cáo")
    oversight.report_done(reported, by=world.drafter, evidence="Biên bản số 5")
    visit(world.today)
    visit(world.today + timedelta(days=5))
