"""petitions/forms/filters.py: each count equals its list; what is searched for is found, voters are not."""

from datetime import timedelta

import pytest

from directory.models import PolicyField
from petitions import workflow
from petitions.forms import PetitionFilterForm
from petitions.models import Assignment, Petition, ResultClass
from tests.kept import keeping
from tests.petitions.test_responding import give_back
from tests.records import VOTER
from tests.world import World


def form(world, user=None, session=None, **typed):
    return PetitionFilterForm(
        typed, user=user or world.officer, council_session=session or world.session, today=world.today
    )


def listed(*arguments, **typed):
    return list(form(*arguments, **typed).petitions())


def one_of_each(world):
    """One petition for each facet."""
    today = world.today
    found = {
        "new": world.logged(),
        "to_forward": world.classified(level="communal"),
        "soon": world.forwarded(due_on=today + timedelta(days=7)),
        "due today": world.forwarded(due_on=today),
        "later": world.forwarded(due_on=today + timedelta(days=8)),
        "returned": world.forwarded(),
        "overdue": world.forwarded(),
        "answered": world.answered(),
        "in progress": world.answered(answer={"result": ResultClass.IN_PROGRESS}),
        "set aside": workflow.set_aside(world.logged(), by=world.officer, why="x"),
    }
    give_back(found["returned"], world)
    clock = Assignment.objects.get(point__petition=found["overdue"]).clock
    clock.due_on = today - timedelta(days=1)
    clock.save()
    workflow.refresh(found["overdue"], by=world.officer)
    found["repeated"] = workflow.classify(
        world.logged(), by=world.officer, policy_field=world.field, authority_level="provincial",
        repeats=found["answered"],
    )  # fmt: skip
    found["merged"] = workflow.merge(world.logged(), into=found["new"], by=world.officer)
    return found


def build():
    world = World("kept", "tỉnh Ninh Bình")
    return world, one_of_each(world)


kept, copied = keeping(build)


@pytest.fixture
def full(copied):
    """A council with one petition for each facet."""
    return copied[0]


@pytest.fixture
def petitions(copied):
    return copied[1]


#: Which petitions each facet shows.
FACETS = {
    "": {"new", "to_forward", "soon", "due today", "later", "returned", "overdue", "answered", "in progress",
         "set aside", "repeated", "merged"},
    "new": {"new"},
    "to_forward": {"to_forward", "repeated"},
    "returned": {"returned"},
    "soon": {"soon", "due today"},
    "overdue": {"overdue"},
    "unanswered": {"soon", "due today", "later", "overdue"},
    "answered": {"answered", "in progress"},
    "repeated": {"repeated"},
    "merged": {"merged"},
}  # fmt: skip


class TestFacets:
    @pytest.mark.parametrize("facet", FACETS)
    def test_each_shows_its_petitions(self, full, petitions, facet):
        names = {petition: name for name, petition in petitions.items()}

        assert {names[petition] for petition in listed(full, facet=facet)} == FACETS[facet]

    def test_each_count_equals_its_list(self, full, petitions):
        counted = {facet.key: facet.count for facet in form(full).facets()}

        assert counted == {key: len(listed(full, facet=key)) for key in counted}
        assert set(counted) == set(FACETS)

    @pytest.mark.parametrize(
        "narrowed",
        [{"level": "communal"}, {"result": "in_progress"}, {"phase": "during"}, {"q": "kien nghi"}, {"q": "khong co"}],
    )
    def test_each_count_equals_its_list_whatever_else_is_chosen(self, full, petitions, narrowed):
        for facet in form(full, **narrowed).facets():
            assert facet.count == len(listed(full, facet=facet.key, **narrowed)), facet

    def test_a_facet_without_petitions_is_left_out_unless_chosen(self, world):
        world.logged()

        assert [facet.key for facet in form(world).facets()] == ["", "new"]
        assert [(f.key, f.count) for f in form(world, facet="merged").facets()] == [("", 1), ("new", 1), ("merged", 0)]

    def test_all_are_counted_in_one_query(self, full, petitions, django_assert_num_queries):
        filters = form(full)
        filters.is_valid()
        assert full.officer.sees_councils == {full.council.pk}

        with django_assert_num_queries(1):
            filters.facets()

    def test_a_petition_raised_twice_at_a_meeting_is_counted_once(self, world):
        petition = world.logged()
        workflow.add_origin(
            petition, by=world.officer, unit=world.commune, raised_on=world.today, meeting=world.meeting
        )

        assert listed(world, meeting=world.meeting.pk) == [petition]
        assert [facet.count for facet in form(world, meeting=world.meeting.pk).facets()] == [1, 1]


class TestOrder:
    def test_what_is_due_first_then_the_latest(self, world):
        later = world.forwarded(due_on=world.today + timedelta(days=9))
        first, second = world.logged(), world.logged()
        sooner = world.forwarded(due_on=world.today + timedelta(days=2))

        assert listed(world) == [sooner, later, second, first]


class TestNarrowing:
    def test_by_each_filter(self, full, petitions):
        answered = petitions["answered"]
        by = {
            "field": full.field.pk,
            "agency": full.department.pk,
            "place": full.commune.pk,
            "level": "provincial",
            "result": "resolved",
            "phase": "before",
            "meeting": full.meeting.pk,
            "q": answered.title,
        }

        assert listed(full, **by) == [answered]
        for name in by:
            assert answered in listed(full, **{name: by[name]})

    def test_by_place_and_agency_nothing_else_is_found(self, world):
        here, there = world.forwarded(), world.forwarded(unit=world.ward, lead=world.other_department)

        assert listed(world, place=world.ward.pk) == [there]
        assert listed(world, agency=world.department.pk) == [here]

    @pytest.mark.parametrize(
        "typed",
        [{"field": "x"}, {"agency": "999999"}, {"level": "x"}, {"result": "x"}, {"facet": "x"}, {"scope": "x"},
         {"meeting": "-1"}, {"place": "99999999999999999999999"}],
    )  # fmt: skip
    def test_a_filter_that_makes_no_sense_narrows_nothing(self, world, typed):
        petition = world.logged()

        assert listed(world, **typed) == [petition]
        assert form(world, **typed).pills() == []

    def test_filters_of_another_council_are_not_offered(self, world, elsewhere):
        elsewhere.answered()
        world.answered()
        fields = form(world).fields

        assert list(fields["field"].queryset) == [world.field]
        assert list(fields["agency"].queryset) == [world.department]
        assert list(fields["place"].queryset) == [world.commune]
        assert list(fields["meeting"].queryset) == [world.meeting]

    def test_places_and_agencies_read_as_in_a_sentence(self, world):
        world.forwarded()

        assert form(world).fields["agency"].choices == [("", "tất cả"), (world.department.pk, "Sở Xây dựng")]
        assert form(world).fields["place"].choices == [("", "tất cả"), (world.commune.pk, "Xã Yên Mô")]


class TestPills:
    def test_each_filter_in_force_is_one_in_words(self, world):
        world.answered()
        filters = form(
            world, agency=world.department.pk, place=world.commune.pk, result="in_progress", phase="before",
            field=world.field.pk, q="đèn", facet="new",
        )  # fmt: skip

        assert [(name, str(label), str(value)) for name, label, value in filters.pills()] == [
            ("field", "Lĩnh vực", "Giao thông"),
            ("agency", "Cơ quan chủ trì", "Sở Xây dựng"),
            ("place", "Địa bàn", "xã Yên Mô"),
            ("result", "Kết quả", "Đang giải quyết"),
            ("phase", "Thời điểm", "trước kỳ họp"),
            ("q", "Tìm", "đèn"),
        ]

    def test_none_where_nothing_was_chosen(self, world):
        assert form(world).pills() == []


class TestScope:
    @pytest.fixture
    def past(self, world):
        return world.new_session(opens_on=world.today - timedelta(days=200), number=1)

    def test_this_session_is_the_first_choice(self, world, past):
        world.logged(council_session=past)
        petition = world.logged()

        assert listed(world) == [petition]
        assert listed(world, scope="session") == [petition]

    def test_carried_over_is_what_earlier_sessions_left_unfinished(self, world, past):
        unfinished = [
            world.logged(council_session=past),
            world.forwarded(council_session=past),
            world.answered(council_session=past, answer={"result": "in_progress"}),
            world.answered(council_session=past, answer={"result": "not_resolved"}),
        ]
        world.answered(council_session=past)
        world.answered(council_session=past, answer={"result": "explained"})
        workflow.merge(world.logged(council_session=past), into=unfinished[0], by=world.officer)
        workflow.set_aside(world.logged(council_session=past), by=world.officer, why="x")
        world.logged()

        assert set(listed(world, scope="carried")) == set(unfinished)
        assert form(world).carried_over().count() == 4

    def test_nothing_is_carried_over_from_later_sessions(self, world, past):
        world.logged()

        assert listed(world, session=past, scope="carried") == []

    def test_what_a_succeeded_council_left_is_carried_over(self, world, elsewhere):
        elsewhere.council.successor = world.council
        elsewhere.council.save()
        elsewhere.session.opens_on = world.today - timedelta(days=100)
        elsewhere.session.save()
        petition = elsewhere.logged()

        assert listed(world, scope="carried") == [petition]

    def test_all_sessions(self, world, past, elsewhere):
        old, new = world.logged(council_session=past), world.logged()
        elsewhere.logged()

        assert listed(world, scope="all") == [new, old]

    def test_without_a_session_everything_one_may_see_is_shown(self, world):
        petition = world.logged()
        filters = PetitionFilterForm({}, user=world.officer, council_session=None, today=world.today)

        assert list(filters.petitions()) == [petition]
        assert not filters.carried_over().exists()


class TestSearch:
    @pytest.fixture
    def petition(self, world):
        return world.logged(
            title="Hệ thống chiếu sáng",
            points=["Đề nghị lắp đặt đèn đường."],
            voter=VOTER,
            verbatim="Tối om, bà con đi lại khó.",
            unit=world.ward,
            received_on=world.meeting.held_on.replace(year=2025),
        )

    @pytest.mark.parametrize(
        "words",
        [
            "KN-2025-00001",
            "kn 2025 00001",
            "Hệ thống chiếu sáng",
            "he thong CHIEU SANG",
            "lắp đặt đèn đường",
            "lap dat den duong",
            "phường Hoa Lư",
            "hoa lu",
            "tối om",
            "ba con di lai",
            "chiếu sá",
            "  đèn,  đường ",
        ],
    )
    def test_code_title_points_place_and_own_words_are_found(self, world, petition, words):
        world.logged(points=["Đề nghị xử lý rác thải."])

        assert listed(world, q=words) == [petition]

    @pytest.mark.parametrize(
        "words", ["Bưởi", "tran thi buoi", "ngõ Cam", "xóm Quýt", "0912 345 678", "0912345678", "voter_name"]
    )
    def test_voters_are_not(self, world, petition, words):
        assert listed(world, q=words) == []

    @pytest.mark.parametrize("words", ["hieu sang", "om", "sáng chiếu"])
    def test_words_are_found_from_their_beginning_and_in_order(self, world, petition, words):
        assert listed(world, q=words) == ([petition] if words == "om" else [])

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("Đề nghị UBND thành phố Ninh Bình sửa QL.1A.", "UBND TP. Ninh Binh"),
            ("Đề nghị UBND TP Ninh Bình sửa QL.1A.", "ủy ban nhân dân thành phố Ninh Bình"),
            ("Đề nghị UBND TP Ninh Bình sửa QL.1A.", "quốc lộ 1A"),
            ("Đường qua thị trấn Me xuống cấp.", "tt. Me"),
            ("Đường qua H.Gia Viễn xuống cấp.", "huyện Gia Viễn"),
        ],
    )
    def test_long_and_short_are_written_alike(self, world, said, words):
        world.logged(points=["Đề nghị xử lý rác thải."])
        petition = world.logged(points=[said])

        assert listed(world, q=words) == [petition]

    @pytest.mark.parametrize("words", ["KN 1", "kn1", "Kn-1", "KN 2025-1", "kn.1/2025", "KN 00001", "kn 2025 00001"])
    def test_the_number_alone_finds_its_petition(self, world, petition, words):
        for _other in range(2):
            world.logged(points=["Theo KN 1 đã nêu."], received_on=petition.received_on)

        assert listed(world, q=words) == [petition]

    @pytest.mark.parametrize(("words", "found"), [("KN 2024-1", 0), ("KN 9", 0), ("kn 2025", 1), ("kn 1 đã nêu", 0)])
    def test_other_numbers_years_and_words_are_not_taken_for_it(self, world, petition, words, found):
        assert len(listed(world, q=words)) == found

    @pytest.mark.parametrize("words", ["%", "_", "'", '"; --', "\\"])
    def test_signs_mean_nothing(self, world, petition, words):
        assert listed(world, q=words) == [petition]

    def test_what_was_corrected_is_found_by_the_new_words_only(self, world, petition):
        workflow.revise(petition, by=world.officer, why="nhầm", title="Vỉa hè", points=["Lát vỉa hè."])

        assert listed(world, q="via he") == [petition]
        assert listed(world, q="chieu sang") == []

    def test_a_merged_petition_is_still_found(self, world, petition):
        workflow.merge(petition, into=world.logged(), by=world.officer)

        assert Petition.objects.search("he thong chieu sang", user=world.officer).get() == petition


class TestBreakdown:
    """How the list divides by agency and field."""

    def counts(self, *arguments, **typed):
        filters = form(*arguments, **typed)
        return {name: {facet.label: facet.count for facet in facets} for name, _l, facets, _c in filters.breakdown()}

    def test_each_count_equals_the_list_it_leads_to(self, full):
        for facet in ("", "unanswered", "answered"):
            filters = form(full, facet=facet)
            for name, _label, facets, _chosen in filters.breakdown():
                for one in facets:
                    assert one.count == len(listed(full, **{"facet": facet, name: one.key}))

    def test_the_choice_made_is_set_aside_in_its_own_counts_and_narrows_the_rest(self, full, petitions):
        other = workflow.classify(
            full.logged(),
            by=full.officer,
            policy_field=PolicyField.objects.create(council=full.council, name="Y tế", committee=full.committee),
            authority_level="provincial",
        )
        workflow.classify(other, by=full.officer, policy_field=other.policy_field, authority_level="central")

        found = self.counts(full, field=other.policy_field_id)

        assert found == {"field": self.counts(full)["field"]}
        assert form(full, field=other.policy_field_id).total == 1

    def test_it_is_counted_in_the_same_query_as_the_facets(self, full, django_assert_num_queries):
        filters = form(full)
        filters.is_valid()
        full.officer.sees_councils  # noqa: B018 — read once for a request
        with django_assert_num_queries(1):
            list(filters.breakdown())
            filters.facets()
