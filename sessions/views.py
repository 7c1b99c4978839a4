"""Terms, sessions and voter meetings. The cockpit of a session lives in reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from deadlines.models import derive_together
from sessions import reporting
from sessions.forms import AssemblyForm, MeetingForm, SentForm, SessionForm, TakeBackForm, TermForm
from sessions.models import AssemblySession, CouncilSession, CouncilTerm, DueReport, VoterMeeting
from sessions.workflow import check_edit, edit_refusal, save_session


def _session(request, pk):
    """The session if this user may see it, else 404."""
    sessions = CouncilSession.objects.visible_to(request.user).select_related("term__council__unit")
    return get_object_or_404(sessions, pk=pk)


@require_safe
def index(request):
    """Every session one may see, latest first, with what one may see of what was received for it."""
    sessions = list(
        CouncilSession.objects.visible_to(request.user)
        .select_related("term__council")
        .annotate(meeting_count=Count("meetings"))
        .order_by("-opens_on", "-pk")
    )
    petitions = CouncilSession._meta.get_field("petitions").related_model.objects.of_sessions(request.user, sessions)
    counts = dict(petitions.order_by().values_list("council_session").annotate(Count("pk")))
    for session in sessions:
        session.petition_count = counts.get(session.pk, 0)
    return render(
        request,
        "sessions/index.html",
        {"sessions": sessions, "may_edit": request.user.may(Permission.SESSION_EDIT)},
    )


@require_POST
def pick(request, pk):
    """Work on another session from now on."""
    session = _session(request, pk)
    request.session["council_session"] = session.pk
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(address)
    return redirect(session)


@require_http_methods(["GET", "POST"])
def create_term(request):
    if not request.user.may(Permission.SESSION_EDIT):
        raise PermissionDenied(_("Your role does not allow creating council terms."))
    form = TermForm(request.POST or None, user=request.user)
    if form.is_valid():
        term = form.save()
        messages.success(request, _("Created: %(term)s.") % {"term": term})
        return redirect("sessions:create")
    return render(request, "sessions/form.html", {"form": form, "title": _("New council term")})


@require_http_methods(["GET", "POST"])
def create(request):
    if not request.user.may(Permission.SESSION_EDIT):
        raise PermissionDenied(_("Your role does not allow creating sessions."))
    form = SessionForm(request.POST or None, user=request.user)
    if form.is_valid():
        session = form.save(commit=False)
        save_session(session, by=request.user)
        messages.success(request, _("Created: %(session)s.") % {"session": session})
        return redirect(session)
    no_terms = not CouncilTerm.objects.visible_to(request.user).exists()
    return render(request, "sessions/form.html", {"form": form, "title": _("New session"), "no_terms": no_terms})


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    session = _session(request, pk)
    check_edit(session.council, request.user)
    before = {"opens_on": session.opens_on, "closes_on": session.closes_on}
    form = SessionForm(request.POST or None, instance=session, user=request.user)
    if form.is_valid():
        moved = save_session(form.instance, by=request.user, before=before)
        messages.success(request, _("Saved."))
        if moved:
            messages.info(request, _moved_words(len(moved)))
        return redirect(session)
    return render(request, "sessions/form.html", {"form": form, "title": session.title, "session": session})


def _moved_words(number):
    return ngettext(
        "%(number)d due date counted from this session moved; its agency is told.",
        "%(number)d due dates counted from this session moved; their agencies are told.",
        number,
    ) % {"number": number}


@require_safe
def meetings(request, pk):
    """The voter meetings around one session."""
    session = _session(request, pk)
    held = (
        VoterMeeting.objects.filter(council_session=session)
        .select_related("unit", "delegate_group")
        .annotate(origin_count=Count("origins"))
        .order_by("-held_on", "-pk")
    )
    context = {"session": session, "meetings": held, "why_not": edit_refusal(session.council, request.user)}
    return render(request, "sessions/meetings.html", context)


@require_http_methods(["GET", "POST"])
def create_meeting(request, pk):
    session = _session(request, pk)
    check_edit(session.council, request.user)
    form = MeetingForm(request.POST or None, council_session=session)
    if form.is_valid():
        meeting = form.save()
        messages.success(request, _("Meeting recorded: %(meeting)s.") % {"meeting": meeting})
        if "log" in request.POST:
            return redirect("petitions:log", session.pk, meeting.pk)
        return redirect("sessions:meetings", session.pk)
    context = {"form": form, "session": session, "title": _("New voter meeting"), "then_log": True}
    return render(request, "sessions/form.html", context)


@require_http_methods(["GET", "POST"])
def edit_meeting(request, pk):
    meeting = get_object_or_404(VoterMeeting.objects.visible_to(request.user), pk=pk)
    session = meeting.council_session
    check_edit(session.council, request.user)
    form = MeetingForm(request.POST or None, instance=meeting, council_session=session)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("sessions:meetings", session.pk)
    context = {"form": form, "session": session, "title": str(meeting), "record": meeting}
    return render(request, "sessions/form.html", context)


#: How many reports already sent the page shows.
SENT_SHOWN = 50


@require_safe
def reports(request):
    """What is to be reported before and after sessions: what is awaited first, then what was sent."""
    visible = DueReport.objects.visible_to(request.user).select_related(
        "agency__council", "council_session", "assembly_session", "clock__rule"
    )
    visible = visible.prefetch_related("clock__events")
    awaited, sent = (
        list(visible.awaited()),
        list(visible.exclude(sent_on=None).order_by("-sent_on", "-pk")[:SENT_SHOWN]),
    )
    derive_together([report.clock for report in awaited + sent])
    context = {
        "awaited": [(report, not reporting.send_refusal(report, request.user)) for report in awaited],
        "sent": [(report, not reporting.take_back_refusal(report, request.user)) for report in sent],
        "assembly": AssemblySession.objects.visible_to(request.user),
        "may_edit": request.user.may(Permission.SESSION_EDIT),
        "today": timezone.localdate(),
    }
    return render(request, "sessions/reports.html", context)


def _report(request, pk):
    """The report if this user may see it, else 404."""
    reports = DueReport.objects.visible_to(request.user).select_related("agency__council", "clock")
    return get_object_or_404(reports, pk=pk)


@require_http_methods(["GET", "POST"])
def record_report(request, pk):
    """Say when the report was sent, and by which letter."""
    report = _report(request, pk)
    if why := reporting.send_refusal(report, request.user):
        raise PermissionDenied(why)
    form = SentForm(request.POST or None)
    if form.is_valid():
        try:
            reporting.record_sent(report, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Recorded: the report was sent, its time is over."))
            return redirect("sessions:reports")
    return _report_form(request, form, report, _("Record the report as sent"))


@require_http_methods(["GET", "POST"])
def take_back_report(request, pk):
    """It was not sent, or not this one: its time runs on."""
    report = _report(request, pk)
    if why := reporting.take_back_refusal(report, request.user):
        raise PermissionDenied(why)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        reporting.take_back(report, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Taken back: the report is awaited again."))
        return redirect("sessions:reports")
    return _report_form(request, form, report, _("Take the record back"))


def _report_form(request, form, report, title):
    context = {"form": form, "title": title, "crumb": _("Reports owed"), "about": report}
    return render(request, "sessions/form.html", context)


@require_http_methods(["GET", "POST"])
def create_assembly(request):
    """Put a session of the National Assembly on record; the reports due around it are asked for."""
    if not request.user.may(Permission.SESSION_EDIT):
        raise PermissionDenied(_("Your role does not allow creating sessions."))
    form = AssemblyForm(request.POST or None, user=request.user)
    if form.is_valid():
        save_session(form.save(commit=False), by=request.user)
        messages.success(request, _("Created: %(session)s.") % {"session": form.instance})
        return redirect("sessions:reports")
    return _assembly_form(request, form, _("New session of the National Assembly"))


@require_http_methods(["GET", "POST"])
def edit_assembly(request, pk):
    session = get_object_or_404(AssemblySession.objects.visible_to(request.user), pk=pk)
    check_edit(session.council, request.user)
    before = {"opens_on": session.opens_on, "closes_on": session.closes_on}
    form = AssemblyForm(request.POST or None, instance=session, user=request.user)
    if form.is_valid():
        moved = save_session(form.instance, by=request.user, before=before)
        messages.success(request, _("Saved."))
        if moved:
            messages.info(request, _moved_words(len(moved)))
        return redirect("sessions:reports")
    return _assembly_form(request, form, session.name, record=session)


def _assembly_form(request, form, title, record=None):
    context = {"form": form, "title": title, "crumb": _("Reports owed"), "record": record}
    return render(request, "sessions/form.html", context)
