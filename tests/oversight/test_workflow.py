"""oversight/workflow.py: delegation, working session, findings, recommendations, notice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.permissions import Role
from documents import workflow as documents
from documents.models import Kind, Status
from oversight import workflow
from oversight.models import AgendaItem, ConclusionNotice, Delegation, Finding, Recommendation, WorkingSession
from petitions.models import PetitionEvent, PetitionPoint, ResultClass
from tests.oversight import visits
from tests.world import person

Stage = Recommendation.Status


def events(petition, kind):
    return list(PetitionEvent.objects.filter(petition=petition, kind=kind))


# Delegations and their sessions


def test_set_up_makes_the_delegation_with_its_members(world):
    members = [
        {"name": "Vũ Văn Ban", "post": "Trưởng Ban", "part": "head"},
        {"name": "Lê Thị Giám Sát", "post": "Ủy viên", "part": "member", "user": world.member},
    ]

    made = visits.delegation(world, members=members, decision="25/QĐ-BKTNS", decision_on=world.today)

    assert (made.council, made.body, made.decision) == (world.council, world.committee, "25/QĐ-BKTNS")
    assert list(made.members.values_list("name", "part", "user")) == [
        ("Vũ Văn Ban", "head", None),
        ("Lê Thị Giám Sát", "member", world.member.pk),
    ]
    assert made.history.get().history_user == world.officer


@pytest.mark.parametrize("role", [Role.DELEGATION_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR, Role.DRAFTER, Role.HEAD])
def test_who_only_records_or_reads_sets_up_no_delegation(world, role):
    with pytest.raises(PermissionDenied, match="giám sát"):
        visits.delegation(world, by=world.people[role])

    assert not Delegation.objects.exists()


def test_another_councils_officer_sets_up_nothing_here(world, elsewhere):
    with pytest.raises(PermissionDenied):
        visits.delegation(world, by=elsewhere.officer)


def test_plan_session_puts_petitions_on_the_agenda_and_tells_their_timelines(world):
    first, second = world.forwarded(), world.forwarded()

    held = visits.session(world, first, second, held_on=world.today + timedelta(days=3))

    assert [item.petition for item in held.agenda.all()] == [first, second]
    (event,) = events(first, "on_agenda")
    assert event.happened_on == world.today
    assert event.details["delegation"] == "Đoàn giám sát của Ban Kinh tế - Ngân sách"


def test_a_session_of_the_past_is_told_with_its_own_day(world):
    petition = world.forwarded()

    visits.session(world, petition, held_on=world.today - timedelta(days=2))

    assert events(petition, "on_agenda")[0].happened_on == world.today - timedelta(days=2)


def test_a_petition_stands_on_an_agenda_once(world):
    petition = world.forwarded()
    held = visits.session(world, petition)

    workflow.put_on_agenda(held, [petition], by=world.officer)

    assert held.agenda.count() == 1
    assert len(events(petition, "on_agenda")) == 1


def test_the_database_refuses_a_petition_twice_on_one_agenda(world):
    petition = world.forwarded()
    held = visits.session(world, petition)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(working_session=held, petition=petition)


def test_a_member_records_but_does_not_plan(world):
    made = visits.delegation(world)

    with pytest.raises(PermissionDenied):
        visits.session(world, within=made, by=world.member)

    assert not WorkingSession.objects.exists()


# Findings


def test_the_assessed_result_goes_to_the_point_and_the_agencys_own_stays(world):
    petition = world.answered()
    point = petition.points.get()
    held = visits.session(world, petition)

    finding = visits.find(held, point, by=world.member, result=ResultClass.IN_PROGRESS)

    point.refresh_from_db()
    assert point.assessed_result == ResultClass.IN_PROGRESS
    assert point.result == ResultClass.RESOLVED
    finding.refresh_from_db()
    assert finding.disagrees
    petition.refresh_from_db()
    assert petition.result == ResultClass.RESOLVED
    (event,) = events(petition, "finding")
    assert (event.happened_on, event.actor) == (held.held_on, world.member)
    assert event.details["result"] == "Đang giải quyết"


@pytest.mark.xfail(strict=True, reason="a choice is put into words before the office's language is switched on")
def test_the_timeline_is_vietnamese_whatever_language_the_person_works_in(world):
    petition = world.answered()
    held = visits.session(world, petition)

    with translation.override("en"):
        visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.IN_PROGRESS)

    assert events(petition, "finding")[0].details["result"] == "Đang giải quyết"


def test_the_same_result_is_no_disagreement(world):
    petition = world.answered()
    held = visits.session(world, petition)

    finding = visits.find(held, petition.points.get(), by=world.officer)

    assert not Finding.objects.get(pk=finding.pk).disagrees


def test_an_unanswered_point_cannot_disagree(world):
    petition = world.forwarded()
    held = visits.session(world, petition)

    finding = visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.NOT_RESOLVED)

    assert not Finding.objects.get(pk=finding.pk).disagrees
    assert petition.points.get().assessed_result == ResultClass.NOT_RESOLVED


def test_a_finding_without_a_result_leaves_the_point_alone(world):
    petition = world.answered()
    held = visits.session(world, petition)

    visits.find(held, petition.points.get(), by=world.officer, result="")

    assert petition.points.get().assessed_result == ""
    assert events(petition, "finding") == []


def test_recording_again_corrects_the_finding_and_the_point(world):
    petition = world.answered()
    point = petition.points.get()
    held = visits.session(world, petition)
    visits.find(held, point, by=world.officer, result=ResultClass.IN_PROGRESS)

    visits.find(held, PetitionPoint.objects.get(pk=point.pk), by=world.officer, result=ResultClass.NOT_RESOLVED)

    assert held.findings.count() == 1
    assert petition.points.get().assessed_result == ResultClass.NOT_RESOLVED
    assert point.findings.get().history.count() == 2


def test_saying_the_same_again_is_told_once(world):
    petition = world.answered()
    held = visits.session(world, petition)
    visits.find(held, petition.points.get(), by=world.officer)

    visits.find(held, petition.points.get(), by=world.officer, found="Đã xem lại.")

    assert len(events(petition, "finding")) == 1
    assert held.findings.get().found == "Đã xem lại."


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADMINISTRATOR, Role.DRAFTER, Role.HEAD, Role.REGISTRAR])
def test_who_does_not_record_is_refused(world, role):
    petition = world.answered()
    held = visits.session(world, petition)

    with pytest.raises(PermissionDenied):
        visits.find(held, petition.points.get(), by=world.people[role])
    with pytest.raises(PermissionDenied):
        workflow.assess(held, by=world.people[role], achievements="Tốt", limitations="", causes="")
    with pytest.raises(PermissionDenied):
        workflow.recommend(held, by=world.people[role], content="Làm.")

    assert not Finding.objects.exists()
    assert not Recommendation.objects.exists()


def test_assess_keeps_the_general_assessment_with_its_history(world):
    held = visits.session(world)

    workflow.assess(held, by=world.member, achievements="Chủ động.", limitations="Chậm.", causes="Thiếu vốn.")

    held.refresh_from_db()
    assert (held.achievements, held.limitations, held.causes) == ("Chủ động.", "Chậm.", "Thiếu vốn.")
    assert held.history.first().history_user == world.member


# Recommendations


def test_a_recommendation_goes_to_the_agency_met_unless_another_is_named(world):
    held = visits.session(world)

    here = workflow.recommend(held, by=world.officer, content="Lắp đèn.", due_on=world.today)
    there = workflow.recommend(held, by=world.officer, content="Phối hợp.", agency=world.other_department)

    assert (here.agency, here.status, here.clock) == (world.department, Stage.PREPARED, None)
    assert there.agency == world.other_department


def test_a_day_before_the_session_is_refused(world):
    held = visits.session(world)

    with pytest.raises(ValidationError) as refused:
        workflow.recommend(held, by=world.officer, content="Lắp đèn.", due_on=world.today - timedelta(days=1))

    assert list(refused.value.message_dict) == ["due_on"]
    assert not Recommendation.objects.exists()


def test_an_agency_does_not_see_what_is_only_prepared(world):
    recommendation = workflow.recommend(visits.session(world), by=world.officer, content="Lắp đèn.")

    assert not Recommendation.objects.visible_to(world.head).exists()
    assert Recommendation.objects.visible_to(world.delegate).get() == recommendation


def test_issuing_the_notice_sends_recommendations_and_starts_their_clocks(world):
    petition = world.answered()
    held = visits.session(world, petition)
    dated = workflow.recommend(
        held, by=world.officer, content="Lắp đèn.", petition=petition, due_on=world.today + timedelta(days=30)
    )
    standing = workflow.recommend(held, by=world.officer, content="Kiểm tra thường xuyên.")

    visits.noticed(world, held)

    dated.refresh_from_db()
    standing.refresh_from_db()
    notice = ConclusionNotice.objects.get().document
    assert (dated.status, standing.status) == (Stage.OPEN, Stage.OPEN)
    assert dated.clock.due_on == world.today + timedelta(days=30)
    started = dated.clock.events.get()
    assert (started.kind, started.happened_on, started.document) == ("started", world.today, notice.number_and_symbol)
    assert standing.clock is None
    (event,) = events(petition, "recommended")
    assert event.details == {
        "delegation": "Đoàn giám sát của Ban Kinh tế - Ngân sách",
        "agency": world.department.name,
        "what": "Lắp đèn.",
    }


def test_the_agency_sees_session_and_recommendation_only_once_the_notice_is_issued(world):
    held = visits.session(world)
    workflow.recommend(held, by=world.officer, content="Lắp đèn.")
    workflow.assess(held, by=world.officer, achievements="Tốt.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    document = documents.submit(notice.document, by=world.officer)
    document = documents.clear(document, by=world.leader)

    assert not WorkingSession.objects.visible_to(world.head).exists()
    assert not Recommendation.objects.visible_to(world.head).exists()
    documents.issue(document, by=world.officer)

    assert WorkingSession.objects.visible_to(world.head).get() == held
    assert Recommendation.objects.visible_to(world.head).count() == 1
    assert not WorkingSession.objects.visible_to(world.other_drafter).exists()
    assert not Recommendation.objects.visible_to(world.other_drafter).exists()
    assert not Delegation.objects.visible_to(world.head).exists()


def test_report_done_keeps_evidence_day_and_reporter(world):
    recommendation = visits.recommended(world)

    reported = workflow.report_done(recommendation, by=world.head, evidence="Biên bản số 7")

    assert (reported.status, reported.evidence) == (Stage.REPORTED, "Biên bản số 7")
    assert (reported.reported_on, reported.reported_by) == (world.today, world.head)


@pytest.mark.parametrize("evidence", ["", "  ", "\n\t"])
def test_report_done_needs_evidence(world, evidence):
    recommendation = visits.recommended(world)

    with pytest.raises(ValidationError) as refused:
        workflow.report_done(recommendation, by=world.head, evidence=evidence)

    assert list(refused.value.message_dict) == ["evidence"]
    recommendation.refresh_from_db()
    assert recommendation.status == Stage.OPEN


@pytest.mark.parametrize("who", ["other_drafter", "registrar", "officer", "delegate"])
def test_only_the_agency_asked_reports(world, who):
    recommendation = visits.recommended(world)

    with pytest.raises(PermissionDenied):
        workflow.report_done(recommendation, by=getattr(world, who), evidence="Biên bản số 7")


def test_what_was_not_sent_cannot_be_reported_done(world):
    recommendation = workflow.recommend(visits.session(world), by=world.officer, content="Lắp đèn.")

    with pytest.raises(PermissionDenied):
        workflow.report_done(recommendation, by=world.head, evidence="Biên bản số 7")


def test_verify_ends_it_and_stops_the_clock_on_the_day_of_the_report(world):
    recommendation = visits.recommended(world, due_on=world.today + timedelta(days=5))
    reported = workflow.report_done(recommendation, by=world.head, evidence="Biên bản số 7")

    done = workflow.verify(reported, by=world.officer, remark="Đã xem hồ sơ.", on=world.today + timedelta(days=2))

    assert (done.status, done.remark) == (Stage.DONE, "Đã xem hồ sơ.")
    assert done.verified_on == world.today + timedelta(days=2)
    done.clock.refresh_from_db()
    assert done.clock.stopped_on == world.today


def test_verify_of_a_standing_request_has_no_clock_to_stop(world):
    reported = workflow.report_done(visits.recommended(world), by=world.head, evidence="Biên bản số 7")

    done = workflow.verify(reported, by=world.member)

    assert (done.status, done.clock, done.verified_on) == (Stage.DONE, None, world.today)


def test_who_reported_does_not_verify(world):
    both = person("both", (world.department, Role.HEAD), (world.office, Role.LEADER))
    reported = workflow.report_done(visits.recommended(world), by=both, evidence="Biên bản số 7")

    with pytest.raises(PermissionDenied, match="người khác"):
        workflow.verify(reported, by=both)

    reported.refresh_from_db()
    assert reported.status == Stage.REPORTED
    assert workflow.verify(reported, by=world.leader).status == Stage.DONE


@pytest.mark.parametrize("who", ["delegate", "head", "drafter", "administrator"])
def test_who_does_not_record_does_not_verify_or_reject(world, who):
    reported = workflow.report_done(visits.recommended(world), by=world.head, evidence="Biên bản số 7")

    with pytest.raises(PermissionDenied):
        workflow.verify(reported, by=getattr(world, who))
    with pytest.raises(PermissionDenied):
        workflow.reject(reported, by=getattr(world, who), remark="Chưa đủ.")


def test_reject_sends_it_back_and_the_clock_goes_on(world):
    due_on = world.today + timedelta(days=5)
    reported = workflow.report_done(visits.recommended(world, due_on=due_on), by=world.head, evidence="Biên bản số 7")

    back = workflow.reject(reported, by=world.officer, remark="Thiếu ảnh hiện trường.")

    assert (back.status, back.remark) == (Stage.OPEN, "Thiếu ảnh hiện trường.")
    back.clock.refresh_from_db()
    assert (back.clock.due_on, back.clock.stopped_on) == (due_on, None)
    again = workflow.report_done(back, by=world.drafter, evidence="Biên bản số 7, ảnh ngày 5/6")
    assert again.status == Stage.REPORTED
    assert back.history.filter(history_change_reason="Thiếu ảnh hiện trường.").exists()


def test_what_is_open_cannot_be_verified(world):
    with pytest.raises(PermissionDenied):
        workflow.verify(visits.recommended(world), by=world.officer)


def test_the_database_refuses_done_without_evidence(world):
    recommendation = visits.recommended(world)
    recommendation.status, recommendation.verified_on = Stage.DONE, world.today

    with pytest.raises(IntegrityError), transaction.atomic():
        recommendation.save()


def test_every_state_but_done_has_a_way_out():
    sources = {status for step in workflow.RECOMMENDATIONS.steps.values() for status in step.sources}

    assert set(Stage) - sources == {Stage.DONE}


# The notice


def test_draft_notice_is_a_paper_of_the_committee_with_a_copy_for_the_agency(world):
    held = visits.session(world)

    document = workflow.draft_notice(held, by=world.officer, signer=world.committee_head).document

    assert (document.kind, document.agency, document.status) == (Kind.NOTICE, world.committee, Status.DRAFT)
    assert document.symbol == "TB-BKTNS"
    assert [(copy.name, copy.agency, copy.is_copy) for copy in document.addressees.all()] == [
        (world.department.name, world.department, True)
    ]


def test_drafting_again_brings_the_text_up_to_date_and_makes_no_second_notice(world):
    held = visits.session(world)
    first = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    workflow.recommend(held, by=world.officer, content="Lắp đèn còn thiếu.")

    again = workflow.draft_notice(held, by=world.officer)

    assert again == first
    assert ConclusionNotice.objects.count() == 1
    again.document.refresh_from_db()
    assert "Lắp đèn còn thiếu." in again.document.body
    assert again.document.signer == world.committee_head


def test_a_notice_of_an_empty_session_cannot_be_submitted(world):
    notice = workflow.draft_notice(visits.session(world), by=world.officer, signer=world.committee_head)

    with pytest.raises(PermissionDenied, match="ghi"):
        documents.submit(notice.document, by=world.officer)


def test_submitting_writes_the_notice_once_more_from_the_record(world):
    petition = world.answered()
    held = visits.session(world, petition)
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    visits.find(held, petition.points.get(), by=world.officer, found="Đèn chưa sáng.")

    document = documents.submit(notice.document, by=world.officer)

    document.refresh_from_db()
    assert "Đèn chưa sáng." in document.body


@pytest.mark.parametrize("stage", ["submitted", "cleared", "issued"])
def test_the_record_is_closed_once_the_notice_is_submitted(world, stage):
    petition = world.answered()
    held = visits.session(world, petition)
    visits.find(held, petition.points.get(), by=world.officer)
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    document = documents.submit(notice.document, by=world.officer)
    if stage != "submitted":
        document = documents.clear(document, by=world.leader)
    if stage == "issued":
        documents.issue(document, by=world.officer)

    for act in (
        lambda: visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.NOT_RESOLVED),
        lambda: workflow.assess(held, by=world.officer, achievements="Khác.", limitations="", causes=""),
        lambda: workflow.recommend(held, by=world.officer, content="Thêm việc."),
        lambda: workflow.put_on_agenda(held, [world.forwarded()], by=world.officer),
        lambda: workflow.draft_notice(held, by=world.officer),
    ):
        with pytest.raises(PermissionDenied):
            act()

    held.refresh_from_db()
    assert held.achievements == ""
    assert held.agenda.count() == 1
    assert held.recommendations.count() == 0
    assert held.findings.get().assessed_result == ResultClass.RESOLVED


def test_a_notice_sent_back_opens_the_record_again(world):
    held = visits.session(world)
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    document = documents.submit(notice.document, by=world.officer)

    documents.send_back(document, by=world.leader, reason="Nêu rõ hạn chế.")

    assert workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="Chậm.", causes="")
    documents.submit(notice.document, by=world.officer)
    notice.document.refresh_from_db()
    assert "Chậm." in notice.document.body


@pytest.mark.xfail(
    strict=True,
    raises=PermissionDenied,
    reason="an abandoned notice keeps its session closed for ever: oversight.workflow counts it as on its way",
)
def test_an_abandoned_notice_can_be_drafted_anew(world):
    held = visits.session(world)
    workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="", causes="")
    notice = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)
    documents.abandon(notice.document, by=world.officer)

    again = workflow.draft_notice(held, by=world.officer, signer=world.committee_head)

    assert again.document.status == Status.DRAFT
    assert workflow.recommend(held, by=world.officer, content="Lắp đèn.")
