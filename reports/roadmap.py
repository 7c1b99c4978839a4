"""The road to session day: what is still missing before the report can go out."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.models import WorkingSession


@dataclass(frozen=True)
class Gap:
    """One thing missing, or done. `figure` opens its rows."""

    words: Any
    is_done: bool
    figure: str = ""


def missing(council_session, figures):
    """The list on the cockpit, most pressing first."""
    counts = figures.counts
    unassigned = sum(1 for fact in figures.rows("total") if any(not point.agency for point in fact.points))
    sessions = WorkingSession.objects.filter(delegation__council_session=council_session)
    without_notice = sessions.exclude(notice__document__status="issued").count()
    return [
        _gap(counts["overdue"].part, "overdue", "%(number)d petition is overdue", "%(number)d petitions are overdue", _("No petition is overdue")),
        _gap(counts["unanswered"].part, "unanswered", "%(number)d petition has no full answer yet", "%(number)d petitions have no full answer yet", _("Every petition has its answer")),
        _gap(unassigned, "", "%(number)d petition is not assigned yet", "%(number)d petitions are not assigned yet", _("Every petition is assigned")),
        _gap(without_notice, "", "%(number)d working session has no issued conclusion notice", "%(number)d working sessions have no issued conclusion notice", _("Every working session has its conclusion notice")),
        Gap(_("Carried over + new − closed = left at the end"), figures.balances),
    ]  # fmt: skip


def _gap(number, figure, singular, plural, nothing):
    words = ngettext(singular, plural, number) % {"number": number} if number else nothing
    return Gap(words, not number, figure if number else "")
