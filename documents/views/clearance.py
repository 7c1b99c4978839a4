"""How papers are cleared: each agency's way from hand to hand, each council's reasons for sending one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from common.forms import WordForm
from directory.models import Agency, PeoplesCouncil
from documents import clearance
from documents.forms import RouteForm
from documents.models import ClearanceRoute, ReturnReason, Route


def _agencies(user):
    """Those whose way of clearance this person may read: their own, and those of the councils they keep."""
    kept = Agency.objects.filter(council__in=user.councils_where(Permission.DIRECTORY_EDIT))
    found = Agency.objects.filter(pk__in=user.agencies) | kept
    return found.answering() | found.filter(kind=Agency.Kind.OFFICE)


@require_safe
def index(request):
    """The way of clearance of every agency one may read about."""
    agencies = _agencies(request.user).valid_on(timezone.localdate()).select_related("council", "clearance_route")
    rows = [
        (agency, _order(agency), not clearance.arrange_refusal(agency, request.user))
        for agency in agencies.alphabetical()
    ]
    councils = PeoplesCouncil.objects.visible_to(request.user).valid_on(timezone.localdate())
    lists = [council for council in councils if not clearance.reasons_refusal(council, request.user)]
    return render(request, "documents/clearance.html", {"rows": rows, "lists": lists})


def _order(agency):
    kept = getattr(agency, "clearance_route", None)
    return Route(kept.order) if kept else Route.SIGNER


@require_http_methods(["GET", "POST"])
def arrange(request, pk):
    """Which checks the papers of one agency pass, in which order."""
    agency = get_object_or_404(_agencies(request.user).select_related("council"), pk=pk)
    if why := clearance.arrange_refusal(agency, request.user):
        raise PermissionDenied(why)
    form = RouteForm(request.POST or None, initial={"order": clearance.route_of(agency)})
    if form.is_valid():
        try:
            clearance.arrange(agency, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Papers submitted from now on go this way."))
            return redirect("documents:clearance")
    context = {
        "form": form,
        "title": _("Clearance at %(agency)s") % {"agency": agency.name},
        "button": _("Save"),
        "note": _("Papers under way end on the way they were submitted on."),
        "back": reverse("documents:clearance"),
        "back_label": _("Clearance"),
    }
    if kept := ClearanceRoute.objects.filter(agency=agency).first():
        context["history"] = reverse("common:history", args=["documents", "clearanceroute", kept.pk])
    return render(request, "documents/form.html", context)


@require_http_methods(["GET", "POST"])
def reasons(request, pk):
    """Why papers are sent back: the list of one council."""
    council = get_object_or_404(PeoplesCouncil.objects.visible_to(request.user), pk=pk)
    if why := clearance.reasons_refusal(council, request.user):
        raise PermissionDenied(why)
    form = WordForm(request.POST or None, max_length=120)
    if form.is_valid():
        clearance.keep_reason(council, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("documents:reasons", council.pk)
    context = {
        "council": council,
        "form": form,
        "may_keep": True,
        "entries": ReturnReason.objects.listed(council),
        "title": _("Reasons for sending a paper back"),
        "note": _("Whoever sends a paper back chooses one of these and adds words of their own."),
        "back": reverse("documents:clearance"),
        "back_label": _("Clearance"),
    }
    return render(request, "directory/word_list.html", context)
