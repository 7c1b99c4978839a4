"""The kinds of work that exist."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

#: What somebody has had in hand for so long was left by a worker that died: none may work as long on one piece.
LEFT_AFTER = timedelta(seconds=settings.Q_CLUSTER["timeout"] + 30)


class InHandError(Exception):
    """Another worker is at it: nothing to do now, and nothing went wrong."""


def claim(job):
    """Take what `Kind.outside` is to do into one's hands; refused while another worker has it."""
    if job.checkpoint.get("claimed") and not was_left(job):
        raise InHandError
    job.checkpoint["claimed"] = timezone.now().isoformat()


def was_left(job):
    """Whether a worker claimed a piece of it and died before it was done."""
    claimed = job.checkpoint.get("claimed")
    return bool(claimed) and datetime.fromisoformat(claimed) <= timezone.now() - LEFT_AFTER


class Kind:
    """One kind of long work. Subclasses are registered when their room starts."""

    key = ""
    label = ""

    def step(self, job):
        """Do the next piece, inside a transaction; True when everything is done.

        `job.arguments` say what was asked, `job.checkpoint` how far it came; `job.done`, `job.total` and
        `job.result` may be set. Should take a few seconds at most.
        """
        raise NotImplementedError

    def outside(self, job):
        """What follows a step outside the database, such as a mail; no transaction is open and no lock is held.

        The step before it claims it with `claim`, so that no other worker does it meanwhile; what was done is saved
        here, in a transaction of its own. It may come twice only when a worker dies between doing and saving.
        """

    def outcome(self, job):
        """What came of it so far, in words; "" where the progress says it all."""
        return ""

    def refusals(self, job):
        """What was refused so far, as (what, its address, why)."""
        return []

    def asked_at(self, job):
        """The page it was asked for at, to go back to while there is no result; "" for nowhere."""
        return ""

    def result_address(self, job):
        """Where the result is to be seen; "" for nowhere."""
        return ""


_registered = {}


def register(kind):
    _registered[kind.key] = kind


def kind_of(job):
    return _registered[job.kind]
