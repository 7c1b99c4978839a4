"""Delegations: all of them with what is still open, setting one up, planning its working sessions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from oversight import workflow
from oversight.assessed import contested, set_against
from oversight.forms import (
    AgencyForm,
    DelegationEditForm,
    DelegationForm,
    MemberFormSet,
    PaperDraftForm,
    WorkingSessionForm,
    accounts_of,
)
from oversight.models import SCOPE_KINDS, Delegation, Finding, OversightPaper, Recommendation, ScopeItem
from oversight.own_words import own_words
from oversight.views.reaching import delegation_of, opened
from sessions.context_processors import session_of


@require_safe
def index(request):
    """Delegations, and every recommendation still open."""
    delegations = (
        Delegation.objects.visible_to(request.user)
        .select_related("body", "council_session")
        .annotate(
            session_count=Count("working_sessions", distinct=True),
            open_count=Count(
                "working_sessions__recommendations",
                filter=Q(working_sessions__recommendations__status__in=["open", "not_met", "reported"]),
                distinct=True,
            ),
        )
        .order_by("-starts_on", "-pk")
    )
    recommendations = (
        Recommendation.objects.visible_to(request.user)
        .pending()
        .select_related("agency", "working_session__delegation__council", "clock", "petition")
        .prefetch_related("explanations__clock", "steps__document")
        .order_by("due_on", "pk")
    )
    context = {
        "delegations": delegations,
        "recommendations": recommendations,
        "verifies": _verifies(request),
        "may_plan": request.user.may(Permission.OVERSIGHT_PLAN),
        "sits": bool(request.user.councils_overseen),
        "own_words": own_words(request.user) if request.user.councils_overseen else [],
        **opened(
            request.user,
            sessions=[one.working_session_id for one in recommendations],
            petitions=[one.petition_id for one in recommendations],
        ),
    }
    return render(request, "oversight/index.html", context)


def _verifies(request):
    """Whether the committees' verification of the session worked on is open to this user."""
    worked_on = session_of(request)
    return worked_on is not None and worked_on.council.pk in request.user.sees_councils


@require_http_methods(["GET", "POST"])
def create(request):
    """Set up a delegation with its members."""
    if not request.user.may(Permission.OVERSIGHT_PLAN):
        raise PermissionDenied(_("Your role does not allow setting up delegations."))
    form = DelegationForm(request.POST or None, user=request.user)
    people = accounts_of(request.user.councils_where(Permission.OVERSIGHT_PLAN))
    members = MemberFormSet(request.POST or None, prefix="members", form_kwargs={"people": people})
    if request.method == "POST" and form.is_valid() and members.is_valid():
        people = [row for row in members.cleaned_data if row]
        delegation = workflow.set_up(by=request.user, members=people, **form.details())
        messages.success(request, _("The delegation is set up. Plan its working sessions."))
        return redirect(delegation)
    return render(request, "oversight/create.html", {"form": form, "members": members})


@require_safe
def delegation(request, pk):
    delegation = delegation_of(request, pk)
    findings = Finding.objects.filter(working_session__delegation=delegation)
    findings = findings.select_related("point__petition", "working_session__agency")
    context = {
        "delegation": delegation,
        "members": delegation.members.select_related("successor"),
        "sessions": delegation.working_sessions.select_related("agency")
        .prefetch_related("notices__document")
        .annotate(
            petition_count=Count("agenda", distinct=True),
            recommendation_count=Count("recommendations", distinct=True),
        )
        .order_by("held_on", "begins_at", "pk"),
        "disagreements": set_against(contested(findings, request.user), request.user),
        "may_plan": request.user.may(Permission.OVERSIGHT_PLAN, at=delegation.council),
        "agency_form": AgencyForm(delegation=delegation),
        "scope": [(label, found) for kind, label in _scope_labels() if (found := delegation.scope_of(kind))],
        "papers": OversightPaper.objects.visible_to(request.user)
        .standing()
        .filter(delegation=delegation)
        .select_related("document", "working_session__agency"),
        "paper_form": PaperDraftForm(delegation=delegation)
        if request.user.may(Permission.DOCUMENT_DRAFT, at=delegation.body)
        else None,
    }
    return render(request, "oversight/delegation.html", context)


def _scope_labels():
    return [(kind, ScopeItem._meta.get_field(kind).verbose_name) for kind in SCOPE_KINDS]


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Another name, other days, another scope."""
    delegation = delegation_of(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, delegation.council, request.user)
    form = DelegationEditForm(request.POST or None, user=request.user, instance=delegation)
    if form.is_valid():
        workflow.revise(delegation, by=request.user, **form.details())
        messages.success(request, _("Saved."))
        return redirect("oversight:delegation", pk)
    return render(
        request, "oversight/edit.html", {"about": delegation, "title": _("Edit the delegation"), "form": form}
    )


@require_http_methods(["GET", "POST"])
def plan(request, pk):
    """A working session: the agency first, then the day; its agenda is chosen next."""
    delegation = delegation_of(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, delegation.council, request.user)
    choice = AgencyForm(request.GET or None, delegation=delegation)
    if not choice.is_valid():
        messages.info(request, _("Choose the agency first."))
        return redirect(delegation)
    agency = choice.cleaned_data["agency"]
    form = WorkingSessionForm(request.POST or None, delegation=delegation)
    if form.is_valid():
        session = workflow.plan_session(delegation, agency=agency, by=request.user, **form.cleaned_data)
        messages.success(request, _("The working session is planned. Choose its agenda."))
        return redirect("oversight:agenda", session.pk)
    return render(request, "oversight/plan.html", {"delegation": delegation, "agency": agency, "form": form})
