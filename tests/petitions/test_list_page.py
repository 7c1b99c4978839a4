"""petitions/views/lists.py: the list of petitions as a page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from petitions import workflow
from petitions.models import Assignment
from tests.counting import queries
from tests.petitions.test_responding import give_back

INDEX = "/petitions/"


def text(response):
    return " ".join(response.content.decode().split())


def test_the_rows_are_those_of_the_filter(world, as_):
    world.logged()
    petition = world.forwarded(points=["Một.", "Hai."])

    response = as_(world.officer).get(INDEX, {"facet": "unanswered"})

    assert list(response.context["page"]) == [petition]
    assert response.context["point_total"] == 2
    assert "1 kiến nghị (2 nội dung)" in text(response)


def test_a_row_says_how_often_it_was_raised(world, as_):
    petition = world.logged()
    workflow.add_origin(petition, by=world.officer, unit=world.ward, raised_on=world.today)

    assert "nêu 2 lần" in text(as_(world.officer).get(INDEX))


def test_a_row_leads_to_its_petition_inside_this_list(world, as_):
    petition = world.logged()

    page = as_(world.officer).get(INDEX, {"facet": "new", "q": "kien nghi"}).content.decode()

    assert f'href="{petition.get_absolute_url()}?list=facet%3Dnew%26q%3Dkien%2Bnghi"' in page


def test_each_facet_shows_its_count_and_leads_to_its_list(world, as_):
    world.logged()
    world.classified()

    page = text(as_(world.officer).get(INDEX))

    assert '<a class="facet " href="?facet=new">Mới <span>1</span></a>' in page
    assert '<a class="facet " href="?facet=to_forward">Chờ chuyển <span>1</span></a>' in page
    assert "Tất cả <span>2</span>" in page


def test_what_is_left_from_earlier_sessions_is_counted_beside_the_facets(world, as_):
    past = world.new_session(opens_on=world.today - timedelta(days=200), number=1)
    world.logged(council_session=past)
    world.logged()

    assert "Tồn đọng kỳ trước <span>1</span>" in text(as_(world.officer).get(INDEX))


def test_filtering_keeps_the_session_named_in_the_address(world, as_):
    past = world.new_session(opens_on=world.today - timedelta(days=200), number=1)
    petition = world.logged(council_session=past)
    world.logged()

    page = as_(world.officer).get(INDEX, {"session": past.pk})

    assert list(page.context["page"]) == [petition]
    assert f'<input type="hidden" name="session" value="{past.pk}">' in text(page)
    empty = text(page.client.get(INDEX, {"session": past.pk, "facet": "answered"}))
    assert f'href="{INDEX}?session={past.pk}">Xem tất cả của kỳ họp' in empty


def test_a_pill_can_be_taken_away_and_the_rest_stays(world, as_):
    world.logged()

    page = text(as_(world.officer).get(INDEX, {"phase": "before", "q": "kien nghi"}))

    assert 'Thời điểm: <strong>trước kỳ họp</strong> <a href="?q=kien+nghi"' in page


def test_where_nothing_matches_the_page_says_so(world, as_):
    page = text(as_(world.officer).get(INDEX, {"q": "khong co gi"}))

    assert "Không có kiến nghị nào khớp với bộ lọc." in page


@pytest.mark.parametrize(
    ("who", "logs", "forwards"), [("officer", True, True), ("leader", False, False), ("drafter", False, False)]
)
def test_buttons_are_for_those_who_may(world, as_, who, logs, forwards):
    world.forwarded()

    page = text(as_(getattr(world, who)).get(INDEX))

    assert (reverse("petitions:log", args=[world.session.pk]) in page) == logs
    assert ("Chuyển bằng một công văn" in page) == forwards


def test_what_people_typed_is_escaped(world, as_):
    world.logged(title="<b>Đèn</b> & <img src=x>")

    page = as_(world.officer).get(INDEX, {"q": "<script>alert(1)</script>", "scope": "all"}).content.decode()
    assert "<script>alert(1)" not in page
    page = as_(world.officer).get(INDEX).content.decode()
    assert "<img src=x>" not in page
    assert "&lt;b&gt;Đèn&lt;/b&gt;" in page


def test_pages_of_fifty(world, as_, monkeypatch):
    monkeypatch.setattr("petitions.views.lists.PAGE_SIZE", 2)
    petitions = [world.logged() for _number in range(3)]
    client = as_(world.officer)

    assert list(client.get(INDEX).context["page"]) == [petitions[2], petitions[1]]
    assert list(client.get(INDEX, {"page": 2}).context["page"]) == [petitions[0]]
    assert list(client.get(INDEX, {"page": "x"}).context["page"]) == [petitions[2], petitions[1]]
    assert "?q=kien+nghi&amp;page=2" in text(client.get(INDEX, {"q": "kien nghi"}))


@pytest.mark.parametrize("who", ["officer", "drafter", "delegate"])
def test_the_number_of_queries_does_not_grow(world, as_, who):
    world.answered(points=["Một."])
    client = as_(getattr(world, who))
    with_one = queries(client, INDEX)
    for _number in range(2):
        petition = world.forwarded(points=["Một.", "Hai."], coordinating=[world.other_department])
        workflow.add_origin(petition, by=world.officer, unit=world.ward, raised_on=world.today)
    give_back(petition, world, number=1, part="lead")

    assert len(client.get(INDEX).context["page"]) == 3
    assert queries(client, INDEX) == with_one


def test_the_letters_that_forward_are_listed_latest_first(world, as_):
    first, second = world.planned(world.classified()), world.planned(world.classified())

    response = as_(world.officer).get(reverse("petitions:forwardings"))

    assert list(response.context["forwardings"]) == [second, first]
    assert Assignment.objects.count() == 2
