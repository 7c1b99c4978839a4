"""Public pages, and the decision to publish."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.models import PeoplesCouncil
from documents.public import facts_of
from petitions.models import Petition
from portal import workflow
from portal.forms import PublicationForm
from portal.models import Publication

PAGE_SIZE = 20
_NO_PART_OF_A_CODE = re.compile(r"[^A-Z0-9-]")


@login_not_required
@require_safe
def index(request):
    """Published answers, latest first; open to everybody."""
    publications = Publication.objects.public().select_related("petition__council", "petition__place")
    council = request.GET.get("council", "")
    if council:
        publications = publications.filter(petition__council__code=council)
    if words := request.GET.get("q", "").strip():
        publications = publications.search(words)
    councils = PeoplesCouncil.objects.filter(pk__in=Publication.objects.public().values("petition__council"))
    page = Paginator(publications, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "portal/index.html", {"page": page, "councils": councils, "council": council})


@login_not_required
@require_safe
def detail(request, pk):
    publication = get_object_or_404(
        Publication.objects.public().select_related("petition__council", "petition__place"), pk=pk
    )
    return render(request, "portal/detail.html", {"publication": publication})


@require_http_methods(["GET", "POST"])
def publish(request, petition_pk):
    """Decide on the words the public will read."""
    petition = get_object_or_404(Petition.objects.visible_to(request.user).select_related("council"), pk=petition_pk)
    if why := workflow.publish_refusal(petition, request.user):
        raise PermissionDenied(why)
    publication = Publication.objects.filter(petition=petition).first()
    form = PublicationForm(
        request.POST or None,
        instance=publication,
        initial=_initial(petition, publication),
    )
    if form.is_valid():
        try:
            publication = workflow.publish(petition, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Published."))
            return redirect(publication)
    return render(request, "portal/publish.html", {"petition": petition, "form": form, "publication": publication})


def _initial(petition, publication):
    """The words of the letters in force, where nothing is published yet or what is no longer stands."""
    if publication is None:
        return workflow.proposed(petition)
    proposed = workflow.proposed(petition) if publication.replaced_by else {}
    return {name: proposed[name] for name in ("answer", "answered_by") if name in proposed}


@require_POST
def withdraw(request, pk):
    publication = get_object_or_404(Publication.objects.visible_to(request.user), pk=pk)
    workflow.withdraw(publication, by=request.user)
    messages.success(request, _("Taken off the public page."))
    return redirect(publication.petition)


@login_not_required
@require_safe
def look_up(request):
    """Where one types the code of a letter."""
    if code := _NO_PART_OF_A_CODE.sub("", request.GET.get("code", "").upper()):
        return redirect("portal:verify", code[:12])
    return render(request, "portal/verify.html", {"code": "", "facts": None})


@login_not_required
@require_safe
def verify(request, code):
    """Whether a letter with this code was issued, and whether it still stands; nothing personal."""
    facts = facts_of(code.upper())
    return render(request, "portal/verify.html", {"code": code, "facts": facts}, status=200 if facts else 404)
