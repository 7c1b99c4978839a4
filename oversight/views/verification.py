"""Verification before a session: the table of each committee, and all committees together."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oversight import verification, verifying, workflow
from oversight.forms import NarrowForm, VerificationReportForm, VerificationRowForm
from oversight.models import OversightPaper
from sessions.models import CouncilSession

PAGE_SIZE = 100
_POSTED = re.compile(r"point-(\d{1,12})-revision")


def _session(request, pk):
    """The session, for those who see everything of its council; else 404."""
    sessions = CouncilSession.objects.filter(term__council__in=request.user.sees_councils)
    return get_object_or_404(sessions.select_related("term__council"), pk=pk)


@require_safe
def synthesis(request, pk):
    """Every committee's figures, what they assessed otherwise than the agencies, what is missing."""
    session = _session(request, pk)
    context = {
        "session": session,
        "synthesis": verification.synthesis(session, timezone.localdate()),
        "columns": [
            _("Points"), _("Without an answer"), *(str(label) for label in _results()), _("Differing"),
            _("Not assessed yet"),
        ],
        "papers": OversightPaper.objects.visible_to(request.user)
        .standing()
        .filter(council_session=session)
        .select_related("document", "working_session__agency"),
        "report_form": _report_form(request, session),
    }  # fmt: skip
    return render(request, "oversight/synthesis.html", context)


def _report_form(request, session, data=None):
    today = timezone.localdate()
    return VerificationReportForm(data, council_session=session, user=request.user, today=today)


@require_POST
def draft_report(request, pk):
    """The verification report, drafted from what the committees assessed."""
    session = _session(request, pk)
    form = _report_form(request, session, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who signs the report."))
        return redirect("oversight:synthesis", session.pk)
    signer = form.cleaned_data["signer"]
    paper = workflow.draft_verification_report(session, body=signer.agency, by=request.user, signer=signer)
    messages.success(request, _("Drafted from the record. Read it, change what is needed, then submit it."))
    return redirect(paper)


def _results():
    return [label for value, label in VerificationRowForm.base_fields["result"].choices if value]


@require_http_methods(["GET", "POST"])
def committee(request, pk, committee_pk):
    """One table: a row for each point of the committee's fields, saved as a whole."""
    session = _session(request, pk)
    body = get_object_or_404(verification.bodies_of(session), pk=committee_pk)
    if request.method == "POST":
        return _save(request, session, body)
    narrow = NarrowForm(request.GET, council_session=session, points=verification.points_of(session, body))
    page = Paginator(narrow.narrowed(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = verification.rows_of(page.object_list, session, body)
    return _show(
        request, session, body, [(row, VerificationRowForm(None, row=row), None) for row in rows], narrow, page
    )


def _save(request, session, body):
    """What can be saved is; rows with a mistake, or changed by somebody else as well, are shown again."""
    if why := verifying.refusal(body, request.user):
        raise PermissionDenied(why)
    posted = [int(match[1]) for match in map(_POSTED.fullmatch, request.POST) if match]
    rows = verification.rows_of(verification.points_of(session, body).filter(pk__in=posted), session, body)
    forms = {row.point.pk: VerificationRowForm(request.POST, row=row) for row in rows}
    typed = [
        verifying.Typed(
            row.point, form.cleaned_data["revision"], form.cleaned_data["result"], form.cleaned_data["remark"]
        )
        for row, form in ((row, forms[row.point.pk]) for row in rows)
        if form.is_valid()
    ]
    saved, clashes = verifying.save(session, body, typed, by=request.user)
    _tell(request, saved, clashes, len(forms) - len(typed))
    _give_back(request, [pk for pk in posted if pk not in forms])
    again = [(row, *_again(row, forms[row.point.pk], clashes)) for row in rows]
    again = [shown for shown in again if shown[1].errors or shown[2]]
    if not again:
        return redirect(request.get_full_path())
    narrow = NarrowForm(request.GET, council_session=session, points=verification.points_of(session, body))
    return _show(request, session, body, again, narrow, None)


def _again(row, form, clashes):
    """(form, clash) of a row that is not saved: what was typed, over the words that stand now."""
    clash = clashes.get(row.point.pk)
    if clash is None:
        return form, None
    fresh = VerificationRowForm(None, row=row)
    fresh.initial = {"result": clash.result, "remark": clash.remark, "revision": clash.standing.revision}
    return fresh, clash


def _give_back(request, gone):
    """Words about points that went to another committee meanwhile are not saved: they are shown, to be copied."""
    for pk in gone:
        if words := request.POST.get(f"point-{pk}-remark", "").strip():
            messages.warning(
                request, _("A row is no longer in this table. What you typed: “%(words)s”") % {"words": words}
            )


def _tell(request, saved, clashes, wrong):
    if clashes:
        messages.warning(
            request,
            _(
                "Somebody else changed the same rows meanwhile. "
                "Both texts stand below: bring them together and save again."
            ),
        )
    words = ngettext("%(number)d row is saved.", "%(number)d rows are saved.", len(saved)) % {"number": len(saved)}
    if saved:
        messages.success(request, words)
    elif not clashes and not wrong:
        messages.info(request, _("Nothing was changed."))


def _show(request, session, body, rows, narrow, page):
    line = verification.line_of(session, body)
    context = {
        "session": session,
        "body": body,
        "line": line,
        "rows": rows,
        "narrow": narrow,
        "page": page,
        "refusal": verifying.refusal(body, request.user),
    }
    return render(request, "oversight/verification.html", context)
