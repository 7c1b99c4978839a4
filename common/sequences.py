"""Numbers without gaps or repeats, however many people ask at once."""

from django.db import transaction
from django.db.models import F

from common.models import Sequence


def take_next(key):
    """The next number under `key`, from 1. Taken only if the surrounding transaction is kept."""
    return take_block(key, 1)[0]


def take_block(key, count):
    """The next `count` numbers under `key`, as a range; taken only if the surrounding transaction is kept."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("take_next needs a transaction to belong to")
    while not Sequence.objects.filter(key=key).update(last=F("last") + count):
        Sequence.objects.get_or_create(key=key)
    last = Sequence.objects.values_list("last", flat=True).get(key=key)
    return range(last - count + 1, last + 1)


def foresee_next(key):
    """The number `take_next` would give now; somebody else may take it first."""
    return (Sequence.objects.filter(key=key).values_list("last", flat=True).first() or 0) + 1
