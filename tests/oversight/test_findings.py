"""oversight/workflow.py: findings beside what the agency says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from accounts.permissions import Role
from oversight import workflow
from oversight.models import Finding, Recommendation
from petitions import workflow as petitions
from petitions.models import PetitionEvent, PetitionPoint, ResultClass
from tests.kept import keeping, ready
from tests.oversight import visits

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)


def events(petition, kind):
    return list(PetitionEvent.objects.filter(petition=petition, kind=kind))


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
    assert events(petition, "finding") == []


def test_what_the_agency_answered_meanwhile_stays(world):
    petition = world.forwarded()
    point, before_the_finding = petition.points.get(), petition.points.get()
    petitions.record_answers(
        petition, [(petition.points.get(), "resolved", None)], by=world.registrar, on=world.today,
        agency=world.department, letter="1/SXD",
    )  # fmt: skip

    visits.find(visits.session(world, petition), point, by=world.member, result=ResultClass.IN_PROGRESS)
    assert petition.points.get().result == "resolved"
    petitions.record_answers(
        petition, [(before_the_finding, "explained", None)], by=world.registrar, on=world.today,
        agency=world.department, letter="2/SXD",
    )  # fmt: skip

    point = petition.points.get()
    assert (point.assessed_result, point.result, point.answered_on) == ("in_progress", "explained", world.today)


def test_the_timeline_is_vietnamese_whatever_language_the_person_works_in(world):
    petition = world.answered()
    held = visits.session(world, petition)

    with translation.override("en"):
        visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.IN_PROGRESS)
        visits.noticed(world, held)

    (event,) = events(petition, "finding")
    assert (event.happened_on, event.actor) == (world.today, world.officer)
    assert event.details["result"] == "Đang giải quyết"


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
    visits.noticed(world, held)

    assert petition.points.get().assessed_result == ""
    assert events(petition, "finding") == []


def test_a_result_taken_back_leaves_the_point_and_what_an_earlier_session_found_stands(world):
    petition = world.answered()
    point = petition.points.get()
    earlier = visits.session(world, petition, held_on=world.today - timedelta(days=3))
    held = visits.session(world, petition)
    visits.find(held, point, by=world.officer, result=ResultClass.NOT_RESOLVED)
    visits.find(earlier, point, by=world.officer, result=ResultClass.IN_PROGRESS)
    assert petition.points.get().assessed_result == ResultClass.NOT_RESOLVED

    visits.find(held, petition.points.get(), by=world.officer, result="")
    assert petition.points.get().assessed_result == ResultClass.IN_PROGRESS

    visits.find(earlier, petition.points.get(), by=world.officer, result="")
    assert petition.points.get().assessed_result == ""


def test_recording_again_corrects_the_finding_and_the_point(world):
    petition = world.answered()
    point = petition.points.get()
    held = visits.session(world, petition)
    visits.find(held, point, by=world.officer, result=ResultClass.IN_PROGRESS)

    visits.find(held, PetitionPoint.objects.get(pk=point.pk), by=world.officer, result=ResultClass.NOT_RESOLVED)

    assert held.findings.count() == 1
    assert petition.points.get().assessed_result == ResultClass.NOT_RESOLVED
    assert point.findings.get().history.count() == 2


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
