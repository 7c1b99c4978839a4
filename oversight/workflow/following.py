"""A recommendation from the notice that makes it known to the evidence that closes it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common import uploads
from common.acting import acting
from common.workflow import Step, Workflow
from deadlines import workflow as clocks
from deadlines.models import keep_still
from oversight.models import Evidence, Recommendation
from oversight.workflow.permitting import check


def _is_somebody_else(recommendation, user):
    if recommendation.reported_by_id == user.pk:
        return _("Who reported a recommendation done does not verify it. Somebody else must.")
    return ""


RECOMMENDATIONS = Workflow(
    Recommendation,
    {
        "send": Step(gettext_lazy("Send"), frozenset({Recommendation.Status.PREPARED}), Recommendation.Status.OPEN, ""),
        "report": Step(
            gettext_lazy("Report as done"),
            frozenset(Recommendation.OWED),
            Recommendation.Status.REPORTED,
            Permission.RECOMMENDATION_ANSWER,
        ),
        "verify": Step(
            gettext_lazy("Verify as done"),
            frozenset({Recommendation.Status.REPORTED}),
            Recommendation.Status.DONE,
            Permission.OVERSIGHT_RECORD,
            _is_somebody_else,
        ),
        "reject": Step(
            gettext_lazy("Does not meet the requirement"),
            frozenset({Recommendation.Status.REPORTED}),
            Recommendation.Status.NOT_MET,
            Permission.OVERSIGHT_RECORD,
        ),
    },
    held_at=lambda recommendation: (
        recommendation.agency if recommendation.is_owed else recommendation.working_session.delegation.council
    ),
)


@transaction.atomic
def report_done(recommendation, *, by, evidence, on=None, file=None):
    """The agency says it is done and shows by what."""
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say by what it can be seen: document, number, date.")})
    recommendation = RECOMMENDATIONS.take(
        "report",
        recommendation,
        by=by,
        evidence=evidence,
        reported_on=on or timezone.localdate(),
        reported_by=by,
    )
    if file:
        with acting(by=by, reason=gettext_lazy("evidence added")):
            Evidence.objects.create(recommendation=recommendation, upload=uploads.keep(file))
    return recommendation


@transaction.atomic
def verify(recommendation, *, by, remark="", on=None):
    """Somebody else has seen the evidence: done, and no explanation is owed any more."""
    on = on or timezone.localdate()
    keep_still(recommendation.working_session.delegation.council_id)
    recommendation = RECOMMENDATIONS.take("verify", recommendation, by=by, verified_on=on, remark=remark)
    if recommendation.clock:
        clocks.stop(recommendation.clock, on=recommendation.reported_on, by=by)
    for owed in recommendation.explanations.filter(given_on=None).select_related("clock"):
        clocks.stop(owed.clock, on=max(recommendation.reported_on, owed.asked_on), by=by)
    return recommendation


@transaction.atomic
def count_apart(recommendation, *, by, apart, reason, document=""):
    """Leave it out of the on-time rate with a reason, or count it again where `apart` is empty."""
    recommendation = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    check(Permission.OVERSIGHT_RECORD, recommendation.working_session.delegation.council, by)
    if apart == Recommendation.Apart.EXCUSED and not document.strip():
        raise ValidationError({"document": _("Name the document that excuses it.")})
    if apart and not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    with acting(by=by, reason=reason or gettext_lazy("counted like the others again")):
        recommendation.change(
            apart=apart, apart_reason=reason if apart else "", apart_document=document if apart else ""
        )
    return recommendation


def reject(recommendation, *, by, remark):
    """What was shown does not meet the requirement; the clock goes on."""
    return RECOMMENDATIONS.take("reject", recommendation, by=by, reason=remark, remark=remark)
