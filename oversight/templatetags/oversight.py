"""How a recommendation stands, and what may happen next."""

from django import template

from accounts.permissions import Permission
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


@register.simple_tag
def explanation_offers(recommendation, user):
    """Whether this user may ask for an explanation now (`ask`), and the one they may give (`give`)."""
    awaited = next((one for one in recommendation.explanations.all() if not one.given_on), None)
    may_give = awaited and user.may(Permission.RECOMMENDATION_ANSWER, at=recommendation.agency)
    may_ask = recommendation.status == Recommendation.Status.OPEN and user.may(
        Permission.OVERSIGHT_RECORD, at=recommendation.working_session.delegation.council
    )
    return {"ask": may_ask and not awaited, "give": awaited if may_give else None}
