"""What went to whom and when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import delivery
from documents.forms import DeliveryForm
from documents.models import Delivery, Document

PAGE_SIZE = 50


@require_safe
def index(request):
    """The register of deliveries, latest first."""
    rows = Delivery.objects.visible_to(request.user).select_related("document", "addressee", "job", "sent_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "documents/deliveries.html", {"page": page})


@require_POST
def send(request, pk):
    """Send the document to the addressees ticked."""
    document = get_object_or_404(Document.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if why := delivery.refusal(document, request.user):
        raise PermissionDenied(why)
    form = DeliveryForm(request.POST, document=document)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(document)
    values = {name: form.cleaned_data[name] for name in ("how", "email", "note")}
    try:
        for addressee in form.cleaned_data["addressees"]:
            delivery.send(document, addressee, by=request.user, **values)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("Recorded."))
    return redirect(document)
