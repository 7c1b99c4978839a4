"""accounts/permissions.py: the whole authorisation model as data."""

from accounts.permissions import ROLES, Permission, Role

READS_ONLY = {Role.DELEGATE, Role.DELEGATION_MEMBER, Role.COMMITTEE_MEMBER, Role.ADMINISTRATOR}


def test_every_role_is_described_in_vietnamese():
    assert set(ROLES) == set(Role)
    for role, description in ROLES.items():
        assert str(description.sentence).endswith(".")
        assert not str(description.sentence).isascii(), role


def test_every_permission_is_given_to_somebody():
    assert set().union(*(description.permissions for description in ROLES.values())) == set(Permission)


def test_nobody_drafts_and_clears_in_one_role():
    for role, description in ROLES.items():
        assert not {Permission.DOCUMENT_DRAFT, Permission.DOCUMENT_CLEAR} <= description.permissions, role


def test_who_clears_does_not_give_the_number():
    for role, description in ROLES.items():
        assert not {Permission.DOCUMENT_CLEAR, Permission.DOCUMENT_ISSUE} <= description.permissions, role


def test_voters_personal_data_is_for_those_who_work_on_their_petitions():
    seeing = {role for role, description in ROLES.items() if Permission.PERSONAL_DATA_SEE in description.permissions}

    assert seeing == {Role.OFFICER, Role.LEADER, Role.DRAFTER, Role.HEAD}


def test_a_delegate_only_reads():
    assert ROLES[Role.DELEGATE].permissions == {Permission.COUNCIL_SEE}


def test_publication_is_the_leaders_decision_alone():
    assert [role for role, what in ROLES.items() if Permission.PUBLISH in what.permissions] == [Role.LEADER]


def test_who_reads_only_has_no_hand_in_documents():
    papers = {Permission.DOCUMENT_DRAFT, Permission.DOCUMENT_CLEAR, Permission.DOCUMENT_ISSUE}

    assert all(papers.isdisjoint(ROLES[role].permissions) for role in READS_ONLY)
