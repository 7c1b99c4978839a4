"""What went to whom and when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.forms import add_problem
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
    if form.is_valid():
        try:
            with transaction.atomic():
                for addressee in form.cleaned_data["addressees"]:
                    delivery.send(document, addressee, by=request.user, **form.values)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(document)
    context = {
        "form": form,
        "title": _("Send the document"),
        "button": _("Send"),
        "note": document.subject,
        "back": document.get_absolute_url(),
        "back_label": document.reference,
    }
    return render(request, "documents/form.html", context)
