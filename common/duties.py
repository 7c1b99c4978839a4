"""Work that happens by itself: each room says what it has to do, `run_due_work` does it all.

A duty may be carried out at any time, any number of times, by several processes at once: it finds out by itself
what there is to do. One that fails does not keep the others from theirs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from common import jobs
from common.models import DutyRun, SentForm
from common.problems import in_words

logger = logging.getLogger(__name__)

#: A form sent so long ago is not sent again by a double click.
FORMS_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Duty:
    """`act(now)` returns how much it did. Lower `order` first."""

    key: str
    label: Any
    act: Callable
    order: int


_registered = {}


def register(key, label, act, order):
    _registered[key] = Duty(key, label, act, order)


def all_duties():
    return sorted(_registered.values(), key=lambda duty: duty.order)


def carry_out(now=None):
    """Everything there is to do now: {duty: how much, or what went wrong}."""
    now = now or timezone.now()
    done = {}
    for duty in all_duties():
        try:
            done[duty.key] = duty.act(now)
            problem = ""
        except Exception as error:
            logger.exception("duty %s", duty.key)
            done[duty.key] = problem = in_words(error)[:1000]
        DutyRun.objects.update_or_create(
            key=duty.key, defaults={"carried_out_at": now, "did": 0 if problem else done[duty.key], "problem": problem}
        )
    return done


def expire(now):
    """Forget forms sent long ago, sign-ins that have run out, and what was noted for a time: who had a draft open."""
    forms, _by_model = SentForm.objects.filter(sent_at__lt=now - FORMS_KEPT).delete()
    sign_ins, _by_model = Session.objects.filter(expire_date__lt=now).delete()
    return forms + sign_ins + _forget_cached(now)


def _forget_cached(now):
    """The cache lets go of what has run out only when it is full; until then names and addresses would lie there."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 — a name from our own settings
            [connection.ops.adapt_datetimefield_value(now)],
        )
        return cursor.rowcount


def take_up_jobs(now):
    return jobs.revive(now)
