"""accounts/models.py: what a person may do, where and when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import notifications
from accounts.models import Membership, User
from accounts.permissions import Permission, Role
from directory.models import Agency, PeoplesCouncil
from tests.world import agency, person


def again(user):
    """The same person on the next request: what was worked out is worked out again."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def successor(world):
    """The council of a merged province, which inherits the files of the one in `world`."""
    council = PeoplesCouncil.objects.create(
        code="nb-moi", name="Hội đồng nhân dân tỉnh Ninh Bình mới", short_name="HĐND mới", unit=world.province
    )
    world.council.successor = council
    world.council.save()
    return council


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, True),
        (0, None, True),
        (None, 0, True),
        (-10, 10, True),
        (1, None, False),
        (None, -1, False),
        (-10, -1, False),
    ],
)
def test_a_membership_counts_from_its_first_day_to_its_last(world, first, last, counts):
    days = {
        name: world.today + timedelta(days=offset)
        for name, offset in (("valid_from", first), ("valid_to", last))
        if offset is not None
    }
    user = person("tạm")
    Membership.objects.create(user=user, agency=world.department, role=Role.DRAFTER, **days)

    assert user.may(Permission.DOCUMENT_DRAFT, at=world.department) is counts
    assert (user.main_role is not None) is counts
    assert user.agencies == ({world.department.pk} if counts else set())
    assert user.agencies_where(Permission.DOCUMENT_DRAFT) == ({world.department.pk} if counts else set())


def test_a_membership_cannot_end_before_it_begins(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=world.drafter,
            agency=world.department,
            role=Role.HEAD,
            valid_from=date(2026, 2, 1),
            valid_to=date(2026, 1, 31),
        )


def test_nobody_may_anything_without_a_role(world):
    user = person("mới")

    assert [permission for permission in Permission if user.may(permission)] == []
    assert (user.roles, user.councils, user.agencies, user.sees_councils) == ([], set(), set(), set())


def test_a_superuser_has_no_rights_beyond_the_roles(world):
    user = User.objects.create_superuser("gốc", password="x")

    assert [permission for permission in Permission if user.may(permission)] == []


def test_a_role_at_one_agency_does_not_count_at_another(world):
    assert world.drafter.may(Permission.DOCUMENT_DRAFT)
    assert world.drafter.may(Permission.DOCUMENT_DRAFT, at=world.department)
    assert not world.drafter.may(Permission.DOCUMENT_DRAFT, at=world.other_department)
    assert not world.drafter.may(Permission.DOCUMENT_DRAFT, at=world.standing)


def test_an_office_acts_for_every_body_of_its_council_and_for_no_answering_agency(world):
    for body in (world.office, world.standing, world.committee):
        assert world.officer.may(Permission.DOCUMENT_DRAFT, at=body)
    for answering in (world.department, world.ubnd):
        assert not world.officer.may(Permission.DOCUMENT_DRAFT, at=answering)


def test_a_committee_acts_for_itself_alone(world):
    committee_drafter = person("ban", (world.committee, Role.OFFICER))

    assert committee_drafter.may(Permission.DOCUMENT_DRAFT, at=world.committee)
    assert not committee_drafter.may(Permission.DOCUMENT_DRAFT, at=world.standing)


@pytest.mark.parametrize("body", ["office", "standing", "committee"])
def test_a_role_at_a_body_of_the_council_counts_at_the_council(world, elsewhere, body):
    user = person("người", (getattr(world, body), Role.OFFICER))

    assert user.may(Permission.PETITION_LOG, at=world.council)
    assert not user.may(Permission.PETITION_LOG, at=elsewhere.council)


def test_a_role_at_an_answering_agency_does_not_count_at_the_council(world):
    user = person("người", (world.department, Role.OFFICER))

    assert user.may(Permission.PETITION_LOG)
    assert not user.may(Permission.PETITION_LOG, at=world.council)


def test_two_roles_add_up_and_each_counts_where_it_is_held(world):
    user = person("kiêm", (world.department, Role.DRAFTER), (world.other_department, Role.HEAD))

    assert user.agencies == {world.department.pk, world.other_department.pk}
    assert user.may(Permission.DOCUMENT_DRAFT, at=world.department)
    assert not user.may(Permission.DOCUMENT_CLEAR, at=world.department)
    assert user.may(Permission.DOCUMENT_CLEAR, at=world.other_department)
    assert user.main_role.role == Role.DRAFTER
    assert user.agencies_where(Permission.PERSONAL_DATA_SEE) == user.agencies
    assert user.agencies_where(Permission.DOCUMENT_CLEAR) == {world.other_department.pk}


def test_who_works_for_a_council_works_with_those_it_succeeds_too(world, successor):
    new_office = agency(successor, "Văn phòng mới", Agency.Kind.OFFICE, "VP")
    user = person("mới", (new_office, Role.OFFICER))

    assert user.councils == {world.council.pk, successor.pk}
    assert user.sees_councils == {world.council.pk, successor.pk}
    assert user.councils_served == {world.council.pk, successor.pk}
    assert user.may(Permission.PETITION_LOG, at=world.council)
    assert user.may(Permission.DOCUMENT_DRAFT, at=world.standing)


def test_who_worked_for_the_old_council_does_not_see_the_new_one(world, successor):
    user = again(world.officer)

    assert user.councils == {world.council.pk}
    assert not user.may(Permission.PETITION_LOG, at=successor)


def test_succession_goes_over_several_councils_and_survives_a_circle(world, successor):
    last = PeoplesCouncil.objects.create(code="x", name="HĐND tỉnh X", short_name="HĐND X", unit=world.province)
    successor.successor = last
    successor.save()
    user = person("cuối", (agency(last, "Văn phòng X", Agency.Kind.OFFICE, "VP"), Role.LEADER))

    assert user.councils == {world.council.pk, successor.pk, last.pk}

    last.successor = world.council
    last.save()
    assert again(user).councils == {world.council.pk, successor.pk, last.pk}


def test_a_drafter_sees_no_council_as_a_whole(world):
    assert world.drafter.councils == {world.council.pk}
    assert world.drafter.sees_councils == set()
    assert world.drafter.councils_served == set()
    assert world.delegate.sees_councils == {world.council.pk}
    assert world.delegate.councils_served == set()


def test_councils_stay_apart(world, elsewhere):
    assert world.officer.councils == {world.council.pk}
    assert elsewhere.officer.councils == {elsewhere.council.pk}
    assert not world.officer.may(Permission.DOCUMENT_DRAFT, at=elsewhere.standing)


def test_accounts_and_memberships_are_visible_to_the_administrator_and_to_oneself(world):
    assert set(User.objects.visible_to(world.administrator)) == set(User.objects.all())
    assert list(User.objects.visible_to(world.drafter)) == [world.drafter]
    assert Membership.objects.visible_to(world.administrator).count() == Membership.objects.count()
    assert [m.user for m in Membership.objects.visible_to(world.drafter)] == [world.drafter]


def test_a_person_is_called_by_full_name_or_else_by_user_name():
    user = User(username="lan", full_name="Nguyễn Thị Lan")

    assert (str(user), user.get_full_name(), user.get_short_name()) == ("Nguyễn Thị Lan", "Nguyễn Thị Lan", "Lan")
    assert str(User(username="lan")) == "lan"


def test_a_membership_reads_as_a_sentence(world):
    membership = world.drafter.main_role

    assert str(membership) == f"Người drafter: {membership.get_role_display()}, Sở Xây dựng tỉnh Ninh Bình"


def test_the_history_of_an_account_keeps_no_password(world):
    world.drafter.set_password("mật khẩu mới")
    world.drafter.save()

    names = {field.name for field in User.history.model._meta.get_fields()}
    assert names.isdisjoint({"password", "last_login"})
    assert "full_name" in names


def test_the_offices_of_a_successor_hear_of_what_it_inherited(world, successor):
    office = agency(successor, "Văn phòng mới", Agency.Kind.OFFICE, "VP")
    heir = person("heir", (office, Role.OFFICER))

    def heard(council):
        return set(notifications.people(roles=[Role.OFFICER], council=council, on=world.today))

    assert heard(world.council) == heard(world.council.pk) == {world.officer, heir}
    assert heard(successor) == {heir}


class TestTwoHats:
    """A part in one council gives nothing in another where the person has a different part."""

    @pytest.fixture
    def reader_elsewhere(self, world, elsewhere):
        Membership.objects.create(user=world.officer, agency=elsewhere.standing, role=Role.DELEGATE)
        return again(world.officer)

    def test_an_officer_here_who_is_a_delegate_there_only_reads_there(self, world, elsewhere, reader_elsewhere):
        for permission in Permission:
            here = reader_elsewhere.may(permission, at=world.council)
            assert here == again(elsewhere.officer).may(permission, at=elsewhere.council), permission
            assert reader_elsewhere.may(permission, at=elsewhere.council) == (permission == Permission.COUNCIL_SEE)
            for body in (elsewhere.standing, elsewhere.office, elsewhere.committee):
                may = reader_elsewhere.may(permission, at=body)
                assert may == (permission == Permission.COUNCIL_SEE and body == elsewhere.standing), permission

    def test_the_office_prepares_papers_of_its_own_council_only(self, world, elsewhere, reader_elsewhere):
        assert reader_elsewhere.councils == {world.council.pk, elsewhere.council.pk}
        assert reader_elsewhere.councils_served == {world.council.pk}
        assert reader_elsewhere.councils_where(Permission.PETITION_LOG) == {world.council.pk}

    def test_an_administrator_here_keeps_no_accounts_there(self, world, elsewhere):
        Membership.objects.create(user=world.administrator, agency=elsewhere.standing, role=Role.DELEGATE)
        administrator = again(world.administrator)

        assert elsewhere.officer not in User.objects.visible_to(administrator)
        assert world.officer in User.objects.visible_to(administrator)
        assert not Membership.objects.visible_to(administrator).filter(user=elsewhere.officer).exists()
