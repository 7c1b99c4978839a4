"""How a recommendation stands, and what may happen next."""

from django import template

from common.templatetags.hoiam import badge
from oversight.models import Recommendation
from oversight.workflow import RECOMMENDATIONS

register = template.Library()

_TONES = {
    Recommendation.Status.PREPARED: "neutral",
    Recommendation.Status.OPEN: "info",
    Recommendation.Status.REPORTED: "soon",
    Recommendation.Status.DONE: "ok",
}


@register.simple_tag
def recommendation_badge(recommendation):
    return badge(_TONES[recommendation.status], recommendation.get_status_display())


@register.simple_tag
def recommendation_offers(recommendation, user):
    return RECOMMENDATIONS.offers(recommendation, user)
