"""Voters' names, addresses, telephone numbers and own words: who reads them, and who must not."""

import pytest
from django.urls import reverse

from accounts.models import Membership, User
from accounts.permissions import Role
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from petitions.models.petitions import may_see_voters
from tests.addresses import history
from tests.documents.reading import text_of
from tests.kept import keeping
from tests.oversight import visits
from tests.petitions.test_responding import give_back
from tests.records import PERSONAL, VERBATIM, VOTER
from tests.world import World

#: Who reads voters' data of a petition given to the department.
SEES_VOTERS = {
    Role.OFFICER: True,
    Role.LEADER: True,
    Role.DRAFTER: True,
    Role.HEAD: True,
    Role.UNIT_HEAD: False,
    Role.FORM_CHECKER: False,
    Role.REGISTRAR: False,
    Role.DELEGATION_MEMBER: False,
    Role.COMMITTEE_MEMBER: False,
    Role.DELEGATE: False,
    Role.ADMINISTRATOR: False,
}


def build():
    world = World()
    visits.delegation(world)
    return world, world.forwarded(voter=VOTER, verbatim=VERBATIM)


kept, copied = keeping(build)


@pytest.fixture
def world(copied):
    return copied[0]


@pytest.fixture
def petition(copied):
    return copied[1]


def leaks(response):
    """The personal details a page shows."""
    text = response.content.decode()
    return [detail for detail in PERSONAL if detail in text]


def test_who_may_see_voters(world, petition):
    assert {role: may_see_voters(user, petition) for role, user in world.people.items()} == SEES_VOTERS


def test_an_agency_that_was_not_asked_does_not(world, petition):
    assert not may_see_voters(world.other_drafter, petition)


def test_an_agency_that_helps_does(world):
    petition = world.forwarded(voter=VOTER, coordinating=[world.other_department])

    assert may_see_voters(world.other_drafter, petition)


def test_a_drafter_does_not_before_the_letter_is_sent(world):
    petition = world.classified(voter=VOTER)
    world.planned(petition)

    assert not may_see_voters(world.drafter, petition)


def test_nobody_of_another_council_does(petition, elsewhere):
    assert {may_see_voters(user, petition) for user in elsewhere.people.values()} == {False}


@pytest.mark.parametrize("role", SEES_VOTERS)
def test_the_detail_page_shows_voters_only_to_those(world, petition, as_, role):
    response = as_(world.people[role]).get(petition.get_absolute_url())

    assert leaks(response) == (list(PERSONAL) if SEES_VOTERS[role] else [])
    assert ("thông tin cá nhân do văn phòng lưu" in response.content.decode()) == (not SEES_VOTERS[role])


@pytest.mark.parametrize("role", SEES_VOTERS)
def test_the_history_of_an_origin_shows_voters_only_to_those(world, petition, as_, role):
    response = as_(world.people[role]).get(history(petition.origins.get()))

    assert response.status_code == 200
    assert leaks(response) == (list(PERSONAL) if SEES_VOTERS[role] else [])


@pytest.mark.parametrize("words", ["tối om", "Bưởi"])
def test_what_a_voter_said_is_found_by_those_alone_who_may_read_it(world, petition, words):
    said = petition.origins.get()
    said.verbatim = "Tôi là Bưởi, nhà tôi ở cuối ngõ tối om."
    said.save()
    petitions.refresh(petition, by=world.officer)

    found = {role: Petition.objects.visible_to(user).search(words, user=user) for role, user in world.people.items()}

    assert {role for role, petitions_found in found.items() if petitions_found} == {Role.OFFICER, Role.LEADER}


def test_the_history_of_an_origin_that_was_changed_stays_hidden(world, petition, as_):
    origin = petition.origins.get()
    origin.voter_name, origin.verbatim = "Lê Thị Mận", "Nhà tối om từ lâu."
    origin.save()

    text = as_(world.delegate).get(history(origin)).content.decode()

    assert "Mận" not in text
    assert "Bưởi" not in text
    assert "tối om" not in text


def test_a_delegate_reads_no_voters_data_anywhere_else(world, petition, as_):
    petitions.add_origin(
        petition, by=world.officer, unit=world.ward, raised_on=world.today, voter=VOTER, verbatim=VERBATIM
    )
    client = as_(world.delegate)
    addresses = {
        "list": reverse("petitions:index"),
        "search by place": f"{reverse('petitions:index')}?scope=all&q=Hoa+Lu",
        "search by own words": f"{reverse('petitions:index')}?scope=all&q=toi+om",
        "history": history(petition),
        "history of a point": history(petition.points.get()),
        "history of the assignment": history(Assignment.objects.get()),
        "desk": reverse("desk:index"),
        "forwarding letter": Assignment.objects.get().forwarding.document.get_absolute_url(),
        "history of the forwarding letter": history(Assignment.objects.get().forwarding.document),
        "figures": world.session.get_absolute_url(),
        "rows": f"{reverse('reports:rows', args=[world.session.pk])}?figure=received",
        "meetings": reverse("sessions:meetings", args=[world.session.pk]),
        "history of the meeting": history(world.meeting),
    }

    pages = {name: client.get(address) for name, address in addresses.items()}

    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    # The words searched for stand in the search field again.
    pages.pop("search by own words")
    assert {name: leaks(page) for name, page in pages.items()} == {name: [] for name in pages}


@pytest.mark.parametrize("detail", ["Bưởi", "Tran Thi Buoi", "ngõ Cam", "xom quyt", "0912"])
def test_a_voter_cannot_be_searched_for(world, petition, as_, detail):
    response = as_(world.officer).get(reverse("petitions:index"), {"scope": "all", "q": detail})

    assert list(response.context["page"]) == []


def test_what_voters_are_called_is_in_no_line_of_the_timeline(world, petition):
    lines = " ".join(event.sentence for event in petition.events.all())

    assert [detail for detail in PERSONAL if detail in lines] == []


def test_the_history_of_a_letter_tells_a_delegate_nothing_of_voters(world, as_):
    petition = world.answered(voter=VOTER, verbatim=VERBATIM)
    document = petition.points.get().answers.get().reply.document

    assert leaks(as_(world.delegate).get(history(document))) == []


@pytest.mark.usefixtures("printed")
def test_an_issued_letter_stays_whole(world, as_):
    """It names the voter it answers, also for a delegate who reads the letter itself."""
    petition = world.answered(voter=VOTER, verbatim=VERBATIM)
    document = petition.points.get().answers.get().reply.document

    content = b"".join(as_(world.delegate).get(reverse("documents:pdf", args=[document.pk])).streaming_content)

    assert "Bưởi" in text_of(content)


def test_a_head_who_is_a_delegate_as_well_reads_the_voters_of_his_own_petitions_only(world, petition):
    Membership.objects.create(user=world.head, agency=world.standing, role=Role.DELEGATE)
    head = User.objects.get(pk=world.head.pk)
    of_others = world.forwarded(lead=world.other_department, voter=VOTER, verbatim=VERBATIM)

    assert may_see_voters(head, petition)
    assert not may_see_voters(head, of_others)


def test_an_agency_that_gave_a_petition_back_no_longer_reads_its_voters(world, petition):
    give_back(petition, world)

    assert not may_see_voters(world.drafter, petition)
    assert may_see_voters(world.officer, petition)
