"""How a matter stands: the classes every report counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResultClass(models.TextChoices):
    """What became of a point. No value means: no answer yet."""

    RESOLVED = "resolved", _("resolved")
    IN_PROGRESS = "in_progress", _("in progress")
    EXPLAINED = "explained", _("explained, information given")
    NOT_RESOLVED = "not_resolved", _("not resolved")


#: A matter with one of these is finished; any other is carried over to the next session.
CLOSING = frozenset({ResultClass.RESOLVED, ResultClass.EXPLAINED})

#: The worst point decides for the whole petition.
_WORST_FIRST = [
    ResultClass.NOT_RESOLVED,
    ResultClass.IN_PROGRESS,
    ResultClass.RESOLVED,
    ResultClass.EXPLAINED,
]


def combined(results):
    """The result of a petition from those of its points; "" while any point has no answer.

    A petition is resolved when at least one point is and every other one is resolved or explained.
    """
    results = list(results)
    if not results or "" in results:
        return ""
    return next(result for result in _WORST_FIRST if result in results)
