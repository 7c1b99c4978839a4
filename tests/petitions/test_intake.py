"""petitions/workflow/intake.py: writing down, adding origins, correcting, classifying."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from petitions import workflow
from petitions.forms import ClassifyForm
from petitions.models import Assignment, Petition
from petitions.models.petitions import AuthorityLevel, Status
from tests.records import VERBATIM, VOTER
from tests.refusals import refused
from tests.world import World

MAY_LOG = {"officer"}
MAY_CLASSIFY = {"officer", "leader"}


def said(petition):
    """The timeline, oldest first."""
    return [event.sentence for event in petition.events.order_by("pk")]


def classify(petition, world, **details):
    defaults = {"by": world.officer, "policy_field": world.field, "authority_level": AuthorityLevel.PROVINCIAL}
    return workflow.classify(petition, **{**defaults, **details})


class TestLogging:
    def test_everything_typed_is_kept(self, world):
        petition = workflow.log(
            council_session=world.session,
            by=world.officer,
            title="Đèn đường",
            points=["Lắp đèn.", "Sửa đèn."],
            unit=world.ward,
            raised_on=date(2026, 1, 5),
            meeting=world.meeting,
            received_on=date(2026, 1, 9),
            voter=VOTER,
            verbatim=VERBATIM,
            kind="opinion",
            source="hotline",
            phase="after",
        )

        petition.refresh_from_db()
        assert (petition.title, petition.kind, petition.source, petition.phase) == (
            "Đèn đường", "opinion", "hotline", "after",
        )  # fmt: skip
        assert (petition.council, petition.status, petition.place) == (world.council, Status.RECEIVED, world.ward)
        assert list(petition.points.values_list("number", "content")) == [(1, "Lắp đèn."), (2, "Sửa đèn.")]
        origin = petition.origins.get()
        assert {name: getattr(origin, name) for name in VOTER} == VOTER
        assert (origin.verbatim, origin.unit, origin.meeting) == (VERBATIM, world.ward, world.meeting)
        assert (petition.received_on, origin.raised_on) == (date(2026, 1, 9), date(2026, 1, 5))

    def test_the_record_says_who_and_why(self, world):
        petition = world.logged()

        first = petition.history.last()
        assert (first.history_user, first.history_change_reason) == (world.officer, "ghi kiến nghị")
        assert said(petition) == ["đã tiếp nhận"]

    def test_codes_count_per_council_and_year(self, world, elsewhere):
        codes = [
            world.logged(received_on=date(2025, 12, 31)).code,
            world.logged(received_on=date(2026, 1, 1)).code,
            world.logged(received_on=date(2026, 1, 2)).code,
            elsewhere.logged(received_on=date(2026, 1, 2)).code,
            world.logged(received_on=date(2025, 12, 31)).code,
        ]

        assert codes == ["KN-2025-00001", "KN-2026-00001", "KN-2026-00002", "KN-2026-00001", "KN-2025-00002"]

    def test_numbers_count_per_session(self, world):
        other = world.new_session(opens_on=world.today, number=4)

        numbers = [world.logged().number, world.logged(council_session=other).number, world.logged().number]

        assert numbers == [1, 1, 2]

    def test_what_failed_takes_no_number(self, world):
        with pytest.raises(IntegrityError), transaction.atomic():
            world.logged(unit=None)

        assert world.logged().number == 1
        assert Petition.objects.count() == 1

    def test_it_is_received_today_unless_said_otherwise(self, world):
        assert world.logged(received_on=None).received_on == world.today

    def test_a_petition_without_points_is_refused(self, world):
        with refused("Kiến nghị cần có ít nhất một nội dung."):
            world.logged(points=[])

    def test_only_the_secretariat_officer_logs(self, world, elsewhere):
        others = [user for role, user in world.people.items() if role not in MAY_LOG]
        for user in [*others, elsewhere.officer]:
            with refused("Vai trò của bạn không được ghi kiến nghị của Hội đồng nhân dân tỉnh Ninh Bình"):
                world.logged(by=user)

        assert not Petition.objects.exists()

    def test_text_is_cleaned_on_the_way_in(self, world):
        petition = world.logged(title="  Đèn \u200b đường  ", points=["Lắp  đèn.\u00a0\r\n\r\n\r\n\r\nGấp."])

        petition.refresh_from_db()
        assert petition.title == "Đèn đường"
        assert petition.points.get().content == "Lắp đèn.\n\nGấp."


class TestAddingAnOrigin:
    def test_it_stands_beside_the_first(self, world):
        petition = world.logged(voter=VOTER)

        origin = workflow.add_origin(
            petition, by=world.officer, unit=world.ward, raised_on=world.today, verbatim="Cho xin cái đèn."
        )

        assert list(petition.origins.all()) == [petition.origins.first(), origin]
        petition.refresh_from_db()
        assert petition.place == world.commune
        assert said(petition)[-1] == "được nêu thêm tại Phường Hoa Lư"
        assert list(Petition.objects.search("phuong hoa lu", user=world.officer)) == [petition]
        assert list(Petition.objects.search("xin cai den", user=world.officer)) == [petition]

    def test_it_is_possible_whatever_became_of_the_petition(self, world):
        for petition in (world.forwarded(), world.answered()):
            workflow.add_origin(petition, by=world.officer, unit=world.ward, raised_on=world.today)
            assert petition.origins.count() == 2

    def test_others_are_refused(self, world):
        petition = world.logged()
        for role, user in world.people.items():
            if role not in MAY_LOG:
                with refused("Vai trò của bạn không được sửa kiến nghị"):
                    workflow.add_origin(petition, by=user, unit=world.ward, raised_on=world.today)

        assert petition.origins.count() == 1


class TestRevising:
    def revise(self, world, petition, **changes):
        defaults = {"by": world.officer, "why": "gõ nhầm", "title": "Đèn", "points": ["Lắp đèn.", "Sửa cầu."]}
        return workflow.revise(petition, **{**defaults, **changes})

    def test_title_and_points_change_with_the_reason(self, world):
        petition = world.logged(points=["Lắp dèn."])
        point = petition.points.get()

        petition = self.revise(world, petition)

        assert list(petition.points.values_list("content", flat=True)) == ["Lắp đèn.", "Sửa cầu."]
        assert petition.points.first() == point
        assert point.history.first().history_change_reason == "gõ nhầm"
        assert said(petition)[-1] == "sửa nội dung: gõ nhầm"
        assert list(Petition.objects.search("sua cau", user=world.officer)) == [petition]

    def test_surplus_points_go(self, world):
        petition = self.revise(world, world.logged(points=["Một.", "Hai.", "Ba."]), points=["Một."])

        assert list(petition.points.values_list("number", "content")) == [(1, "Một.")]

    def test_a_classified_petition_stays_classified(self, world):
        assert self.revise(world, world.classified()).status == Status.CLASSIFIED

    @pytest.mark.parametrize("status", ["forwarded", "returned", "merged", "set_aside"])
    def test_what_is_on_its_way_is_not_changed(self, world, status):
        survivor = world.logged() if status == "merged" else None
        petition = world.classified()
        petition.status, petition.duplicate_of = status, survivor
        petition.save()

        with refused("Kiến nghị đã được chuyển; không sửa nội dung được nữa."):
            self.revise(world, petition)

    def test_a_point_in_a_letter_is_not_removed(self, world):
        petition = world.classified(points=["Một.", "Hai."])
        world.planned(petition)

        with refused("Không bỏ được nội dung đã nằm trong công văn."):
            self.revise(world, petition, points=["Một."])

        assert petition.points.count() == 2

    def test_others_are_refused(self, world):
        petition = world.logged()
        for role, user in world.people.items():
            if role not in MAY_LOG:
                with refused("Vai trò của bạn không được sửa kiến nghị"):
                    self.revise(world, petition, by=user)

    def test_what_an_agency_still_holds_is_not_changed(self, world):
        petition = world.forwarded(points=["Một.", "Hai."])
        second = Assignment.objects.get(point__number=2)
        workflow.return_(second, by=world.drafter, reason="not_competent", explanation="Sở Y tế")
        petition = classify(petition, world)

        with pytest.raises(PermissionDenied):
            self.revise(world, petition, points=["Điều khác hẳn.", "Hai."])


class TestClassifying:
    def test_field_level_kind_and_the_earlier_petition(self, world):
        earlier = world.logged()

        petition = classify(world.logged(), world, kind="opinion", repeats=earlier)

        assert (petition.status, petition.policy_field, petition.authority_level) == (
            Status.CLASSIFIED, world.field, "provincial",
        )  # fmt: skip
        assert (petition.kind, petition.repeats) == ("opinion", earlier)
        assert list(earlier.repeated_by.all()) == [petition]
        assert said(petition)[-1] == "phân loại: Giao thông, cấp tỉnh"

    def test_the_kind_stays_where_none_is_given(self, world):
        assert classify(world.logged(kind="letter"), world).kind == "letter"

    def test_it_can_be_corrected(self, world):
        petition = classify(world.classified(), world, authority_level=AuthorityLevel.CENTRAL)

        assert petition.authority_level == "central"
        assert len(said(petition)) == 3

    def test_a_petition_in_a_draft_letter_is_left_alone(self, world):
        petition = world.classified()
        world.planned(petition)

        with refused("đang nằm trong dự thảo công văn chuyển"):
            classify(petition, world)

    def test_others_are_refused(self, world):
        petition = world.logged()
        for role, user in world.people.items():
            if role not in MAY_CLASSIFY:
                with refused("Vai trò của bạn không được phép thực hiện: Phân loại."):
                    classify(petition, world, by=user)


class TestTheEarlierPetitionByItsCode:
    def form(self, world, petition, code):
        typed = {
            "policy_field": world.field.pk,
            "authority_level": "provincial",
            "kind": "petition",
            "repeats": code,
        }
        return ClassifyForm(typed, petition=petition, user=User.objects.get(pk=world.officer.pk))

    def repeated(self, world, petition, code):
        form = self.form(world, petition, code)
        assert form.is_valid()
        return form.cleaned_data["repeats"]

    @pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
    def test_it_is_found_however_it_is_typed(self, world, typed):
        earlier, petition = world.logged(), world.logged()
        code = earlier.code.lower() if typed == "lower" else typed.format(earlier.code)

        form = self.form(world, petition, code)

        assert form.is_valid()
        assert form.cleaned_data["repeats"] == earlier

    def test_none_is_needed(self, world):
        form = self.form(world, world.logged(), "")

        assert form.is_valid()
        assert form.cleaned_data["repeats"] is None

    def test_one_that_does_not_exist_is_named(self, world):
        form = self.form(world, world.logged(), "kn-2020-00009")

        assert form.errors == {"repeats": ["Không có kiến nghị nào mang mã KN-2020-00009."]}

    def test_a_petition_does_not_repeat_itself(self, world):
        petition = world.logged()

        assert "repeats" in self.form(world, petition, petition.code).errors

    def test_one_of_another_council_is_not_found(self, world, elsewhere):
        foreign = elsewhere.logged(received_on=date(2024, 5, 5))

        assert "repeats" in self.form(world, world.logged(), foreign.code).errors

    def merged(self, world, *others):
        """Everybody sees the petitions of the councils that were merged into the world's."""
        for other in others:
            other.council.successor = world.council
            other.council.save()

    def test_one_of_a_council_that_was_merged_into_this_one_is_found(self, world, elsewhere):
        earlier, petition = elsewhere.logged(received_on=date(2024, 5, 5)), world.logged()
        self.merged(world, elsewhere)

        form = self.form(world, petition, earlier.code)

        assert form.is_valid()
        assert form.cleaned_data["repeats"] == earlier

    def test_where_both_have_the_code_that_of_the_own_council_is_meant(self, world, elsewhere):
        own, other, petition = world.logged(), elsewhere.logged(), world.logged()
        assert own.code == other.code
        self.merged(world, elsewhere)

        assert self.repeated(world, petition, own.code) == own
        typed = f"{own.code} BP"
        assert self.repeated(world, petition, typed) == other

    def test_where_several_earlier_councils_have_the_code_it_is_asked_which(self, world, elsewhere):
        third = World("hg", "tỉnh Hà Giang")
        old = {"received_on": date(2024, 5, 5)}
        first, second, petition = elsewhere.logged(**old), third.logged(**old), world.logged()
        self.merged(world, elsewhere, third)

        form = self.form(world, petition, first.code)

        codes = f"{first.code} bp, {second.code} hg"
        words = f"Nhiều Hội đồng có kiến nghị mang mã này. Hãy ghi rõ một trong các mã: {codes}."
        assert form.errors == {"repeats": [words]}

    def test_opened_again_it_names_the_petition_it_repeats_beyond_doubt(self, world, elsewhere):
        _own, other = world.logged(), elsewhere.logged()
        self.merged(world, elsewhere)
        petition = classify(world.logged(), world, repeats=other)

        shown = ClassifyForm(petition=petition, user=world.officer).initial["repeats"]

        assert self.repeated(world, petition, shown) == other

    def test_districts_are_no_level_any_more(self, world):
        form = self.form(world, world.logged(), "")

        assert [level for level, _label in form.fields["authority_level"].choices] == [
            "central", "provincial", "communal",
        ]  # fmt: skip

    def test_a_council_that_has_ended_had_districts(self, world):
        petition = world.logged()
        petition.council.valid_to = date(2025, 6, 30)

        assert "district" in dict(self.form(world, petition, "").fields["authority_level"].choices)

    def test_a_field_no_longer_in_use_is_not_offered(self, world):
        world.field.is_in_use = False
        world.field.save()

        assert list(self.form(world, world.logged(), "").fields["policy_field"].queryset) == []
