"""How petitions, points and results look on a screen."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.templatetags.hoiam import badge
from petitions.models import ResultClass
from petitions.models.petitions import Status
from sessions.models import Phase

register = template.Library()

_RESULT_TONES = {
    ResultClass.RESOLVED: "ok",
    ResultClass.IN_PROGRESS: "info",
    ResultClass.EXPLAINED: "neutral",
    ResultClass.NOT_RESOLVED: "soon",
}
_STATUS_TONES = {Status.RECEIVED: "info", Status.RETURNED: "late"}


@register.simple_tag
def result_badge(result):
    """A result class; nothing where there is none."""
    return badge(_RESULT_TONES[result], ResultClass(result).label) if result else mark_safe("")


@register.simple_tag
def petition_badge(petition):
    """The result of an answered petition, the state of any other."""
    if petition.result:
        return result_badge(petition.result)
    return badge(_STATUS_TONES.get(petition.status, "neutral"), Status(petition.status).label)


@register.simple_tag
def petition_note(petition, *, with_session=False):
    """What a line of a list says below the title: points, place, when it was raised and how often."""
    points, raised = petition.point_count, petition.origin_count
    said = [
        ngettext("%(number)s point", "%(number)s points", points) % {"number": points},
        petition.place.sentence_name if petition.place else "",
        Phase(petition.phase).label,
        _("raised %(number)s times") % {"number": raised} if raised > 1 else "",
        _("repeats an earlier one") if petition.repeats_id else "",
        petition.council_session.title if with_session else "",
    ]
    return " · ".join(str(words) for words in said if words)


@register.filter
def any_status(assignments, status):
    """Whether any of the assignments is in that state."""
    return any(assignment.status == status for assignment in assignments)
