"""The books of outgoing documents: read, print, keep numbers, register what was signed elsewhere."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common.downloads import download
from directory.models import Agency
from documents import numbering, pdf, registering
from documents.forms import PaperForm, RegisterPaperForm, ReserveForm, VoidForm
from documents.models import Document, NumberSeries, SetAside
from documents.purposes import purpose_of
from documents.register import book as book_of
from documents.register import file_name, workbook


def _series(request, pk):
    """The register if this user may read it, else 404."""
    return get_object_or_404(NumberSeries.objects.visible_to(request.user).select_related("agency"), pk=pk)


@require_safe
def index(request):
    """Every register one may read, this year's first."""
    registers = (
        NumberSeries.objects.visible_to(request.user)
        .select_related("agency")
        .annotate(
            document_count=Count("documents", distinct=True),
            last_number=Greatest(Coalesce(Max("documents__number"), 0), Coalesce(Max("set_aside__number"), 0)),
            reserved_count=Count("set_aside", filter=Q(set_aside__status="reserved"), distinct=True),
        )
    )
    keeps = request.user.agencies_where(Permission.DOCUMENT_ISSUE)
    return render(
        request,
        "documents/registers.html",
        {
            "registers": registers,
            "may_keep": bool(keeps),
            "may_enter_replies": Agency.objects.filter(pk__in=keeps).answering().exists(),
        },
    )


@require_safe
def book(request, pk):
    """One register, number by number."""
    series = _series(request, pk)
    context = {
        "series": series,
        "book": book_of(series),
        "may_keep": not numbering.set_aside_refusal(series.agency, request.user),
        "void_form": VoidForm(),
    }
    return render(request, "documents/book.html", context)


@require_safe
def book_pdf(request, pk):
    found = book_of(_series(request, pk))
    html = render_to_string("documents/register_book.html", {"book": found, "printed_on": timezone.localdate()})
    return download(pdf.render_html(html), file_name(found, "pdf"), is_shown=True)


@require_safe
def book_workbook(request, pk):
    found = book_of(_series(request, pk))
    return download(workbook(found), file_name(found, "xlsx"))


@require_http_methods(["GET", "POST"])
def reserve(request):
    """Keep the next number of a register, with a reason."""
    if not request.user.agencies_where(Permission.DOCUMENT_ISSUE):
        raise PermissionDenied(_("Your role does not allow keeping a register."))
    form = ReserveForm(request.POST or None, user=request.user)
    if form.is_valid():
        entry = numbering.reserve(by=request.user, year=timezone.localdate().year, **form.cleaned_data)
        messages.success(request, _("Number %(number)02d is reserved.") % {"number": entry.number})
        return redirect("documents:book", entry.series_id)
    return _form_page(request, form, _("Reserve a number"), _("Reserve"))


@require_POST
def void(request, pk):
    """Give a reserved number up; it stays in the book with its reason."""
    entry = get_object_or_404(SetAside.objects.visible_to(request.user).select_related("series__agency"), pk=pk)
    form = VoidForm(request.POST)
    if form.is_valid():
        numbering.void(entry, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Number %(number)02d is void.") % {"number": entry.number})
    else:
        messages.error(request, _("Say why the number is void."))
    return redirect("documents:book", entry.series_id)


@require_http_methods(["GET", "POST"])
def paper(request):
    """Enter a signed letter that answers nothing here, so that the register is complete."""
    if not request.user.agencies_where(Permission.DOCUMENT_ISSUE):
        raise PermissionDenied(_("Your role does not allow keeping a register."))
    form = PaperForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            document = registering.enter_paper(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("documents:register", document.pk)
    note = _("For a letter that answers no petition; one that does is entered with “Enter a signed reply”.")
    return _form_page(request, form, _("Register a signed letter"), _("Go on"), note=note)


def _form_page(request, form, title, button, note=""):
    context = {
        "form": form,
        "title": title,
        "button": button,
        "note": note,
        "back": reverse("documents:registers"),
        "back_label": _("Registers"),
    }
    return render(request, "documents/form.html", context)


@require_http_methods(["GET", "POST"])
def register(request, pk):
    """Day, signer and number of a letter signed on paper or elsewhere; from then on it counts as issued."""
    documents = Document.objects.visible_to(request.user).select_related("agency", "scan")
    document = get_object_or_404(documents, pk=pk)
    if why := registering.register_refusal(document, request.user):
        raise PermissionDenied(why)
    form = RegisterPaperForm(request.POST or None, document=document)
    missing = registering.register_gap(document, request.user)
    if form.is_valid() and not missing:
        try:
            document = registering.register_paper(document, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Registered as %(reference)s.") % {"reference": document.reference})
            return redirect(document)
    context = {
        "form": form,
        "title": _("Register a letter signed elsewhere"),
        "button": _("Register"),
        "note": _("From then on the letter is read-only and counts as issued."),
        "back": document.get_absolute_url(),
        "back_label": document.subject,
        "missing": missing,
        "workplace": purpose_of(document).workplace(document),
    }
    return render(request, "documents/form.html", context)
