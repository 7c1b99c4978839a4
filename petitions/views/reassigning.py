"""The queue of petitions that lost their holder."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from petitions import workflow
from petitions.models import Petition
from petitions.views.detail import visible_petition
from sessions.context_processors import session_of

PAGE_SIZE = 50


@require_safe
def reassign(request):
    """What has to be assigned again, with who had it how long and whom to propose."""
    session = session_of(request)
    if session is None or not request.user.may(Permission.PETITION_FORWARD, at=session.council):
        raise PermissionDenied(_("Your role does not allow forwarding petitions."))
    today = timezone.localdate()
    petitions = Petition.objects.visible_to(request.user).filter(council__in=session.council.lineage)
    page = Paginator(workflow.to_reassign(petitions, today), PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = workflow.with_holders(page.object_list, session.council, today)
    return render(request, "petitions/reassign.html", {"waiting": waiting, "page": page, "today": today})


@require_POST
def take_back(request, pk):
    """Take it from an agency that has ended, then go and assign it."""
    petition = visible_petition(request, pk)
    workflow.take_back(petition, by=request.user, why=_("the agency no longer exists"))
    messages.success(request, _("Taken back; choose the agency that answers now."))
    return redirect(f"{reverse('petitions:forward')}?petition={petition.pk}")
