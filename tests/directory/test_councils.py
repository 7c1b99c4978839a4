"""directory/models/councils.py and agencies.py, fields.py: bodies and what they inherit."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from directory.models import Agency, AgencySuccession, PeoplesCouncil, PolicyField
from tests.world import agency


def council(world, code, successor=None):
    return PeoplesCouncil.objects.create(
        code=code, name=f"HĐND {code}", short_name=code, unit=world.province, successor=successor
    )


def test_a_council_alone_is_its_own_lineage(world):
    assert world.council.lineage == [world.council]


def test_the_standing_committee_of_a_council_is_its_latest(world):
    assert world.council.standing_committee == world.standing
    again = agency(world.council, "Thường trực mới", Agency.Kind.STANDING_COMMITTEE, "HĐND")

    assert world.council.standing_committee == again
    assert council(world, "chưa có").standing_committee is None


def test_the_lineage_is_every_council_it_succeeds_nearest_first(world):
    merged = council(world, "mới")
    first, second = council(world, "một", merged), council(world, "hai", merged)
    older = council(world, "xưa", first)

    assert merged.lineage == [merged, first, second, older]
    assert first.lineage == [first, older]
    assert second.lineage == [second]


def test_councils_are_seen_by_those_who_work_with_them(world, elsewhere):
    assert list(PeoplesCouncil.objects.visible_to(world.drafter)) == [world.council]
    assert str(world.council) == "Hội đồng nhân dân tỉnh Ninh Bình"


def test_a_collective_body_needs_the_name_it_signs_for(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        agency(world.council, "Ban Dân tộc", Agency.Kind.COMMITTEE, regime="collective")


def test_an_agency_is_known_on_the_days_it_existed(world):
    ended = agency(world.council, "Sở TT&TT", symbol="STTTT", valid_from=date(2008, 1, 1), valid_to=date(2025, 2, 28))

    assert [ended.is_valid_on(day) for day in (date(2007, 12, 31), date(2008, 1, 1), date(2025, 2, 28))] == [
        False,
        True,
        True,
    ]
    assert ended in Agency.objects.valid_on(date(2024, 6, 25))
    assert ended not in Agency.objects.valid_on(date(2025, 3, 1))


def test_petitions_go_to_answering_bodies_committees_among_them(world):
    group = agency(world.council, "Tổ đại biểu số 1", Agency.Kind.DELEGATE_GROUP, "TĐB")

    answering = set(Agency.objects.filter(council=world.council).answering())

    assert {world.office, group}.isdisjoint(answering)
    assert {world.department, world.ubnd, world.committee, world.standing} <= answering


def test_agencies_stand_in_vietnamese_order(world):
    for name in ("Sở Đất đai", "Sở Du lịch", "Sở Ân xá"):
        agency(world.council, name)

    names = [body.name for body in Agency.objects.filter(name__startswith="Sở ").alphabetical()]

    assert names == ["Sở Ân xá", "Sở Du lịch", "Sở Đất đai", "Sở Xây dựng tỉnh Ninh Bình", "Sở Y tế tỉnh Ninh Bình"]


def test_agencies_are_seen_by_those_who_work_with_their_council(world, elsewhere):
    assert set(Agency.objects.visible_to(world.drafter)) == set(Agency.objects.filter(council=world.council))


@pytest.mark.parametrize(
    ("kind", "is_council_body"),
    [(kind, kind in ("standing_committee", "committee", "office")) for kind in Agency.Kind],
)
def test_the_councils_own_bodies(kind, is_council_body):
    assert Agency(kind=kind).is_council_body is is_council_body


@pytest.mark.parametrize(
    ("kind", "name", "short"),
    [
        ("department", "Sở Xây dựng tỉnh Ninh Bình", "Sở Xây dựng"),
        ("committee", "Ban Pháp chế Hội đồng nhân dân tỉnh Ninh Bình", "Ban Pháp chế"),
        (
            "office",
            "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Ninh Bình",
            "Văn phòng Đoàn ĐBQH và HĐND",
        ),
        ("enterprise", "Công ty thủy lợi", "Công ty thủy lợi"),
    ],
)
def test_a_narrow_column_shows_the_short_name(kind, name, short):
    assert Agency(kind=kind, name=name).short_label == short


def test_the_letterhead_may_differ_from_the_name(world):
    assert world.department.printed_name == "Sở Xây dựng"
    assert world.other_department.printed_name == "Sở Y tế tỉnh Ninh Bình"
    assert str(world.department) == "Sở Xây dựng tỉnh Ninh Bình"


def test_work_goes_on_per_policy_field(world):
    taken_over = AgencySuccession.objects.create(
        predecessor=world.department,
        successor=world.other_department,
        policy_field=world.field,
        effective_on=date(2025, 3, 1),
    )

    assert str(taken_over) == "Sở Xây dựng tỉnh Ninh Bình → Sở Y tế tỉnh Ninh Bình"
    assert list(world.field.successions.all()) == [taken_over]


def test_a_policy_field_is_named_once_in_a_council(world, elsewhere):
    assert str(elsewhere.field) == str(world.field) == "Giao thông"
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyField.objects.create(council=world.council, name="Giao thông", committee=world.committee)
    assert list(PolicyField.objects.visible_to(world.drafter)) == [world.field]
