"""petitions/workflow/intake.py: merging, taking apart, setting aside, taking up again. Nothing is ever lost."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from petitions import workflow
from petitions.models import Assignment, Petition
from petitions.models.petitions import Status
from tests.petitions.test_intake import said
from tests.records import VERBATIM, VOTER
from tests.refusals import refused

MAY = {"officer", "leader"}


def merge(petition, into, world):
    return workflow.merge(petition, into=into, by=world.officer)


def half_returned(world):
    """A petition of which the department still holds point 1, and which was classified again."""
    petition = world.forwarded(points=["Một.", "Hai."])
    second = Assignment.objects.get(point__petition=petition, point__number=2)
    workflow.return_(second, by=world.drafter, reason="not_competent", explanation="Sở Y tế")
    return workflow.classify(petition, by=world.officer, policy_field=world.field, authority_level="provincial")


class TestMerging:
    def test_it_keeps_all_it_has(self, world):
        petition, survivor = world.logged(voter=VOTER, verbatim=VERBATIM, points=["Một.", "Hai."]), world.logged()

        petition = merge(petition, survivor, world)

        assert (petition.status, petition.duplicate_of) == (Status.MERGED, survivor)
        origin = petition.origins.get()
        assert (origin.voter_name, origin.verbatim) == (VOTER["voter_name"], VERBATIM)
        assert petition.points.count() == 2
        assert (survivor.origins.count(), survivor.points.count()) == (1, 1)

    def test_both_timelines_tell_of_it(self, world):
        petition, survivor = world.logged(), world.logged()

        merge(petition, survivor, world)

        assert said(petition)[-1] == f"gộp vào {survivor.code}"
        assert said(survivor)[-1] == f"gộp {petition.code} vào kiến nghị này"

    def test_it_is_no_longer_counted(self, world):
        petition, survivor = world.logged(), world.logged()

        merge(petition, survivor, world)

        assert list(Petition.objects.counted()) == [survivor]
        assert list(Petition.objects.open()) == [survivor]

    def test_a_petition_already_on_its_way_can_survive(self, world):
        survivor = world.answered()

        assert merge(world.logged(), survivor, world).duplicate_of == survivor

    def test_not_into_itself(self, world):
        petition = world.logged()

        with refused("Không thể gộp một kiến nghị vào chính nó."):
            merge(petition, petition, world)

    def test_not_into_one_of_another_session_which_counts_its_own(self, world):
        earlier = world.logged(council_session=world.new_session(opens_on=date(2024, 7, 10)))

        with refused(f"{earlier.code} thuộc kỳ họp khác; hãy ghi là kiến nghị lặp lại thay vì gộp."):
            merge(world.logged(), earlier, world)

    def test_not_into_another_council(self, world, elsewhere):
        with refused("Không thể gộp kiến nghị của hai Hội đồng nhân dân."):
            merge(world.logged(), elsewhere.logged(), world)

    @pytest.mark.parametrize("act", ["merged", "set aside"])
    def test_not_into_one_that_is_itself_gone(self, world, act):
        gone = world.logged()
        if act == "merged":
            merge(gone, world.logged(), world)
        else:
            workflow.set_aside(gone, by=world.officer, why="đã trả lời tại chỗ")

        with refused(f"{gone.code} đã được gộp hoặc không chuyển."):
            merge(world.logged(), gone, world)

    def test_not_while_others_are_merged_into_it(self, world):
        middle = world.logged()
        merge(world.logged(), middle, world)

        with refused("Có kiến nghị khác đã gộp vào kiến nghị này. Hãy tách ra trước."):
            merge(middle, world.logged(), world)

    def test_not_while_it_stands_in_a_letter(self, world):
        petition = world.classified()
        world.planned(petition)

        with refused("Hãy rút ra khỏi công văn trước."):
            merge(petition, world.logged(), world)

    def test_not_once_it_is_forwarded(self, world):
        with refused("khi trạng thái là “đã chuyển”"):
            merge(world.forwarded(), world.logged(), world)

    def test_not_by_others(self, world):
        petition, survivor = world.logged(), world.logged()
        for role, user in world.people.items():
            if role not in MAY:
                with refused("Vai trò của bạn không được phép thực hiện"):
                    workflow.merge(petition, into=survivor, by=user)

    def test_not_while_an_agency_still_holds_a_point(self, world):
        with pytest.raises(PermissionDenied):
            merge(half_returned(world), world.logged(), world)


class TestTakingApart:
    def test_it_stands_on_its_own_again(self, world):
        petition, survivor = world.classified(voter=VOTER), world.logged()
        merge(petition, survivor, world)
        petition.refresh_from_db()

        petition = workflow.unmerge(petition, by=world.officer)

        assert (petition.status, petition.duplicate_of) == (Status.CLASSIFIED, None)
        assert petition.policy_field == world.field
        assert petition.origins.get().voter_name == VOTER["voter_name"]
        assert said(petition)[-1] == f"tách khỏi {survivor.code}"
        assert said(survivor)[-1] == f"tách khỏi {petition.code}"
        assert set(Petition.objects.counted()) == {petition, survivor}

    def test_only_what_is_merged(self, world):
        petition = world.logged()
        petition.duplicate_of = world.logged()

        with refused("khi trạng thái là “đã tiếp nhận”"):
            workflow.unmerge(petition, by=world.officer)

    def test_it_can_be_merged_again(self, world):
        petition, survivor = world.logged(), world.logged()
        for _time in range(2):
            petition = merge(petition, survivor, world)
            petition = workflow.unmerge(petition, by=world.leader)

        assert petition.status == Status.RECEIVED


class TestSettingAside:
    def test_the_reason_is_on_record(self, world):
        petition = workflow.set_aside(world.classified(), by=world.leader, why="đơn tố cáo")

        assert petition.status == Status.SET_ASIDE
        assert said(petition)[-1] == "không chuyển: đơn tố cáo"
        assert petition.history.first().history_change_reason == "đơn tố cáo"
        assert not Petition.objects.counted().exists()

    def test_it_can_be_taken_up_again(self, world):
        petition = workflow.set_aside(world.logged(), by=world.officer, why="đơn tố cáo")

        petition = workflow.reopen(petition, by=world.officer, why="cử tri nêu lại")

        assert petition.status == Status.RECEIVED
        assert said(petition)[-1] == "xem xét lại: cử tri nêu lại"

    def test_not_while_it_stands_in_a_letter(self, world):
        petition = world.classified()
        world.planned(petition)

        with refused("Hãy rút ra khỏi công văn trước."):
            workflow.set_aside(petition, by=world.officer, why="x")

    def test_not_once_it_is_forwarded(self, world):
        with refused("khi trạng thái là “đã chuyển”"):
            workflow.set_aside(world.forwarded(), by=world.officer, why="x")

    def test_only_what_is_set_aside_is_taken_up_again(self, world):
        with refused("khi trạng thái là “đã tiếp nhận”"):
            workflow.reopen(world.logged(), by=world.officer, why="x")

    def test_not_by_others(self, world):
        petition = world.logged()
        for role, user in world.people.items():
            if role not in MAY:
                with refused("Vai trò của bạn không được phép thực hiện: Không chuyển."):
                    workflow.set_aside(petition, by=user, why="x")

    def test_not_while_an_agency_still_holds_a_point(self, world):
        with pytest.raises(PermissionDenied):
            workflow.set_aside(half_returned(world), by=world.officer, why="x")


def facts(petition):
    """Everything a petition and what hangs on it says."""
    petition = Petition.objects.get(pk=petition.pk)
    parts = [*petition.points.order_by("pk"), *petition.origins.order_by("pk"),
             *Assignment.objects.filter(point__petition=petition).order_by("pk")]  # fmt: skip
    return [
        {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
        for record in (petition, *parts)
    ]


class TestTakingApartExactly:
    """Merging touches neither petition beyond the link, so taking apart gives both back as they were."""

    def test_both_are_as_they_were(self, world):
        absorbed, survivor = world.classified(points=["Một.", "Hai."]), world.forwarded()
        before = facts(absorbed), facts(survivor)

        petition = workflow.unmerge(workflow.merge(absorbed, into=survivor, by=world.officer), by=world.officer)

        assert petition.status == "classified"
        assert (facts(absorbed), facts(survivor)) == before

    def test_each_keeps_both_meetings_it_was_raised_at(self, world):
        pair = world.logged(voter=VOTER, verbatim=VERBATIM), world.logged()
        for petition in pair:
            workflow.add_origin(
                petition,
                by=world.officer,
                meeting=world.meeting,
                unit=world.ward,
                raised_on=world.today,
                verbatim="Nữa.",
            )
        before = [facts(petition) for petition in pair]
        absorbed, survivor = (Petition.objects.get(pk=petition.pk) for petition in pair)

        workflow.unmerge(workflow.merge(absorbed, into=survivor, by=world.officer), by=world.officer)

        assert [facts(petition) for petition in pair] == before
        assert [petition.origin_count for petition in Petition.objects.order_by("pk")] == [2, 2]

    def test_also_one_that_was_never_classified(self, world):
        absorbed, survivor = world.logged(), world.logged()
        before = facts(absorbed), facts(survivor)

        workflow.unmerge(workflow.merge(absorbed, into=survivor, by=world.officer), by=world.officer)

        assert (facts(absorbed), facts(survivor)) == before

    def test_what_was_edited_on_the_survivor_meanwhile_stays_there(self, world):
        absorbed, survivor = world.logged(points=["Một."]), world.logged(points=["Một."])
        before = facts(absorbed)
        workflow.merge(absorbed, into=survivor, by=world.officer)
        workflow.revise(survivor, by=world.officer, why="rõ hơn", title="Mới", points=["Một, rõ hơn.", "Hai."])
        workflow.add_origin(survivor, by=world.officer, unit=world.ward, raised_on=world.today)
        edited = facts(survivor)

        workflow.unmerge(Petition.objects.get(pk=absorbed.pk), by=world.officer)

        assert facts(absorbed) == before
        assert facts(survivor) == edited

    def test_a_chain_is_taken_apart_one_by_one(self, world):
        first, second, survivor = world.logged(), world.classified(), world.logged()
        for petition in (first, second):
            workflow.merge(petition, into=survivor, by=world.officer)

        workflow.unmerge(Petition.objects.get(pk=second.pk), by=world.officer)

        assert list(survivor.duplicates.all()) == [first]
        assert Petition.objects.get(pk=second.pk).status == "classified"

    def test_the_timeline_and_history_of_both_tell_it(self, world):
        absorbed, survivor = world.classified(), world.logged()
        workflow.unmerge(workflow.merge(absorbed, into=survivor, by=world.officer), by=world.officer)

        assert [e.kind for e in absorbed.events.all()] == ["unmerged", "merged", "classified", "received"]
        assert [e.kind for e in survivor.events.all()] == ["unmerged", "absorbed", "received"]
        assert [version.status for version in absorbed.history.order_by("history_id")][-2:] == ["merged", "classified"]
