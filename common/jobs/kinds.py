"""The kinds of work that exist."""


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

    def result_address(self, job):
        """Where the result is to be seen; "" for nowhere."""
        return ""


_registered = {}


def register(kind):
    _registered[kind.key] = kind


def kind_of(job):
    return _registered[job.kind]
