"""Every recommendation followed up, by agency and by delegation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from common.downloads import download
from oversight import follow_up, workflow
from oversight.assessed import contested, set_against
from oversight.forms import ApartForm, FollowUpForm
from oversight.models import Finding, Recommendation
from oversight.views.reaching import show_form

PAGE_SIZE = 50


@require_safe
def followed(request):
    """Figures that open their rows, and every open demand with its age, step and evidence."""
    today = timezone.localdate()
    form = FollowUpForm(request.GET, user=request.user)
    rows = follow_up.followed(form.recommendations(), today)
    lines, total = follow_up.table(rows, form.value("by") or follow_up.BY_AGENCY)
    shown = [row for row in rows if form.chosen in row.figures]
    differing = contested(_of(form, Finding.objects.visible_to(request.user)), request.user)
    differing = differing.select_related("point__petition", "working_session__agency")[:PAGE_SIZE]
    context = {
        "form": form,
        "by": form.value("by") or follow_up.BY_AGENCY,
        "figures": follow_up.FIGURES,
        "chosen": form.chosen,
        "lines": lines,
        "total": total,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "disagreements": set_against(differing, request.user),
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "oversight/followed.html", context)


def _of(form, findings):
    """The findings of the agency and delegation chosen."""
    if agency := form.value("agency"):
        findings = findings.filter(working_session__agency=agency)
    if delegation := form.value("delegation"):
        findings = findings.filter(working_session__delegation=delegation)
    return findings


@require_safe
def workbook(request):
    """Exactly what the page shows."""
    today = timezone.localdate()
    form = FollowUpForm(request.GET, user=request.user)
    rows = [row for row in follow_up.followed(form.recommendations(), today) if form.chosen in row.figures]
    return download(follow_up.workbook(rows, form.words(), today), f"kien-nghi-giam-sat-{today:%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "POST"])
def count_apart(request, pk):
    """Left out of the on-time rate, with the reason; or counted again."""
    found = Recommendation.objects.visible_to(request.user).select_related("working_session__delegation__council")
    recommendation = get_object_or_404(found, pk=pk)
    workflow.check(Permission.OVERSIGHT_RECORD, recommendation.working_session.delegation.council, request.user)
    known = {
        "apart": recommendation.apart,
        "reason": recommendation.apart_reason,
        "document": recommendation.apart_document,
    }
    form = ApartForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            workflow.count_apart(recommendation, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect(recommendation)
    return show_form(request, form, _("On-time rate"), recommendation.working_session, about=recommendation)
