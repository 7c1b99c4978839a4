"""Kinds of work for tests, and a worker that knows them: `python -m tests.common.job_kinds`."""

import os
import socket
import time

if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()

from django.core.management import call_command

from common import jobs
from common.models import Sequence
from common.sequences import take_next


class Counting(jobs.Kind):
    """Takes a number in each step; `pause` seconds long, so that a test can kill it in the middle."""

    key = "counting"
    label = "Counting"

    def step(self, job):
        take_next("counted")
        job.result.setdefault("by", []).append(socket.gethostname())
        time.sleep(job.arguments.get("pause", 0))
        job.done += 1
        return job.done >= job.total


class Failing(jobs.Kind):
    """Fails so many times, then succeeds."""

    key = "failing"
    label = "Failing"

    def step(self, job):
        take_next("tried")
        if job.tries < job.arguments["times"]:
            raise ValueError("not yet")
        return True


def counted():
    return Sequence.objects.filter(key="counted").values_list("last", flat=True).first() or 0


jobs.register(Counting())
jobs.register(Failing())

if __name__ == "__main__":
    if machine := os.environ.get("MACHINE"):
        socket.gethostname = lambda: machine
    call_command("qcluster")
