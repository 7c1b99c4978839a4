"""Asking for a written explanation of what was not carried out, and giving it (Law 121/2025/QH15, Article 40)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from deadlines import workflow as clocks
from deadlines.models import DeadlineRule, StartEvent, StopAct, keep_still
from oversight.models import Explanation, Recommendation
from oversight.notifications import tell_agency


def proposed_day(recommendation):
    """The day an explanation asked for today is due by the council's rule; None where no rule gives it."""
    today = timezone.localdate()
    rule = _rule(recommendation, today)
    return rule.day_from(today) if rule else None


def _rule(recommendation, on):
    return DeadlineRule.objects.find(
        recommendation.working_session.delegation.council,
        StartEvent.EXPLANATION_ASKED,
        on=on,
        stops_with=StopAct.EXPLAINED,
        agency=recommendation.agency,
    )


def ask_refusal(recommendation, user):
    """Why this user cannot ask for an explanation now; "" when they can."""
    if not user.may(Permission.OVERSIGHT_RECORD, at=recommendation.working_session.delegation.council):
        return _("Only the council asks for an explanation.")
    if not recommendation.is_owed:
        return _("An explanation is asked for what is still to be carried out.")
    if recommendation.explanations.awaited().exists():
        return _("An explanation was asked for already and has not come yet.")
    return ""


@transaction.atomic
def ask(recommendation, *, by, question, due_on=None, on=None):
    """Ask (today unless said otherwise); due by the council's rule, or on `due_on` where the council says so."""
    keep_still(recommendation.working_session.delegation.council_id)
    recommendation = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if why := ask_refusal(recommendation, by):
        raise PermissionDenied(why)
    today = on or timezone.localdate()
    if due_on and due_on < today:
        raise ValidationError({"due_on": _("This day is past.")})
    with acting(by=by, reason=gettext_lazy("explanation asked for")):
        clock = _clock(recommendation, due_on, today, by)
        explanation = Explanation.objects.create(
            recommendation=recommendation, asked_on=today, question=question, clock=clock
        )
    tell_agency(
        recommendation,
        key=f"explanation/{explanation.pk}/asked",
        text=_("A written explanation is asked for by %(day)s: %(question)s")
        % {"day": short_date(clock.due_on), "question": question},
        on=today,
        due_on=clock.due_on,
        url=explanation.get_absolute_url(),
    )
    return explanation


def _clock(recommendation, due_on, today, by):
    rule = _rule(recommendation, today)
    if rule and due_on in (None, rule.day_from(today)):  # the clock then says by which rule
        return clocks.start_by_rule(rule, on=today, by=by, agency=recommendation.agency)
    if due_on is None:
        raise ValidationError({"due_on": _("No rule of the council gives the time: type the day it is due.")})
    council = recommendation.working_session.delegation.council
    return clocks.start(on=today, due_on=due_on, by=by, council=council, agency=recommendation.agency)


def give_refusal(explanation, user):
    """Why this user cannot give the explanation now; "" when they can."""
    if not user.may(Permission.RECOMMENDATION_ANSWER, at=explanation.recommendation.agency):
        return _("Only %(agency)s gives this explanation.") % {"agency": explanation.recommendation.agency}
    if explanation.given_on:
        return _("The explanation was given on %(day)s.") % {"day": short_date(explanation.given_on)}
    if not explanation.is_awaited:
        return _("It was verified as done meanwhile: nothing is left to explain.")
    return ""


@transaction.atomic
def give(explanation, *, by, text):
    """The agency explains; the recommendation itself stays to be carried out."""
    explanation = Explanation.objects.select_for_update().get(pk=explanation.pk)
    if why := give_refusal(explanation, by):
        raise PermissionDenied(why)
    if not text.strip():
        raise ValidationError({"text": _("Write the explanation.")})
    today = timezone.localdate()
    with acting(by=by, reason=gettext_lazy("explanation given")):
        explanation.change(text=text, given_on=today)
    clocks.stop(explanation.clock, on=today, by=by)
    return explanation
