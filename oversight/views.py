"""Delegations, working sessions, findings, recommendations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.forms import all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common.formats import short_date
from documents.models import Status as DocumentStatus
from oversight import explaining, workflow
from oversight.forms import (
    AgencyForm,
    AskExplanationForm,
    AssessmentForm,
    DelegationForm,
    ExplainForm,
    FindingForm,
    MemberFormSet,
    NoticeForm,
    RecommendationForm,
    RemarkForm,
    ReportDoneForm,
    WorkingSessionForm,
)
from oversight.models import Delegation, Explanation, Finding, Recommendation, WorkingSession
from petitions.models import Petition


def _delegation(request, pk):
    delegations = Delegation.objects.visible_to(request.user).select_related("body", "council", "council_session")
    return get_object_or_404(delegations, pk=pk)


def _working_session(request, pk):
    sessions = WorkingSession.objects.visible_to(request.user).select_related(
        "delegation__body", "delegation__council", "agency"
    )
    return get_object_or_404(sessions, pk=pk)


def _recommendation(request, pk):
    found = Recommendation.objects.visible_to(request.user).select_related(
        "working_session__delegation__council", "agency", "clock"
    )
    return get_object_or_404(found, pk=pk)


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
                filter=Q(working_sessions__recommendations__status__in=["open", "reported"]),
                distinct=True,
            ),
        )
        .order_by("-starts_on", "-pk")
    )
    recommendations = (
        Recommendation.objects.visible_to(request.user)
        .pending()
        .select_related("agency", "working_session__delegation__council", "clock", "petition")
        .prefetch_related("explanations__clock")
        .order_by("due_on", "pk")
    )
    context = {
        "delegations": delegations,
        "recommendations": recommendations,
        "may_plan": request.user.may(Permission.OVERSIGHT_PLAN),
    }
    return render(request, "oversight/index.html", context)


@require_http_methods(["GET", "POST"])
def create(request):
    """Set up a delegation with its members."""
    if not request.user.may(Permission.OVERSIGHT_PLAN):
        raise PermissionDenied(_("Your role does not allow setting up delegations."))
    form = DelegationForm(request.POST or None, user=request.user)
    members = MemberFormSet(request.POST or None, prefix="members")
    if request.method == "POST" and form.is_valid() and members.is_valid():
        people = [row for row in members.cleaned_data if row]
        delegation = workflow.set_up(by=request.user, members=people, **form.cleaned_data)
        messages.success(request, _("The delegation is set up. Plan its working sessions."))
        return redirect(delegation)
    return render(request, "oversight/create.html", {"form": form, "members": members})


@require_safe
def delegation(request, pk):
    delegation = _delegation(request, pk)
    context = {
        "delegation": delegation,
        "members": delegation.members.all(),
        "sessions": delegation.working_sessions.select_related("agency")
        .prefetch_related("notices__document")
        .annotate(
            petition_count=Count("agenda", distinct=True),
            recommendation_count=Count("recommendations", distinct=True),
        )
        .order_by("-held_on", "-pk"),
        "may_plan": request.user.may(Permission.OVERSIGHT_PLAN, at=delegation.council),
        "agency_form": AgencyForm(delegation=delegation),
    }
    return render(request, "oversight/delegation.html", context)


@require_http_methods(["GET", "POST"])
def plan(request, pk):
    """A working session: the agency first, then its petitions to choose from."""
    delegation = _delegation(request, pk)
    workflow.check(Permission.OVERSIGHT_PLAN, delegation.council, request.user)
    choice = AgencyForm(request.GET or None, delegation=delegation)
    if not choice.is_valid():
        messages.info(request, _("Choose the agency first."))
        return redirect(delegation)
    agency = choice.cleaned_data["agency"]
    form = WorkingSessionForm(request.POST or None, petitions=_petitions_of(delegation, agency))
    if form.is_valid():
        session = workflow.plan_session(delegation, agency=agency, by=request.user, **form.cleaned_data)
        messages.success(request, _("The working session is planned."))
        return redirect(session)
    return render(request, "oversight/plan.html", {"delegation": delegation, "agency": agency, "form": form})


def _petitions_of(delegation, agency):
    """What the agency was asked to answer, in the delegation's session where it has one."""
    petitions = Petition.objects.counted().filter(council__in=delegation.council.lineage, lead_agency=agency)
    if delegation.council_session:
        petitions = petitions.filter(
            Q(council_session=delegation.council_session)
            | Q(council_session__opens_on__lt=delegation.council_session.opens_on)
            & ~Q(result__in=["resolved", "explained"])
        )
    return petitions.order_by("-council_session__opens_on", "number")


@require_safe
def working_session(request, pk):
    """Everything of one working session on a page: agenda, findings, assessment, recommendations, notice."""
    session = _working_session(request, pk)
    findings = {f.point_id: f for f in session.findings.select_related("point")}
    agenda = session.agenda.select_related("petition__place", "petition__council_session").prefetch_related(
        "petition__points"
    )
    notice = session.notice
    may_record = request.user.may(Permission.OVERSIGHT_RECORD, at=session.delegation.council)
    context = {
        "session": session,
        "delegation": session.delegation,
        "agenda": [(item.petition, [(p, findings.get(p.pk)) for p in item.petition.points.all()]) for item in agenda],
        "recommendations": session.recommendations.select_related("petition", "clock", "agency").prefetch_related(
            "explanations__clock"
        ),
        "notice": notice,
        "is_open": may_record and (notice is None or notice.document.status == DocumentStatus.DRAFT),
        "may_draft_notice": request.user.may(Permission.DOCUMENT_DRAFT, at=session.delegation.body),
        "recommendation_form": RecommendationForm(working_session=session),
        "notice_form": NoticeForm(working_session=session),
    }
    return render(request, "oversight/working_session.html", context)


@require_http_methods(["GET", "POST"])
def findings(request, pk, petition_pk):
    """What was reported and found on one petition, point by point."""
    session = _working_session(request, pk)
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
    session = _working_session(request, pk)
    workflow.check_recording(session, request.user)
    form = AssessmentForm(request.POST or None, instance=session)
    if form.is_valid():
        workflow.assess(session, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(session)
    return _form(request, form, _("General assessment"), session)


@require_POST
def recommend(request, pk):
    """One more recommendation."""
    session = _working_session(request, pk)
    form = RecommendationForm(request.POST, working_session=session)
    if form.is_valid():
        try:
            workflow.recommend(session, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Recommendation added."))
            return redirect(session)
    return _form(request, form, _("Recommendation"), session)


@require_POST
def draft_notice(request, pk):
    """Draft the conclusion notice from the record, or bring its text up to date."""
    session = _working_session(request, pk)
    form = NoticeForm(request.POST, working_session=session)
    signer = form.cleaned_data["signer"] if form.is_valid() else None
    notice = workflow.draft_notice(session, by=request.user, signer=signer)
    messages.success(request, _("The notice is drafted from the record. Look it over, then submit it for clearance."))
    return redirect(notice.document)


@require_http_methods(["GET", "POST"])
def report_done(request, pk):
    """The agency says what it did, and by what it can be seen."""
    recommendation = _recommendation(request, pk)
    workflow.RECOMMENDATIONS.check("report", recommendation, request.user)
    form = ReportDoneForm(request.POST or None)
    if form.is_valid():
        workflow.report_done(recommendation, by=request.user, evidence=form.cleaned_data["evidence"])
        messages.success(request, _("Reported; somebody at the council will verify it."))
        return redirect("oversight:index")
    return _form(request, form, _("Report as done"), recommendation.working_session, about=recommendation)


@require_POST
def verify(request, pk):
    workflow.verify(_recommendation(request, pk), by=request.user)
    messages.success(request, _("Verified as done."))
    return redirect("oversight:index")


@require_http_methods(["GET", "POST"])
def reject(request, pk):
    """What was shown does not meet the requirement."""
    recommendation = _recommendation(request, pk)
    workflow.RECOMMENDATIONS.check("reject", recommendation, request.user)
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        workflow.reject(recommendation, by=request.user, remark=form.cleaned_data["remark"])
        messages.success(request, _("Sent back to the agency; the clock goes on."))
        return redirect("oversight:index")
    return _form(
        request,
        form,
        _("Does not meet the requirement"),
        recommendation.working_session,
        about=recommendation,
    )


@require_http_methods(["GET", "POST"])
def ask_explanation(request, pk):
    """The council asks in writing why something was not carried out."""
    recommendation = _recommendation(request, pk)
    if why := explaining.ask_refusal(recommendation, request.user):
        raise PermissionDenied(why)
    form = AskExplanationForm(request.POST or None, proposed_on=explaining.proposed_day(recommendation))
    if form.is_valid():
        try:
            explanation = explaining.ask(recommendation, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            words = _("%(agency)s is asked to explain by %(day)s.")
            words %= {"agency": recommendation.agency.short_label, "day": short_date(explanation.due_on)}
            messages.success(request, words)
            return redirect(explanation)
    return _form(request, form, _("Ask for an explanation"), recommendation.working_session, about=recommendation)


@require_http_methods(["GET", "POST"])
def explain(request, pk):
    """The agency explains in writing."""
    explanation = get_object_or_404(Explanation.objects.visible_to(request.user), pk=pk)
    if why := explaining.give_refusal(explanation, request.user):
        raise PermissionDenied(why)
    form = ExplainForm(request.POST or None, question=explanation.question)
    if form.is_valid():
        explaining.give(explanation, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The explanation is with the council."))
        return redirect(explanation)
    session = explanation.recommendation.working_session
    return _form(request, form, _("Give the explanation"), session, about=explanation.recommendation)


def _form(request, form, title, session, about=None):
    return render(request, "oversight/form.html", {"form": form, "title": title, "session": session, "about": about})
