"""What agencies do with what they were given."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from petitions import workflow
from petitions.forms import ReturnForm
from petitions.models import Assignment
from petitions.views.detail import visible_petition


def _waiting(request, petition):
    """The points of the petition that wait at this user's agencies; refused where there are none."""
    waiting = (
        Assignment.objects.waiting()
        .filter(point__petition=petition, agency__in=request.user.agencies)
        .select_related("agency", "point__petition__council")
    )
    if not waiting:
        raise PermissionDenied(_("Nothing of this petition waits at your agency."))
    return waiting


@require_POST
def accept(request, pk):
    """Take on everything of this petition that was sent to one's agency."""
    petition = visible_petition(request, pk)
    sent = list(_waiting(request, petition).filter(status=Assignment.Status.SENT))
    for assignment in sent:
        workflow.accept(assignment, by=request.user)
    if sent:
        messages.success(request, _("Accepted. The clock runs since the letter was issued."))
    else:
        messages.info(request, _("Your agency has accepted this petition already."))
    return redirect(petition)


@require_http_methods(["GET", "POST"])
def return_(request, pk):
    """Give points back to the secretariat, with a reason."""
    petition = visible_petition(request, pk)
    waiting = _waiting(request, petition)
    workflow.ASSIGNMENTS.check("return", waiting[0], request.user)
    form = ReturnForm(request.POST or None, waiting=waiting)
    if form.is_valid():
        for assignment in form.cleaned_data["assignments"]:
            workflow.return_(
                assignment,
                by=request.user,
                reason=form.cleaned_data["reason"],
                explanation=form.cleaned_data["explanation"],
            )
        messages.success(request, _("Returned to the secretariat."))
        return redirect(petition)
    context = {"petition": petition, "form": form, "title": _("Return with a reason")}
    return render(request, "petitions/form.html", context)
