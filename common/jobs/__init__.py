"""Long work in the background, in steps: each step is kept whole or not at all.

A kind of work registers a `Kind`; `enqueue` asks for it; workers call `run`. The effects of a step and the
note of how far it came are saved in one transaction, so a worker killed in the middle loses and repeats nothing.
What a step does outside the database (a file, a mail) it must be able to do again.
"""

from common.jobs.engine import cancel, enqueue, retry, revive, run
from common.jobs.kinds import Kind, kind_of, register

__all__ = ["Kind", "cancel", "enqueue", "kind_of", "register", "retry", "revive", "run"]
