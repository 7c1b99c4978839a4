"""petitions/views/intake.py: what is asked once before a text is saved, and splitting it afterwards."""

import pytest
from django.urls import reverse

from petitions.models import Petition
from tests.petitions.test_log_page import typed


@pytest.fixture
def address(world):
    return reverse("petitions:log", args=[world.session.pk])


@pytest.fixture
def browser(world, as_):
    return as_(world.officer)


HELD = "Thứ nhất, đề nghị lắp đèn đường trục xã. Thứ hai, đề nghị nạo vét kênh tiêu úng thôn Đông."


class TestAskedBeforeSaving:
    def test_a_text_that_holds_several_points_is_asked_about_once(self, world, browser, address):
        asked = browser.post(address, typed(world, text=HELD))

        assert Petition.objects.count() == 0
        assert "Chưa lưu" in asked.content.decode()
        assert asked.context["form"]["text"].value() == HELD
        assert 'name="asked" value="split"' in asked.content.decode()

        browser.post(address, typed(world, text=HELD, asked=["split"]))
        assert Petition.objects.get().points.get().content == HELD

    def test_it_is_saved_split_and_the_words_stay_whole(self, world, browser, address):
        browser.post(address, typed(world, text=HELD, split="1"))

        petition = Petition.objects.get()
        assert [point.content for point in petition.points.all()] == [
            "Đề nghị lắp đèn đường trục xã.",
            "Đề nghị nạo vét kênh tiêu úng thôn Đông.",
        ]
        assert petition.origins.get().verbatim == HELD

    def test_a_sure_repeat_is_asked_about_and_another_one_again(self, world, browser, address):
        text = "Đề nghị lắp đèn chiếu sáng đường trục thôn Đông xã Yên Mô."
        earlier = world.logged(points=[text])

        asked = browser.post(address, typed(world, text=text))

        assert list(Petition.objects.all()) == [earlier]
        assert [one.petition for one in asked.context["similar"]] == [earlier]
        browser.post(address, typed(world, text=text, asked=["999"]))
        assert Petition.objects.count() == 1
        browser.post(address, typed(world, text=text, asked=[str(earlier.pk)]))
        assert Petition.objects.count() == 2


class TestSplitting:
    def test_the_classify_page_offers_it_and_the_origin_stays_whole(self, world, browser):
        petition = world.logged(points=[HELD])
        proposed = browser.get(reverse("petitions:classify", args=[petition.pk])).context["proposed"]

        browser.post(reverse("petitions:split", args=[petition.pk]), {"point": proposed})

        assert [point.content for point in petition.points.all()] == proposed
        assert petition.origins.get().verbatim == HELD

    def test_what_was_not_shown_is_not_done(self, world, browser):
        petition = world.logged(points=[HELD])

        refused = browser.post(reverse("petitions:split", args=[petition.pk]), {"point": ["Khác", "Khác nữa"]})

        assert refused.status_code == 403
        assert petition.points.get().content == HELD

    def test_the_page_for_changes_offers_it_without_repeats(self, world, browser):
        world.logged(points=[HELD])

        offered = browser.post(reverse("petitions:look_alike", args=[world.session.pk]), {"text": HELD, "points": "1"})

        assert offered.context["similar"] == []
        assert len(offered.context["proposed"]) == 2
