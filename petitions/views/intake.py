"""Logging, classifying, merging, setting aside."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from petitions import workflow
from petitions.forms import ClassifyForm, LogForm, MergeForm, OriginForm, ReviseForm, WhyForm
from petitions.models import Petition
from petitions.models.petitions import Status
from petitions.models.similarity import similar_to
from petitions.points import propose, split
from petitions.views.detail import visible_petition
from sessions.models import CouncilSession, VoterMeeting

JUST_LOGGED = 5


def _session(request, pk):
    sessions = CouncilSession.objects.visible_to(request.user).select_related("term__council__unit")
    return get_object_or_404(sessions, pk=pk)


@require_http_methods(["GET", "POST"])
def log(request, session_pk, meeting_pk=None):
    """One petition after another: the form stays open and keeps meeting and place."""
    session = _session(request, session_pk)
    if not request.user.may(Permission.PETITION_LOG, at=session.council):
        raise PermissionDenied(_("Your role does not allow logging petitions."))
    meeting = get_object_or_404(VoterMeeting, pk=meeting_pk, council_session=session) if meeting_pk else None
    form = LogForm(request.POST or None, council_session=session, initial={"meeting": meeting, **_kept(request)})
    if form.is_valid():
        if survivor := _chosen_survivor(request, session):
            workflow.add_origin(survivor, by=request.user, **form.origin)
            messages.success(request, _("Added as a further origin of %(code)s.") % {"code": survivor.code})
        elif (question := _question(request, form, session)).is_open and "repeats" not in request.POST:
            return _log_page(request, form, session, question)
        else:
            details = form.in_points(question.proposed) if "split" in request.POST else form.petition
            earlier = _chosen(request, "repeats", _known(request, session))
            petition = workflow.log(council_session=session, by=request.user, repeats=earlier, **details)
            messages.success(
                request,
                _("Logged as %(code)s with %(count)s point(s).")
                % {"code": petition.code, "count": len(details["points"])},
            )
        return redirect(_next_form(form, session))
    return _log_page(request, form, session)


def _log_page(request, form, session, question=None):
    logged = Petition.objects.filter(council_session=session).exclude(status=Status.UNDONE)
    latest = logged.select_related("place").order_by("-pk")[:JUST_LOGGED]
    context = {"form": form, "session": session, "latest": latest, "question": question, "points": []}
    if question:
        context |= {"proposed": question.proposed, "similar": question.similar}
    return render(request, "petitions/log.html", context)


@dataclass(frozen=True)
class _Question:
    """What a person should have seen before this text is saved; each thing is asked once."""

    proposed: list
    similar: list
    asked: frozenset

    @property
    def now(self):
        return {str(one.petition.pk) for one in self.similar} | ({"split"} if self.proposed else set())

    @property
    def is_open(self):
        return not self.now <= self.asked

    @property
    def to_remember(self):
        return sorted(self.asked | self.now)


def _question(request, form, session):
    """The points a text seems to hold, and the petitions that most surely say the same."""
    typed = form.cleaned_data
    similar = similar_to(f"{request.POST.get('title', '')} {typed['text']}", _known(request, session))
    asked = frozenset(request.POST.getlist("asked")) | {"split"} & set(request.POST)
    return _Question(propose(typed["text"]), [one for one in similar if one.is_sure], asked)


def _known(request, session):
    return Petition.objects.visible_to(request.user).counted().filter(council__in=session.council.lineage)


def _kept(request):
    """Place, source and day carried over from the petition just logged."""
    kept = {name: request.GET[name] for name in ("unit", "source") if request.GET.get(name)}
    with suppress(ValueError):
        kept["raised_on"] = date.fromisoformat(request.GET.get("raised_on", ""))
    return kept


def _chosen_survivor(request, session):
    """The petition of this session this one was recognised as, by its button; None for a new one."""
    return _chosen(request, "add_to", Petition.objects.visible_to(request.user).filter(council_session=session))


def _chosen(request, button, petitions):
    if pk := request.POST.get(button, ""):
        return get_object_or_404(petitions, pk=pk if pk.isdecimal() else 0)
    return None


def _next_form(form, session):
    """The empty form for the next petition, with the same meeting, or the same place, source and day."""
    where = form.cleaned_data
    if where["meeting"]:
        return reverse("petitions:log", args=[session.pk, where["meeting"].pk])
    kept = {"unit": where["unit"].pk, "source": where["source"], "raised_on": where["raised_on"].isoformat()}
    return f"{reverse('petitions:log', args=[session.pk])}?{urlencode(kept)}"


@require_POST
def look_alike(request, session_pk):
    """While typing: how the text splits into points, and which petitions say nearly the same."""
    session = _session(request, session_pk)
    text = request.POST.get("text", "")
    context = {"points": split(text), "proposed": propose(text), "similar": [], "session": session}
    if "points" not in request.POST:
        context["similar"] = similar_to(f"{request.POST.get('title', '')} {text}", _known(request, session))
    return render(request, "petitions/_look_alike.html", context)


@require_http_methods(["GET", "POST"])
def add_origin(request, pk):
    petition = visible_petition(request, pk)
    form = OriginForm(request.POST or None, council_session=petition.council_session)
    if form.is_valid():
        workflow.add_origin(petition, by=request.user, voter=form.voter, **form.where)
        messages.success(request, _("Origin added."))
        return redirect(petition)
    return _form(request, petition, form, _("Add an origin"))


@require_http_methods(["GET", "POST"])
def revise(request, pk):
    petition = visible_petition(request, pk)
    points = list(petition.points.all())
    if why := workflow.revise_refusal(petition, request.user, points):
        raise PermissionDenied(why)
    text = "\n".join(f"{point.number}. {point.content}" for point in points)
    form = ReviseForm(request.POST or None, initial={"title": petition.title, "text": text})
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in ("why", "title", "points")}
        workflow.revise(petition, by=request.user, **changes)
        messages.success(request, _("Saved."))
        return redirect(petition)
    context = {"petition": petition, "form": form, "title": _("Change the content")}
    return render(request, "petitions/revise.html", context)


def _proposed_split(petition, user):
    """The points the only text of a petition seems to hold; [] where it cannot be split now."""
    texts = [point.content for point in petition.points.all()]
    found = propose(texts[0]) if len(texts) == 1 else []
    return [] if workflow.revise_refusal(petition, user, found) else found


@require_POST
def split_up(request, pk):
    """Split a petition into the points proposed, as they were shown."""
    petition = visible_petition(request, pk)
    proposed = _proposed_split(petition, request.user)
    if not proposed or proposed != request.POST.getlist("point"):
        raise PermissionDenied(_("This proposal no longer stands: the petition reads otherwise or is on its way."))
    workflow.revise(petition, by=request.user, why=_("split into points"), title=petition.title, points=proposed)
    messages.success(request, _("%(code)s has %(count)s points now.") % {"code": petition.code, "count": len(proposed)})
    return redirect("petitions:classify", petition.pk)


@require_http_methods(["GET", "POST"])
def classify(request, pk):
    petition = visible_petition(request, pk)
    workflow.PETITIONS.check("classify", petition, request.user)
    form = ClassifyForm(request.POST or None, petition=petition, user=request.user)
    if form.is_valid():
        workflow.classify(petition, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(code)s is classified.") % {"code": petition.code})
        following = Petition.objects.visible_to(request.user).filter(
            council_session=petition.council_session, status="received"
        )
        if "next" in request.POST and (waiting := following.order_by("pk").first()):
            return redirect("petitions:classify", waiting.pk)
        return redirect(petition)
    similar = similar_to(
        petition.title + " " + " ".join(point.content for point in petition.points.all()),
        Petition.objects.visible_to(request.user)
        .counted()
        .filter(council__in=petition.council.lineage)
        .exclude(pk=petition.pk),
    )
    return render(
        request,
        "petitions/classify.html",
        {
            "petition": petition,
            "form": form,
            "similar": similar,
            "points": petition.points.all(),
            "proposed": _proposed_split(petition, request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def merge(request, pk):
    petition = visible_petition(request, pk)
    workflow.PETITIONS.check("merge", petition, request.user)
    initial = {"into": request.GET.get("into", "")}
    form = MergeForm(request.POST or None, petition=petition, user=request.user, initial=initial)
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            workflow.merge(petition, into=into, by=request.user)
        except ValidationError as problem:
            form.add_error("into", problem)
        else:
            messages.success(
                request, _("%(code)s is merged into %(into)s.") % {"code": petition.code, "into": into.code}
            )
            return redirect(into)
    return _form(request, petition, form, _("Merge into another petition"))


@require_POST
def unmerge(request, pk):
    petition = workflow.unmerge(visible_petition(request, pk), by=request.user)
    messages.success(request, _("%(code)s stands on its own again.") % {"code": petition.code})
    return redirect(petition)


@require_http_methods(["GET", "POST"])
def set_aside(request, pk):
    petition = visible_petition(request, pk)
    workflow.PETITIONS.check("set_aside", petition, request.user)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        workflow.set_aside(petition, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("Not to be forwarded; the reason is on record."))
        return redirect(petition)
    return _form(request, petition, form, _("Do not forward"))


@require_http_methods(["GET", "POST"])
def reopen(request, pk):
    petition = visible_petition(request, pk)
    workflow.PETITIONS.check("reopen", petition, request.user)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        workflow.reopen(petition, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("Taken up again."))
        return redirect(petition)
    return _form(request, petition, form, _("Take up again"))


def _form(request, petition, form, title):
    return render(request, "petitions/form.html", {"petition": petition, "form": form, "title": title})
