"""The inbox: one's own notices, grouped by what they are about, read by a button."""

from datetime import date

import pytest

from accounts import notifications
from accounts.models import MailPreference, Notice


@pytest.fixture
def notices(world):
    for number, group in ((1, "petition/1"), (2, "petition/2"), (3, "petition/1")):
        notifications.tell(
            [world.drafter],
            kind="event",
            key=f"k{number}",
            text=f"Tin số {number}.",
            url="/petitions/",
            group=group,
            group_title=f"KN {group[-1]}",
            happened_on=date(2026, 11, 20),
        )
    return list(Notice.objects.order_by("key"))


def groups(client, query=""):
    found = client.get(f"/inbox/{query}").context["groups"]
    return [(key, [notice.key for notice in notices]) for key, notices in found]


def test_notices_are_grouped_newest_first(world, notices, as_):
    assert groups(as_(world.drafter)) == [("petition/1", ["k3", "k1"]), ("petition/2", ["k2"])]


def test_one_sees_ones_own_alone(world, notices, as_):
    client = as_(world.head)

    assert groups(client, "?show=all") == []
    assert client.post(f"/inbox/{notices[0].pk}/").status_code == 404
    client.post("/inbox/read/", {"group": "petition/1"})
    assert not Notice.objects.exclude(read_at=None).exists()


def test_opening_one_reads_it_and_goes_there(world, notices, as_):
    client = as_(world.drafter)

    response = client.post(f"/inbox/{notices[0].pk}/")

    assert response["Location"] == "/petitions/"
    assert groups(client) == [("petition/1", ["k3"]), ("petition/2", ["k2"])]
    assert groups(client, "?show=all")[0] == ("petition/1", ["k3", "k1"])


def test_looking_changes_nothing(world, notices, as_):
    client = as_(world.drafter)
    client.get("/inbox/")

    assert client.get(f"/inbox/{notices[0].pk}/").status_code == 405
    assert client.get("/inbox/read/").status_code == 405
    assert Notice.objects.unread().count() == 3


@pytest.mark.parametrize(("sent", "left"), [({"group": "petition/1"}, ["k2"]), ({}, [])])
def test_a_group_or_everything_is_read_at_once(world, notices, as_, sent, left):
    as_(world.drafter).post("/inbox/read/", sent)

    assert list(Notice.objects.unread().values_list("key", flat=True)) == left


def test_an_address_elsewhere_is_not_followed(world, notices, as_):
    response = as_(world.drafter).post("/inbox/read/", {"next": "https://elsewhere.example/"})

    assert response["Location"] == "/inbox/"


def test_what_was_overtaken_is_past(world, notices, as_):
    notifications.overtake(Notice.objects.filter(key="k2"))
    client = as_(world.drafter)

    assert groups(client) == [("petition/1", ["k3", "k1"])]
    assert "không còn hiệu lực" in client.get("/inbox/?show=all").content.decode()


def test_the_menu_counts_what_is_unread(world, notices, as_):
    assert '<span class="count">3</span>' in as_(world.drafter).get("/").content.decode()


def test_people_choose_their_mail(world, as_):
    as_(world.drafter).post("/inbox/preferences/", {"frequency": "pressing"})

    preference = MailPreference.objects.get(user=world.drafter)
    assert (preference.frequency, preference.wants_events) == ("pressing", False)


def test_an_unknown_choice_is_refused(world, as_):
    as_(world.drafter).post("/inbox/preferences/", {"frequency": "hourly"})

    assert not MailPreference.objects.exists()
