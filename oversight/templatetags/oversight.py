"""How a recommendation stands, and what may happen next."""

from django import template
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.templatetags.hoiam import badge, due_badge, here
from oversight.models import Recommendation, VoterVerdict
from oversight.workflow import RECOMMENDATIONS

register = template.Library()

_TONES = {
    Recommendation.Status.PREPARED: "neutral",
    Recommendation.Status.OPEN: "info",
    Recommendation.Status.REPORTED: "soon",
    Recommendation.Status.NOT_MET: "late",
    Recommendation.Status.DONE: "ok",
}


@register.simple_tag
def recommendation_badge(recommendation):
    return badge(_TONES[recommendation.status], recommendation.get_status_display())


@register.simple_tag
def owed_badge(record, due_on, today):
    """How the due date of what an agency owes stands; what is counted apart, for a reason on record, is never late."""
    done_on = getattr(record, "done_on", None)
    is_late = due_on and (done_on or today) > due_on
    if is_late and getattr(record, "apart", ""):
        return badge("neutral", _("With a reason"))
    return due_badge(due_on, today, done_on, is_reply=False)


_VERDICTS = {
    VoterVerdict.Verdict.SATISFIED: "ok",
    VoterVerdict.Verdict.CLARIFY: "soon",
    VoterVerdict.Verdict.DISAGREES: "late",
}


@register.simple_tag
def verdict_badge(verdict):
    return badge(_VERDICTS[verdict.verdict], verdict.get_verdict_display())


@register.simple_tag
def recommendation_offers(recommendation, user):
    return RECOMMENDATIONS.offers(recommendation, user)


@register.simple_tag
def explanation_to_give(recommendation, user):
    """The explanation this user's agency still owes; None otherwise."""
    awaited = next((one for one in recommendation.explanations.all() if not one.given_on), None)
    return awaited if awaited and user.may(Permission.RECOMMENDATION_ANSWER, at=recommendation.agency) else None


@register.simple_tag
def last_step(recommendation):
    """The step of the ladder taken last; None before the first. Reads the steps that were prefetched."""
    return next((step for step in reversed(recommendation.steps.all()) if step.taken_on), None)


@register.filter
def is_proposal(following):
    """Whether the system proposes a step, and does not wait."""
    return hasattr(following, "kind")


@register.simple_tag(takes_context=True)
def follow_up_address(context, by, key, figure):
    """The present address with the rows of one figure of one agency or delegation."""
    return here(context, **{by: key, "figure": figure})
