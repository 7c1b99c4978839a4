"""The same petition in two hands at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from accounts.models import User
from directory.models import Agency
from petitions import workflow
from petitions.models import Assignment, Forwarding, Petition, PetitionPoint, PetitionTally
from petitions.workflow.tables import PETITIONS
from tests.petitions.test_tallies import counted, tallied

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_letter_takes_it_and_the_other_is_refused_in_words(world):
    petitions = [world.classified() for _number in range(3)]
    points = [point.pk for petition in petitions for point in petition.points.all()]
    by, issuer, lead = world.officer.pk, world.standing.pk, world.department.pk

    def forward(order):
        agency = Agency.objects.get(pk=lead)
        try:
            workflow.draft_forwarding(
                by=User.objects.get(pk=by),
                issuer=Agency.objects.get(pk=issuer),
                addressee=agency,
                due_on=world.today + timedelta(days=10),
                plan={PetitionPoint.objects.get(pk=pk): (agency, []) for pk in points[::order]},
            )
        except ValidationError as problem:
            return problem.messages[0]
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(forward, [1, -1]))

    assert said[0] == ""
    assert "một dự thảo khác" in said[1]
    assert Forwarding.objects.count() == 1
    assert Assignment.objects.count() == len(points)


def test_two_petitions_merged_into_each_other_become_one(world, monkeypatch):
    pair = [world.classified().pk, world.classified().pk]
    meeting, take = Barrier(2, timeout=1), PETITIONS.take

    def slowly(*arguments, **details):
        with suppress(BrokenBarrierError):
            meeting.wait()  # until the other is as far, if it can be
        return take(*arguments, **details)

    def merge(pks):
        petition, into = (Petition.objects.get(pk=pk) for pk in pks)
        try:
            workflow.merge(petition, into=into, by=User.objects.get(username="officer"))
        except (PermissionDenied, ValidationError) as problem:
            return str(problem)
        finally:
            connection.close()
        return ""

    monkeypatch.setattr(type(PETITIONS), "take", lambda self, *arguments, **details: slowly(*arguments, **details))
    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(merge, [pair, pair[::-1]]))

    assert said[0] == ""
    assert said[1]
    assert Petition.objects.filter(status="merged").count() == 1


def test_counts_another_has_not_committed_survive_bringing_together(world):
    """PostgreSQL brings together meanwhile; SQLite, with one writer at a time, once the other is done."""
    pk, changed, go_on = world.logged().pk, Event(), Event()

    def change():
        with transaction.atomic():
            Petition.objects.filter(pk=pk).update(point_count=5)
            changed.set()
            go_on.wait(5)
        connection.close()

    def bring_together():
        PetitionTally.objects.compact()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(change)
        assert changed.wait(5)
        bringing = pool.submit(bring_together)
        wait([bringing], timeout=0.5)
        go_on.set()
        changing.result()
        bringing.result()
    assert tallied() == counted()

    PetitionTally.objects.compact()
    assert tallied() == counted()
