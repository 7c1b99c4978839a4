"""Numbers under many hands at once: 1..n, no gap, no duplicate."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from accounts.models import User
from directory.models import Agency
from documents import numbering, workflow
from documents.models import Document, NumberSeries, SetAside, Status
from documents.register import book

pytestmark = pytest.mark.django_db(transaction=True)

ON_POSTGRES = connection.vendor == "postgresql"
HANDS, MANY = 8, 200 if ON_POSTGRES else 50
DAY = date(2026, 3, 9)


def by_many_hands(act, things):
    """`act` on every thing, by several threads with a connection each."""

    def on_own_connection(thing):
        try:
            return act(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(on_own_connection, things))


def test_documents_issued_at_the_same_time_get_every_number_once(world, cleared):
    waiting = [cleared().pk for _document in range(MANY)]
    registrar = world.registrar.pk

    def issue(pk):
        return workflow.issue(Document.objects.get(pk=pk), by=User.objects.get(pk=registrar), issued_on=DAY).number

    numbers = by_many_hands(issue, waiting)

    assert sorted(numbers) == list(range(1, MANY + 1))
    assert sorted(Document.objects.values_list("number", flat=True)) == sorted(numbers)
    assert set(Document.objects.values_list("status", flat=True)) == {Status.ISSUED}
    assert NumberSeries.objects.count() == 1


def test_the_numbers_of_a_series_opened_by_many_at_once(world, drafted):
    document = drafted()

    def number(_taker):
        with transaction.atomic():
            return numbering.next_number(numbering.open_series(document.agency, document.kind, 2026))

    assert sorted(by_many_hands(number, range(MANY))) == list(range(1, MANY + 1))
    assert NumberSeries.objects.count() == 1


def test_those_that_fail_among_many_leave_no_gap(world, drafted):
    document = drafted()

    def number_or_failure(taker):
        with transaction.atomic():
            number = numbering.next_number(numbering.open_series(document.agency, document.kind, 2026))
            if taker % 4 == 0:
                transaction.set_rollback(True)
                return None
            return number

    kept = [number for number in by_many_hands(number_or_failure, range(MANY)) if number]

    assert sorted(kept) == list(range(1, MANY - len(range(0, MANY, 4)) + 1))


def test_numbers_reserved_while_others_issue_leave_no_gap_either(world, cleared):
    waiting = [cleared(kind="BC").pk for _document in range(MANY // 5)]
    registrar, agency = world.registrar.pk, world.department.pk

    def keep_or_issue(pk):
        by = User.objects.get(pk=registrar)
        if pk is None:
            return numbering.reserve(
                agency=Agency.objects.get(pk=agency), kind="BC", year=world.today.year, reason="văn bản mật", by=by
            ).number
        return workflow.issue(Document.objects.get(pk=pk), by=by).number

    numbers = by_many_hands(keep_or_issue, [thing for pk in waiting for thing in (pk, None)])

    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert SetAside.objects.count() == len(waiting)
    assert book(NumberSeries.objects.get()).missing == []


def test_a_reserved_number_goes_to_one_of_many_who_want_it(world, cleared):
    kept = numbering.reserve(
        agency=world.department, kind="CV", year=world.today.year, reason="văn bản giấy", by=world.registrar
    )
    waiting, registrar = [cleared().pk for _document in range(HANDS)], world.registrar.pk

    def issue(pk):
        try:
            return workflow.issue(
                Document.objects.get(pk=pk),
                by=User.objects.get(pk=registrar),
                reserved=SetAside.objects.get(pk=kept.pk),
            ).number
        except workflow.PermissionDenied as refused:
            return str(refused)

    told = by_many_hands(issue, waiting)

    assert told.count(1) == 1
    assert set(told) == {1, "Số giữ chỗ này thuộc sổ khác hoặc đã được sử dụng."}
    assert Document.objects.filter(status=Status.ISSUED).count() == 1


def test_one_document_issued_by_many_at_once_is_issued_once(world, cleared):
    pk, registrar = cleared().pk, world.registrar.pk

    def issue(_hand):
        try:
            return workflow.issue(Document.objects.get(pk=pk), by=User.objects.get(pk=registrar), issued_on=DAY).number
        except workflow.PermissionDenied as refused:
            return str(refused)

    told = by_many_hands(issue, range(HANDS))

    assert told.count(1) == 1
    assert {answer for answer in told if answer != 1} == {
        "Không thể thực hiện “Cấp số và ban hành” khi trạng thái là “đã ban hành”."
    }
    assert Document.objects.get().number == 1
