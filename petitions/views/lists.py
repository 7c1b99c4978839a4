"""The list of petitions with its facets and filters."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from petitions.forms import PetitionFilterForm
from petitions.models import PetitionPoint
from sessions.context_processors import session_of

PAGE_SIZE = 50


def filter_form(request):
    return PetitionFilterForm(
        request.GET,
        user=request.user,
        council_session=session_of(request),
        today=timezone.localdate(),
    )


@require_safe
def index(request):
    """Petitions of the session one works on, narrowed by what the address says."""
    form = filter_form(request)
    petitions = (
        form.petitions()
        .select_related("place", "lead_agency", "council_session")
        .annotate(point_count=Count("points", distinct=True), origin_count=Count("origins", distinct=True))
    )
    page = Paginator(petitions, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "facets": form.facets(),
        "pills": form.pills(),
        "point_total": PetitionPoint.objects.filter(petition__in=form.petitions().values("pk")).count(),
        "carried_total": form.carried_over().count(),
        "query": request.GET.urlencode(),
        "may_log": request.user.may(Permission.PETITION_LOG),
        "may_forward": request.user.may(Permission.PETITION_FORWARD),
    }
    return render(request, "petitions/index.html", context)
