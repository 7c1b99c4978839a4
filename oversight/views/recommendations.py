"""What agencies were asked for: reported, verified, sent back, explained."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from oversight import explaining, laddering, succeeding, workflow
from oversight.forms import ExplainForm, InChargeForm, LadderForm, RemarkForm, ReportDoneForm
from oversight.models import Explanation, LadderStep, Recommendation
from oversight.views.reaching import opened, show_form


def _recommendation(request, pk):
    found = Recommendation.objects.visible_to(request.user).select_related(
        "working_session__delegation__council", "agency", "clock", "in_charge"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
def recommendation(request, pk):
    """What was asked, what was done about it, and the next step the system proposes."""
    return _show(request, _recommendation(request, pk))


@require_POST
def take_step(request, pk):
    """A person decides on a step: its letter is drafted, or its document named."""
    recommendation = _recommendation(request, pk)
    if why := laddering.step_refusal(recommendation, request.user):
        raise PermissionDenied(why)
    form = _ladder_form(request, recommendation, request.POST)
    if form.is_valid():
        try:
            act = laddering.draft if form.is_drafted else laddering.take
            step = act(recommendation, by=request.user, **form.details())
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            if step.document:
                words = _("Drafted from the record. Read it, change what is needed, then submit it.")
            else:
                words = _("The step is recorded.")
            messages.success(request, words)
            return redirect(laddering.LADDER_LETTER.workplace(step.document) if step.document else recommendation)
    return _show(request, recommendation, form)


def _ladder_form(request, recommendation, data=None):
    today = timezone.localdate()
    return LadderForm(
        data,
        recommendation=recommendation,
        proposal=laddering.next_step(recommendation, today),
        may_draft=request.user.may(Permission.DOCUMENT_DRAFT, at=recommendation.working_session.delegation.body),
        today=today,
    )


def _show(request, recommendation, form=None):
    today = timezone.localdate()
    refusal = laddering.step_refusal(recommendation, request.user)
    council = recommendation.working_session.delegation.council
    steps = LadderStep.objects.visible_to(request.user).filter(recommendation=recommendation).standing()
    steps = steps.select_related("document", "working_session__agency", "addressee")
    context = {
        "recommendation": recommendation,
        "session": recommendation.working_session,
        **opened(
            request.user,
            sessions=[recommendation.working_session_id, *(step.working_session_id for step in steps)],
            petitions=[recommendation.petition_id],
        ),
        "coordinating": recommendation.coordinating.all(),
        "files": recommendation.files.select_related("upload"),
        "explanations": recommendation.explanations.select_related("clock"),
        "steps": steps,
        "next": laddering.next_step(recommendation, today),
        "sees_council": recommendation.working_session.delegation.is_open_to(request.user),
        "oversees": request.user.may(Permission.OVERSIGHT_RECORD, at=council),
        "in_charge_form": _in_charge_form(request, recommendation),
        "form": form or (None if refusal else _ladder_form(request, recommendation)),
        "today": today,
    }
    return render(request, "oversight/recommendation.html", context)


def _in_charge_form(request, recommendation):
    """For those who decide who follows it up; None for others."""
    delegation = recommendation.working_session.delegation
    if succeeding.refusal(delegation.council, request.user):
        return None
    return InChargeForm(record=recommendation, delegation=delegation)


@require_http_methods(["GET", "POST"])
def report_done(request, pk):
    """The agency says what it did, and by what it can be seen."""
    recommendation = _recommendation(request, pk)
    workflow.RECOMMENDATIONS.check("report", recommendation, request.user)
    form = ReportDoneForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            workflow.report_done(recommendation, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None if hasattr(problem, "error_dict") else "file", problem)
        else:
            messages.success(request, _("Reported; somebody at the council will verify it."))
            return redirect("oversight:index")
    return show_form(request, form, _("Report as done"), recommendation.working_session, about=recommendation)


@require_POST
def verify(request, pk):
    workflow.verify(_recommendation(request, pk), by=request.user)
    messages.success(request, _("Verified as done."))
    return redirect("oversight:index")


@require_http_methods(["GET", "POST"])
def reject(request, pk):
    """What was shown does not meet the requirement."""
    recommendation = _recommendation(request, pk)
    workflow.RECOMMENDATIONS.check("reject", recommendation, request.user)
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        workflow.reject(recommendation, by=request.user, remark=form.cleaned_data["remark"])
        messages.success(request, _("Sent back to the agency; the clock goes on."))
        return redirect("oversight:index")
    return show_form(
        request,
        form,
        _("Does not meet the requirement"),
        recommendation.working_session,
        about=recommendation,
    )


@require_http_methods(["GET", "POST"])
def explain(request, pk):
    """The agency explains in writing."""
    explanation = get_object_or_404(Explanation.objects.visible_to(request.user), pk=pk)
    if why := explaining.give_refusal(explanation, request.user):
        raise PermissionDenied(why)
    form = ExplainForm(request.POST or None, question=explanation.question)
    if form.is_valid():
        explaining.give(explanation, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The explanation is with the council."))
        return redirect(explanation)
    session = explanation.recommendation.working_session
    return show_form(request, form, _("Give the explanation"), session, about=explanation.recommendation)
