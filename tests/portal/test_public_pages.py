"""portal/views.py: what everybody reads without signing in."""

import pytest
from django.urls import reverse

from portal import workflow
from tests.counting import queries
from tests.kept import keeping
from tests.records import PERSONAL, VERBATIM, VOTER
from tests.world import World

INDEX = "/public/"


def with_an_answer():
    """A council with an answered petition, which the first plain `publish(world)` of a test makes public."""
    world = World()
    world.waiting = world.answered(voter=VOTER, verbatim=VERBATIM)
    return world


kept, world = keeping(with_an_answer)


def publish(world, title="Đèn đường", **details):
    petition = None if details else vars(world).pop("waiting", None)
    petition = petition or world.answered(voter=VOTER, verbatim=VERBATIM, **details)
    return workflow.publish(
        petition, by=world.leader, title=title, question="Khi nào lắp?", answer="Đã lắp.", answered_by="Sở Xây dựng"
    )


def listed(client, **query):
    return list(client.get(INDEX, query).context["page"])


def test_only_what_is_published_is_listed(world, client):
    world.answered()
    world.forwarded()
    publication = publish(world)

    assert listed(client) == [publication]


def test_what_was_taken_off_is_gone(world, client):
    publication = publish(world)
    workflow.withdraw(publication, by=world.leader)

    assert listed(client) == []
    assert client.get(publication.get_absolute_url()).status_code == 404
    assert "Nội dung trả lời hiện ở đây khi Hội đồng nhân dân quyết định công khai." in (
        client.get(INDEX).content.decode()
    )


def test_what_was_never_published_is_not_found(client, db):
    assert client.get(reverse("portal:detail", args=[999])).status_code == 404


def test_the_page_says_who_asked_what_and_who_answered(world, client):
    page = client.get(publish(world).get_absolute_url()).content.decode()

    for words in ("Đèn đường", "Khi nào lắp?", "Đã lắp.", "Sở Xây dựng", world.council.name, "Xã Yên Mô"):
        assert words in page


def test_no_page_shows_personal_data(world, client):
    publication = publish(world)

    for address in (INDEX, f"{INDEX}?q=bưởi", publication.get_absolute_url()):
        page = client.get(address).content.decode()
        assert [detail for detail in PERSONAL if detail in page] == []


def test_nothing_inside_is_linked_from_the_public_pages(world, client):
    publication = publish(world)

    for address in (INDEX, publication.get_absolute_url()):
        page = client.get(address).content.decode()
        assert publication.petition.code not in page
        assert publication.petition.get_absolute_url() not in page


def test_it_is_the_same_for_those_signed_in(world, elsewhere, as_):
    publication = publish(world)

    for user in (world.officer, world.drafter, elsewhere.officer):
        assert listed(as_(user)) == [publication]


def test_councils_can_be_told_apart(world, elsewhere, client):
    here, there = publish(world), publish(elsewhere)

    assert listed(client, council="nb") == [here]
    assert listed(client, council="bp") == [there]
    assert listed(client, council="xx") == []
    assert set(client.get(INDEX).context["councils"]) == {world.council, elsewhere.council}


def test_a_council_that_took_everything_off_is_not_offered(world, client):
    world.logged()
    workflow.withdraw(publish(world), by=world.leader)

    assert list(client.get(INDEX).context["councils"]) == []


def test_titles_are_searched(world, client):
    lamps, bridge = publish(world, "Đèn đường"), publish(world, "Cầu Vòm")

    assert listed(client, q="cầu") == [bridge]
    assert listed(client, q="đèn") == [lamps]
    assert listed(client, q="  ") == [bridge, lamps]
    assert listed(client, q="Bưởi") == []


@pytest.mark.parametrize("words", ["den duong", "ĐÈN ĐƯỜNG"])
def test_titles_are_searched_without_marks_or_case(world, client, words):
    publication = publish(world, "Đèn đường")

    assert listed(client, q=words) == [publication]


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99"}, {"page": "²"}, {"council": "'"}, {"q": "%"}])
def test_nonsense_in_the_address_does_no_harm(world, client, query):
    publish(world)

    assert client.get(INDEX, query).status_code == 200


@pytest.mark.parametrize("name", ["q", "council"])
def test_a_null_character_does_no_harm(world, client, name):
    assert client.get(INDEX, {name: "\x00"}).status_code == 200


def test_what_was_typed_is_escaped(world, client):
    publication = publish(world, "<img src=x>")

    for address in (INDEX, publication.get_absolute_url(), f"{INDEX}?q=<script>x"):
        page = client.get(address).content.decode()
        assert "<img src=x>" not in page
        assert "<script>x" not in page


def test_neither_page_can_be_posted_to(world, client):
    publication = publish(world)

    for address in (INDEX, publication.get_absolute_url()):
        assert client.post(address).status_code == 405


def test_the_number_of_queries_does_not_grow(world, client):
    publish(world, "Một")
    with_one = queries(client, INDEX)
    publish(world, "Hai")
    publish(world, "Ba")

    assert queries(client, INDEX) == with_one


@pytest.mark.parametrize("typed", ["a/b", "../", "?#%", "K7M4P/2XWRT", "\x00", "đ"])
def test_whatever_is_typed_as_a_code_is_looked_up(db, client, typed):
    page = client.get(reverse("portal:look_up"), {"code": typed}, follow=True)

    assert page.status_code in (200, 404)
    assert page.context["facts"] is None
