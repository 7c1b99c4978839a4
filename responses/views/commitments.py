"""The ledger of promises, one promise with its acts, and marks of reviewers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.forms import add_problem
from responses import promising, reviewing
from responses.forms import CommitmentForm, ExtendForm, LedgerForm, MarkForm, NoteForm, ReportForm
from responses.models import Answer, Commitment

PAGE_SIZE = 50
STEP_FORMS = {"report": ReportForm, "verify": NoteForm, "reject": NoteForm, "extend": ExtendForm, "miss": NoteForm}


@require_safe
def ledger(request):
    """What was promised, by agency and session, overdue first."""
    today = timezone.localdate()
    visible = Commitment.objects.visible_to(request.user).standing()
    form = LedgerForm(request.GET or None, commitments=visible)
    found = form.filter(visible, today)
    late = Q(status__in=["open", "reported"], due_on__lt=today)
    rows = (
        found.select_related("agency", "answer__point__petition__council_session", "answer__reply__document")
        .annotate(place=Case(When(late, then=0), When(status__in=["open", "reported"], then=1), default=2))
        .order_by("place", "due_on", "pk")
    )
    counts = found.aggregate(
        total=Count("pk"), late=Count("pk", filter=late), kept=Count("pk", filter=Q(status="kept")),
        missed=Count("pk", filter=Q(status="missed")), open=Count("pk", filter=Q(status__in=["open", "reported"])),
    )  # fmt: skip
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "responses/ledger.html", {"form": form, "page": page, "counts": counts, "today": today})


def _commitment(request, pk):
    found = Commitment.objects.visible_to(request.user).select_related(
        "agency__council", "answer__reply__document", "answer__point__petition"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
def detail(request, pk):
    return _page(request, _commitment(request, pk))


def _page(request, commitment, step="", form=None):
    """The page of a promise; the form of one `step` as it was sent, where something in it is wrong."""
    user, today = request.user, timezone.localdate()
    forms = {name: made(auto_id=f"{name}-%s") for name, made in STEP_FORMS.items()} | ({step: form} if step else {})
    offers = promising.COMMITMENTS.offers(commitment, user)
    context = {
        "commitment": commitment,
        "today": today,
        "closed": commitment.history.filter(status=commitment.status).last() if commitment.closed_on else None,
        "offers": [(name, taken, refusal, forms[name]) for name, taken, refusal in offers],
        "may_judge": not promising.judge_refusal(commitment.agency, user),
        "is_overdue": commitment.is_overdue(today),
        "extend_form": forms["extend"],
        "miss_form": forms["miss"],
    }
    return render(request, "responses/commitment.html", context)


@require_POST
def act(request, pk, step):
    """Report, verify, reject, extend or miss."""
    commitment = _commitment(request, pk)
    form = STEP_FORMS[step](request.POST, auto_id=f"{step}-%s")
    if not form.is_valid():
        return _page(request, commitment, step, form)
    try:
        getattr(promising, step)(commitment, by=request.user, **form.cleaned_data)
    except ValidationError as problem:
        add_problem(form, problem)
        return _page(request, commitment, step, form)
    messages.success(request, _("Recorded."))
    return redirect(commitment)


def _answer(request, pk):
    answers = Answer.objects.visible_to(request.user).select_related("reply__document", "reply__agency__council")
    return get_object_or_404(answers, pk=pk)


@require_POST
def confirm(request, pk):
    """Turn a sentence of an answer into a commitment."""
    answer = _answer(request, pk)
    if why := promising.confirm_refusal(answer, request.user):
        raise PermissionDenied(why)
    form = CommitmentForm(request.POST)
    if form.is_valid():
        try:
            promising.confirm(answer, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("The promise stands in the ledger."))
            return redirect(answer.reply.document)
    context = {
        "form": form,
        "title": _("Confirm as a commitment"),
        "button": _("Confirm as a commitment"),
        "note": answer.point,
        "back": answer.reply.document.get_absolute_url(),
        "back_label": answer.reply.document.subject,
    }
    return render(request, "documents/form.html", context)


@require_POST
def mark(request, pk):
    """A reviewer's mark on one answer."""
    answer = _answer(request, pk)
    if why := reviewing.mark_refusal(answer, request.user):
        raise PermissionDenied(why)
    form = MarkForm(request.POST)
    if form.is_valid():
        reviewing.mark(answer, value=form.cleaned_data["mark"], note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("Marked."))
    else:
        messages.error(request, _("Choose a mark."))
    return redirect(answer.reply.document)
