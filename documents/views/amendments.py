"""Correct, replace or recall what was issued."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import after_issue
from documents.forms import AmendmentForm
from documents.models import Amendment, Document
from documents.purposes import purpose_of
from documents.workflow import edit_refusal


@require_http_methods(["GET", "POST"])
def amend(request, pk, kind):
    """Begin a corrigendum, a replacement or a recall; it goes the way of every document."""
    original = get_object_or_404(Document.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if kind not in Amendment.Kind.values:
        raise Http404
    kind = Amendment.Kind(kind)
    if why := after_issue.refusal(original, kind, request.user):
        raise PermissionDenied(why)
    form = AmendmentForm(request.POST or None, kind=kind)
    if form.is_valid():
        amendment = after_issue.amend(original, kind, by=request.user, **form.cleaned_data)
        messages.success(request, _("Drafted. Read it through, then submit it for clearance."))
        return redirect(purpose_of(amendment.document).workplace(amendment.document))
    return _form_page(request, original, kind, form)


@require_http_methods(["GET", "POST"])
def revise(request, pk):
    """Change the words of a corrigendum or a recall."""
    amendments = Amendment.objects.visible_to(request.user).exclude(kind=Amendment.Kind.REPLACEMENT)
    amendment = get_object_or_404(amendments.select_related("document__agency", "original__agency"), pk=pk)
    if why := edit_refusal(amendment.document, request.user):
        raise PermissionDenied(why)
    initial = {"reason": amendment.reason, "details": amendment.details}
    form = AmendmentForm(request.POST or None, kind=amendment.kind, initial=initial)
    if form.is_valid():
        after_issue.revise(amendment, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(amendment.document)
    return _form_page(request, amendment.original, Amendment.Kind(amendment.kind), form)


def _form_page(request, original, kind, form):
    titles = {
        Amendment.Kind.CORRIGENDUM: _("Correct %(reference)s"),
        Amendment.Kind.REPLACEMENT: _("Replace %(reference)s"),
        Amendment.Kind.RECALL: _("Recall %(reference)s"),
    }
    context = {
        "form": form,
        "title": titles[kind] % {"reference": original.reference},
        "button": _("Save the draft"),
        "note": _(
            "A mistake in content is replaced, one in form corrected; what should not have gone out is recalled."
        ),
        "back": original.get_absolute_url(),
        "back_label": original.reference,
    }
    return render(request, "documents/form.html", context)
