"""Choosing what a working session is about: drawn by filters, pinned by hand, taken off again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from oversight import choosing, workflow
from oversight.forms import ChoosingForm, PinForm, TickedForm
from oversight.models import AgendaItem, Sign
from oversight.views.reaching import session_of

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
def agenda(request, pk):
    """What is on the agenda, and what the filters offer for it."""
    session = session_of(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, session.delegation.council, request.user)
    today = timezone.localdate()
    form = ChoosingForm(request.GET, working_session=session, user=request.user, today=today)
    ticked = TickedForm(request.POST if request.method == "POST" else None, offered=form.petitions())
    if ticked.is_valid():
        return _put(request, session, ticked.cleaned_data["petition"])
    return _show(request, session, form, ticked=ticked, pin=PinForm(working_session=session), today=today)


@require_POST
def pin(request, pk):
    """Petitions named by hand."""
    session = session_of(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, session.delegation.council, request.user)
    form = PinForm(request.POST, working_session=session)
    if form.is_valid():
        return _put(request, session, form.cleaned_data["codes"], is_pinned=True)
    today = timezone.localdate()
    choosing_form = ChoosingForm(request.GET, working_session=session, user=request.user, today=today)
    ticked = TickedForm(None, offered=choosing_form.petitions())
    return _show(request, session, choosing_form, ticked=ticked, pin=form, today=today)


def _put(request, session, petitions, *, is_pinned=False):
    added = len(workflow.put_on_agenda(session, petitions, by=request.user, is_pinned=is_pinned))
    words = ngettext("%(number)d petition is on the agenda.", "%(number)d petitions are on the agenda.", added)
    messages.success(request, words % {"number": added})
    query = request.GET.urlencode()
    address = redirect("oversight:agenda", session.pk).url
    return redirect(f"{address}?{query}" if query else address)


def _show(request, session, form, *, ticked, pin, today):
    page = Paginator(_listed(form.petitions()), PAGE_SIZE).get_page(request.GET.get("page"))
    signs = choosing.signs_of(page.object_list, session.delegation, today)
    context = {
        "session": session,
        "list_address": reverse("oversight:agenda", args=[session.pk]),
        "items": session.agenda.select_related("petition__council_session", "petition__place"),
        "form": form,
        "ticked": ticked,
        "pin": pin,
        "page": page,
        "rows": [(petition, [Sign(sign).label for sign in signs[petition.pk]]) for petition in page.object_list],
        "today": today,
    }
    return render(request, "oversight/agenda.html", context)


def _listed(petitions):
    return petitions.select_related("council_session", "place", "lead_agency").defer("search_text", "voters_words")


@require_POST
def take_off(request, pk):
    """One petition off the agenda again."""
    items = AgendaItem.objects.visible_to(request.user).select_related("working_session__delegation__council")
    item = get_object_or_404(items.select_related("petition"), pk=pk)
    code = item.petition.code
    workflow.take_off_agenda(item, by=request.user)
    messages.success(request, _("%(code)s is off the agenda.") % {"code": code})
    return redirect("oversight:agenda", item.working_session_id)
