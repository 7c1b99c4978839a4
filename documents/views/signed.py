"""The signed copy: hand it in, see what was found, read it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import uploads
from common.downloads import download
from documents import after_issue
from documents.forms import SignedCopyForm, WithdrawCopyForm
from documents.models import Document, SignedCopy


@require_POST
def hand_in(request, pk):
    document = get_object_or_404(Document.objects.visible_to(request.user).select_related("agency"), pk=pk)
    form = SignedCopyForm(request.POST, request.FILES, document=document)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect(document)
    try:
        copy = after_issue.take_signed(document, by=request.user, **form.cleaned_data)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        tell = messages.success if copy.verdict == "valid" else messages.warning
        tell(request, _("Signed copy: %(verdict)s.") % {"verdict": copy.get_verdict_display()})
    return redirect(document)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Say that a file handed in as the signed copy is not it."""
    found = SignedCopy.objects.visible_to(request.user).select_related("document__agency", "upload")
    copy = get_object_or_404(found, pk=pk)
    if why := after_issue.withdraw_refusal(copy, request.user):
        raise PermissionDenied(why)
    form = WithdrawCopyForm(request.POST or None)
    if form.is_valid():
        after_issue.withdraw_signed(copy, by=request.user, **form.cleaned_data)
        messages.success(request, _("Withdrawn; it stays on record with its reason."))
        return redirect(copy.document)
    context = {
        "form": form,
        "title": _("Withdraw the signed copy “%(file)s”") % {"file": copy.upload},
        "button": _("Withdraw"),
        "back": copy.document.get_absolute_url(),
        "back_label": copy.document.reference,
    }
    return render(request, "documents/form.html", context)


@require_safe
def read(request, pk):
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).select_related("upload"), pk=pk)
    return uploads.hand_back(copy.upload)


@require_safe
def annex(request, pk, number):
    """One appendix of an issued document as a file of its own, for signing by itself."""
    documents = Document.objects.visible_to(request.user).issued().filter(origin=Document.Origin.HERE)
    document = get_object_or_404(documents.select_related("agency", "signer"), pk=pk)
    appendix = get_object_or_404(document.appendices, number=number)
    name = f"phu-luc-{number}-van-ban-{document.number}-{document.pk}.pdf"
    return download(after_issue.annex_file(document, appendix), name, is_shown=True)
