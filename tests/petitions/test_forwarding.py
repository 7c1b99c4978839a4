"""petitions/workflow/forwarding.py: one letter, many petitions, one addressee."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from documents import workflow as documents
from documents.models import Status as DocumentStatus
from petitions import workflow
from petitions.models import Assignment, Petition
from petitions.models.petitions import Status
from tests.refusals import refused


def test_issuing_the_letter_sends_every_point_to_its_agency(world):
    first, second = world.classified(points=["Một.", "Hai."]), world.classified()
    forwarding = world.planned(first, second, coordinating=[world.other_department])

    document = world.issue(forwarding.document, world.officer, world.leader, world.officer)

    assert document.status == DocumentStatus.ISSUED
    assert set(Petition.objects.values_list("status", flat=True)) == {Status.FORWARDED}
    sent = Assignment.objects.filter(status=Assignment.Status.SENT)
    assert sent.lead().count() == 3
    assert sent.filter(part=Assignment.Part.COORDINATING, agency=world.other_department).count() == 3
    assert set(sent.values_list("sent_on", flat=True)) == {world.today}
    assert set(sent.values_list("clock__due_on", flat=True)) == {world.today + timedelta(days=10)}


def test_the_petition_repeats_lead_agency_and_due_date(world):
    petition = world.forwarded()

    assert petition.lead_agency == world.department
    assert petition.due_on == world.today + timedelta(days=10)


def test_a_petition_not_classified_cannot_be_planned(world):
    petition = world.logged()

    with pytest.raises(ValidationError, match="đã tiếp nhận"):
        world.planned(petition)

    assert not Assignment.objects.exists()


def test_a_petition_set_aside_since_the_plan_was_made_is_refused(world):
    petition = world.classified()
    plan = {point: (world.department, []) for point in petition.points.select_related("petition")}
    workflow.set_aside(petition, by=world.officer, why="Đã trả lời tại chỗ")

    with refused("chỉ chuyển kiến nghị"):
        workflow.draft_forwarding(
            by=world.officer, issuer=world.standing, addressee=world.department, due_on=world.today, plan=plan
        )

    assert not Assignment.objects.exists()


def test_a_petition_cannot_stand_in_two_drafts(world):
    petition = world.classified()
    world.planned(petition)

    with pytest.raises(ValidationError, match="một dự thảo khác"):
        world.planned(petition)


def test_only_the_secretariat_officer_forwards(world):
    petition = world.classified()

    with pytest.raises(ValidationError, match="không được chuyển"):
        workflow.draft_forwarding(
            by=world.leader,
            issuer=world.standing,
            addressee=world.department,
            due_on=world.today,
            plan={point: (world.department, []) for point in petition.points.all()},
        )


def test_an_abandoned_letter_gives_its_petitions_free(world):
    petition = world.classified()
    forwarding = world.planned(petition)

    documents.abandon(forwarding.document, by=world.officer)

    assert Assignment.objects.get().status == Assignment.Status.WITHDRAWN
    assert workflow.plan_refusal(petition, world.officer) == ""


class TestLeavingOut:
    def test_one_petition_leaves_a_draft_and_waits_again(self, world):
        staying, leaving = world.classified(points=["Một."]), world.classified(points=["Hai.", "Ba."])
        forwarding = world.planned(staying, leaving, coordinating=[world.other_department])

        workflow.leave_out(forwarding, leaving, by=world.officer)

        planned = Assignment.objects.filter(status=Assignment.Status.PLANNED)
        assert {assignment.point.petition for assignment in planned} == {staying}
        assert workflow.plan_refusal(leaving, world.officer) == ""
        assert Petition.objects.get(pk=leaving.pk).lead_agency is None
        withdrawn = Assignment.objects.filter(point__petition=leaving).first()
        assert withdrawn.history.first().history_user == world.officer
        annex = forwarding.document.appendices.get().body
        assert staying.code in annex
        assert leaving.code not in annex

    def test_what_stopped_the_letter_is_taken_out_and_the_rest_goes(self, world):
        staying, leaving = world.classified(), world.classified()
        forwarding = world.planned(staying, leaving)
        Petition.objects.filter(pk=leaving.pk).update(status=Status.SET_ASIDE)
        with refused("Hãy rút khỏi công văn"):
            documents.submit(forwarding.document, by=world.officer)

        workflow.leave_out(forwarding, leaving, by=world.officer)

        assert documents.submit(forwarding.document, by=world.officer).status == DocumentStatus.SUBMITTED

    def test_the_last_one_is_not_taken_out(self, world):
        petition = world.classified(points=["Một.", "Hai."])

        with refused("Đây là kiến nghị duy nhất"):
            workflow.leave_out(world.planned(petition), petition, by=world.officer)

    def test_only_from_a_draft_and_only_by_who_may_change_it(self, world):
        one, two = world.classified(), world.classified()
        forwarding = world.planned(one, two)

        with pytest.raises(PermissionDenied):
            workflow.leave_out(forwarding, one, by=world.delegate)
        documents.submit(forwarding.document, by=world.officer)
        forwarding.refresh_from_db()
        with pytest.raises(PermissionDenied):
            workflow.leave_out(forwarding, one, by=world.officer)

    def test_the_page_offers_it_once_for_each_petition(self, world, as_):
        one, two = world.classified(points=["Một.", "Hai."]), world.classified()
        forwarding = world.planned(one, two)
        client, page = as_(world.officer), reverse("petitions:forwarding", args=[forwarding.pk])
        address = reverse("petitions:leave_out", args=[forwarding.pk, one.pk])
        assert client.get(page).content.decode().count(f'formaction="{address}"') == 1

        answer = client.post(address, follow=True)

        assert [str(said) for said in answer.context["messages"]] == [
            f"{one.code} đã rút khỏi công văn và chờ chuyển như trước."
        ]
        assert address not in answer.content.decode()


def test_replanning_changes_lead_and_due_date(world):
    petition = world.classified()
    forwarding = world.planned(petition)
    point = petition.points.get()

    workflow.replan(
        forwarding,
        by=world.officer,
        due_on=world.today + timedelta(days=20),
        plan={point: (world.other_department, [world.department])},
    )

    planned = Assignment.objects.filter(status=Assignment.Status.PLANNED)
    assert planned.lead().get().agency == world.other_department
    assert planned.filter(part=Assignment.Part.COORDINATING).get().agency == world.department
    forwarding.refresh_from_db()
    assert forwarding.due_on == world.today + timedelta(days=20)


def test_a_petition_merged_meanwhile_stops_the_letter(world):
    petition, survivor = world.classified(), world.classified()
    forwarding = world.planned(petition)

    with pytest.raises(PermissionDenied, match="dự thảo công văn chuyển"):
        workflow.merge(petition, into=survivor, by=world.officer)

    assert forwarding.assignments.filter(status=Assignment.Status.PLANNED).count() == 1
