"""common/sequences.py: numbers without gaps or repeats."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from common.models import Sequence
from common.sequences import take_next

TAKERS = 200 if connection.vendor == "postgresql" else 50
AT_ONCE = 20 if connection.vendor == "postgresql" else 8


def take():
    """One number, in a transaction and on a connection of its own."""
    try:
        with transaction.atomic():
            return take_next("thử")
    finally:
        connection.close()


@pytest.mark.django_db
def test_numbers_run_from_one_under_each_key():
    assert [take_next("a"), take_next("a"), take_next("b"), take_next("a")] == [1, 2, 1, 3]
    assert sorted(map(str, Sequence.objects.all())) == ["a: 3", "b: 1"]


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap():
    take_next("a")
    with transaction.atomic():
        assert take_next("a") == 2
        transaction.set_rollback(True)

    assert take_next("a") == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_needs_a_transaction_to_belong_to():
    with pytest.raises(TransactionManagementError, match="needs a transaction"):
        take_next("a")

    assert not Sequence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_takers_at_once_get_every_number_once():
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda _taker: take(), range(TAKERS)))

    assert sorted(taken) == list(range(1, TAKERS + 1))
    assert Sequence.objects.get().last == TAKERS


@pytest.mark.django_db(transaction=True)
def test_takers_that_fail_among_many_leave_no_gap():
    def take_or_fail(taker):
        try:
            with transaction.atomic():
                number = take_next("thử")
                if taker % 3 == 0:
                    raise ArithmeticError
                return number
        except ArithmeticError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = [number for number in pool.map(take_or_fail, range(60)) if number]

    assert sorted(taken) == list(range(1, 41))
