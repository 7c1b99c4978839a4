"""How a document's state looks on a screen."""

from django import template

from common.templatetags.hoiam import badge
from documents.models import Status

register = template.Library()

_TONES = {Status.SUBMITTED: "soon", Status.CLEARED: "info", Status.ISSUED: "ok"}


@register.simple_tag
def document_badge(document):
    return badge(_TONES.get(document.status, "neutral"), document.get_status_display())
