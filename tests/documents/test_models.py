"""documents/models.py: who sees which document, and how one is found."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from documents.models import Appendix, Document, Status
from tests.world import person


def seen_by(user):
    return set(Document.objects.visible_to(user))


def who_sees(document, people):
    return {user for user in people if document in seen_by(user)}


def at_home(world):
    return {world.drafter, world.head, world.registrar, world.unit_head, world.form_checker}


@pytest.fixture
def people(world, elsewhere):
    return [*world.people.values(), world.other_drafter, *elsewhere.people.values(), elsewhere.other_drafter]


def test_a_draft_is_seen_at_its_own_desk_only(drafted, world, people):
    assert who_sees(drafted(), people) == at_home(world)


@pytest.mark.parametrize("state", ["submitted", "cleared"])
def test_what_is_on_its_way_to_issue_is_still_at_home(request, world, people, state):
    document = request.getfixturevalue(state)()

    assert who_sees(document, people) == at_home(world)


def test_a_draft_of_the_council_is_seen_by_its_office(drafted, world, people):
    document = drafted(agency=world.standing, by=world.officer, signer=world.chair)

    assert who_sees(document, people) == {world.officer, world.leader, world.administrator, world.delegate}


def test_an_issued_letter_is_seen_at_home_by_its_addressee_and_by_the_council(issued, world, people):
    """A member of a delegation reads what it covers; here there is none."""
    document = issued(to=[("Sở Y tế", world.other_department)])

    assert who_sees(document, people) == {*world.people.values(), world.other_drafter} - {world.member}


def test_a_copy_is_received_too(issued, world):
    document = issued(copies=[("Sở Y tế", world.other_department)])

    assert document in seen_by(world.other_drafter)


def test_an_agency_that_is_only_named_receives_nothing(issued, world):
    document = issued(to=[("Sở Y tế tỉnh Ninh Bình", None)])

    assert document not in seen_by(world.other_drafter)


def test_a_letter_to_another_council_is_seen_there_by_its_addressee_alone(issued, world, elsewhere):
    document = issued(to=[("Sở Xây dựng tỉnh Bình Phước", elsewhere.department)])

    assert document in seen_by(elsewhere.drafter)
    assert document not in seen_by(elsewhere.officer)


def test_an_abandoned_draft_stays_at_home(drafted, world, people):
    document = drafted(to=[("Sở Y tế", world.other_department)])
    Document.objects.filter(pk=document.pk).update(status=Status.ABANDONED)

    assert who_sees(document, people) == at_home(world)


def test_a_role_that_ended_shows_nothing(drafted, issued, world):
    past = person("cũ")
    past.memberships.create(agency=world.department, role=Role.DRAFTER, valid_to=date(2020, 1, 1))
    drafted(), issued()

    assert seen_by(past) == set()


def test_a_document_seen_for_several_reasons_is_listed_once(issued, world):
    both = person("kiêm", (world.department, Role.DRAFTER), (world.standing, Role.DELEGATE))
    issued(to=[("Thường trực", world.standing), ("Sở", world.department)], copies=[("Sở", world.department)])

    assert Document.objects.visible_to(both).count() == 1


def test_the_register_shows_unissued_papers_first_then_the_latest(drafted, issued):
    first, second = issued(on=date(2026, 3, 9)), issued(on=date(2026, 3, 9))
    later, draft = issued(on=date(2026, 4, 1)), drafted()

    assert list(Document.objects.in_register_order()) == [draft, later, second, first]
    assert set(Document.objects.issued()) == {first, second, later}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1", {"đèn"}),
        ("01", {"đèn"}),
        ("1/SXD", {"đèn"}),
        ("01/SXD-HTKT", {"đèn"}),
        ("01/sxd", {"đèn"}),
        (" 2 / SXD ", {"đường"}),
        ("3", set()),
        ("1/UBND", set()),
        ("lắp", {"đèn"}),
        ("SXD", {"đèn", "đường"}),
        ("HTKT", {"đèn", "đường"}),
        ("không có", set()),
        ("99999999999999999999", set()),
    ],
)
def test_a_document_is_found_by_number_symbol_or_subject(issued, words, found):
    issued(subject="lắp đèn"), issued(subject="sửa đường")

    assert {document.subject.split()[1] for document in Document.objects.search(words)} == found


def test_a_sign_that_is_only_nearly_a_number_finds_nothing(db):
    assert list(Document.objects.search("²")) == []


def test_a_document_is_found_without_marks(issued):
    document = issued(subject="Đường Hòa Bình")

    assert list(Document.objects.search("duong hoa binh")) == [document]


def test_a_document_without_a_number_is_called_by_its_symbol(drafted):
    assert drafted().number_and_symbol == "…/SXD-HTKT"
    assert drafted().reference == "Công văn …/SXD-HTKT"


@pytest.mark.parametrize(("number", "written"), [(9, "09"), (10, "10"), (215, "215")])
def test_a_number_under_ten_has_a_leading_zero(number, written):
    assert Document(number=number, symbol="BC-HĐND").number_and_symbol == f"{written}/BC-HĐND"


def test_addressees_and_appendices_read_as_their_names(drafted):
    document = drafted()

    assert [str(a) for a in document.addressees.to()] == ["Thường trực HĐND tỉnh"]
    assert [str(a) for a in document.addressees.copies()] == ["Ban Giám đốc Sở"]
    assert str(Appendix(title="Danh sách")) == "Danh sách"


def test_an_appendix_number_is_given_once(drafted):
    document = drafted()
    Appendix.objects.create(document=document, number=1, title="A", body="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Appendix.objects.create(document=document, number=1, title="B", body="")
