"""What an answering agency sees: what was given to it, its own papers, and nothing of its neighbours."""

from django.urls import reverse

from documents import workflow as documents
from documents.models import Document
from petitions import workflow as petitions
from petitions.models import Assignment, Petition
from responses.models import Reply
from tests.records import VOTER


def seen(client, address):
    """The records a list shows."""
    return set(client.get(address).context["page"])


def test_the_list_holds_what_was_sent_to_the_agency(world, as_):
    given, helped = world.forwarded(), world.forwarded(lead=world.other_department, coordinating=[world.department])
    world.forwarded(lead=world.other_department)
    world.logged()
    world.planned(world.classified())

    response = as_(world.drafter).get(reverse("petitions:index"))

    assert set(response.context["page"]) == {given, helped}
    assert {facet.key: facet.count for facet in response.context["facets"]} == {"": 2, "unanswered": 2}


def test_nothing_is_found_by_searching_everywhere(world, as_):
    world.forwarded(lead=world.other_department, points=["Đề nghị sửa cầu Vòm."])

    assert seen(as_(world.drafter), reverse("petitions:index") + "?scope=all&q=cau+vom") == set()


def test_what_was_returned_can_still_be_read(world, as_):
    petition = world.forwarded()
    petitions.return_(Assignment.objects.get(), by=world.drafter, reason="not_competent", explanation="Sở Y tế")

    assert as_(world.drafter).get(petition.get_absolute_url()).status_code == 200


def test_what_was_withdrawn_before_it_was_sent_was_never_given(world, as_):
    petition = world.classified()
    forwarding = world.planned(petition)
    documents.abandon(forwarding.document, by=world.officer)

    assert as_(world.drafter).get(petition.get_absolute_url()).status_code == 404


def test_a_forwarding_letter_is_seen_once_it_is_issued(world, as_):
    letter = world.planned(world.classified()).document
    client = as_(world.drafter)

    assert client.get(letter.get_absolute_url()).status_code == 404
    world.issue(letter, world.officer, world.leader, world.officer)
    assert client.get(letter.get_absolute_url()).status_code == 200
    assert seen(client, reverse("documents:index")) == {letter}


def test_a_reply_is_the_agencys_own_until_it_is_issued(world, as_):
    reply = world.drafted_reply(world.forwarded())
    readers = [world.officer, world.leader, world.delegate, world.other_drafter]

    assert {user: seen(as_(user), reverse("responses:index")) for user in readers} == {user: set() for user in readers}
    assert seen(as_(world.drafter), reverse("responses:index")) == {reply}
    assert as_(world.officer).get(reply.get_absolute_url()).status_code == 404

    world.issue(reply.document, world.drafter, world.head, world.registrar)

    assert seen(as_(world.officer), reverse("responses:index")) == {reply}
    assert seen(as_(world.delegate), reverse("responses:index")) == {reply}
    assert seen(as_(world.other_drafter), reverse("responses:index")) == set()


def test_the_council_does_not_read_an_answer_before_it_is_issued(world, as_):
    petition = world.forwarded()
    world.drafted_reply(petition, text="Chưa ai được đọc câu này.")

    for user in (world.officer, world.delegate, world.drafter):
        assert "Chưa ai được đọc" not in as_(user).get(petition.get_absolute_url()).content.decode()


def test_a_neighbours_reply_to_the_same_petition_is_read_on_its_page_only(world, as_):
    petition = world.forwarded(coordinating=[world.other_department])
    reply = world.drafted_reply(petition, text="Sở đã lắp đèn mới.")
    world.issue(reply.document, world.drafter, world.head, world.registrar)
    client = as_(world.other_drafter)

    assert "Sở đã lắp đèn mới." in client.get(petition.get_absolute_url()).content.decode()
    assert client.get(reverse("documents:detail", args=[reply.document_id])).status_code == 404
    assert client.get(reply.get_absolute_url()).status_code == 404


def test_the_lists_of_an_agency_that_was_given_nothing_are_empty(world, as_):
    world.answered(voter=VOTER)
    world.drafted_reply(world.forwarded())
    client = as_(world.other_drafter)

    for name in ("petitions:index", "responses:index", "documents:index"):
        assert seen(client, reverse(name)) == set(), name
    assert list(client.get(reverse("petitions:forwardings")).context["forwardings"]) == []
    assert client.get(reverse("desk:index")).context["counts"] == {"do": 0, "soon": 0, "late": 0, "waiting": 0}


def test_lists_hold_nothing_of_another_council(world, elsewhere, as_):
    elsewhere.answered()
    own = world.forwarded()
    reply = world.drafted_reply(own)

    assert seen(as_(world.officer), reverse("petitions:index") + "?scope=all") == {own}
    assert seen(as_(world.officer), reverse("documents:index")) == set(
        Document.objects.filter(forwarding__council=world.council)
    )
    assert seen(as_(world.drafter), reverse("responses:index")) == {reply}
    assert Petition.objects.count() == 2
    assert Reply.objects.count() == 2


def test_an_earlier_petition_that_was_not_given_to_the_agency_stays_hidden(world, as_):
    earlier, petition = world.classified(points=["Đề nghị dời bãi rác."]), world.logged()
    petition = petitions.classify(
        petition, by=world.officer, policy_field=world.field, authority_level="provincial", repeats=earlier
    )
    world.issue(world.planned(petition).document, world.officer, world.leader, world.officer)
    client = as_(world.drafter)

    assert client.get(earlier.get_absolute_url()).status_code == 404
    assert "dời bãi rác" not in client.get(petition.get_absolute_url()).content.decode()
