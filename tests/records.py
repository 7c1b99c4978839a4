"""One record of every kind in a small world, and every address that shows or changes one."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deadlines import workflow as deadlines
from deadlines.models import DeadlineRule, ReminderPlan
from documents import after_issue, clearance, delivery, numbering
from oversight import verdicts, verifying
from oversight import workflow as oversight
from oversight.models import Explanation, LadderStep
from petitions import workflow as petitions
from petitions.models import AgencyRule, Assignment, Handback, HandbackRow, Handout, SavedFilter
from portal import workflow as portal
from reports import workflow as reports
from responses import contributing, phrasing, promising, reviewing
from responses import workflow as responses
from sessions.models import AssemblySession, DueReport
from tests.addresses import history
from tests.petitions.imports.runs import read
from tests.world import any_page

VOTER = {
    "voter_name": "Trần Thị Bưởi",
    "voter_address": "số 9 ngõ Cam, xóm Quýt",
    "voter_phone": "0912 345 678",
}
VERBATIM = "Nhà tôi ở cuối ngõ tối om, xin cái đèn."
PERSONAL = ("Bưởi", "ngõ Cam", "xóm Quýt", "0912 345 678", "tối om")

#: Pages answer GET, acts answer POST, forms answer both.
PAGE, ACT, FORM = "page", "act", "form"


def picture(name="den.png"):
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"0" * 20, "image/png")


class Records:
    """A petition answered and one that waits, and all the papers around them."""

    def __init__(self, world):
        self.world = world
        self.answered = world.answered(voter=VOTER, verbatim=VERBATIM)
        self.waiting = world.forwarded(points=["Đề nghị sửa cầu Vòm.", "Đề nghị sơn lại lan can."])
        self.assignment = Assignment.objects.filter(point__petition=self.waiting).first()
        self.forwarding = self.assignment.forwarding
        self.draft = world.drafted_reply(self.waiting)
        self.helped = Assignment.objects.get(
            point__petition=world.forwarded(lead=world.ubnd, coordinating=[world.department]), part="coordinating"
        )
        self.contribution = contributing.write(self.helped, text="Đã kiểm tra.", revision=0, by=world.drafter)
        self.answer = self.draft.answers.first()
        self.commitment = promising.confirm(self.answer, quote=self.answer.text, due_on=world.today, by=world.drafter)
        self.remark = reviewing.comment(self.answer, text="Nói rõ hơn", by=world.head)
        self.assessment = reviewing.mark(self.answer, value="partly", note="", by=world.head)
        self.evidence = responses.attach(self.answer, picture(), by=world.drafter)
        self.kept = numbering.reserve(
            agency=world.department, kind="CV", year=world.today.year, reason="văn bản mật", by=world.registrar
        )
        issued = self.answered.points.get().answers.get().reply.document
        self.route = clearance.arrange(world.department, order="content", by=world.head)
        self.reason = clearance.keep_reason(world.council, words="Sai số liệu", is_in_use=True, by=world.leader)
        self.phrase = phrasing.keep(world.council, words="sẽ cố gắng", is_in_use=True, by=world.officer)
        self.signed = after_issue.take_signed(issued, SimpleUploadedFile("da-ky.pdf", any_page()), by=world.registrar)
        self.delivery = delivery.send(issued, issued.addressees.first(), how="hand", by=world.registrar)
        self.amendment = after_issue.amend(issued, "corrigendum", by=world.drafter, reason="Sai tên.", details="Dòng 1")
        self._oversight()
        self.run = read(world)
        self.handback = self._handed_back()
        self.act = petitions.classify_many(
            [world.logged()], by=world.officer, policy_field=world.field, authority_level="provincial"
        )
        self.rule = AgencyRule.objects.create(council=world.council, policy_field=world.field, agency=world.department)
        self.filter = SavedFilter.objects.create(owner=world.officer, council=world.council, name="Của tôi")
        self._time()
        self.skeleton = reports.keep_skeleton(
            world.council, "results", by=world.officer, text="{name.agency} báo cáo.\n{block.erratum}"
        )
        self.report = reports.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair)
        self.publication = portal.publish(
            self.answered, by=world.leader, title="Đèn đường", question="Đèn?", answer="Đã lắp.", answered_by="Sở"
        )

    def _handed_back(self):
        world = self.world
        handout = Handout.objects.create(
            council_session=world.session, kind="texts", recipient=world.department, made_by=world.officer
        )
        back = Handback.objects.create(handout=handout, upload=self.run.upload, file_kind="xlsx", by=world.officer)
        HandbackRow.objects.create(handback=back, line=1, code="KN-1", problem="Không có dòng này.")
        return back

    def _time(self):
        world = self.world
        deadlines.adopt_defaults(world.council)
        self.version, _moves = deadlines.adopt_calendar(
            world.council, world.today.year, entries=[], basis="Thông báo số 1", by=world.officer
        )
        self.urging = petitions.draft_urging(
            by=world.officer,
            issuer=world.standing,
            agency=world.department,
            assignments=[self.assignment],
            reply_by=world.today + timedelta(days=5),
        )

    def _oversight(self):
        world = self.world
        self.delegation = oversight.set_up(
            body=world.committee,
            by=world.officer,
            members=[{"name": "Vũ Văn Ban", "post": "Trưởng Ban", "user": world.member}],
            name="Đoàn số 1",
            subject="Đèn đường",
            starts_on=world.today,
            scope=[("agency", world.department)],
        )
        self.visit = oversight.plan_session(
            self.delegation, agency=world.department, held_on=world.today, by=world.officer, agenda=[self.answered]
        )
        self.finding = oversight.record_finding(
            self.visit, self.answered.points.get(), by=world.member, reported="Đã lắp", found="", assessed_result=""
        )
        self.photo = oversight.attach(self.visit, picture("cau.png"), by=world.member, finding=self.finding)
        self.recommendation = oversight.recommend(
            self.visit, by=world.member, content="Lắp đủ đèn", due_on=world.today + timedelta(days=20)
        )
        self.explanation = Explanation.objects.create(
            recommendation=self.recommendation,
            asked_on=world.today,
            question="Vì sao chưa lắp?",
            clock=deadlines.start(on=world.today, due_on=world.today, by=world.officer, council=world.council),
        )
        self.assembly = AssemblySession.objects.create(
            council=world.council, name="Kỳ họp thứ 2", opens_on=world.today, closes_on=world.today
        )
        self.owed = DueReport.objects.create(
            agency=world.ubnd,
            title="Báo cáo kết quả giải quyết",
            council_session=world.session,
            counted_from="session_opens",
            clock=deadlines.start(on=world.today, due_on=world.today, by=world.officer, council=world.council),
        )
        self.step = LadderStep.objects.create(
            recommendation=self.recommendation, kind="questioning", taken_on=world.today, reference="Phiếu số 3"
        )
        self.verdict = verdicts.record(
            self.answered, by=world.officer, unit=world.commune, verdict="disagrees", told_on=world.today
        )
        self.plan = oversight.draft_paper(
            self.delegation, kind="plan", by=world.officer, signer=world.committee_head
        )  # fmt: skip
        row = verifying.Typed(self.answered.points.first(), 0, "resolved", "Đúng như trả lời.")
        (self.verification,), _clashes = verifying.save(
            world.session, world.committee, [row], by=world.committee_member
        )
        self.notice = oversight.draft_notice(self.visit, by=world.officer, signer=world.committee_head)

    def addresses(self):
        """{url name: (kind, address)} of every address that names a record in the rooms with petitions."""
        session, meeting, visit = self.world.session.pk, self.world.meeting.pk, self.visit.pk
        petition, document, recommendation = self.waiting.pk, self.draft.document_id, self.recommendation.pk
        rows = {
            "sessions:pick": (ACT, session),
            "sessions:edit": (FORM, session),
            "sessions:meetings": (PAGE, session),
            "sessions:create_meeting": (FORM, session),
            "sessions:edit_meeting": (FORM, meeting),
            "sessions:record_report": (FORM, self.owed.pk),
            "sessions:take_back_report": (FORM, self.owed.pk),
            "sessions:edit_assembly": (FORM, self.assembly.pk),
            "petitions:log": (FORM, session),
            "petitions:look_alike": (ACT, session),
            "petitions:take_back": (ACT, petition),
            "petitions:filter": (PAGE, self.filter.pk),
            "petitions:mail_filter": (ACT, self.filter.pk),
            "petitions:forget_filter": (ACT, self.filter.pk),
            "petitions:handback": (PAGE, self.handback.pk),
            "petitions:not_taken_over": (PAGE, self.handback.pk),
            "petitions:take_over": (ACT, self.handback.pk),
            "petitions:turn_handback_row": (ACT, self.handback.pk, self.handback.rows.first().pk),
            "petitions:bulk_act": (PAGE, self.act.pk),
            "petitions:undo_bulk": (ACT, self.act.pk),
            "petitions:drop_rule": (ACT, self.rule.pk),
            "petitions:imports": (FORM, session),
            "petitions:import": (PAGE, self.run.pk),
            "petitions:import_columns": (ACT, self.run.pk),
            "petitions:accept_import": (ACT, self.run.pk),
            "petitions:undo_import": (ACT, self.run.pk),
            "petitions:drop_import": (ACT, self.run.pk),
            "petitions:refused": (PAGE, self.run.pk),
            "petitions:import_similar": (PAGE, self.run.pk),
            "petitions:import_row": (ACT, self.run.pk, self.run.rows.first().pk),
            "petitions:leave_out_row": (ACT, self.run.pk, self.run.rows.first().pk),
            "petitions:forwarding": (FORM, self.forwarding.pk),
            "petitions:leave_out": (ACT, self.forwarding.pk, petition),
            "petitions:detail": (PAGE, petition),
            "petitions:add_origin": (FORM, petition),
            "petitions:revise": (FORM, petition),
            "petitions:classify": (FORM, petition),
            "petitions:merge": (FORM, petition),
            "petitions:split": (ACT, petition),
            "petitions:unmerge": (ACT, petition),
            "petitions:set_aside": (FORM, petition),
            "petitions:reopen": (FORM, petition),
            "petitions:accept": (ACT, petition),
            "petitions:return": (FORM, petition),
            "responses:draft": (FORM, self.draft.pk),
            "responses:preview": (ACT, self.draft.pk),
            "responses:leave_out": (ACT, self.draft.pk, petition),
            "responses:untick": (FORM, self.draft.pk, petition),
            "responses:attach": (ACT, self.answer.pk),
            "responses:evidence": (PAGE, self.evidence.pk),
            "responses:autosave": (ACT, self.draft.pk),
            "responses:compare": (PAGE, self.draft.pk),
            "responses:comment": (ACT, self.answer.pk),
            "responses:settle": (ACT, self.remark.pk),
            "responses:ask": (FORM, self.helped.pk),
            "responses:contribute": (FORM, self.helped.pk),
            "responses:contribution_act": (ACT, self.helped.pk, "submit"),
            "responses:phrases": (FORM, self.world.council.pk),
            "responses:confirm": (ACT, self.answer.pk),
            "responses:mark": (ACT, self.answer.pk),
            "responses:commitment": (PAGE, self.commitment.pk),
            "responses:commitment_act": (ACT, self.commitment.pk, "report"),
            "documents:detail": (PAGE, document),
            "documents:edit": (FORM, document),
            "documents:submit": (ACT, document),
            "documents:withdraw": (ACT, document),
            "documents:abandon": (ACT, document),
            "documents:check": (ACT, document),
            "documents:clear": (ACT, document),
            "documents:arrange": (FORM, self.world.department.pk),
            "documents:reasons": (FORM, self.world.council.pk),
            "documents:send_back": (ACT, document),
            "documents:issue": (ACT, document),
            "documents:lay_out": (ACT, document),
            "documents:pdf": (PAGE, document),
            "documents:word": (PAGE, document),
            "documents:annex": (PAGE, self.forwarding.document_id, 1),
            "documents:hand_in_signed": (ACT, document),
            "documents:send": (ACT, document),
            "documents:signed": (PAGE, self.signed.pk),
            "documents:withdraw_signed": (FORM, self.signed.pk),
            "documents:register": (FORM, document),
            "documents:amend": (FORM, document, "corrigendum"),
            "documents:revise_amendment": (FORM, self.amendment.pk),
            "documents:book": (PAGE, self.kept.series_id),
            "documents:book_pdf": (PAGE, self.kept.series_id),
            "documents:book_workbook": (PAGE, self.kept.series_id),
            "documents:void": (ACT, self.kept.pk),
            "oversight:delegation": (PAGE, self.delegation.pk),
            "oversight:plan": (FORM, self.delegation.pk),
            "oversight:working_session": (PAGE, visit),
            "oversight:agenda": (FORM, visit),
            "oversight:pin": (ACT, visit),
            "oversight:pack": (FORM, visit),
            "oversight:pack_pdf": (PAGE, visit),
            "oversight:pack_word": (PAGE, visit),
            "oversight:sheet": (FORM, visit),
            "oversight:take_off": (ACT, self.visit.agenda.get().pk),
            "oversight:findings": (FORM, visit, self.answered.pk),
            "oversight:attach": (ACT, visit),
            "oversight:evidence": (PAGE, self.photo.pk),
            "oversight:assess": (FORM, visit),
            "oversight:recommend": (FORM, visit),
            "oversight:draft_notice": (ACT, visit),
            "oversight:report_done": (FORM, recommendation),
            "oversight:verify": (ACT, recommendation),
            "oversight:reject": (FORM, recommendation),
            "oversight:recommendation": (PAGE, recommendation),
            "oversight:verdicts": (FORM, self.answered.pk),
            "oversight:raise_again": (ACT, self.verdict.pk),
            "oversight:count_apart": (FORM, recommendation),
            "oversight:take_step": (ACT, recommendation),
            "oversight:explain": (FORM, self.explanation.pk),
            "oversight:edit": (FORM, self.delegation.pk),
            "oversight:edit_session": (FORM, visit),
            "oversight:draft_paper": (ACT, self.delegation.pk),
            "oversight:draft_session_paper": (ACT, visit),
            "oversight:paper": (FORM, self.plan.pk),
            "oversight:draft_paper_again": (ACT, self.plan.pk),
            "oversight:take_in": (ACT, self.plan.pk),
            "oversight:leave_out": (ACT, self.plan.pk),
            "oversight:draft_verification": (ACT, session),
            "oversight:session_in_charge": (ACT, visit),
            "oversight:recommendation_in_charge": (ACT, recommendation),
            "oversight:hand_over": (FORM, self.delegation.members.get().pk),
            "oversight:add_member": (FORM, self.delegation.pk),
            "oversight:edit_member": (FORM, self.delegation.members.get().pk),
            "oversight:synthesis": (PAGE, session),
            "oversight:verification": (FORM, session, self.world.committee.pk),
            "reports:cockpit": (PAGE, session),
            "reports:rows": (PAGE, session),
            "reports:figures": (PAGE, session),
            "reports:table": (PAGE, session, "figures", "csv"),
            "reports:report_table": (PAGE, self.report.pk, "figures", "json"),
            "reports:workbook": (PAGE, session),
            "reports:extract": (PAGE, session),
            "reports:charts": (PAGE, session),
            "reports:times": (PAGE, session),
            "reports:time_rows": (PAGE, session),
            "reports:scorecard": (PAGE, session),
            "reports:scorecard_rows": (PAGE, session),
            "reports:scorecard_table": (PAGE, session, "criteria", "csv"),
            "reports:scorecard_workbook": (PAGE, session),
            "reports:create": (FORM, session),
            "reports:trial": (PAGE, session, "oversight"),
            "reports:report": (FORM, self.report.pk),
            "reports:refresh": (ACT, self.report.pk),
            "reports:state": (PAGE, self.report.pk),
            "reports:skeleton": (FORM, self.world.council.pk, "oversight"),
            "reports:report_workbook": (PAGE, self.report.pk),
            "portal:withdraw": (ACT, self.publication.pk),
            "portal:publish": (FORM, self.answered.pk),
        }
        found = {name: (kind, reverse(name, args=args)) for name, (kind, *args) in rows.items()}
        found["petitions:log with a meeting"] = (FORM, reverse("petitions:log", args=[session, meeting]))
        return found

    def histories(self):
        """{model: address of the history page of one record}, for every model that has one."""
        world, point = self.world, self.waiting.points.first()
        records = [
            world.officer.memberships.get(),
            world.council,
            world.office,
            world.chair,
            world.field,
            world.commune,
            world.term,
            world.session,
            world.meeting,
            self.assembly,
            self.owed,
            self.draft.document,
            self.kept.series,
            self.kept,
            self.route,
            self.reason,
            self.phrase,
            self.amendment,
            self.signed,
            self.delivery,
            self.waiting,
            point,
            self.waiting.origins.get(),
            self.forwarding,
            self.assignment,
            self.draft,
            self.answer,
            self.evidence,
            self.commitment,
            self.contribution,
            self.assessment,
            self.remark,
            self.delegation,
            self.delegation.members.get(),
            self.delegation.scope.get(),
            self.plan,
            self.skeleton,
            self.visit,
            self.visit.agenda.get(),
            self.finding,
            self.photo,
            self.recommendation,
            self.step,
            self.verdict,
            self.verification,
            self.explanation,
            self.report,
            self.publication,
            self.run,
            self.rule,
            self.assignment.clock,
            self.version,
            DeadlineRule.objects.filter(council=world.council).first(),
            ReminderPlan.objects.filter(council=world.council).first(),
            self.urging,
        ]
        return {record._meta.label_lower: history(record) for record in records}
