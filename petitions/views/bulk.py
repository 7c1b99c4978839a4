"""Many petitions at once: preview, do, result per row, take back; the rules that propose agencies."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common.acting import acting
from common.text import key_in
from petitions import workflow
from petitions.forms import BulkForm, RuleForm
from petitions.models import AgencyRule, BulkAct, Petition, Proposals
from petitions.views.lists import filter_form
from sessions.context_processors import session_of

#: So many petitions are dealt with at once.
MOST = 500


@require_http_methods(["GET", "POST"])
def bulk(request):
    """Choose the act, see what it does to each petition, then do it; confirming names the act one has seen."""
    petitions = _chosen(request)
    if not petitions:
        messages.info(request, _("Tick the petitions first."))
        return redirect("petitions:index")
    council = petitions[0].council
    issuer = council.standing_committee
    form = BulkForm(
        request.POST or None,
        council=council,
        issuer=issuer,
        petitions=petitions,
        proposals=Proposals(council, timezone.localdate()),
    )
    if form.is_valid() and "confirm" in request.POST:
        if request.POST["confirm"] == form.cleaned_data["kind"]:
            return redirect(_do(form, _as_seen(request, petitions), issuer, request.user))
        messages.info(request, _("You chose something else since: see what will happen now, then confirm."))
    kind = form["kind"].value()
    kind = kind if kind in BulkAct.Kind.values else BulkAct.Kind.CLASSIFY
    refusals = workflow.bulk_refusals(kind, petitions, request.user)
    rows = [
        (petition, refusals[petition], form.agency_field(petition), "" if refusals[petition] else _stamp(petition))
        for petition in petitions
    ]
    context = {
        "form": form,
        "rows": rows,
        "kind": kind,
        "ready": sum(not why for _petition, why, _field, _seen in rows),
        "previewed": form.is_bound and form.is_valid(),
        "most": MOST,
    }
    return render(request, "petitions/bulk.html", context)


def _stamp(petition):
    """How a petition stood when its row was shown as one that will be done."""
    return f"{petition.pk}.{petition.status}.{petition.policy_field_id or 0}"


def _as_seen(request, petitions):
    """(those shown as they stand now and as ones that will be done, the others)"""
    seen = set(request.POST.getlist("seen"))
    return [p for p in petitions if _stamp(p) in seen], [p for p in petitions if _stamp(p) not in seen]


def _do(form, as_seen, issuer, by):
    cleaned, (petitions, unseen) = form.cleaned_data, as_seen
    match cleaned["kind"]:
        case BulkAct.Kind.CLASSIFY:
            names = ("policy_field", "authority_level")
            return workflow.classify_many(petitions, by=by, unseen=unseen, **{name: cleaned[name] for name in names})
        case BulkAct.Kind.SET_ASIDE:
            return workflow.set_aside_many(petitions, by=by, unseen=unseen, why=cleaned["why"])
    chosen = {petition: agency for petition, agency in form.chosen.items() if petition in petitions}
    details = {name: cleaned[name] for name in ("due_on", "signer")}
    return workflow.forward_many(chosen, by=by, issuer=issuer, unseen=unseen, **details)


def _chosen(request):
    """Those ticked, or with `all` everything the list shows; of one council, at most `MOST`."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("all"):
        petitions = filter_form(request, QueryDict(asked.get("list", ""))).petitions()
    else:
        pks = set(map(key_in, asked.getlist("petition"))) - {None}
        petitions = Petition.objects.visible_to(request.user).filter(pk__in=pks).order_by("council_session", "number")
    found = list(petitions.select_related("council__unit", "place", "policy_field", "named_agency")[:MOST])
    return [petition for petition in found if petition.council_id == found[0].council_id]


@require_safe
def bulk_act(request, pk):
    """What became of each petition."""
    act = get_object_or_404(BulkAct.objects.visible_to(request.user).select_related("by"), pk=pk)
    rows = list(act.rows.select_related("petition__place", "act"))
    done = [row for row in rows if row.outcome == "done"]
    kept = workflow.undo_refusals(done, request.user)
    letters = {row.before["forwarding"] for row in rows if "forwarding" in row.before}
    context = {
        "act": act,
        "rows": [(row, kept.get(row, "")) for row in rows],
        "letters": letters,
        "undoable": sum(not why for why in kept.values()),
    }
    return render(request, "petitions/bulk_act.html", context)


@require_POST
def undo_bulk(request, pk):
    act = get_object_or_404(BulkAct.objects.visible_to(request.user), pk=pk)
    if not request.user.may(Permission.PETITION_CLASSIFY, at=act.council):
        raise PermissionDenied(_("Your role does not allow classifying petitions."))
    undone = workflow.undo_many(act, by=request.user)
    say = messages.success if undone else messages.warning
    say(request, _("%s petition(s) are as they were before.") % undone)
    return redirect(act)


@require_http_methods(["GET", "POST"])
def rules(request):
    """Which agency is proposed for which field and place; kept by the secretariat."""
    session = session_of(request)
    if session is None or not request.user.may(Permission.PETITION_FORWARD, at=session.council):
        raise PermissionDenied(_("Your role does not allow forwarding petitions."))
    form = RuleForm(request.POST or None, council=session.council)
    if form.is_valid():
        with acting(by=request.user, reason=_("rule that proposes an agency")):
            form.save()
        messages.success(request, _("Saved."))
        return redirect("petitions:rules")
    found = AgencyRule.objects.filter(council=session.council).select_related("policy_field", "unit", "agency")
    return render(request, "petitions/rules.html", {"form": form, "rules": found})


@require_POST
def drop_rule(request, pk):
    rule = get_object_or_404(AgencyRule.objects.visible_to(request.user), pk=pk)
    if not request.user.may(Permission.PETITION_FORWARD, at=rule.council):
        raise PermissionDenied(_("Your role does not allow forwarding petitions."))
    with acting(by=request.user, reason=_("rule dropped")):
        rule.delete()
    return redirect("petitions:rules")
