"""Long work in the background, in steps: each step is kept whole or not at all.

A kind of work registers a `Kind`; `enqueue` asks for it; workers call `run`. The effects of a step and the
note of how far it came are saved in one transaction, so a worker killed in the middle loses and repeats nothing.
What a step does outside the database (a file) it must be able to do again; what takes long or cannot be taken back
(a mail) is done between two steps: claimed in one, done while no lock is held, noted in the next.
"""

from common.jobs.engine import cancel, enqueue, retry, revive, run
from common.jobs.kinds import Kind, claim, kind_of, register

__all__ = ["Kind", "cancel", "claim", "enqueue", "kind_of", "register", "retry", "revive", "run"]
