"""Every recommendation followed up: how many are open, overdue, done on time, by agency or by delegation.

The on-time rate counts due ones only: those whose day has come, without standing requests, work of several years and
what was excused in writing. What is counted apart is not overdue either.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common import xlsx
from common.acting import official
from common.formats import percent, short_date
from oversight.models import Recommendation

Status, Apart = Recommendation.Status, Recommendation.Apart

#: The figures of the table; each opens its rows. All of them are due, not due yet, standing or counted apart.
FIGURES = {
    "total": _("All"),
    "open": _("Not finished"),
    "overdue": _("Overdue"),
    "due": _("Due by today"),
    "on_time": _("Done on time"),
    "not_due": _("Not due yet"),
    "standing": _("Standing requests"),
    "multi_year": _("Work of several years"),
    "excused": _("Excused in writing"),
}
BY_AGENCY, BY_DELEGATION = "agency", "delegation"


@dataclass(frozen=True)
class Followed:
    """One recommendation as it stands on a day."""

    recommendation: Recommendation
    today: Any

    @cached_property
    def figures(self):
        """The figures it counts in."""
        asked = self.recommendation
        is_owed, handed_in = asked.is_owed, asked.status in (Status.REPORTED, Status.DONE)
        found = {"total"}
        if asked.status != Status.DONE:
            found.add("open")
        if asked.apart:
            return found | {asked.apart}
        if asked.due_on is None:
            return found | {"standing"}
        if is_owed and asked.due_on < self.today:
            found.add("overdue")
        if asked.due_on > self.today or (asked.due_on == self.today and not handed_in):
            return found | {"not_due"}
        return found | {"due"} | ({"on_time"} if handed_in and asked.reported_on <= asked.due_on else set())

    @property
    def age(self):
        """Days since the working session."""
        return (self.today - self.recommendation.working_session.held_on).days

    @property
    def last_step(self):
        return next((step for step in reversed(self.recommendation.steps.all()) if step.taken_on), None)


@dataclass
class Line:
    """The figures of one agency or one delegation."""

    key: int
    name: str
    counts: Counter = field(default_factory=Counter)

    @property
    def numbers(self):
        return [(figure, self.counts[figure]) for figure in FIGURES]

    @property
    def rate(self):
        """On time of due, "-" where nothing was due."""
        return percent(self.counts["on_time"], self.counts["due"])


def followed(recommendations, today):
    """The recommendations with all the page shows of them, what is due first."""
    rows = recommendations.sent().select_related(
        "agency", "petition", "clock", "working_session__delegation__council", "working_session__agency"
    )
    rows = rows.prefetch_related("steps__document", "explanations__clock", "files").order_by("due_on", "pk")
    found = [Followed(recommendation, today) for recommendation in rows]
    return sorted(found, key=lambda one: (one.recommendation.due_on is None, "overdue" not in one.figures))


def table(rows, by):
    """(lines, total): by agency or delegation, those with most overdue first."""
    lines, total = {}, Line(0, "")
    for row in rows:
        asked = row.recommendation
        group = asked.agency if by == BY_AGENCY else asked.working_session.delegation
        name = group.short_label if by == BY_AGENCY else str(group)
        line = lines.setdefault(group.pk, Line(group.pk, name))
        line.counts.update(row.figures)
        total.counts.update(row.figures)
    return sorted(lines.values(), key=lambda line: (-line.counts["overdue"], -line.counts["open"], line.name)), total


def workbook(rows, heading, today):
    """What the page shows, as a workbook."""
    columns = [
        xlsx.Column("STT", 6, "number"),
        xlsx.Column("Nội dung kiến nghị", 50),
        xlsx.Column("Cơ quan thực hiện", 26),
        xlsx.Column("Đoàn giám sát", 30),
        xlsx.Column("Ngày làm việc", 13, "date"),
        xlsx.Column("Số ngày đã qua", 10, "number"),
        xlsx.Column("Thời hạn", 13, "date"),
        xlsx.Column("Trạng thái", 22),
        xlsx.Column("Bước gần nhất", 28),
        xlsx.Column("Minh chứng", 36),
        xlsx.Column("Không tính vào tỷ lệ", 30),
    ]
    lines = [xlsx.Row(_values(number, row)) for number, row in enumerate(rows, start=1)]
    title = ["THEO DÕI KIẾN NGHỊ GIÁM SÁT", *heading, f"Số liệu tính đến ngày {short_date(today)}"]
    return xlsx.write([xlsx.Sheet("Kiến nghị giám sát", title, columns, lines)])


def _values(number, row):
    asked, step = row.recommendation, row.last_step
    apart = f"{official(asked.get_apart_display())}: {asked.apart_reason} {asked.apart_document}" if asked.apart else ""
    return [
        number,
        asked.content,
        asked.agency.short_label,
        asked.working_session.delegation.name,
        asked.working_session.held_on,
        row.age,
        asked.due_on,
        official(Status(asked.status).label),
        f"{official(step.label)}, {short_date(step.taken_on)}" if step else "",
        asked.evidence,
        apart.strip(),
    ]
