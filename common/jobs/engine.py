"""Asking for work, doing it step by step, taking it up again."""

import logging
import time
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from common.acting import acting
from common.jobs.kinds import InHandError, kind_of, was_left
from common.models import Job
from common.problems import in_words

logger = logging.getLogger(__name__)

#: A worker works on one job for so long, then gives the others a turn.
TURN_SECONDS = 15
#: Where one writer at a time has the whole database (SQLite), a worker that had it for so long stands back; the others
#: look every 0.1 seconds whether it is free.
HELD_SECONDS, STAND_BACK_SECONDS = 0.5, 0.15
#: A running job nobody has touched for so long was left by a worker that died.
ABANDONED_AFTER = timedelta(seconds=60)
#: Tries before a job is given up, and the wait before the first repetition; it doubles each time.
TRIES, FIRST_WAIT = 5, timedelta(seconds=10)


@transaction.atomic
def enqueue(kind, *, key="", title="", by=None, total=0, **arguments):
    """A job for the background. The same `key` asked for again while it is under way gives the same job."""
    if key and (present := Job.objects.under_way().filter(kind=kind, key=key).first()):
        return present
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind, key=key, title=title, arguments=arguments, asked_by=by.pk if by else None, total=total
            )
    except IntegrityError:  # asked for by somebody else at this very moment
        return Job.objects.under_way().get(kind=kind, key=key)
    _ask_worker(job)
    return job


def run(pk):
    """Work on a job for one turn; what a worker calls."""
    _take_up(pk)
    begun = let_in = time.monotonic()
    while time.monotonic() < begun + TURN_SECONDS:
        try:
            if not _step(pk):
                return
            _outside(pk)
            let_in = _let_others_in(let_in)
        except InHandError:
            return
        except Exception as problem:
            logger.exception("job %s", pk)
            _note_failure(pk, problem)
            return
    _ask_worker(Job.objects.get(pk=pk))


@transaction.atomic
def _take_up(pk):
    """Say that somebody works on it before the first step begins: what dies in that step is found again.

    A worker that died at it counts as a try: what ends its workers every time is given up like what fails.
    """
    job = _locked(pk)
    if job is None or not job.is_under_way or job.cancel_requested:
        return
    if was_left(job):
        job.tries += 1
        job.checkpoint.pop("claimed")
        job.error = _(
            "A worker stopped in the middle of it: too little time or memory. Try again when less is going on."
        )
    if job.tries >= TRIES:
        job.finish(Job.State.FAILED)
        return
    job.begin()
    job.save()


@transaction.atomic
def _step(pk):
    """One step, if the job is ours to do; whether there is more to do."""
    job = _locked(pk)
    if job is None or not job.is_under_way:
        return False
    if job.cancel_requested:
        job.finish(Job.State.CANCELLED)
        return False
    job.begin()
    with acting(by=job.asker, reason=job.title):
        finished = kind_of(job).step(job)
    if finished:
        job.finish(Job.State.DONE)
    else:
        job.save()
    return not finished


def _outside(pk):
    """What the step just kept leaves to be done without a transaction; when it fails it is free for another try."""
    job = Job.objects.get(pk=pk)
    try:
        with acting(by=job.asker, reason=job.title):
            kind_of(job).outside(job)
    except Exception:
        job.checkpoint.pop("claimed", None)
        Job.objects.filter(pk=pk).update(checkpoint=job.checkpoint)
        raise


def _let_others_in(last):
    """Give others who write a chance between two steps; returns when they last had one."""
    if connection.features.has_select_for_update or time.monotonic() < last + HELD_SECONDS:
        return last
    time.sleep(STAND_BACK_SECONDS)
    return time.monotonic()


def _locked(pk):
    """The job, locked; None when another worker has it in hand."""
    jobs = Job.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    return jobs.filter(pk=pk).first()


@transaction.atomic
def _note_failure(pk, problem):
    """Remember why, and when to try again: ten seconds later, then twice as long each time."""
    job = Job.objects.select_for_update().get(pk=pk)
    job.tries += 1
    job.error = in_words(problem)[:2000]
    if job.tries >= TRIES:
        job.finish(Job.State.FAILED)
        return
    job.state = Job.State.WAITING
    job.next_try_at = timezone.now() + FIRST_WAIT * 2 ** (job.tries - 1)
    job.save()


def revive(now=None):
    """Take up what waits for another try and what a dead worker left; returns how many."""
    now = now or timezone.now()
    due = Q(state=Job.State.WAITING, next_try_at__lte=now)
    left = Q(state=Job.State.RUNNING, touched_at__lt=now - ABANDONED_AFTER)
    jobs = list(Job.objects.filter(due | left))
    for job in jobs:
        _ask_worker(job)
    return len(jobs)


@transaction.atomic
def cancel(job):
    """Stop after the step at hand; what is done stays done."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.is_under_way:
        job.cancel_requested = True
        job.save()
    return job


@transaction.atomic
def retry(job):
    """Try a failed or cancelled job again from where it stopped."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_under_way and job.state != Job.State.DONE:
        job.state, job.tries, job.error = Job.State.WAITING, 0, ""
        job.cancel_requested, job.finished_at, job.next_try_at = False, None, None
        job.save()
        _ask_worker(job)
    return job


def _ask_worker(job):
    async_task("common.jobs.run", job.pk, task_name=f"{job.kind} {job.pk}")
