"""The directory to look things up in; changing it is the administrator's work."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.models import Agency, LegalBasis, Official, PeoplesCouncil, PolicyField


@require_safe
def index(request):
    """Agencies, policy fields, officials and legal bases of the councils one works with."""
    today = timezone.localdate()
    agencies = Agency.objects.visible_to(request.user).select_related("council")
    signers = Official.objects.visible_to(request.user).valid_on(today).exclude(authority="").select_related("agency")
    context = {
        "councils": PeoplesCouncil.objects.visible_to(request.user).order_by("-valid_from", "name"),
        "agencies": sorted(agencies, key=lambda agency: (not agency.is_valid_on(today), agency.kind, agency.name)),
        "fields": PolicyField.objects.visible_to(request.user).select_related("committee", "council"),
        "officials": signers.order_by("agency__name", "pk"),
        "bases": LegalBasis.objects.visible_to(request.user),
    }
    return render(request, "directory/index.html", context)
