"""Nobody finds what is not theirs: every address with a record's number, for strangers, agencies and the signed-out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from tests.addresses import models_with_a_history_page, names_of_addresses
from tests.kept import keeping
from tests.records import ACT, FORM, PAGE, Records
from tests.world import World

ROOMS = ("sessions", "petitions", "responses", "documents", "oversight", "reports", "portal")
PUBLIC = {"portal:detail", "portal:verify"}
STRANGERS = ("officer", "leader", "drafter", "administrator")

#: What somebody who may not see the record gets on GET and on POST: an act knows no GET, a page no POST.
HIDDEN = {PAGE: (404, 405), FORM: (404, 404), ACT: (405, 404)}

#: Places and laws are public knowledge; everything else with a history belongs to a council.
PUBLIC_KNOWLEDGE = {"directory.administrativeunit", "directory.legalbasis"}

#: What everybody who works with the council may open, whatever they were given: its calendar.
SHARED = {
    "sessions:pick": (405, 302),
    "sessions:edit": (403, 403),
    "sessions:meetings": (200, 405),
    "sessions:create_meeting": (403, 403),
    "sessions:edit_meeting": (403, 403),
    "petitions:log": (403, 403),
    "petitions:log with a meeting": (403, 403),
    "petitions:look_alike": (405, 200),
    "petitions:imports": (403, 403),
    "reports:cockpit": (302, 405),  # sent on to the list of what they may see
    "documents:reasons": (403, 403),
    "responses:phrases": (200, 403),
    "portal:withdraw": (405, 403),  # what is published everybody reads
}

#: Whose history everybody who works with the council may read.
SHARED_HISTORIES = {
    "directory.peoplescouncil",
    "directory.agency",
    "directory.official",
    "directory.policyfield",
    "directory.administrativeunit",
    "council_sessions.councilterm",
    "council_sessions.councilsession",
    "council_sessions.votermeeting",
    "documents.returnreason",
    "responses.vaguephrase",
    "deadlines.calendarversion",
    "deadlines.deadlinerule",
    "deadlines.reminderplan",
    "portal.publication",
}

pytestmark = pytest.mark.usefixtures("unprinted", "plain_refusals")

kept, records = keeping(lambda: Records(World("kept", "tỉnh Ninh Bình")))


def statuses(client, addresses):
    """{name: (status of GET, status of POST)}"""
    return {
        name: (client.get(address).status_code, client.post(address).status_code)
        for name, (_kind, address) in addresses.items()
    }


def test_the_table_of_addresses_is_complete(records):
    named = {name.split(" ")[0] for name in records.addresses()}

    assert named == names_of_addresses(ROOMS) - PUBLIC
    assert set(records.histories()) == models_with_a_history_page() - {"directory.legalbasis"}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_from_another_council_finds_nothing(records, elsewhere, as_, who):
    addresses = records.addresses()

    found = statuses(as_(getattr(elsewhere, who)), addresses)

    assert found == {name: HIDDEN[kind] for name, (kind, _address) in addresses.items()}


@pytest.mark.parametrize("who", ["officer", "leader", "head", "member", "delegate"])
def test_a_stranger_reads_no_history(records, elsewhere, as_, who):
    client = as_(getattr(elsewhere, who))

    found = {model: client.get(address).status_code for model, address in records.histories().items()}

    assert found == {model: 200 if model in PUBLIC_KNOWLEDGE else 404 for model in found}


def test_an_administrator_reads_no_history_of_another_council(records, elsewhere, as_):
    client = as_(elsewhere.administrator)

    found = {model: client.get(address).status_code for model, address in records.histories().items()}

    assert found == {model: 200 if model in PUBLIC_KNOWLEDGE else 404 for model in found}


def test_an_agency_that_was_given_nothing_finds_only_the_calendar(records, as_):
    addresses = records.addresses()

    found = statuses(as_(records.world.other_drafter), addresses)

    assert found == {name: HIDDEN[kind] for name, (kind, _address) in addresses.items()} | SHARED


def test_a_member_whose_delegation_has_ended_finds_only_the_calendar(records, as_):
    yesterday = records.world.today - timedelta(days=1)
    records.delegation.change(starts_on=yesterday, ends_on=yesterday)
    addresses = records.addresses()

    found = statuses(as_(records.world.member), addresses)

    hidden = {name: HIDDEN[kind] for name, (kind, _address) in addresses.items()}
    assert found == hidden | SHARED
    assert read_histories(as_(records.world.member), records) == SHARED_HISTORIES
    assert as_(records.world.member).get(reverse("oversight:index")).context["own_words"]


def read_histories(client, records):
    return {model for model, address in records.histories().items() if client.get(address).status_code == 200}


def test_an_agency_that_was_given_nothing_reads_no_history(records, as_):
    assert read_histories(as_(records.world.other_drafter), records) == SHARED_HISTORIES


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(records, client):
    addresses = {name: address for name, (_kind, address) in records.addresses().items()} | records.histories()
    addresses |= {
        name: reverse(name)
        for name in (
            "desk:index",
            "directory:index",
            "documents:clearance",
            "documents:deliveries",
            "documents:index",
            "documents:paper",
            "documents:registers",
            "documents:reserve",
            "oversight:create",
            "oversight:followed",
            "oversight:followed_workbook",
            "oversight:handover",
            "oversight:handover_pdf",
            "oversight:handover_word",
            "oversight:index",
            "petitions:forward",
            "petitions:forwardings",
            "petitions:index",
            "reports:catalogue",
            "reports:comparison",
            "reports:comparison_file",
            "reports:comparison_rows",
            "reports:index",
            "reports:skeletons",
            "responses:create",
            "responses:index",
            "responses:ledger",
            "sessions:create",
            "sessions:create_assembly",
            "sessions:create_term",
            "sessions:index",
            "sessions:reports",
        )
    }
    sign_in = reverse(settings.LOGIN_URL)

    for name, address in addresses.items():
        for response in (client.get(address), client.post(address)):
            assert (response.status_code, response["Location"]) == (302, f"{sign_in}?next={address}"), name


def test_the_public_pages_are_open_to_everybody(records, client):
    for address in (reverse("portal:index"), records.publication.get_absolute_url(), reverse("account_login")):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["officer", "drafter"])
def test_no_act_can_be_done_by_following_a_link(records, as_, who):
    client = as_(getattr(records.world, who))

    found = {
        name: client.get(address).status_code for name, (kind, address) in records.addresses().items() if kind == ACT
    }

    assert found == dict.fromkeys(found, 405)


WITHOUT_HISTORY = ["nowhere/petition", "petitions/nothing", "auth/group", "deadlines/clock", "common/upload"]


@pytest.mark.parametrize("address", WITHOUT_HISTORY)
def test_what_has_no_history_page_is_not_found(world, as_, address):
    assert as_(world.officer).get(f"/history/{address}/1/").status_code == 404
