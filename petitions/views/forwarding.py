"""Forwarding letters: choose petitions, say who gets which point, see the letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.text import key_in
from documents.workflow import edit_refusal
from petitions import letters, workflow
from petitions.forms import PlanForm
from petitions.models import Assignment, Forwarding, Petition, PetitionPoint
from petitions.workflow.dates import proposal


@require_http_methods(["GET", "POST"])
def forward(request):
    """A new letter for the petitions named in the address; those that cannot go say why."""
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("Tick the petitions to forward first."))
        return redirect("petitions:index")
    refusals = {petition: workflow.plan_refusal(petition, request.user) for petition in chosen}
    ready = [petition for petition, why in refusals.items() if not why]
    if not ready:
        raise PermissionDenied(" ".join(dict.fromkeys(refusals.values())))
    issuer = ready[0].council.standing_committee
    points = _points_to_assign(ready)
    form = PlanForm(
        request.POST or None, issuer=issuer, points=points, proposed=_proposed(ready), agencies=_agencies(ready)
    )
    if form.is_valid():
        details = {name: form.cleaned_data[name] for name in ("addressee", "due_on", "subject", "signer")}
        try:
            forwarding = workflow.draft_forwarding(
                by=request.user,
                issuer=issuer,
                plan=form.plan(details["addressee"]),
                drafting_unit="VP",
                **details,
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The letter is drafted. Look it over, then submit it for clearance."))
            return redirect(forwarding.document)
    context = {"form": form, "refused": {p: why for p, why in refusals.items() if why}, "ready": ready}
    return render(request, "petitions/forward.html", context)


def _chosen(request):
    """The petitions ticked, all of one council: the council of the first."""
    pks = set(map(key_in, request.GET.getlist("petition"))) - {None}
    visible = Petition.objects.visible_to(request.user).filter(pk__in=pks)
    petitions = list(visible.select_related("council", "council_session", "place").order_by("number"))
    return [petition for petition in petitions if petition.council_id == petitions[0].council_id]


def _proposed(petitions):
    """What the council's rules say of the due date, where they say the same of every petition."""
    found = {
        proposal(
            petition.council,
            agency=None,
            council_session=petition.council_session,
            level=petition.authority_level,
            on=timezone.localdate(),
        )
        for petition in petitions
    }
    return found.pop() if len(found) == 1 else None


def _agencies(petitions):
    """{petition id: the agency to propose}, as the queue of petitions to assign again proposes it."""
    found = Petition.objects.filter(pk__in=[petition.pk for petition in petitions])
    waiting = workflow.with_holders(found, petitions[0].council, timezone.localdate())
    return {one.petition.pk: one.proposed for one in waiting if one.proposed}


def _points_to_assign(petitions):
    """The points without a lead agency: all of a new petition, the returned ones of a returned petition."""
    held = Assignment.objects.current().lead().values("point")
    points = PetitionPoint.objects.filter(petition__in=petitions).exclude(pk__in=held)
    return list(points.select_related("petition__place").order_by("petition__number", "number"))


def _forwarding(request, pk):
    """The letter if this user may see it, else 404."""
    forwardings = Forwarding.objects.visible_to(request.user).select_related("document__agency", "addressee", "council")
    return get_object_or_404(forwardings, pk=pk)


@require_POST
def leave_out(request, pk, petition_pk):
    """One petition less in a letter being drafted."""
    forwarding = _forwarding(request, pk)
    of_letter = Petition.objects.filter(points__assignments__forwarding=forwarding).distinct()
    petition = get_object_or_404(of_letter, pk=petition_pk)
    try:
        workflow.leave_out(forwarding, petition, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(
            request, _("%(code)s is out of the letter and waits to be forwarded.") % {"code": petition.code}
        )
    return redirect("petitions:forwarding", forwarding.pk)


@require_http_methods(["GET", "POST"])
def forwarding(request, pk):
    """What a forwarding letter sends to whom; while it is a draft, changed here."""
    forwarding = _forwarding(request, pk)
    if edit_refusal(forwarding.document, request.user):
        return redirect(forwarding.document)
    points = [item["point"] for row in letters.forwarding_rows(forwarding) for item in row["points"]]
    form = PlanForm(request.POST or None, issuer=forwarding.document.agency, points=points, forwarding=forwarding)
    if form.is_valid():
        plan = form.plan(forwarding.addressee)
        try:
            workflow.replan(forwarding, by=request.user, due_on=form.cleaned_data["due_on"], plan=plan)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved; the letter is written again."))
            return redirect(forwarding.document)
    return render(request, "petitions/forward.html", {"form": form, "forwarding": forwarding, "ready": points})


@require_safe
def forwardings(request):
    """Every forwarding letter one may see, latest first."""
    letters_seen = (
        Forwarding.objects.visible_to(request.user)
        .select_related("document__agency", "addressee")
        .order_by("-pk")[:200]
    )
    return render(request, "petitions/forwardings.html", {"forwardings": letters_seen})
