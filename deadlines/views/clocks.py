"""Why a date is what it is, and what may change it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from deadlines import notifications, subjects, workflow
from deadlines.forms import ExtensionForm, InternalForm, PauseForm, ResumeForm
from deadlines.models import Clock, Holder


def _clock(request, pk):
    """The clock if this user may see what it belongs to, else 404."""
    clocks = Clock.objects.visible_to(request.user).select_related("council", "agency", "rule", "beside")
    return get_object_or_404(clocks.prefetch_related("events__recorded_by"), pk=pk)


def _refusal(clock, user):
    """Why this user cannot change the time of this clock; an agency's own clock is its own."""
    if clock.holder == Holder.INTERNAL:
        return _inside_refusal(clock, user)
    subject = subjects.subject_of(clock)
    return subject.change_refusal(clock, user) if subject else _("Nothing belongs to this clock any more.")


def _inside_refusal(clock, user):
    if clock.agency and user.may(Permission.ASSIGNMENT_RESPOND, at=clock.agency):
        return ""
    return _("Only the agency itself keeps its internal due date.")


@require_safe
def clock(request, pk):
    """Vì sao hạn này? Two sentences, then everything."""
    clock = _clock(request, pk)
    derived = clock.derived
    subject = subjects.tell([clock]).get(clock.pk)
    context = {
        "clock": clock,
        "subject": subject,
        "told": _by_words(notifications.told_of(clock, subject)) if subject else [],
        "derived": derived,
        "stages": list(zip(derived.stages, clock.events.all(), strict=True)),
        "inside": [] if _inside_refusal(clock, request.user) else clock.inside.internal().open(),
        "urged": clock.inside.urged().prefetch_related("events").order_by("pk"),
        "why_not": _refusal(clock, request.user),
        "inside_why_not": _inside_refusal(clock, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "deadlines/clock.html", context)


def _by_words(notices):
    """[[notice to each person]]: the same words to several people are one thing said."""
    said = {}
    for notice in notices:
        said.setdefault((notice.happened_on, notice.text), []).append(notice)
    return list(said.values())


ACTS = {
    "pause": (
        PauseForm,
        workflow.pause,
        gettext_lazy("Pause the clock"),
        gettext_lazy("Paused: no day counts until it goes on."),
    ),
    "resume": (
        ResumeForm,
        workflow.resume,
        gettext_lazy("Let the clock go on"),
        gettext_lazy("The clock goes on; the due date is counted again."),
    ),
    "extend": (
        ExtensionForm,
        workflow.extend,
        gettext_lazy("Extend the due date"),
        gettext_lazy("The new due date is on record with its reason."),
    ),
}


@require_http_methods(["GET", "POST"])
def change(request, pk, act):
    """Pause, resume or extend, with who, why and by which document."""
    if act not in ACTS:
        raise Http404
    clock = _clock(request, pk)
    if why := _refusal(clock, request.user):
        raise PermissionDenied(why)
    form_class, take, title, done = ACTS[act]
    form = form_class(request.POST or None)
    if form.is_valid():
        details = dict(form.cleaned_data)
        on = details.pop("on", None) or timezone.localdate()
        try:
            with transaction.atomic():
                changed = take(clock, on=on, by=request.user, **details)
                _settle(changed, act, form.cleaned_data["reason"], by=request.user)
        except ValidationError as problem:
            form.add_error(None, _beside(form, problem))
        else:
            messages.success(request, done)
            return redirect(clock)
    return render(request, "deadlines/form.html", _form_context(clock, form, title))


def _beside(form, problem):
    """The problem beside its field where the form has that field."""
    if not hasattr(problem, "error_dict"):
        return problem
    return ValidationError(
        {name if name in form.fields else "__all__": errors for name, errors in problem.error_dict.items()}
    )


def _settle(clock, act, reason, *, by):
    if subject := subjects.subject_of(clock):
        subject.settled(clock, by=by, words={"act": act, "why": reason})


@require_http_methods(["GET", "POST"])
def internal(request, pk):
    """The agency's own due date beside the official one."""
    clock = _clock(request, pk)
    if clock.beside_id:
        raise Http404
    if why := _inside_refusal(clock, request.user):
        raise PermissionDenied(why)
    form = InternalForm(request.POST or None)
    if form.is_valid():
        try:
            workflow.start_inside(clock, on=timezone.localdate(), by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The internal due date is on record; your agency is reminded of it."))
            return redirect(clock)
    return render(request, "deadlines/form.html", _form_context(clock, form, _("Set an internal due date")))


def _form_context(clock, form, title):
    return {"clock": clock, "subject": subjects.tell([clock]).get(clock.pk), "form": form, "title": title}
