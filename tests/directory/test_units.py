"""directory/models/units.py: places, past and present, in Vietnamese order."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from directory.models import AdministrativeUnit, UnitSuccession

DISTRICT_ERA_ENDS = date(2025, 6, 30)


@pytest.fixture
def old_commune(world):
    """A commune in a district, as both were until June 2025."""
    district = AdministrativeUnit.objects.create(
        code="h1", name="huyện Yên Mô", level="district", parent=world.province, valid_to=DISTRICT_ERA_ENDS
    )
    return AdministrativeUnit.objects.create(
        code="x1", name="xã Mai Sơn", level="commune", parent=district, valid_to=DISTRICT_ERA_ENDS
    )


def commune(world, name, **details):
    count = AdministrativeUnit.objects.count()
    return AdministrativeUnit.objects.create(
        code=f"t{count}", name=name, level="commune", parent=world.province, **details
    )


def test_within_a_province_lie_its_districts_and_all_communes_past_and_present(world, elsewhere, old_commune):
    within = AdministrativeUnit.objects.within(world.province)

    assert set(within) == {world.commune, world.ward, old_commune, old_commune.parent}


def test_what_ended_is_not_among_the_places_of_today(world, old_commune):
    within = AdministrativeUnit.objects.within(world.province)

    assert set(within.valid_on(date(2025, 7, 1))) == {world.commune, world.ward}
    assert set(within.valid_on(DISTRICT_ERA_ENDS)) == {world.commune, world.ward, old_commune, old_commune.parent}


def test_places_stand_in_vietnamese_order_by_the_name_without_its_kind(world):
    for name in ("xã Đông Sơn", "phường An Bình", "xã Đại Hoàng", "xã Dương Xá", "xã Ý Yên", "thị trấn Ân Thi"):
        commune(world, name)

    names = [unit.name for unit in AdministrativeUnit.objects.within(world.province).alphabetical()]

    assert names == [
        "phường An Bình",
        "thị trấn Ân Thi",
        "xã Dương Xá",
        "xã Đại Hoàng",
        "xã Đông Sơn",
        "phường Hoa Lư",
        "xã Ý Yên",
        "xã Yên Mô",
    ]


@pytest.mark.parametrize(
    ("name", "bare", "at_the_start"),
    [
        ("xã Yên Mô", "Yên Mô", "Xã Yên Mô"),
        ("phường Hoa Lư", "Hoa Lư", "Phường Hoa Lư"),
        ("thị trấn Phát Diệm", "Phát Diệm", "Thị trấn Phát Diệm"),
        ("thị xã Tam Điệp", "Tam Điệp", "Thị xã Tam Điệp"),
        ("thành phố Huế", "Huế", "Thành phố Huế"),
        ("Quận 1", "1", "Quận 1"),
        ("huyện Kim Sơn", "Kim Sơn", "Huyện Kim Sơn"),
        ("đặc khu Phú Quốc", "Phú Quốc", "Đặc khu Phú Quốc"),
        ("tỉnh Ninh Bình", "Ninh Bình", "Tỉnh Ninh Bình"),
        ("Xã hội", "hội", "Xã hội"),
        ("Mỹ Tho", "Mỹ Tho", "Mỹ Tho"),
    ],
)
def test_a_name_with_and_without_its_kind(name, bare, at_the_start):
    unit = AdministrativeUnit(name=name)

    assert (unit.bare_name, unit.sentence_name, str(unit)) == (bare, at_the_start, name)


def test_every_place_knows_its_province(world, old_commune):
    assert {unit.province for unit in (world.province, world.commune, old_commune, old_commune.parent)} == {
        world.province
    }
    assert AdministrativeUnit(level="commune").province.level == "commune"


def test_places_are_public_knowledge(world, elsewhere):
    assert AdministrativeUnit.objects.visible_to(world.delegate).count() == AdministrativeUnit.objects.count() == 6


def test_a_code_is_given_once(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministrativeUnit.objects.create(code=world.commune.code, name="xã Khác", level="commune")


def test_a_place_cannot_end_before_it_begins(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        commune(world, "xã Ngược", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))

    assert commune(world, "xã Một Ngày", valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 1)).is_valid_on(
        date(2026, 1, 1)
    )


def test_a_succession_is_said_once(world, old_commune):
    said = UnitSuccession.objects.create(
        predecessor=old_commune, successor=world.commune, effective_on=date(2025, 7, 1)
    )

    assert str(said) == "xã Mai Sơn → xã Yên Mô"
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSuccession.objects.create(predecessor=old_commune, successor=world.commune, effective_on=date(2025, 7, 2))
