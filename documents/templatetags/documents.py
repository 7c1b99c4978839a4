"""How a document's state looks on a screen."""

from django import template

from common.templatetags.hoiam import badge
from documents.models import Standing, Status

register = template.Library()

_STANDING_TONES = {Standing.CORRECTED: "info", Standing.REPLACED: "soon", Standing.RECALLED: "late"}
_TONES = {Status.SUBMITTED: "soon", Status.CLEARED: "info", Status.ISSUED: "ok"}


@register.simple_tag
def document_badge(document):
    """The state; once issued, what became of the document since."""
    if tone := _STANDING_TONES.get(document.standing):
        return badge(tone, document.get_standing_display())
    return badge(_TONES.get(document.status, "neutral"), document.get_status_display())
