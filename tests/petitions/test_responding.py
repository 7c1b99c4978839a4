"""petitions/workflow/assignments.py: accept, return, give again, grant more time. The chain of holders stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from petitions import workflow
from petitions.models import Assignment, Petition
from petitions.models.petitions import Status
from tests.kept import keeping, ready
from tests.petitions.test_intake import said
from tests.refusals import refused

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

WHY = {"reason": "not_competent", "explanation": "Việc của Sở Y tế"}


def fresh(petition):
    return Petition.objects.get(pk=petition.pk)


def assignment_of(petition, number=1, **which):
    return Assignment.objects.get(point__petition=petition, point__number=number, **which)


def assignments(petition):
    return Assignment.objects.filter(point__petition=petition).order_by("point__number")


def give_back(petition, world, number=1, **which):
    return workflow.return_(assignment_of(petition, number, **which), by=world.drafter, **WHY)


def give_again(petition, world, lead, coordinating=()):
    """A second letter for the points nobody has."""
    held = Assignment.objects.current().lead().values("point")
    forwarding = workflow.draft_forwarding(
        by=world.officer,
        issuer=world.standing,
        addressee=lead,
        due_on=world.today + timedelta(days=30),
        plan={point: (lead, list(coordinating)) for point in fresh(petition).points.exclude(pk__in=held)},
        signer=world.chair,
    )
    world.issue(forwarding.document, world.officer, world.leader, world.officer)
    return fresh(petition)


class TestAccepting:
    def test_the_agency_takes_the_point_on(self, world):
        petition = world.forwarded()

        assignment = workflow.accept(assignment_of(petition), by=world.head)

        assert assignment.status == Assignment.Status.ACCEPTED
        assert assignment.clock.stopped_on is None
        assert said(petition)[-1] == "Sở Xây dựng tỉnh Ninh Bình nhận nội dung 1"

    def test_only_once(self, world):
        petition = world.forwarded()
        workflow.accept(assignment_of(petition), by=world.drafter)

        with refused("Không thể thực hiện “Nhận” khi trạng thái là “đã nhận”."):
            workflow.accept(assignment_of(petition), by=world.drafter)

    def test_only_by_the_agency_asked(self, world):
        petition = world.forwarded()
        for user in (world.other_drafter, world.officer, world.registrar, world.delegate):
            with refused("Vai trò của bạn không được phép thực hiện: Nhận."):
                workflow.accept(assignment_of(petition), by=user)

    def test_not_before_the_letter_is_sent(self, world):
        petition = world.classified()
        world.planned(petition)

        with refused("khi trạng thái là “chưa gửi”"):
            workflow.accept(assignment_of(petition), by=world.drafter)


class TestReturning:
    def test_the_holder_stays_on_record_with_the_reason(self, world):
        petition = world.forwarded()

        assignment = give_back(petition, world)

        assert (assignment.status, assignment.ended_on) == (Assignment.Status.RETURNED, world.today)
        assert (assignment.return_reason, assignment.return_note) == ("not_competent", "Việc của Sở Y tế")
        assert assignment.clock.events.last().reason == "Việc của Sở Y tế"
        assignment.clock.refresh_from_db()
        assert assignment.clock.stopped_on == world.today
        assert said(petition)[-1] == (
            "Sở Xây dựng tỉnh Ninh Bình trả lại nội dung 1: không thuộc thẩm quyền — Việc của Sở Y tế"
        )

    def test_the_petition_is_back_with_the_secretariat(self, world):
        petition = world.forwarded()

        give_back(petition, world)

        petition = fresh(petition)
        assert (petition.status, petition.lead_agency, petition.due_on) == (Status.RETURNED, None, None)

    def test_an_accepted_point_can_still_be_returned(self, world):
        petition = world.forwarded()
        workflow.accept(assignment_of(petition), by=world.drafter)

        assert give_back(petition, world).status == Assignment.Status.RETURNED

    def test_only_by_the_agency_asked(self, world):
        petition = world.forwarded()
        for user in (world.other_drafter, world.officer, world.registrar):
            with refused("Vai trò của bạn không được phép thực hiện: Trả lại kèm lý do."):
                workflow.return_(assignment_of(petition), by=user, **WHY)

        assert fresh(petition).status == Status.FORWARDED

    def test_not_once_it_is_answered(self, world):
        petition = world.answered()

        with refused("khi trạng thái là “đã trả lời”"):
            give_back(petition, world)

    def test_one_point_of_several_leaves_the_others_where_they_are(self, world):
        petition = world.forwarded(points=["Một.", "Hai.", "Ba."])

        give_back(petition, world, number=2)

        petition = fresh(petition)
        assert petition.status == Status.RETURNED
        assert petition.lead_agency == world.department
        assert petition.due_on == world.today + timedelta(days=10)
        assert list(assignments(petition).waiting().values_list("point__number", flat=True)) == [1, 3]

    def test_the_rest_can_be_returned_too(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])

        give_back(petition, world, number=1)
        give_back(petition, world, number=2)

        assert fresh(petition).lead_agency is None

    def test_a_helper_who_returns_leaves_the_petition_forwarded(self, world):
        petition = world.forwarded(coordinating=[world.other_department])
        helper = assignment_of(petition, part="coordinating")

        workflow.return_(helper, by=world.other_drafter, **WHY)

        petition = fresh(petition)
        assert (petition.status, petition.lead_agency) == (Status.FORWARDED, world.department)


class TestGivingAgain:
    def test_the_second_letter_holds_only_what_was_returned(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])
        give_back(petition, world, number=2)

        petition = give_again(petition, world, world.other_department)

        assert petition.status == Status.FORWARDED
        leads = assignments(petition).waiting().lead()
        assert [(a.point.number, a.agency) for a in leads] == [(1, world.department), (2, world.other_department)]
        # The petition repeats the lead of its first point and the nearest day.
        assert (petition.lead_agency, petition.due_on) == (world.department, world.today + timedelta(days=10))

    def test_the_chain_of_holders_stays(self, world):
        petition = world.forwarded()
        give_back(petition, world)
        petition = give_again(petition, world, world.other_department)
        workflow.return_(assignment_of(petition, status="sent"), by=world.other_drafter, **WHY)
        petition = give_again(petition, world, world.department)

        chain = Assignment.objects.filter(point__petition=petition).order_by("pk")
        assert [(a.agency, a.status) for a in chain] == [
            (world.department, "returned"),
            (world.other_department, "returned"),
            (world.department, "sent"),
        ]

    def test_a_point_still_held_cannot_go_into_a_second_letter(self, world, as_):
        petition = world.forwarded(points=["Một.", "Hai."])
        give_back(petition, world, number=2)

        response = as_(world.officer).get(reverse("petitions:forward"), {"petition": petition.pk})

        assert [point.number for point in response.context["form"].points] == [2]

    def test_the_agency_that_helped_can_be_given_the_lead(self, world):
        petition = world.forwarded(coordinating=[world.other_department])
        give_back(petition, world, part="lead")

        petition = give_again(petition, world, world.other_department)

        assert petition.lead_agency == world.other_department

    def test_the_agency_that_helped_can_help_again(self, world):
        petition = world.forwarded(coordinating=[world.other_department])
        give_back(petition, world, part="lead")

        petition = give_again(petition, world, world.ubnd, coordinating=[world.other_department])

        assert petition.lead_agency == world.ubnd

    def test_a_returned_petition_need_not_be_classified_again(self, world):
        petition = world.forwarded()
        give_back(petition, world)

        assert workflow.plan_refusal(fresh(petition), world.officer) == ""


class TestGrantingMoreTime:
    def test_the_original_day_stays_known(self, world):
        petition = world.forwarded()

        world.more_time(assignment_of(petition), days=25)

        clock = assignment_of(petition).clock
        assert (clock.original_due_on, clock.due_on) == (
            world.today + timedelta(days=10),
            world.today + timedelta(days=25),
        )
        event = clock.events.last()
        assert (event.kind, event.reason, event.document) == ("extended", "chờ vốn", "12/SXD")
        assert fresh(petition).due_on == clock.due_on
        assert said(petition)[-1].endswith(": chờ vốn")

    def test_the_nearest_day_of_several_points_counts(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])

        world.more_time(assignment_of(petition), days=25)

        assert fresh(petition).due_on == world.today + timedelta(days=10)

    @pytest.mark.parametrize("days", [9, 10])
    def test_a_day_no_later_than_the_present_one_is_refused(self, world, days):
        petition = world.forwarded()

        with refused("Hạn mới phải sau hạn hiện tại."):
            world.more_time(assignment_of(petition), days=days)

        assert assignment_of(petition).clock.events.count() == 1


class TestThePages:
    def test_accept_takes_everything_that_was_sent(self, world, as_):
        petition = world.forwarded(points=["Một.", "Hai."])

        response = as_(world.drafter).post(reverse("petitions:accept", args=[petition.pk]), follow=True)

        assert "Đã nhận. Thời hạn tính từ ngày ban hành công văn chuyển." in response.content.decode()
        assert set(assignments(petition).values_list("status", flat=True)) == {"accepted"}

    def test_what_was_accepted_already_is_not_accepted_again(self, world, as_):
        petition = world.forwarded()
        workflow.accept(assignment_of(petition), by=world.head)

        response = as_(world.drafter).post(reverse("petitions:accept", args=[petition.pk]), follow=True)

        assert [str(said) for said in response.context["messages"]] == ["Cơ quan bạn đã nhận kiến nghị này rồi."]

    def test_return_offers_what_waits_and_returns_what_is_ticked(self, world, as_):
        petition = world.forwarded(points=["Một.", "Hai."])
        first, second = assignments(petition)
        client, address = as_(world.drafter), reverse("petitions:return", args=[petition.pk])
        assert list(client.get(address).context["form"].fields["assignments"].queryset) == [first, second]

        client.post(address, {"assignments": [second.pk], "reason": "unclear", "explanation": "Chưa rõ ở đâu"})

        assert assignment_of(petition, 1).status == Assignment.Status.SENT
        assert assignment_of(petition, 2).return_reason == "unclear"

    def test_return_without_an_explanation_says_so_beside_the_field(self, world, as_):
        petition = world.forwarded()
        address = reverse("petitions:return", args=[petition.pk])

        response = as_(world.drafter).post(address, {"assignments": [Assignment.objects.get().pk], "reason": "other"})

        assert response.context["form"].errors == {"explanation": ["Trường này là bắt buộc."]}
        assert assignment_of(petition).status == Assignment.Status.SENT

    @pytest.mark.parametrize("name", ["petitions:accept", "petitions:return"])
    def test_where_nothing_waits_the_page_says_so(self, world, as_, name):
        petition = world.answered()

        response = as_(world.drafter).post(reverse(name, args=[petition.pk]))

        assert response.status_code == 403
        assert "Không có nội dung nào của kiến nghị này đang chờ cơ quan bạn." in response.content.decode()

    def test_more_time_is_granted_on_the_page_of_the_clock(self, world, as_):
        petition = world.forwarded()
        address = reverse("deadlines:change", args=[assignment_of(petition).clock_id, "extend"])
        client = as_(world.officer)
        assert address in client.get(petition.get_absolute_url()).content.decode()

        client.post(address, {"due_on": f"{world.today + timedelta(days=25):%d/%m/%Y}", "reason": "chờ vốn"})

        assert fresh(petition).due_on == world.today + timedelta(days=25)
        assert said(petition)[-1].endswith(": chờ vốn")
