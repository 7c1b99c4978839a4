"""Who is in charge of what is open; handing it over, and the report about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from oversight import handover, succeeding
from oversight.forms import HandoverFilterForm, HandOverForm, InChargeForm, SeatForm
from oversight.models import DelegationMember, Recommendation
from oversight.models.delegations import joined
from oversight.views.reaching import delegation_of, pdf_page, session_of, word_file


@require_safe
def index(request):
    """Every open item by who is in charge of it."""
    form = HandoverFilterForm(request.GET, user=request.user)
    context = {
        "form": form,
        "holdings": handover.holdings(request.user, timezone.localdate(), **form.chosen()),
        "may_plan": request.user.may(Permission.OVERSIGHT_PLAN),
        "reads_any": bool(request.user.sees_councils or joined(request.user)),
        "query": request.GET.urlencode(),
    }
    return render(request, "oversight/handover.html", context)


@require_safe
def as_pdf(request):
    chosen, body = _report(request)
    page = {"title": handover.title(**chosen), "body": body}
    return pdf_page(render_to_string("oversight/letters/pack_page.html", page), _file_name())


@require_safe
def as_word(request):
    chosen, body = _report(request)
    return word_file(body, _file_name(), title=handover.title(**chosen), author=str(request.user))


def _file_name():
    return f"ban-giao-giam-sat-{timezone.localdate():%Y-%m-%d}"


def _report(request):
    chosen = HandoverFilterForm(request.GET, user=request.user).chosen()
    return chosen, handover.body(request.user, timezone.localdate(), **chosen)


@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """What one member has in hand, what passed on already, and the form by which the rest passes on."""
    members = DelegationMember.objects.visible_to(request.user)
    member = get_object_or_404(members.select_related("delegation__council", "successor"), pk=pk)
    why = succeeding.refusal(member.delegation.council, request.user)
    if why and request.method == "POST":
        raise PermissionDenied(why)
    form = HandOverForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            number = succeeding.hand_over(member, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            words = ngettext("%(number)d item passed on.", "%(number)d items passed on.", number)
            messages.success(request, words % {"number": number})
            return redirect(member)
    today = timezone.localdate()
    holding = next(iter(handover.holdings(request.user, today, member=member)), None)
    nothing_left = member.left_on and holding is None
    context = {
        "member": member,
        "holding": holding,
        "passed": handover.passed_on(member),
        "form": None if why or nothing_left else form,
    }
    return render(request, "oversight/hand_over.html", context)


@require_http_methods(["GET", "POST"])
def add_member(request, pk):
    """One more member of a delegation."""
    delegation = delegation_of(request, pk)
    if why := succeeding.refusal(delegation.council, request.user):
        raise PermissionDenied(why)
    form = SeatForm(request.POST or None, delegation=delegation)
    if form.is_valid():
        succeeding.seat(delegation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Member added."))
        return redirect(delegation)
    context = {"about": delegation, "title": _("Add a member"), "form": form}
    return render(request, "oversight/edit.html", context)


@require_http_methods(["GET", "POST"])
def edit_member(request, pk):
    """A seat put right; an account given to a member later."""
    members = DelegationMember.objects.visible_to(request.user)
    member = get_object_or_404(members.select_related("delegation__council"), pk=pk)
    if why := succeeding.refusal(member.delegation.council, request.user):
        raise PermissionDenied(why)
    form = SeatForm(request.POST or None, instance=member, delegation=member.delegation)
    if form.is_valid():
        succeeding.reseat(member, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(member.delegation)
    context = {"about": member.delegation, "title": _("Edit the member"), "form": form}
    return render(request, "oversight/edit.html", context)


@require_POST
def session_in_charge(request, pk):
    session = session_of(request, pk)
    return _put(request, session, session.delegation)


@require_POST
def recommendation_in_charge(request, pk):
    found = Recommendation.objects.visible_to(request.user).select_related("working_session__delegation__council")
    recommendation = get_object_or_404(found, pk=pk)
    return _put(request, recommendation, recommendation.working_session.delegation)


def _put(request, record, delegation):
    if why := succeeding.refusal(delegation.council, request.user):
        raise PermissionDenied(why)
    form = InChargeForm(request.POST, record=record, delegation=delegation)
    if form.is_valid():
        succeeding.put_in_charge(record, form.cleaned_data["in_charge"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose somebody who sits in a delegation of this council."))
    return redirect(record)
