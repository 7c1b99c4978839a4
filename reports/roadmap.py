"""The road to session day: what is still missing, document by document, and who must act."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from common.formats import short_date
from documents.models import Status as DocumentStatus
from oversight.models import WorkingSession
from petitions.models import Assignment, Petition
from petitions.models.petitions import Status
from reports.addresses import rows_address
from reports.models import ReportKind
from responses.models import Reply


@dataclass(frozen=True)
class Gap:
    """One thing missing, or done. `figure` opens its rows, as many as `number`; `address` the place that closes it;
    `who` must act.
    """

    words: Any
    is_done: bool
    figure: str = ""
    who: list["Actor"] = field(default_factory=list)
    address: str = ""
    number: int = 0


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


def missing(council_session, figures, kind=ReportKind.OVERSIGHT):
    """What a report of this kind waits for in the records, most pressing first."""
    counted = (council_session, figures, kind)
    if kind == ReportKind.AGGREGATE:
        return [awaited("unassigned", *counted), balanced(council_session, figures)]
    owed = [awaited("overdue", *counted), awaited("unanswered", *counted)]
    if kind == ReportKind.RESULTS:
        return [*owed, balanced(council_session, figures)]
    rest = [awaited("unassigned", *counted), unconcluded_sessions(council_session), balanced(council_session, figures)]
    return [*owed, *rest]


#: {figure: (how many wait, what is said when none does)}
_AWAITED = {
    "overdue": (
        ngettext_lazy("%(number)d petition is overdue", "%(number)d petitions are overdue", "number"),
        gettext_lazy("No petition is overdue"),
    ),
    "unanswered": (
        ngettext_lazy(
            "%(number)d petition has no full answer yet", "%(number)d petitions have no full answer yet", "number"
        ),
        gettext_lazy("Every petition has its answer"),
    ),
    "unassigned": (
        ngettext_lazy("%(number)d petition is not assigned yet", "%(number)d petitions are not assigned yet", "number"),
        gettext_lazy("Every petition is assigned"),
    ),
}


def awaited(figure, council_session, figures, kind=ReportKind.OVERSIGHT):
    """The petitions a figure of what is not done yet counts: the agencies owe them, or the secretariat their holder."""
    number = figures.counts[figure].part
    waiting, none = _AWAITED[figure]
    if figure == "unassigned":
        who = [Actor(_("the secretariat classifies and forwards them"))] if number else []
    else:
        who = _owing(council_session, figures, figure, kind)
    if not number:
        return Gap(none, True, figure, who)
    address = rows_address(council_session, figure, figures.as_of, kind=kind)
    return Gap(waiting % {"number": number}, False, figure, who, address, number)


def unconcluded_sessions(council_session):
    sessions = WorkingSession.objects.filter(delegation__council_session=council_session)
    unconcluded = list(sessions.without_issued_notice().select_related("delegation", "agency").order_by("held_on"))
    number = len(unconcluded)
    words = ngettext(
        "%(number)d working session has no issued conclusion notice",
        "%(number)d working sessions have no issued conclusion notice",
        number,
    ) % {"number": number}
    return Gap(
        words if number else _("Every working session has its conclusion notice"),
        not number,
        who=[Actor(_worked(held), address=held.get_absolute_url()) for held in unconcluded],
    )


def _worked(held):
    """Which delegation worked with which agency on which day."""
    return f"{held.delegation} – {held.agency}, {short_date(held.held_on)}"


def balanced(council_session, figures):
    """Carried over + new − closed = left at the end; what does not add up stands on the page of all sums."""
    address = f"{reverse('reports:figures', args=[council_session.pk])}?as_of={figures.as_of.isoformat()}"
    return Gap(_("Carried over + new − closed = left at the end"), figures.balances, address=address)


def _owing(council_session, figures, column, kind):
    """The agencies that lead points of this kind, the most first."""
    rows = [row for row in figures.by_agency.rows if row.counts[column] and row.key]
    rows.sort(key=lambda row: -row.counts[column])
    return [
        Actor(
            row.label,
            row.counts[column],
            row.key,
            rows_address(council_session, column, figures.as_of, "agency", row.key, kind),
        )
        for row in rows
    ]
