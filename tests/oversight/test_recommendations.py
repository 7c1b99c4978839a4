"""oversight/workflow.py: from a recommendation to its verification."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice
from accounts.permissions import Role
from deadlines import workflow as deadlines
from deadlines.notifications import remind
from documents import workflow as documents
from oversight import workflow
from oversight.models import ConclusionNotice, Delegation, Recommendation, WorkingSession
from petitions.models import PetitionEvent
from tests.oversight import visits
from tests.world import person

Stage = Recommendation.Status


def events(petition, kind):
    return list(PetitionEvent.objects.filter(petition=petition, kind=kind))


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


def test_the_agency_asked_is_told_with_the_day(world):
    due_on = world.today + timedelta(days=30)

    recommendation = visits.recommended(world, due_on=due_on)

    told = Notice.objects.filter(key=f"recommendation/{recommendation.pk}/sent")
    assert {notice.user for notice in told} == {world.drafter, world.head}
    assert {(notice.text, notice.due_on) for notice in told} == {
        ("Đoàn giám sát của Ban Kinh tế - Ngân sách đề nghị Sở Xây dựng tỉnh Ninh Bình: Lắp đèn còn thiếu.", due_on)
    }


def test_nobody_is_reminded_of_what_was_reported_done_until_it_is_sent_back(world):
    deadlines.adopt_defaults(world.council)
    recommendation = visits.recommended(world, due_on=world.today + timedelta(days=3))
    reminded = Notice.objects.filter(group=recommendation.thread, kind=Notice.Kind.DUE, is_void=False)

    def number():
        remind()
        return reminded.filter(user=world.drafter).count()

    before = number()
    reported = workflow.report_done(recommendation, by=world.head, evidence="Biên bản số 7")
    handed_in = number()
    workflow.reject(reported, by=world.officer, remark="Thiếu ảnh hiện trường.")

    assert (before, handed_in, number()) == (1, 0, 1)


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

    assert (back.status, back.remark) == (Stage.NOT_MET, "Thiếu ảnh hiện trường.")
    assert (reported.done_on, back.done_on) == (world.today, None)
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
