"""A list of petitions as a workbook: what the page shows, no more and no less."""

from django.utils import timezone
from django.utils.translation import gettext as _

from common import xlsx
from common.acting import official
from common.formats import short_date

#: More rows than anybody reads on paper; a workbook of these still opens quickly.
MOST_ROWS = 20_000


def workbook(form):
    """The petitions of a filter form with all their points; personal data of voters is never in it."""
    petitions = form.petitions().select_related("place", "lead_agency", "policy_field", "council_session")
    petitions = petitions.defer("search_text", "voters_words").prefetch_related("points")[:MOST_ROWS]
    rows = [xlsx.Row(_values(number, petition)) for number, petition in enumerate(petitions, start=1)]
    sheet = xlsx.Sheet(official(_("Petitions")), _heading(form, len(rows)), _columns(), rows)
    return xlsx.write([sheet])


def _heading(form, shown):
    lines = [_("List of petitions"), _("as of %s") % short_date(timezone.localdate())]
    lines += [f"{label}: {value}" for _name, label, value in form.pills()]
    if shown < form.total:
        lines.append(_("The first %(shown)s of %(total)s petitions.") % {"shown": shown, "total": form.total})
    return lines


def _columns():
    return [
        xlsx.Column(_("No."), 6, "number"),
        xlsx.Column(_("Code"), 16),
        xlsx.Column(_("Petition"), 40),
        xlsx.Column(_("Points"), 60),
        xlsx.Column(_("Locality"), 22),
        xlsx.Column(_("Policy field"), 22),
        xlsx.Column(_("Authority level"), 16),
        xlsx.Column(_("Agency"), 26),
        xlsx.Column(_("Due"), 13, "date"),
        xlsx.Column(_("Answered"), 13, "date"),
        xlsx.Column(_("State"), 20),
        xlsx.Column(_("Result"), 22),
    ]


def _values(number, petition):
    points = list(petition.points.all())
    content = points[0].content if len(points) == 1 else "\n".join(f"{p.number}. {p.content}" for p in points)
    return [
        number,
        petition.code,
        petition.title,
        content,
        petition.place.sentence_name if petition.place else "",
        petition.policy_field.name if petition.policy_field else "",
        petition.get_authority_level_display(),
        petition.lead_agency.short_label if petition.lead_agency else "",
        petition.due_on,
        petition.answered_on,
        petition.get_status_display(),
        petition.get_result_display(),
    ]
