"""Who is acting, and why: remembered for every record saved meanwhile."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation


@dataclass(frozen=True)
class Act:
    user: object = None
    reason: str = ""


_current = ContextVar("current_act", default=Act())  # noqa: B039 — Act is frozen


def current_act():
    return _current.get()


def official(words):
    """Translatable `words` in the office's language, as they go into the record."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


@contextmanager
def acting(*, by=None, reason=""):
    """Attribute everything saved inside the block to `by`, because of `reason`.

    What an inner block leaves out is taken from the block around it. A translatable reason is
    written down in the office's language, whatever language the person works in.
    """
    outer = _current.get()
    token = _current.set(Act(by or outer.user, official(reason) or outer.reason))
    try:
        yield
    finally:
        _current.reset(token)
