"""The delegation's paper: the pack to take along, and the sheet typed back row by row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from common.downloads import download
from common.models import Job
from common.text import fold
from oversight import packing, workflow
from oversight.forms import LETTERS, sheet_formset
from oversight.pack import MARKS
from oversight.views.reaching import session_of

_FEWEST_ROWS, _MOST_ROWS = 8, 60


def _packed(request, pk):
    """The working session, for those who read what its delegation does; else 404."""
    session = session_of(request, pk)
    if not session.delegation.is_open_to(request.user):
        raise Http404
    return session


@require_http_methods(["GET", "POST"])
def pack(request, pk):
    """Whether the pack is made as the record stands; making it, in the background."""
    session = _packed(request, pk)
    if request.method == "POST":
        job = packing.enqueue(session, by=request.user)
        if Job.objects.visible_to(request.user).filter(pk=job.pk).exists():
            return redirect(job)
        messages.info(request, _("Somebody else has it made already: look again in a moment."))
        return redirect("oversight:pack", pk)
    return render(request, "oversight/pack.html", {"session": session, "is_made": packing.Pack(session).is_made})


@require_safe
def pack_pdf(request, pk):
    session = _packed(request, pk)
    content = packing.Pack(session).pdf
    return download(content, f"{_file_name(session)}.pdf", is_shown=True) if content else redirect("oversight:pack", pk)


@require_safe
def pack_word(request, pk):
    session = _packed(request, pk)
    content = packing.Pack(session).word
    return download(content, f"{_file_name(session)}.docx") if content else redirect("oversight:pack", pk)


def _file_name(session):
    agency = "-".join(fold(session.agency.short_label).split())
    return f"tai-lieu-{agency}-{session.held_on:%Y-%m-%d}"


@require_http_methods(["GET", "POST"])
def sheet(request, pk):
    """Rows of short code, assessment, remark: what is right is recorded, what is not stays with its error beside it."""
    session = session_of(request, pk)
    workflow.check_recording(session, request.user)
    items = list(session.agenda.select_related("petition").prefetch_related("petition__points"))
    points = {item.short_code(point): point for item in items for point in item.petition.points.all()}
    rows = min(max(len(points) + 2, _FEWEST_ROWS), _MOST_ROWS)
    data = request.POST if request.method == "POST" else None
    formset = sheet_formset(rows)(data, form_kwargs={"points": points}, prefix="row")
    recorded = []
    if data is not None:
        formset.is_valid()
        recorded = formset.good
        for form in recorded:
            _record(session, form, request.user)
        if formset.bad:
            _tell(request, recorded, messages.warning)
        elif recorded:
            _tell(request, recorded, messages.success)
            return redirect(session)
        else:
            messages.info(request, _("No row was filled in."))
    begin = next((form for form in formset if form not in recorded or form.errors), None)
    context = {
        "session": session,
        "begin": begin,
        "formset": formset,
        "recorded": recorded,
        "legend": _legend(session, items),
        "marks": _marks(),
    }
    return render(request, "oversight/sheet.html", context)


def _legend(session, items):
    """[(short code, point, petition, finding or None, letter of its assessment)] as recorded by now."""
    known = {finding.point_id: finding for finding in session.findings.all()}
    return [
        (item.short_code(point), point, item.petition, found, LETTERS.get(found.assessed_result, "") if found else "")
        for item in items
        for point in item.petition.points.all()
        for found in [known.get(point.pk)]
    ]


def _record(session, form, user):
    try:
        workflow.type_in(
            session,
            form.point,
            by=user,
            assessed_result=form.cleaned_data["mark"],
            remark=form.cleaned_data["remark"],
            over=form.cleaned_data["over"],
        )
    except workflow.StandsAlreadyError as problem:
        form.open_over(problem.finding)
    except PermissionDenied as problem:  # concluded by somebody else meanwhile: nothing typed is lost
        form.add_error("code", str(problem))


def _tell(request, recorded, tell):
    number = len([form for form in recorded if not form.errors])
    words = ngettext("%(number)d row is recorded.", "%(number)d rows are recorded.", number) % {"number": number}
    tell(request, words)


def _marks():
    return [(letter, result.label) for letter, result in MARKS.items()]
