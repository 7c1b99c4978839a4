"""Recording at a working session: findings, the general assessment, what is asked for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import uploads
from common.acting import acting
from oversight.assessed import assessed_results
from oversight.models import CoordinatingAgency, Evidence, Finding, Recommendation, WorkingSession
from oversight.workflow.permitting import begin_recording, check_recording
from petitions import workflow as petitions


class StandsAlreadyError(ValidationError):
    """Other words stand already than those a row was typed over; `finding` has them."""

    def __init__(self, finding):
        super().__init__(_("A finding stands here already."))
        self.finding = finding


@transaction.atomic
def record_finding(working_session, point, *, by, assessed_result, **texts):
    """What was reported and found on one point; the council's result goes onto the point beside the agency's.

    `texts` are the fields of a finding in words; what is left out stays as it is. The agency hears of it when the
    conclusion notice is issued.
    """
    begin_recording(working_session, by)
    with acting(by=by, reason=gettext_lazy("finding recorded")):
        finding, _is_new = Finding.objects.update_or_create(
            working_session=working_session,
            point=point,
            defaults={**texts, "assessed_result": assessed_result},
        )
        standing = assessed_results([point]).get(point.pk, "")
        if standing != point.assessed_result:
            petitions.record_assessment(point, standing, by=by)
    return finding


@transaction.atomic
def type_in(working_session, point, *, by, assessed_result="", remark="", over=""):
    """One row of the sheet filled in by hand. It replaces the words that stand: those `over` is the seal of.

    Refused with `StandsAlreadyError` where other words stand than the row was typed over: nobody's are lost unseen.
    """
    WorkingSession.objects.select_for_update().get(pk=working_session.pk)
    known = Finding.objects.filter(working_session=working_session, point=point).first() or Finding()
    if known.seal and (known.assessed_result, known.found) == (assessed_result, remark):
        check_recording(working_session, by)
        return known
    if known.seal != over:
        check_recording(working_session, by)
        raise StandsAlreadyError(known)
    return record_finding(working_session, point, by=by, found=remark, assessed_result=assessed_result)


@transaction.atomic
def assess(working_session, *, by, **texts):
    """The general assessment of the agency; what is left out of `texts` stays as it is."""
    working_session = begin_recording(working_session, by)
    with acting(by=by, reason=gettext_lazy("general assessment recorded")):
        working_session.change(**texts)
    return working_session


@transaction.atomic
def attach(working_session, file, *, by, finding=None):
    """A photo or document that proves a finding or, without one, what was found about the agency as a whole."""
    begin_recording(working_session, by)
    about = {"finding": finding} if finding else {"working_session": working_session}
    with acting(by=by, reason=gettext_lazy("evidence added")):
        return Evidence.objects.create(upload=uploads.keep(file), **about)


@transaction.atomic
def recommend(working_session, *, by, content, due_on=None, petition=None, agency=None, coordinating=(), **details):
    """Ask an agency (the one met, or another) for something: by a day, by the council's rule, or as a standing request.

    It is told when the conclusion notice is issued. `details` are `product` and `is_by_rule`.
    """
    begin_recording(working_session, by)
    if due_on and due_on < working_session.held_on:
        raise ValidationError({"due_on": _("The day lies before the working session.")})
    with acting(by=by, reason=gettext_lazy("recommendation made")):
        recommendation = Recommendation.objects.create(
            working_session=working_session,
            petition=petition,
            agency=agency or working_session.agency,
            content=content,
            due_on=due_on,
            in_charge=working_session.in_charge,
            **details,
        )
        for helper in coordinating:
            CoordinatingAgency.objects.create(recommendation=recommendation, agency=helper)
    return recommendation
