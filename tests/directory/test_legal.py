"""directory/models/legal.py: what a document of one day may cite."""

from datetime import date

import pytest

from directory.models import LegalBasis

OVERSIGHT, VOTER_CONTACT = LegalBasis.Topic.OVERSIGHT, LegalBasis.Topic.VOTER_CONTACT


def basis(citation, topic=OVERSIGHT, **details):
    return LegalBasis.objects.create(citation=citation, topic=topic, **{"is_confirmed": True, **details})


def cited(day, council, topic=OVERSIGHT):
    return [entry.citation for entry in LegalBasis.objects.citable(topic, day, council)]


@pytest.fixture
def laws(db):
    basis("Luật cũ", valid_from=date(2016, 7, 1), valid_to=date(2026, 2, 28))
    basis("Luật mới", valid_from=date(2026, 3, 1))
    basis("Luật chưa xác nhận", valid_from=date(2016, 1, 1), is_confirmed=False)
    basis("Nghị quyết tiếp xúc", VOTER_CONTACT, valid_from=date(2016, 1, 1))


@pytest.mark.parametrize(
    ("day", "citations"),
    [
        (date(2016, 6, 30), []),
        (date(2016, 7, 1), ["Luật cũ"]),
        (date(2024, 6, 25), ["Luật cũ"]),
        (date(2026, 2, 28), ["Luật cũ"]),
        (date(2026, 3, 1), ["Luật mới"]),
        (date(2030, 1, 1), ["Luật mới"]),
    ],
)
def test_what_is_cited_was_in_force_on_the_day_and_is_confirmed(world, laws, day, citations):
    assert cited(day, world.council) == citations


def test_each_topic_has_bases_of_its_own(world, laws):
    assert cited(date(2026, 5, 1), world.council, VOTER_CONTACT) == ["Nghị quyết tiếp xúc"]


def test_a_regulation_of_one_council_is_not_cited_by_another(world, elsewhere, laws):
    basis("Quy chế của tỉnh", council=world.council, valid_from=date(2026, 4, 1))

    assert cited(date(2026, 5, 1), world.council) == ["Luật mới", "Quy chế của tỉnh"]
    assert cited(date(2026, 5, 1), elsewhere.council) == ["Luật mới"]


def test_confirming_is_what_makes_an_entry_citable(world, laws):
    unconfirmed = LegalBasis.objects.get(citation="Luật chưa xác nhận")
    unconfirmed.is_confirmed = True
    unconfirmed.save()

    assert cited(date(2016, 6, 30), world.council) == ["Luật chưa xác nhận"]


def test_a_new_entry_waits_for_confirmation(db):
    assert not LegalBasis.objects.create(citation="Luật X", topic=OVERSIGHT).is_confirmed
    assert str(LegalBasis.objects.get()) == "Luật X"


def test_everybody_may_read_the_law(world, laws):
    assert LegalBasis.objects.visible_to(world.delegate).count() == 4
