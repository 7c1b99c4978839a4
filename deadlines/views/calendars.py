"""The working calendar of a council, year by year."""

import hashlib

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deadlines import workflow
from deadlines.calendar import public_days
from deadlines.forms import CalendarForm
from deadlines.models import CalendarVersion
from deadlines.workflow.calendars import check_keep, recount_all
from directory.models import PeoplesCouncil

FIRST_YEAR, LAST_YEAR = 2016, 2060


def visible_council(request, pk):
    """The council if this user may see it, else 404."""
    return get_object_or_404(PeoplesCouncil.objects.visible_to(request.user), pk=pk)


@require_safe
def current(request):
    """The calendar of this year, of the council one works for."""
    role = request.user.main_role
    if role is None:
        raise Http404
    return redirect("deadlines:calendar", role.agency.council_id, timezone.localdate().year)


@require_safe
def calendar(request, council_pk, year):
    """Public holidays, the council's own entries on top, and the versions before."""
    council = visible_council(request, council_pk)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    versions = CalendarVersion.objects.filter(council=council, year=year).select_related("adopted_by")
    versions = list(versions.prefetch_related("entries"))
    may_keep = workflow.may_keep(request.user, council)
    context = {
        "council": council,
        "year": year,
        "public": public_days(year),
        "versions": versions,
        "entries": versions[0].entries.all() if versions else [],
        "may_keep": may_keep,
        "drift": workflow.calendar_moves(council) if may_keep else [],
    }
    return render(request, "deadlines/calendar.html", context)


@require_http_methods(["GET", "POST"])
def edit(request, council_pk, year):
    """Correct a year: first the preview of every due date that would move, then the new version."""
    council = visible_council(request, council_pk)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    check_keep(council, request.user)
    present = CalendarVersion.objects.filter(council=council, year=year).first()
    form = CalendarForm(
        request.POST if request.method == "POST" else None, year=year, entries=present.entries.all() if present else []
    )
    context = {"council": council, "year": year, "form": form}
    if request.method == "POST" and form.is_valid():
        moves = workflow.calendar_moves(council, {year: form.entries})
        seen = _fingerprint(form.entries, moves)
        if request.POST.get("seen") == seen and "apply" in request.POST:
            basis = form.basis.cleaned_data["basis"]
            _version, moved = workflow.adopt_calendar(council, year, entries=form.entries, basis=basis, by=request.user)
            messages.success(request, _moved_words(len(moved)))
            return redirect("deadlines:calendar", council.pk, year)
        context |= {"moves": moves, "seen": seen, "previewed": True, "changed_since": "apply" in request.POST}
    return render(request, "deadlines/calendar_edit.html", context)


def _fingerprint(entries, moves):
    """What was previewed, so that exactly that is applied."""
    text = repr([entries, [(move.clock.pk, move.before, move.after) for move in moves]])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _moved_words(number):
    if number == 0:
        return _("The calendar is adopted; no open due date moves.")
    return ngettext(
        "The calendar is adopted; %(number)d due date moved.",
        "The calendar is adopted; %(number)d due dates moved.",
        number,
    ) % {"number": number}


@require_POST
def recount(request, council_pk, year):
    """Count every open due date again, after the public calendar itself has changed."""
    council = visible_council(request, council_pk)
    moved = recount_all(council, by=request.user)
    messages.success(request, _moved_words(len(moved)))
    return redirect("deadlines:calendar", council.pk, year)
