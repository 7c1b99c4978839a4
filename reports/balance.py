"""What must add up: opening + new − closed = closing, every table against the figures; differences are explained."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.catalogue import CATALOGUE, COLUMNS
from reports.figures import BREAKDOWNS

#: Sums of figures that are equal by their definition: (added, taken away, equal to).
_EQUATIONS = [
    (("opening", "new"), ("closed",), ("closing",)),
    (("received",), ("merged",), ("new",)),
    (("opening", "new"), (), ("total",)),
    (("central", "local"), (), ("total",)),
    (("answered", "unanswered"), (), ("local",)),
    (("resolved", "in_progress", "explained", "not_resolved"), (), ("answered",)),
]


@dataclass(frozen=True)
class Check:
    """Two numbers that must be equal, in words; `reason` says why they may differ here.

    `right_of` is the figure on the right; `left_of` the (column, table) whose total stands on the left, None of a sum.
    """

    words: str
    left: int
    right: int
    reason: str = ""
    right_of: str = ""
    left_of: tuple[str, str] | None = None

    @property
    def difference(self):
        return self.left - self.right

    @property
    def holds(self):
        """Equal, or different for a known reason."""
        return not self.difference or bool(self.reason)


def checks(figures):
    """Every check of a session's figures, the balance first."""
    return [*_sums(figures), *_opening(figures), *_tables(figures), *_by_agency(figures), *_columns(figures)]


def _sums(figures):
    for added, taken, equal in _EQUATIONS:
        left = sum(figures.counts[key].part for key in added) - sum(figures.counts[key].part for key in taken)
        words = " + ".join(_name(key) for key in added) + "".join(f" − {_name(key)}" for key in taken)
        yield Check(f"{words} = {_name(*equal)}", left, figures.counts[equal[0]].part, right_of=equal[0])


def _opening(figures):
    """What the session before left, where less of it is to be dealt with by now."""
    left, opening = figures.left_before, figures.counts["opening"].part
    if left != opening:
        reason = _("%(number)s of those carried over were merged or set aside after the session before had closed.")
        words = f"{_('Left by the session before')} = {_name('opening')}"
        yield Check(words, left, opening, reason % {"number": left - opening})


def _name(key):
    return str(CATALOGUE[key].label)


def _tables(figures):
    """Level = committee = field = locality = total."""
    for by in BREAKDOWNS:
        table = figures.breakdown(by)
        words, total = f"{table.title} = {_name('total')}", figures.counts["total"].part
        yield Check(words, table.total["total"], total, right_of="total", left_of=("total", by))


def _by_agency(figures):
    """The table by agency counts points: those are all there, and more than the petitions."""
    table, petitions, points = figures.by_agency, figures.counts["total"].part, figures.counts["points"].part
    left, left_of = table.total["total"], ("total", "agency")
    yield Check(f"{table.title} = {_name('points')}", left, points, "", "points", left_of)
    yield Check(f"{table.title} = {_name('total')}", left, petitions, table.explanation, "total", left_of)


def _columns(figures):
    """The columns of a table in petitions against the figures of local authority."""
    table, central = figures.breakdown("level"), figures.columns("central")
    for name in COLUMNS[1:]:
        apart = central[name]
        left, right = table.total[name], figures.counts[name].part
        reason = ""
        if apart and left - right == apart:
            reason = _("%(number)s of central authority stand in the tables and not in the shares.") % {"number": apart}
        yield Check(f"{table.title}: {_name(name)} = {_name(name)}", left, right, reason, name, (name, "level"))
