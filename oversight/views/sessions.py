"""A working session: what is on its agenda, what was found and asked for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common import uploads
from documents.models import Status as DocumentStatus
from oversight import workflow
from oversight.assessed import contested, set_against
from oversight.forms import (
    AssessmentForm,
    AttachForm,
    FindingForm,
    InChargeForm,
    NoticeForm,
    PaperDraftForm,
    RecommendationForm,
    WorkingSessionForm,
)
from oversight.models import Evidence, Finding, OversightPaper, Recommendation
from oversight.views.reaching import opened, session_of, show_form
from petitions.models import Petition


@require_safe
def working_session(request, pk):
    """Everything of one working session on a page: agenda, findings, assessment, recommendations, notice."""
    session = session_of(request, pk)
    seen = session.findings.select_related("point__petition", "working_session__agency")
    findings = {f.point_id: f for f in seen.prefetch_related("files__upload")}
    agenda = session.agenda.select_related("petition__place", "petition__council_session").prefetch_related(
        "petition__points"
    )
    recommendations = (
        Recommendation.objects.visible_to(request.user)
        .filter(working_session=session)
        .select_related("petition", "clock", "agency")
        .prefetch_related("explanations__clock", "steps__document")
    )
    notice = session.notice
    still_open = notice is None or notice.document.status == DocumentStatus.DRAFT
    may_record = request.user.may(Permission.OVERSIGHT_RECORD, at=session.delegation.council)
    may_plan = request.user.may(Permission.OVERSIGHT_PLAN, at=session.delegation.council)
    context = {
        "session": session,
        "delegation": session.delegation,
        "agenda": [
            (item, item.petition, [(p, findings.get(p.pk)) for p in item.petition.points.all()]) for item in agenda
        ],
        "recommendations": recommendations,
        **opened(
            request.user,
            petitions=[item.petition_id for item in agenda] + [one.petition_id for one in recommendations],
        ),
        "disagreements": set_against(contested(seen, request.user), request.user),
        "files": session.files.select_related("upload"),
        "attach_form": AttachForm(working_session=session),
        "notice": notice,
        "is_open": may_record and still_open,
        "sees_council": session.delegation.is_open_to(request.user),
        "may_choose": may_plan and still_open,
        "papers": OversightPaper.objects.visible_to(request.user)
        .standing()
        .filter(working_session=session)
        .exclude(kind=OversightPaper.Kind.STEP)
        .select_related("document", "working_session__agency"),
        "paper_form": PaperDraftForm(delegation=session.delegation, working_session=session)
        if request.user.may(Permission.DOCUMENT_DRAFT, at=session.delegation.body)
        else None,
        "in_charge_form": InChargeForm(record=session, delegation=session.delegation) if may_plan else None,
        "may_draft_notice": request.user.may(Permission.DOCUMENT_DRAFT, at=session.delegation.body),
        "notice_form": NoticeForm(working_session=session),
    }
    return render(request, "oversight/working_session.html", context)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Another day, hour, place or kind."""
    session = session_of(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, session.delegation.council, request.user)
    form = WorkingSessionForm(request.POST or None, instance=session, delegation=session.delegation)
    if form.is_valid():
        workflow.reschedule(session, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("oversight:working_session", pk)
    context = {"about": session, "title": _("Edit the working session"), "form": form}
    return render(request, "oversight/edit.html", context)


@require_http_methods(["GET", "POST"])
def findings(request, pk, petition_pk):
    """What was reported and found on one petition, point by point."""
    session = session_of(request, pk)
    workflow.check_recording(session, request.user)
    petition = get_object_or_404(Petition, pk=petition_pk, agenda_items__working_session=session)
    known = {finding.point_id: finding for finding in session.findings.all()}
    forms = [
        (
            point,
            FindingForm(request.POST or None, instance=known.get(point.pk) or Finding(), prefix=f"point-{point.pk}"),
        )
        for point in petition.points.all()
    ]
    if request.method == "POST" and all_valid([form for _point, form in forms]):
        for point, form in forms:
            workflow.record_finding(session, point, by=request.user, **form.cleaned_data)
        messages.success(request, _("Findings on %(code)s recorded.") % {"code": petition.code})
        return redirect(session)
    return render(request, "oversight/findings.html", {"session": session, "petition": petition, "forms": forms})


@require_http_methods(["GET", "POST"])
def assess(request, pk):
    """The general assessment of the agency."""
    session = session_of(request, pk)
    workflow.check_recording(session, request.user)
    form = AssessmentForm(request.POST or None, instance=session)
    if form.is_valid():
        workflow.assess(session, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(session)
    return show_form(request, form, _("General assessment"), session)


@require_POST
def attach(request, pk):
    """A photo or document as evidence."""
    session = session_of(request, pk)
    workflow.check_recording(session, request.user)
    form = AttachForm(request.POST, request.FILES, working_session=session)
    if form.is_valid():
        try:
            workflow.attach(session, form.cleaned_data["file"], by=request.user, finding=form.cleaned_data["finding"])
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            messages.success(request, _("Evidence added."))
            return redirect(session)
    return show_form(request, form, _("Evidence"), session)


@require_safe
def evidence(request, pk):
    """A file, for those who may see what it proves."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("upload"), pk=pk)
    return uploads.hand_back(found.upload)


@require_http_methods(["GET", "POST"])
def recommend(request, pk):
    """One more recommendation."""
    session = session_of(request, pk)
    workflow.check_recording(session, request.user)
    form = RecommendationForm(request.POST or None, working_session=session)
    if form.is_valid():
        try:
            workflow.recommend(session, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Recommendation added."))
            return redirect(session)
    return show_form(request, form, _("Recommendation"), session)


@require_POST
def draft_notice(request, pk):
    """Draft the conclusion notice from the record, or go on with its text."""
    session = session_of(request, pk)
    form = NoticeForm(request.POST, working_session=session)
    signer = form.cleaned_data["signer"] if form.is_valid() else None
    is_new = session.notice is None
    notice = workflow.draft_notice(session, by=request.user, signer=signer)
    if is_new:
        messages.success(request, _("Drafted from the record. Read it, change what is needed, then submit it."))
    return redirect(workflow.CONCLUSION_NOTICE.workplace(notice.document))
