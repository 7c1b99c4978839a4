"""petitions/models/tallies.py: the counts the database keeps are those one would count, whoever changes what."""

from collections import Counter

import pytest
from django.db import connection, transaction

from common.many import change_many
from petitions.models import Petition, PetitionTally, tallies
from tests.kept import keeping
from tests.petitions.test_filters import form, listed, one_of_each
from tests.world import World

COLUMNS = ["council", "council_session", "policy_field", "lead_agency", "status", "result", "due_on"]


def counted():
    """What stands alike, from the petitions themselves."""
    found = Counter()
    for *key, answered_on, repeats, points in Petition.objects.values_list(
        *COLUMNS, "answered_on", "repeats", "point_count"
    ):
        alike = (*key, answered_on is not None, repeats is not None)
        found.update({(alike, "number"): 1, (alike, "points"): points})
    return {key: number for key, number in found.items() if number}


def tallied():
    """The same as the database keeps it."""
    found = Counter()
    for *key, number, points in PetitionTally.objects.values_list(
        *COLUMNS, "is_answered", "is_repeat", "number", "points"
    ):
        found[tuple(key), "number"] += number
        found[tuple(key), "points"] += points
    return {key: number for key, number in found.items() if number}


def build():
    world = World("kept", "tỉnh Ninh Bình")
    return world, one_of_each(world)


kept, copied = keeping(build)


@pytest.fixture
def full(copied):
    return copied[0]


@pytest.fixture
def petitions(copied):
    return copied[1]


class TestKept:
    def test_after_every_step_of_the_work(self, full, petitions):
        assert sum(number for (_key, name), number in tallied().items() if name == "number") == 12
        assert tallied() == counted()

    def test_after_many_are_changed_at_once(self, full, petitions):
        change_many(Petition, [p.pk for p in petitions.values()], by=full.officer, reason="x", due_on=full.today)
        Petition.objects.update(point_count=7)

        assert tallied() == counted()

    def test_what_changes_nothing_counted_adds_no_row(self, full, petitions):
        rows = PetitionTally.objects.count()

        Petition.objects.update(title="Khác")

        assert PetitionTally.objects.count() == rows

    def test_what_is_taken_back_is_not_counted(self, full, petitions):
        with transaction.atomic():
            full.logged()
            transaction.set_rollback(True)

        assert tallied() == counted()

    def test_bringing_together_keeps_the_sums(self, full, petitions, monkeypatch):
        monkeypatch.setattr(tallies, "MOST_LOOSE", 0)
        before, rows = tallied(), PetitionTally.objects.count()

        gone = tallies.compact_tallies(full.today)

        assert gone > 0
        assert PetitionTally.objects.count() == rows - gone == len({key for key, _name in before})
        assert tallied() == before
        assert tallies.compact_tallies(full.today) == 0

    def test_few_loose_rows_are_left(self, full, petitions):
        assert tallies.compact_tallies(full.today) == 0

    def test_a_migration_has_everything_counted_again(self, full, petitions):
        table = " ON petitions_petition" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER petition_tally_{event}{table}")
        full.logged()
        assert tallied() != counted()

        tallies.keep_counting()
        assert tallied() == counted()

        full.classified()
        assert tallied() == counted()


class TestLists:
    @pytest.mark.parametrize("scope", ["session", "carried", "all"])
    @pytest.mark.parametrize("narrowed", [{}, {"result": "in_progress"}, {"facet": "overdue"}])
    def test_counts_are_those_of_the_list(self, full, petitions, scope, narrowed):
        filters = form(full, scope=scope, **narrowed)

        assert filters.total == len(listed(full, scope=scope, **narrowed))
        assert filters.counts["points"] == sum(p.point_count for p in filters.petitions())
        assert filters.carried_total == filters.carried_over().count()

    def test_what_another_council_gave_is_counted_too(self, full, petitions):
        elsewhere = World("khac", "tỉnh Hà Nam")
        elsewhere.forwarded(lead=full.standing)

        for user in (full.officer, full.leader):
            assert form(full, user=user, scope="all").total == len(listed(full, user=user, scope="all"))


class TestSearchOfVeryMany:
    def test_up_to_the_limit_it_is_counted(self, full, petitions):
        found = listed(full, q="kien nghi")
        limited = form(full, q="kien nghi")
        limited.at_most = len(found)

        assert limited.is_counted
        assert list(limited.petitions()) == found
        assert limited.facets() == form(full, q="kien nghi").facets()

    def test_above_it_is_shown_latest_first_without_numbers(self, full, petitions):
        found = listed(full, q="kien nghi")
        limited = form(full, q="kien nghi")
        limited.at_most = len(found) - 1

        assert not limited.is_counted
        assert list(limited.petitions()) == sorted(found, key=lambda petition: -petition.pk)
        assert {facet.count for facet in limited.facets()} == {None}
        assert list(limited.breakdown()) == []

    def test_the_page_says_so(self, full, petitions, client, monkeypatch):
        monkeypatch.setattr("petitions.views.lists.MOST_COUNTED", 2)
        client.force_login(full.officer)

        page = client.get("/petitions/", {"q": "kien nghi"}).content.decode()

        assert "hơn 2 kiến nghị, mới nhất trước: thêm từ khóa hoặc bộ lọc" in page
        assert "Tất cả của danh sách này" in page


class TestIndexOfWords:
    @pytest.mark.parametrize("words", ["den chieu", "chieu sang", "den chieu sa", "1e5a", "70b", "x" * 3000])
    def test_the_hits_are_those_of_reading_the_text(self, world, words):
        world.logged(points=["Đề nghị lắp đèn chiếu sáng đường 1e5a07, số 70B/12."])
        read = Petition.objects.search_in_order(words, user=world.officer)

        assert set(Petition.objects.search(words, user=world.officer)) == set(read)

    def test_signs_alone_narrow_nothing(self, world):
        world.logged()

        assert set(Petition.objects.search("?!", user=world.officer)) == set(Petition.objects.all())

    def test_a_very_long_petition_can_be_kept(self, world):
        long = world.logged(points=[" ".join(f"tu{number}" for number in range(90_000))])

        assert list(Petition.objects.search("tu0 tu1 tu2", user=world.officer)) == [long]


def test_large_numbers_are_written_with_dots(full, petitions, client):
    PetitionTally.objects.create(
        council=full.council.pk, council_session=full.session.pk, status="received", is_answered=False,
        is_repeat=False, number=12_000, points=34_000,
    )  # fmt: skip
    client.force_login(full.officer)

    page = client.get("/petitions/").content.decode()

    assert "12.012 kiến nghị (34.0" in page
    assert "Cả 12.012 kiến nghị của danh sách" in page
