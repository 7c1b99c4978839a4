"""petitions/views: filters kept under a name, the list as a workbook, orders, letters and old names found."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from directory.models import AdministrativeUnit, UnitSuccession
from petitions import workflow
from petitions.forms import PetitionFilterForm
from petitions.models import Petition, SavedFilter
from petitions.views import lists
from petitions.workflow.places import find_by_new_names
from tests.records import VERBATIM, VOTER

INDEX = "/petitions/"


def rows(client, **query):
    content = client.get(reverse("petitions:export"), query).content
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def codes(client, **query):
    return [petition.code for petition in client.get(INDEX, query).context["page"]]


def test_the_export_holds_exactly_what_the_list_shows(world, as_):
    world.logged(points=["Sửa cầu."])
    world.forwarded(points=["Một.", "Hai."])
    client = as_(world.officer)

    for query in ({}, {"facet": "new"}, {"sort": "code"}, {"q": "sua cau"}, {"facet": "overdue"}):
        exported = [row[1] for row in rows(client, **query) if str(row[1]).startswith("KN-")]
        assert exported == codes(client, **query)


def test_the_export_says_its_filters_and_holds_no_voters_data(world, as_):
    world.logged(voter=VOTER, verbatim=VERBATIM, points=["=1+1"])

    found = rows(as_(world.officer), phase="before")

    words = " ".join(str(cell) for row in found for cell in row if cell)
    assert "Thời điểm: trước kỳ họp" in words
    assert "=1+1" in words
    assert not [detail for detail in (*VOTER.values(), VERBATIM) if detail in words]


@pytest.mark.parametrize("who", ["drafter", "delegate"])
def test_others_export_what_they_see(world, as_, who):
    world.logged()
    seen = world.forwarded()

    exported = [row[1] for row in rows(as_(getattr(world, who))) if str(row[1]).startswith("KN-")]

    assert seen.code in exported
    assert len(exported) == (1 if who == "drafter" else 2)


def test_places_stand_in_vietnamese_order(world, as_):
    names = ["xã Ý Yên", "xã Đông Hồ", "xã Ân Thi", "xã Dương Hà", "xã Ba Vì"]
    for number, name in enumerate(names):
        unit = AdministrativeUnit.objects.create(code=f"v{number}", name=name, level="commune", parent=world.province)
        world.logged(unit=unit, meeting=None)

    page = as_(world.officer).get(INDEX, {"sort": "place"}).context["page"]

    assert [petition.place.name for petition in page] == [
        "xã Ân Thi",
        "xã Ba Vì",
        "xã Dương Hà",
        "xã Đông Hồ",
        "xã Ý Yên",
    ]


@pytest.mark.parametrize("sort", ["place", "agency"])
@pytest.mark.parametrize("narrowed", [{}, {"facet": "unanswered"}, {"q": "kien nghi"}])
def test_pages_of_a_sorted_list_follow_one_another(world, as_, monkeypatch, sort, narrowed):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    for _round in range(2):
        for unit, lead in ((world.ward, world.department), (world.commune, world.other_department)):
            world.forwarded(unit=unit, lead=lead)
    world.logged()
    client = as_(world.officer)

    whole = PetitionFilterForm(
        {"sort": sort, **narrowed}, user=world.officer, council_session=world.session, today=world.today
    )

    expected = [petition.code for petition in whole.petitions()]
    paged = [code for page in (1, 2, 3) for code in codes(client, sort=sort, page=page, **narrowed)]
    assert paged[: len(expected)] == expected
    assert len(expected) >= 4


def test_a_petition_is_found_by_the_number_of_its_letters(world, as_):
    petition = world.answered()
    world.logged()
    letters = [event.details["letter"] for event in petition.events.all() if "letter" in event.details]

    assert len(letters) == 2
    assert {tuple(codes(as_(world.officer), q=letter)) for letter in letters} == {(petition.code,)}


def test_a_petition_is_found_by_old_and_new_names_of_its_place(world, as_):
    old = AdministrativeUnit.objects.create(
        code="old", name="xã Khánh Lợi", level="commune", parent=world.province, valid_to="2025-06-30"
    )
    UnitSuccession.objects.create(predecessor=old, successor=world.commune, effective_on="2025-07-01")
    then, now = world.logged(unit=old), world.logged()
    client = as_(world.officer)

    assert set(codes(client, q="khanh loi")) == {then.code, now.code}
    assert set(codes(client, q="yen mo")) == {then.code, now.code}


@pytest.fixture
def merged_twice(world):
    """A commune of a district that became part of another in 2020, and that of one of today."""
    district = unit_before(world, "huyện Gia Viễn", "district")
    first, second = (unit_before(world, name, parent=district) for name in ("xã Gia Thắng", "xã Gia Lập"))
    UnitSuccession.objects.create(predecessor=first, successor=second, effective_on="2020-01-01")
    UnitSuccession.objects.create(predecessor=second, successor=world.commune, effective_on="2025-07-01")
    return first


def unit_before(world, name, level="commune", parent=None):
    return AdministrativeUnit.objects.create(
        code=name, name=name, level=level, parent=parent or world.province, valid_to="2025-06-30"
    )


@pytest.mark.parametrize("words", ["huyện Gia Viễn", "H. Gia Viễn", "gia thang", "xã Gia Lập", "X. Yên Mô"])
def test_a_place_is_found_by_its_district_and_through_every_merger(world, merged_twice, words):
    then, now = world.logged(unit=merged_twice), world.logged()
    elsewhere = world.logged(unit=world.ward)

    found = set(
        PetitionFilterForm(
            {"q": words}, user=world.officer, council_session=world.session, today=world.today
        ).petitions()
    )

    assert found == {then, now}
    assert elsewhere not in found


def test_a_circle_of_mergers_ends(world, merged_twice):
    UnitSuccession.objects.create(predecessor=world.commune, successor=merged_twice, effective_on="2025-08-01")

    assert " xa gia lap " in world.logged().search_text


def test_what_was_logged_before_a_merger_was_recorded_is_found_by_the_new_name_after_the_duty(world):
    old = unit_before(world, "xã Gia Thắng")
    petition, _other = world.logged(unit=old), world.logged(unit=world.ward)
    UnitSuccession.objects.create(predecessor=old, successor=world.commune, effective_on="2025-07-01")
    assert not Petition.objects.search("yen mo", user=world.officer)

    assert find_by_new_names(timezone.now()) == 1
    assert list(Petition.objects.search("yen mo", user=world.officer)) == [petition]
    assert find_by_new_names(timezone.now()) == 0


class TestSavedFilters:
    def save(self, client, **data):
        return client.post(
            reverse("petitions:save_filter"), {"name": "Quá hạn", "query": "facet=overdue&page=7&x=1", **data}
        )

    def test_a_filter_is_kept_and_leads_back(self, world, as_):
        client = as_(world.officer)

        response = self.save(client)

        assert response["Location"] == "/petitions/?facet=overdue"
        assert "Quá hạn" in client.get(INDEX).content.decode()

    def test_the_same_name_changes_what_it_shows(self, world, as_):
        client = as_(world.officer)
        self.save(client)
        self.save(client, query="facet=new")

        assert SavedFilter.objects.get().query == "facet=new"

    def test_it_is_private_unless_shared(self, world, as_, elsewhere):
        self.save(as_(world.officer))
        self.save(as_(world.officer), name="Chung", is_shared="on")

        shown = {
            who: set(SavedFilter.objects.visible_to(user).values_list("name", flat=True))
            for who, user in {"officer": world.officer, "leader": world.leader, "stranger": elsewhere.officer}.items()
        }
        assert shown == {"officer": {"Quá hạn", "Chung"}, "leader": {"Chung"}, "stranger": set()}

    def test_only_its_owner_forgets_it(self, world, as_):
        self.save(as_(world.officer), is_shared="on")
        saved = SavedFilter.objects.get()

        assert as_(world.leader).post(reverse("petitions:forget_filter", args=[saved.pk])).status_code == 404
        as_(world.officer).post(reverse("petitions:forget_filter", args=[saved.pk]))
        assert not SavedFilter.objects.exists()

    def test_a_filter_without_a_name_is_refused(self, world, as_):
        self.save(as_(world.officer), name=" ")

        assert not SavedFilter.objects.exists()


def test_undone_imports_are_in_no_list(world, as_):
    petition = world.logged()
    workflow.PETITIONS.take_many("undo_import", [petition], by=world.officer)

    assert codes(as_(world.officer)) == []
    assert codes(as_(world.officer), scope="all") == []
    assert petition.history.first().history_change_reason == "Hoàn tác lần nhập"
