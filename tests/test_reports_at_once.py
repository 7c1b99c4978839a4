"""Figures read and versions issued while others write, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts.models import User
from documents import numbering
from documents import workflow as documents
from documents.models import Document
from petitions.models import Petition
from reports import counting, tallies, workflow
from reports.models import SessionReport, TouchedPetition
from sessions.models import CouncilSession

pytestmark = pytest.mark.django_db(transaction=True)

ON_POSTGRES = connection.vendor == "postgresql"


def meeting_in(monkeypatch, place, name):
    """Two hands go on from here together, where the first does not keep the second from getting here."""
    both, act = Barrier(2, timeout=0.5), getattr(place, name)

    def met(*arguments, **details):
        with suppress(BrokenBarrierError):
            both.wait()
        return act(*arguments, **details)

    monkeypatch.setattr(place, name, met)


def by_two(act, *things):
    """What each of two hands was told; "" where nothing stood in the way."""

    def told(thing):
        try:
            act(thing)
        except PermissionDenied as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(told, things))


def mentions(council_session):
    found = counting.of_today(CouncilSession.objects.get(pk=council_session.pk)).petitions
    return sorted((group.standing.times_raised, group.number) for group in found)


def test_what_is_committed_after_the_duty_counted_is_in_the_numbers_at_once(world):
    """PostgreSQL counts meanwhile; SQLite, with one writer at a time, once the other is done."""
    first, second = world.logged(), world.logged()
    tallies.count_again()
    Petition.objects.filter(pk=second.pk).update(origin_count=2)
    changed, go_on = Event(), Event()

    def change():
        with transaction.atomic():
            Petition.objects.filter(pk=first.pk).update(origin_count=5)
            changed.set()
            go_on.wait(5)
        connection.close()

    def count():
        tallies.count_again()
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        changing = pool.submit(change)
        assert changed.wait(5)
        assert mentions(world.session) == [(1, 1), (2, 1)]
        counting_twice = [pool.submit(count), pool.submit(count)]
        wait(counting_twice, timeout=0.5)
        assert mentions(world.session) == [(1, 1), (2, 1)]
        go_on.set()
        changing.result()
        assert mentions(world.session) == [(2, 1), (5, 1)]
        [counted.result() for counted in counting_twice]

    tallies.count_again()
    assert not TouchedPetition.objects.exists()
    assert mentions(world.session) == [(2, 1), (5, 1)]


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite holds one state only for those who keep writers waiting")
def test_which_petitions_belong_to_a_session_is_asked_of_the_same_state_as_how_they_stand(world, monkeypatch):
    days = {"meeting": None, "raised_on": world.today - timedelta(200), "received_on": world.today - timedelta(200)}
    earlier = world.new_session(opens_on=world.today - timedelta(150), number=2)
    petition = world.logged(council_session=earlier, **days)
    tallies.count_again()
    assert mentions(world.session) == [(1, 1)]
    cycle_of = counting.cycle_of

    def move():
        Petition.objects.filter(pk=petition.pk).update(council_session=world.session, origin_count=5)
        connection.close()

    def meanwhile(council_session):
        found = cycle_of(council_session)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(move).result()
        return found

    monkeypatch.setattr(counting, "cycle_of", meanwhile)
    assert mentions(world.session) == [(1, 1)]
    monkeypatch.undo()
    assert mentions(world.session) == [(5, 1)]


def test_a_migration_has_all_counted_again_while_others_write(world):
    """Nobody waits for another on PostgreSQL, or two who wait for each other lose what one of them was doing."""
    petition, changed, go_on = world.logged(), Event(), Event()
    tallies.count_again()

    def change():
        with transaction.atomic():
            Petition.objects.filter(pk=petition.pk).update(origin_count=5)
            changed.set()
            go_on.wait(5)
        connection.close()

    def migrate():
        tallies.keep_counting()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(change)
        assert changed.wait(5)
        migrating = pool.submit(migrate)
        done, _waiting = wait([migrating], timeout=1)
        go_on.set()
        changing.result()
        migrating.result()

    assert bool(done) == ON_POSTGRES
    assert mentions(world.session) == [(5, 1)]
    tallies.count_again()
    assert mentions(world.session) == [(5, 1)]


def test_two_drafts_at_the_same_moment_are_two_versions(world, monkeypatch):
    session, officer = world.session.pk, world.officer.pk
    meeting_in(monkeypatch, documents, "draft")

    def draft(_hand):
        workflow.draft(CouncilSession.objects.get(pk=session), as_of=world.today, by=User.objects.get(pk=officer))

    assert by_two(draft, 1, 2) == ["", ""]
    assert sorted(SessionReport.objects.values_list("version", flat=True)) == [1, 2]


@pytest.mark.usefixtures("unprinted")
def test_of_two_versions_issued_at_the_same_moment_one_is_refused(world, monkeypatch):
    officer, waiting = world.officer.pk, []
    for _version in range(2):
        report = workflow.draft(world.session, as_of=world.today, by=world.officer, signer=world.chair)
        documents.submit(report.document, by=world.officer)
        documents.clear(report.document, by=world.leader)
        waiting.append(report.document_id)
    meeting_in(monkeypatch, numbering, "open_series")

    def issue(pk):
        documents.issue(Document.objects.get(pk=pk), by=User.objects.get(pk=officer))

    nothing, refused = by_two(issue, *waiting)

    assert nothing == ""
    assert "đã được ban hành" in refused
    assert [one.number for one in Document.objects.filter(pk__in=waiting) if one.number] == [1]
