"""How petitions, points and results look on a screen."""

from django import template
from django.utils.safestring import mark_safe

from common.templatetags.hoiam import badge
from petitions.models import ResultClass
from petitions.models.petitions import Status

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
    return badge(_STATUS_TONES.get(petition.status, "neutral"), petition.get_status_display())


@register.filter
def any_status(assignments, status):
    """Whether any of the assignments is in that state."""
    return any(assignment.status == status for assignment in assignments)
