"""What coordinating agencies are asked for and give: written and cleared there, read by the lead alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from petitions.models import Assignment
from responses import contributing
from responses.forms import AskAgainForm, AskForm, ContributionForm, ReturnContributionForm
from responses.models import Contribution


def _asked(request):
    """Assignments to coordinating agencies that this person may see the petition of."""
    found = Assignment.objects.visible_to(request.user).sent().filter(part=Assignment.Part.COORDINATING)
    return found.select_related("agency", "clock", "point__petition__council")


@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """The lead says what it needs from one coordinating agency; of what was given, another version."""
    assignment = get_object_or_404(_asked(request), pk=pk)
    given = contributing.contribution_of(assignment)
    if given.status == Contribution.Status.GIVEN:
        return _ask_again(request, given)
    if why := contributing.ask_refusal(assignment, request.user):
        raise PermissionDenied(why)
    form = AskForm(request.POST or None, initial={"request": contributing.contribution_of(assignment).request})
    if form.is_valid():
        contributing.ask(assignment, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(agency)s has been told.") % {"agency": assignment.agency})
        return redirect(assignment.point.petition)
    context = {
        "petition": assignment.point.petition,
        "form": form,
        "title": _("Ask %(agency)s for a contribution") % {"agency": assignment.agency},
    }
    return render(request, "petitions/form.html", context)


def _ask_again(request, contribution):
    assignment = contribution.assignment
    if why := contributing.again_refusal(contribution, request.user):
        raise PermissionDenied(why)
    form = AskAgainForm(request.POST or None, clock=assignment.clock)
    if form.is_valid():
        try:
            contributing.ask_again(contribution, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%(agency)s has been told.") % {"agency": assignment.agency})
            return redirect(assignment.point.petition)
    context = {
        "petition": assignment.point.petition,
        "form": form,
        "title": _("Ask %(agency)s for another version") % {"agency": assignment.agency},
    }
    return render(request, "petitions/form.html", context)


@require_http_methods(["GET", "POST"])
def contribute(request, pk):
    """The page of the coordinating agency: what is asked, until when, its text and the steps it takes."""
    assignment = get_object_or_404(_asked(request).filter(agency__in=request.user.agencies), pk=pk)
    contribution, refusal = (
        contributing.contribution_of(assignment),
        contributing.write_refusal(assignment, request.user),
    )
    if request.method == "POST" and refusal:
        raise PermissionDenied(refusal)
    initial = {"text": contribution.text, "revision": contribution.revision}
    form = ContributionForm(request.POST or None, initial=initial)
    theirs = ""
    if form.is_valid():
        try:
            contribution = contributing.write(assignment, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            contribution = contributing.contribution_of(assignment)
            theirs = contribution.text
            form.data = form.data.copy()
            form.data["revision"] = contribution.revision
        else:
            return _written(request, contribution)
    return render(request, "responses/contribute.html", _context(request, contribution, form, refusal, theirs))


def _written(request, contribution):
    """Saved; submitted as well where that button was pressed."""
    if "submit" in request.POST:
        contributing.submit(contribution, by=request.user)
        messages.success(request, _("Submitted for clearance."))
    else:
        messages.success(request, _("Draft saved."))
    return redirect(contribution)


def _context(request, contribution, form, refusal, theirs="", return_form=None):
    assignment = contribution.assignment
    offers = contributing.CONTRIBUTIONS.offers(contribution, request.user) if contribution.pk else []
    return {
        "assignment": assignment,
        "petition": assignment.point.petition,
        "contribution": contribution,
        "lead": contributing.lead_of(assignment),
        "earlier": contributing.given_before(contribution),
        "form": None if refusal else form,
        "refusal": refusal,
        "theirs": theirs,
        "offers": [offer for offer in offers if offer[0] != "submit"],
        "return_form": return_form or ReturnContributionForm(),
        "may_accept": assignment.status == Assignment.Status.SENT,
        "today": timezone.localdate(),
    }


@require_POST
def act(request, pk, step):
    """Submit, take back, give to the lead or send back."""
    own = Contribution.objects.filter(assignment__in=_asked(request), assignment__agency__in=request.user.agencies)
    found = own.select_related("assignment__agency", "assignment__clock", "assignment__point__petition__council")
    contribution = get_object_or_404(found, assignment=pk)
    if step == "send_back":
        contributing.CONTRIBUTIONS.check("send_back", contribution, request.user)
        form = ReturnContributionForm(request.POST)
        if not form.is_valid():
            why = contributing.write_refusal(contribution.assignment, request.user)
            return render(
                request, "responses/contribute.html", _context(request, contribution, None, why, return_form=form)
            )
        contributing.send_back(contribution, by=request.user, **form.cleaned_data)
    else:
        getattr(contributing, step)(contribution, by=request.user)
    messages.success(request, _("Recorded."))
    return redirect(contribution)
