"""The road to session day: what is still missing before the report can go out."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Status as DocumentStatus
from oversight.models import WorkingSession
from petitions.models import Assignment, Petition
from petitions.models.petitions import Status
from responses.models import Reply


@dataclass(frozen=True)
class Gap:
    """One thing missing, or done. `figure` opens its rows; `who` must act."""

    words: Any
    is_done: bool
    figure: str = ""
    who: list["Actor"] = field(default_factory=list)


@dataclass(frozen=True)
class Actor:
    """Whose turn it is: an agency with the `points` it owes, `key` opens them; or somebody else, with an address."""

    name: Any
    points: int = 0
    key: str = ""
    address: str = ""


@dataclass(frozen=True)
class Stage:
    """How many petitions stand at one step of the way; `facet` opens them in the list."""

    label: Any
    count: int
    facet: str = ""


def stages(council_session):
    """Where the petitions of a session stand today, in the order of the way."""
    petitions = Petition.objects.filter(council_session=council_session)
    waiting = petitions.filter(status=Status.FORWARDED, answered_on__isnull=True)
    replies = Reply.objects.exclude(document__status__in=[DocumentStatus.ISSUED, DocumentStatus.ABANDONED])
    being_answered = waiting.filter(points__answers__reply__in=replies).distinct()
    not_accepted = waiting.filter(points__assignments__status=Assignment.Status.SENT).distinct()
    return [
        Stage(_("to classify"), petitions.filter(status=Status.RECEIVED).count(), "new"),
        Stage(_("to forward"), petitions.filter(status=Status.CLASSIFIED).count(), "to_forward"),
        Stage(_("returned"), petitions.filter(status=Status.RETURNED).count(), "returned"),
        Stage(_("with the agencies"), waiting.count(), "unanswered"),
        Stage(_("not accepted yet"), not_accepted.count()),
        Stage(_("reply being drafted"), being_answered.count()),
        Stage(_("answered"), petitions.filter(answered_on__isnull=False).count(), "answered"),
    ]


def missing(council_session, figures):
    """The list on the cockpit, most pressing first."""
    counts = figures.counts
    sessions = WorkingSession.objects.filter(delegation__council_session=council_session)
    unconcluded = list(sessions.without_issued_notice().select_related("delegation", "agency").order_by("held_on"))
    without_notice = len(unconcluded)
    overdue, unanswered, unassigned = (counts[key].part for key in ("overdue", "unanswered", "unassigned"))
    return [
        Gap(
            ngettext("%(number)d petition is overdue", "%(number)d petitions are overdue", overdue)
            % {"number": overdue}
            if overdue
            else _("No petition is overdue"),
            not overdue,
            "overdue",
            _owing(figures, "overdue"),
        ),
        Gap(
            ngettext(
                "%(number)d petition has no full answer yet", "%(number)d petitions have no full answer yet", unanswered
            )
            % {"number": unanswered}
            if unanswered
            else _("Every petition has its answer"),
            not unanswered,
            "unanswered",
            _owing(figures, "unanswered"),
        ),
        Gap(
            ngettext("%(number)d petition is not assigned yet", "%(number)d petitions are not assigned yet", unassigned)
            % {"number": unassigned}
            if unassigned
            else _("Every petition is assigned"),
            not unassigned,
            "unassigned",
            [Actor(_("the secretariat classifies and forwards them"))] if unassigned else [],
        ),
        Gap(
            ngettext(
                "%(number)d working session has no issued conclusion notice",
                "%(number)d working sessions have no issued conclusion notice",
                without_notice,
            )
            % {"number": without_notice}
            if without_notice
            else _("Every working session has its conclusion notice"),
            not without_notice,
            who=[Actor(f"{held.delegation} – {held.agency}", address=held.get_absolute_url()) for held in unconcluded],
        ),
        Gap(_("Carried over + new − closed = left at the end"), figures.balances),
    ]


def _owing(figures, column):
    """The agencies that lead points of this kind, the most first."""
    rows = [row for row in figures.by_agency.rows if row.counts[column] and row.key]
    rows.sort(key=lambda row: -row.counts[column])
    return [Actor(row.label, row.counts[column], row.key) for row in rows]
