"""Workbooks for delegate groups and agencies, and what came back in them: make, bring back, look over, take over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from common.downloads import download
from common.models import Job
from common.text import fold
from petitions import handouts as books
from petitions.forms import BringBackForm, HandOutForm, PetitionFilterForm
from petitions.handouts import State, jobs
from petitions.handouts.comparing import LABELS
from petitions.models import Handback, HandbackRow, Handout
from sessions.context_processors import session_of

PAGE_SIZE = 50
LATEST = 20


def _session(request):
    """The session worked on; refused to those who neither keep petitions, look them over nor answer them."""
    session = session_of(request)
    responds = request.user.agencies_where(Permission.ASSIGNMENT_RESPOND)
    logs = session and request.user.may(Permission.PETITION_LOG, at=session.council)
    looks_over = session and request.user.sits_in_a_group(session.council)
    if session is None or not (logs or responds or looks_over):
        raise PermissionDenied(_("Your role neither keeps petitions nor answers them."))
    return session


@require_safe
def handouts(request):
    """What was handed out and what came back, and the two forms."""
    return _page(request, _session(request))


def _list(request, session):
    """(its address, filter) of the list the workbook is made from; without one, everything of the session."""
    query = QueryDict(request.POST.get("list", request.GET.get("list", "")))
    form = PetitionFilterForm(query, user=request.user, council_session=session, today=timezone.localdate())
    return (query.urlencode(), form) if form.said() else ("", None)


def _page(request, session, make=None, bring=None, status=200):
    query, filtered = _list(request, session)
    files = Handback.objects.visible_to(request.user).select_related("handout__recipient", "upload", "by")
    made = Handout.objects.visible_to(request.user).select_related("recipient", "council_session", "made_by")
    context = {
        "session": session,
        "list": query,
        "filtered": filtered,
        "make": make or HandOutForm(user=request.user, council_session=session),
        "bring": bring or BringBackForm(),
        "page": Paginator(files, LATEST).get_page(request.GET.get("page")),
        "made": made[:LATEST],
    }
    return render(request, "petitions/handouts.html", context, status=status)


@require_POST
def hand_out(request):
    """Make the workbook and give it as a download: who got which rows is on record."""
    session = _session(request)
    form = HandOutForm(request.POST, user=request.user, council_session=session)
    if form.is_valid():
        try:
            _query, filtered = _list(request, session)
            handout = books.hand_out(
                form.cleaned_data["recipient"],
                council_session=session,
                by=request.user,
                among=filtered.petitions() if filtered else None,
            )
        except ValidationError as problem:
            form.add_error("recipient", problem)
        else:
            return _download(handout, request.user, filtered.said() if filtered else ())
    return _page(request, session, make=form, status=422)


def _download(handout, user, filtered_by):
    name = "-".join(fold(handout.recipient.short_label).split())
    day = timezone.localdate(handout.made_at)
    return download(
        books.workbook(handout, by=user, filtered_by=filtered_by), f"kien-nghi-{name}-{day:%Y%m%d}-B{handout.pk}.xlsx"
    )


@require_POST
def bring_back(request):
    """Read a workbook that came back; nothing is changed before a person has seen it."""
    session = _session(request)
    form = BringBackForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect(books.receive(form.cleaned_data["file"], by=request.user))
        except ValidationError as problem:
            form.add_error("file", problem)
    return _page(request, session, bring=form, status=422)


def _handback(request, pk):
    files = Handback.objects.visible_to(request.user).select_related(
        "handout__recipient", "handout__council_session__term__council__unit", "upload", "by"
    )
    return get_object_or_404(files, pk=pk)


def _to_decide(request, pk):
    file = _handback(request, pk)
    if not file.is_dealt_with_by(request.user):
        raise PermissionDenied(_("The group hands in its changes; the secretariat takes them over."))
    return file


@require_safe
def not_taken_over(request, pk):
    """The rows that were not taken over as a workbook of the same shape, with why."""
    file = _handback(request, pk)
    return download(books.refused_workbook(file, by=request.user), f"chua-nhan-B{file.handout_id}-{file.pk}.xlsx")


@require_safe
def handback(request, pk):
    """Every row beside what was handed out and what stands now."""
    file = _handback(request, pk)
    rows = list(file.rows.select_related("row__petition", "by"))
    found = books.compared(file, rows, request.user)
    states = [one.state for one in found]
    chosen = request.GET.get("state", "")
    shown = [one for one in found if one.state == chosen] if chosen in list(State) else _in_turn(found)
    job = Job.objects.filter(kind=jobs.TakeOver.key, key=f"{file.pk}").order_by("-pk").first()
    context = {
        "file": file,
        "kind": books.kind_of(file.handout),
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": chosen,
        "facets": [(state, LABELS[state], states.count(state)) for state in State if state in states],
        "total": len(rows),
        "ready": states.count(State.CHANGED),
        "not_taken": states.count(State.REFUSED) + states.count(State.CONFLICT),
        "may_take": file.is_dealt_with_by(request.user),
        "job": job if job and job.state != Job.State.DONE else None,
        "result_address": "",
    }
    return render(request, "petitions/handback.html", context)


def _in_turn(found):
    """What asks for attention first."""
    order = [State.CONFLICT, State.REFUSED, State.CHANGED, State.DONE, State.LEFT_OUT, State.UNCHANGED]
    return sorted(found, key=lambda one: (order.index(one.state), one.row.line))


@require_POST
def take_over(request, pk):
    """Take over every row that can be; the others stay as they are."""
    file = _to_decide(request, pk)
    jobs.enqueue(file, by=request.user)
    return redirect(file)


@require_POST
def turn_row(request, pk, row_pk):
    """Leave a row out, or look at it once more."""
    file = _to_decide(request, pk)
    row = get_object_or_404(HandbackRow.objects.select_related("row"), pk=row_pk, handback=file)
    books.turn(row, by=request.user)
    messages.success(request, _("Line %s is looked at again.") % row.line if row.outcome == "open" else
                     _("Line %s is left out.") % row.line)  # fmt: skip
    state = request.POST.get("state", "")
    return redirect(f"{file.get_absolute_url()}?state={state}" if state in list(State) else file)
