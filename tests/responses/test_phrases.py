"""responses/phrasing.py: the council's own list of words that commit to nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from responses import phrasing, reading


def test_the_secretariat_adds_a_phrase_and_drafts_are_read_with_it(world, as_, elsewhere):
    browser, address = as_(world.officer), reverse("responses:phrases", args=[world.council.pk])

    browser.post(address, {"words": "sẽ cố gắng", "is_in_use": "1"})
    browser.post(address, {"words": "từng bước", "is_in_use": ""})

    kept = reading.phrases_of(world.council.pk)
    assert ("sẽ cố gắng" in kept, "từng bước" in kept) == (True, False)
    there = reading.phrases_of(elsewhere.council.pk)
    assert ("sẽ cố gắng" in there, "từng bước" in there) == (False, True)


def test_an_empty_or_long_phrase_is_refused_beside_the_field(world, as_):
    browser, address = as_(world.leader), reverse("responses:phrases", args=[world.council.pk])

    for words in (" ", "x" * 121):
        assert list(browser.post(address, {"words": words, "is_in_use": "1"}).context["form"].errors) == ["words"]


def test_others_read_the_list_and_change_nothing(world, as_):
    address = reverse("responses:phrases", args=[world.council.pk])

    for who in (world.drafter, world.delegate, world.member):
        page = as_(who).get(address)
        assert "từng bước" in page.content.decode()
        assert "Ngừng dùng" not in page.content.decode()
        assert as_(who).post(address, {"words": "x", "is_in_use": "1"}).status_code == 403
    with pytest.raises(PermissionDenied, match="Chỉ bộ phận thư ký"):
        phrasing.keep(world.council, words="x", is_in_use=True, by=world.head)
