"""Which petitions say nearly the same: shared pairs of words, blind to marks and case."""

from dataclasses import dataclass
from itertools import pairwise

from common.text import fold
from petitions.models.petitions import Petition

#: From here on two texts are worth a look; at `SURELY` they are most likely the same matter.
LIKELY, SURELY = 0.34, 0.6

#: How many of the latest petitions are compared.
REACH = 4000


@dataclass(frozen=True)
class Similar:
    petition: Petition
    likeness: float

    @property
    def percent(self):
        return round(self.likeness * 100)

    @property
    def is_sure(self):
        return self.likeness >= SURELY


def similar_to(text, petitions, *, limit=5):
    """The most similar among `petitions`, most similar first. `text` is title and points as typed."""
    wanted = _pairs(fold(text))
    if len(wanted) < 3:
        return []
    candidates = petitions.order_by("-pk").values_list("pk", "search_text")[:REACH]
    scored = [(_likeness(wanted, _pairs(folded)), pk) for pk, folded in candidates]
    best = sorted((pair for pair in scored if pair[0] >= LIKELY), reverse=True)[:limit]
    found = petitions.select_related("council_session", "place", "lead_agency").in_bulk([pk for _likeness_, pk in best])
    return [Similar(found[pk], likeness) for likeness, pk in best]


def _pairs(folded):
    return set(pairwise(folded.split()))


def _likeness(one, other):
    """Shared pairs over the shorter text, so that a short wording still meets the long one it repeats."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared >= 3 else 0.0
