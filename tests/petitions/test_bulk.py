"""Many petitions at once: what is proposed, what becomes of each, what can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.models import AgencySuccession
from documents import workflow as documents
from petitions import workflow
from petitions.models import AgencyRule, Assignment, BulkAct, Forwarding, Petition, Proposals
from tests.counting import queries
from tests.petitions.test_responding import give_back
from tests.refusals import refused

BULK = "/petitions/bulk/"


def classify(petitions, world, by=None):
    return workflow.classify_many(
        petitions, by=by or world.officer, policy_field=world.field, authority_level="provincial"
    )


def outcomes(act):
    return [(row.petition, row.outcome) for row in act.rows.order_by("pk")]


class TestClassifying:
    def test_each_has_its_result_and_one_refused_does_not_stop_the_others(self, world):
        fresh, sent, other = world.logged(), world.forwarded(), world.logged()

        act = classify([fresh, sent, other], world)

        assert outcomes(act) == [(fresh, "done"), (sent, "refused"), (other, "done")]
        assert "đã chuyển" in act.rows.get(petition=sent).why
        fresh.refresh_from_db()
        assert (fresh.status, fresh.policy_field) == ("classified", world.field)
        assert [event.kind for event in fresh.events.all()] == ["classified", "received"]

    def test_a_field_of_another_council_is_refused(self, world, elsewhere):
        (row,) = workflow.classify_many(
            [world.logged()], by=world.officer, policy_field=elsewhere.field, authority_level="provincial"
        ).rows.all()

        assert (row.outcome, row.why) == ("refused", "Lĩnh vực này thuộc Hội đồng khác.")

    def test_nothing_chosen_is_refused(self, world):
        with pytest.raises(ValidationError):
            classify([], world)


class TestTakingBack:
    def test_it_is_as_it_was_where_nothing_happened_since(self, world):
        fresh, touched, again = world.logged(), world.logged(), world.classified()
        act = classify([fresh, touched, again], world)
        workflow.add_origin(touched, by=world.officer, unit=world.ward, raised_on=world.today)

        assert workflow.undo_many(act, by=world.officer) == 2

        assert outcomes(act) == [(fresh, "undone"), (touched, "done"), (again, "undone")]
        assert list(Petition.objects.order_by("pk").values_list("status", "policy_field")) == [
            ("received", None), ("classified", world.field.pk), ("classified", world.field.pk),
        ]  # fmt: skip

    def test_not_once_it_stands_in_a_letter(self, world):
        petition = world.logged()
        act = classify([petition], world)
        world.planned(Petition.objects.get(pk=petition.pk))

        row = act.rows.get()
        assert workflow.undo_refusals([row], world.officer) == {row: "Kiến nghị đã nằm trong một công văn chuyển."}
        assert workflow.undo_many(act, by=world.officer) == 0

    def test_set_aside_is_taken_up_again(self, world):
        petition = world.logged()
        act = workflow.set_aside_many([petition], by=world.officer, why="Đã trả lời tại chỗ")

        workflow.undo_many(act, by=world.officer)

        assert Petition.objects.get().status == "received"
        assert workflow.undo_many(act, by=world.officer) == 0

    def test_set_aside_when_classified_it_is_classified_again(self, world):
        petition = world.classified()
        act = workflow.set_aside_many([petition], by=world.officer, why="Đã trả lời tại chỗ")

        assert workflow.undo_many(act, by=world.officer) == 1

        petition = Petition.objects.get()
        assert (petition.status, petition.policy_field) == ("classified", world.field)
        assert petition.history.first().history_change_reason == "hoàn tác xử lý hàng loạt"
        assert petition.events.first().kind == "reopened"

    def test_returned_by_the_agency_it_is_returned_again(self, world):
        petition = world.forwarded()
        give_back(petition, world)
        act = classify([Petition.objects.get()], world)
        assert Petition.objects.get().status == "classified"

        assert workflow.undo_many(act, by=world.officer) == 1

        assert Petition.objects.get().status == "returned"

    def test_not_by_who_may_not_classify(self, world):
        for act in (
            workflow.set_aside_many([world.classified()], by=world.officer, why="x"),
            classify([world.classified()], world),
        ):
            with refused("Vai trò của bạn không được"):
                workflow.undo_many(act, by=world.drafter)
            assert act.rows.get().outcome == "done"


class TestForwarding:
    def test_one_letter_per_agency_with_its_petitions(self, world):
        first, second, third = (world.classified() for _number in range(3))
        waiting = world.logged()
        chosen = {first: world.department, second: world.other_department, third: world.department,
                  waiting: world.department}  # fmt: skip

        act = workflow.forward_many(
            chosen, by=world.officer, issuer=world.standing, due_on=world.today + timedelta(days=9), signer=world.chair
        )

        letters = {f.addressee: {a.point.petition for a in f.assignments.all()} for f in Forwarding.objects.all()}
        assert letters == {world.department: {first, third}, world.other_department: {second}}
        assert dict(outcomes(act))[waiting] == "refused"
        assert set(Assignment.objects.values_list("status", flat=True)) == {"planned"}
        assert Forwarding.objects.first().document.status == "draft"

    def test_petitions_leave_draft_letters_again(self, world, as_):
        first, second, third = (world.classified() for _number in range(3))
        act = workflow.forward_many(
            {first: world.department, second: world.department, third: world.other_department},
            by=world.officer,
            issuer=world.standing,
            due_on=world.today + timedelta(days=9),
            signer=world.chair,
        )
        letter = Forwarding.objects.get(addressee=world.other_department)
        documents.submit(letter.document, by=world.officer)
        page = as_(world.officer).get(act.get_absolute_url())
        assert page.context["undoable"] == 2
        assert "Không hoàn tác được: Chỉ sửa được khi còn là dự thảo" in page.content.decode()

        assert workflow.undo_many(act, by=world.officer) == 2

        assert outcomes(act) == [(first, "undone"), (second, "undone"), (third, "done")]
        assert Forwarding.objects.get(addressee=world.department).document.status == "abandoned"
        assert [a.point.petition for a in Assignment.objects.filter(status="planned")] == [third]


class TestProposals:
    def propose(self, world, petition):
        return Proposals(world.council, world.today).agency(petition)

    def rule(self, world, agency, unit=None):
        return AgencyRule.objects.create(council=world.council, policy_field=world.field, agency=agency, unit=unit)

    def test_the_rule_for_the_place_comes_before_that_of_the_field(self, world):
        here, there = world.classified(), world.classified(unit=world.ward, meeting=None)
        self.rule(world, world.department)
        self.rule(world, world.other_department, unit=world.ward)

        assert self.propose(world, here) == world.department
        assert self.propose(world, there) == world.other_department
        assert self.propose(world, world.logged()) is None

    def test_an_ended_agency_is_replaced_by_its_successor_in_the_field(self, world):
        self.rule(world, world.department)
        world.department.valid_to = world.today - timedelta(days=1)
        world.department.save()
        petition = world.classified()
        assert self.propose(world, petition) is None

        AgencySuccession.objects.create(predecessor=world.department, successor=world.ubnd, effective_on=world.today)
        AgencySuccession.objects.create(
            predecessor=world.department,
            successor=world.other_department,
            policy_field=world.field,
            effective_on=world.today,
        )

        assert self.propose(world, petition) == world.other_department


class TestPages:
    def test_the_preview_says_what_will_happen_to_each_and_does_nothing(self, world, as_):
        fresh, sent = world.logged(), world.forwarded()
        data = {"petition": [fresh.pk, sent.pk], "kind": "classify", "policy_field": world.field.pk,
                "authority_level": "provincial", "preview": "1"}  # fmt: skip

        page = as_(world.officer).post(BULK, data).content.decode()

        assert page.count("Sẽ thực hiện") == 1
        assert page.count("Giữ nguyên") == 1
        assert "Thực hiện với 1 kiến nghị" in page
        assert not BulkAct.objects.exists()

    def test_confirmed_it_is_done_and_can_be_taken_back(self, world, as_):
        fresh, client = world.logged(), as_(world.officer)
        data = {"petition": [fresh.pk], "kind": "classify", "policy_field": world.field.pk, "confirm": "classify",
                "authority_level": "provincial", "seen": [f"{fresh.pk}.received.0"]}  # fmt: skip

        page = client.post(BULK, data, follow=True)
        assert page.context["act"].rows.get().outcome == "done"
        client.post(reverse("petitions:undo_bulk", args=[BulkAct.objects.get().pk]))

        assert Petition.objects.get().status == "received"

    def test_only_what_was_shown_as_it_stands_is_done(self, world, as_):
        fresh, sent = world.logged(), world.forwarded()
        client = as_(world.officer)
        data = {"petition": [fresh.pk, sent.pk], "kind": "classify", "policy_field": world.field.pk,
                "authority_level": "provincial"}  # fmt: skip
        shown = client.post(BULK, data | {"preview": "1"}).context["rows"]
        seen = [stamp for _petition, _why, _field, stamp in shown if stamp]
        give_back(sent, world)  # may be classified from now on

        client.post(BULK, data | {"seen": seen, "confirm": "classify"})

        rows = {row.petition: (row.outcome, row.why) for row in BulkAct.objects.get().rows.all()}
        assert rows == {
            fresh: ("done", ""),
            sent: ("refused", "Kiến nghị đã thay đổi sau khi xem trước; hãy xem lại."),
        }

    def test_before_anything_is_chosen_nothing_is_promised(self, world, as_):
        page = as_(world.officer).get(f"{BULK}?petition={world.logged().pk}").content.decode()

        assert "Sẽ thực hiện" not in page
        assert "Có thể thực hiện" in page

    def test_what_is_missing_is_said_beside_its_field(self, world, as_):
        data = {"petition": [world.logged().pk], "kind": "classify", "confirm": "classify"}

        response = as_(world.officer).post(BULK, data)

        assert set(response.context["form"].errors) == {"policy_field", "authority_level"}

    def test_another_act_than_the_one_seen_is_shown_before_it_is_done(self, world, as_):
        petition = world.classified()
        data = {"petition": [petition.pk], "kind": "set_aside", "why": "Đã trả lời tại chỗ"}
        client = as_(world.officer)

        page = client.post(BULK, data | {"confirm": "classify"}).content.decode()

        assert "Bạn đã chọn việc khác" in page
        assert 'name="confirm" value="set_aside"' in page
        assert not BulkAct.objects.exists()
        client.post(BULK, data | {"confirm": "set_aside", "seen": [f"{petition.pk}.classified.{world.field.pk}"]})
        assert Petition.objects.get().status == "set_aside"

    def test_an_act_that_does_not_exist_is_refused_beside_its_field(self, world, as_):
        response = as_(world.officer).post(BULK, {"petition": [world.logged().pk], "kind": "xyz", "confirm": "xyz"})

        assert set(response.context["form"].errors) == {"kind"}
        assert not BulkAct.objects.exists()

    @pytest.mark.parametrize("number", ["9" * 23, "9" * 5000, "x", ""])
    def test_a_number_that_names_no_petition_is_passed_over(self, world, as_, number):
        petition = world.logged()

        response = as_(world.officer).post(BULK, {"petition": [number, petition.pk], "kind": "classify"})

        assert [petition for petition, _why, _field, _seen in response.context["rows"]] == [petition]

    def test_the_whole_filtered_set_is_taken(self, world, as_):
        petitions = {world.logged(), world.logged()}
        world.classified()

        response = as_(world.officer).get(BULK, {"all": "1", "list": "facet=new"})

        assert {petition for petition, _why, _field, _seen in response.context["rows"]} == petitions

    def test_the_whole_list_of_a_session_named_in_its_address_is_taken_from_that_session(self, world, as_):
        past = world.new_session(opens_on=world.today - timedelta(days=200), number=1)
        petition = world.logged(council_session=past)
        world.logged()

        response = as_(world.officer).get(BULK, {"all": "1", "list": f"session={past.pk}"})

        assert [petition for petition, _why, _field, _seen in response.context["rows"]] == [petition]

    def test_agencies_are_proposed_and_letters_drafted(self, world, as_):
        petition = world.classified()
        AgencyRule.objects.create(council=world.council, policy_field=world.field, agency=world.department)
        client = as_(world.officer)
        page = client.post(BULK, {"petition": [petition.pk], "kind": "forward", "preview": "1"})
        (_petition, _why, field, _seen) = page.context["rows"][0]
        assert (field.initial, field.value()) == (world.department, world.department.pk)
        nobody = {"petition": [petition.pk], "kind": "forward", "confirm": "forward", f"agency_{petition.pk}": "",
                  "due_on": f"{world.today + timedelta(days=9):%d/%m/%Y}"}  # fmt: skip
        assert "Hãy chọn cơ quan cho ít nhất một kiến nghị." in client.post(BULK, nobody).content.decode()

        data = {"petition": [petition.pk], "kind": "forward", "confirm": "forward", "signer": world.chair.pk,
                "seen": [f"{petition.pk}.classified.{world.field.pk}"],
                f"agency_{petition.pk}": world.department.pk,
                "due_on": f"{world.today + timedelta(days=9):%d/%m/%Y}"}  # fmt: skip
        client.post(BULK, data)

        assert Forwarding.objects.get().addressee == world.department

    def test_rules_are_kept_by_the_secretariat(self, world, as_):
        rules = reverse("petitions:rules")
        client = as_(world.officer)
        for _time in range(2):
            page = client.post(rules, {"policy_field": world.field.pk, "agency": world.department.pk})

        assert "Đã có quy tắc" in page.content.decode()
        client.post(reverse("petitions:drop_rule", args=[AgencyRule.objects.get().pk]))
        assert not AgencyRule.objects.exists()
        assert as_(world.drafter).get(rules).status_code == 403

    def test_the_number_of_queries_does_not_grow(self, world, as_):
        client = as_(world.officer)
        one = queries(client, f"{BULK}?petition={world.logged().pk}")
        pks = "&".join(f"petition={world.logged().pk}" for _number in range(3))

        assert queries(client, f"{BULK}?{pks}") == one
