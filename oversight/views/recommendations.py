"""What agencies were asked for: reported, verified, sent back, explained."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.formats import short_date
from oversight import explaining, workflow
from oversight.forms import AskExplanationForm, ExplainForm, RemarkForm, ReportDoneForm
from oversight.models import Explanation, Recommendation
from oversight.views.reaching import show_form


def _recommendation(request, pk):
    found = Recommendation.objects.visible_to(request.user).select_related(
        "working_session__delegation__council", "agency", "clock"
    )
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
def report_done(request, pk):
    """The agency says what it did, and by what it can be seen."""
    recommendation = _recommendation(request, pk)
    workflow.RECOMMENDATIONS.check("report", recommendation, request.user)
    form = ReportDoneForm(request.POST or None)
    if form.is_valid():
        workflow.report_done(recommendation, by=request.user, evidence=form.cleaned_data["evidence"])
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
def ask_explanation(request, pk):
    """The council asks in writing why something was not carried out."""
    recommendation = _recommendation(request, pk)
    if why := explaining.ask_refusal(recommendation, request.user):
        raise PermissionDenied(why)
    form = AskExplanationForm(request.POST or None, proposed_on=explaining.proposed_day(recommendation))
    if form.is_valid():
        try:
            explanation = explaining.ask(recommendation, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            words = _("%(agency)s is asked to explain by %(day)s.")
            words %= {"agency": recommendation.agency.short_label, "day": short_date(explanation.due_on)}
            messages.success(request, words)
            return redirect(explanation)
    return show_form(request, form, _("Ask for an explanation"), recommendation.working_session, about=recommendation)


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
