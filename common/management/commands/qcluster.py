"""qcluster: the workers. Told to stop, together or the first process alone, they finish what they have in hand."""

import signal

from django_q import cluster
from django_q.management.commands import qcluster


class Sentinel(cluster.Sentinel):
    """Leaves it to the first process to lead the stop, and so do the workers it starts.

    A signal to all of them at once (a process group, a unit of systemd) otherwise ends this process in the middle of
    what the first one waits for, which then waits for ever.
    """

    def start(self):
        signal.signal(signal.SIGTERM, _wait_for_the_first)
        super().start()

    def reincarnate(self, process):
        if getattr(process, "timer", None) and process.timer.value == 0:
            process.kill()  # it has hung, and would not mind being asked to end
        super().reincarnate(process)


def _wait_for_the_first(_signal, _frame):
    """Not the default, which ends the process, and not ignored, which programs started from here would inherit."""


class Command(qcluster.Command):
    def handle(self, *args, **options):
        cluster.Sentinel = Sentinel
        super().handle(*args, **options)
