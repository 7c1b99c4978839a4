"""directory/places.py and load_places: the provinces and communes of today."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from directory import places
from directory.models import AdministrativeUnit

NINH_BINH, HUE = 37, 46


@pytest.fixture
def loaded(db):
    return places.load([NINH_BINH])


def test_all_provinces_and_the_communes_of_one(loaded):
    province = AdministrativeUnit.objects.get(code="37")
    communes = AdministrativeUnit.objects.filter(level="commune")

    assert AdministrativeUnit.objects.filter(level="province").count() == 34
    assert (province.name, province.valid_from, province.parent) == ("tỉnh Ninh Bình", date(2025, 7, 1), None)
    assert loaded == AdministrativeUnit.objects.count() == 34 + communes.count()
    assert set(communes.values_list("parent", flat=True)) == {province.pk}
    assert communes.filter(name="xã Yên Mô").count() == 1


def test_loading_again_adds_nothing(loaded):
    before = list(AdministrativeUnit.objects.values_list("pk", "code", "name").order_by("pk"))

    assert places.load([NINH_BINH]) == 0
    assert list(AdministrativeUnit.objects.values_list("pk", "code", "name").order_by("pk")) == before


def test_a_second_province_is_added_to_the_first(loaded):
    added = places.load([HUE])

    assert added == AdministrativeUnit.objects.filter(parent__code="46").count() > 0


def test_what_was_changed_by_hand_stays(loaded):
    unit = AdministrativeUnit.objects.get(code="37")
    unit.name = "tỉnh Ninh Bình (cũ)"
    unit.save()

    places.load([NINH_BINH])

    unit.refresh_from_db()
    assert unit.name == "tỉnh Ninh Bình (cũ)"


def test_the_kind_is_a_common_noun_in_lower_case(loaded):
    names = AdministrativeUnit.objects.values_list("name", flat=True)
    kinds = ("tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu ")

    assert [name for name in names if not name.startswith(kinds)] == []
    assert "thành phố Huế" in names


def test_every_place_has_a_history_that_says_where_it_comes_from(loaded):
    history = AdministrativeUnit.history.filter(history_type="+", history_change_reason="vietnam-provinces")

    assert history.count() == loaded


def test_the_command_says_how_many_were_added(db):
    said = StringIO()

    call_command("load_places", province=[NINH_BINH], stdout=said)
    call_command("load_places", province=[NINH_BINH], stdout=said)

    first, second = said.getvalue().splitlines()
    assert first == f"{AdministrativeUnit.objects.count()} units added."
    assert second == "0 units added."


def test_the_whole_country(db):
    assert places.load() == AdministrativeUnit.objects.count() == 34 + 3321
