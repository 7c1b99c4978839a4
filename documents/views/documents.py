"""The list, the review page with its steps, the PDF and the preview."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common import downloads, uploads
from common.forms import add_problem
from common.models import Job
from documents import after_issue, batch, clearance, delivery, long, pdf, registering, workflow
from documents.checker import findings_of
from documents.forms import (
    DayForm,
    DeliveryForm,
    HeadForm,
    IssueForm,
    IssueManyForm,
    RegisterFilterForm,
    SendBackForm,
    SubmitForm,
)
from documents.journey import holder, journey, way
from documents.models import Amendment, Delivery, Document, Status
from documents.papers import paper_of
from documents.preview import page_images
from documents.purposes import purpose_of
from documents.word import render as render_word

PAGE_SIZE = 50


def _document(request, pk):
    """The document if this user may see it, else 404."""
    documents = Document.objects.visible_to(request.user).select_related("agency", "signer__agency", "drafted_by")
    return get_object_or_404(documents, pk=pk)


@require_safe
def index(request):
    """The register of what one may see, newest first."""
    form = RegisterFilterForm(request.GET)
    documents = Document.objects.visible_to(request.user).select_related("agency")
    page = Paginator(form.filter(documents).in_register_order(), PAGE_SIZE).get_page(request.GET.get("page"))
    issues = bool(request.user.agencies_where(Permission.DOCUMENT_ISSUE))
    may_issue = issues and request.GET.get("status") == "cleared"
    to_issue = _to_issue(request).count() if may_issue and page.paginator.num_pages > 1 else 0
    context = {"form": form, "page": page, "may_issue": may_issue, "to_issue": to_issue, "day": DayForm()}
    return render(request, "documents/index.html", context)


def _to_issue(request):
    """Those of the whole list that this user may give a number, the earliest drafted first."""
    documents = Document.objects.visible_to(request.user).filter(
        status="cleared", agency__in=request.user.agencies_where(Permission.DOCUMENT_ISSUE)
    )
    return RegisterFilterForm(request.GET).filter(documents).select_related("agency").order_by("pk")


@require_POST
def issue_many(request):
    """Issue the documents ticked, or with `all` those of the whole list, in the background."""
    form = IssueManyForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(f"{reverse('documents:index')}?status=cleared")
    day = form.cleaned_data["issued_on"]
    ticked = _to_issue(request) if "all" in request.POST else form.cleaned_data["document"]
    try:
        job = batch.enqueue(ticked, by=request.user, issued_on=day)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect(f"{reverse('documents:index')}?status=cleared")
    return redirect(job)


@require_safe
def detail(request, pk):
    """One screen before each step: the paper as it will print, to whom it goes, what stands in the way."""
    document = _document(request, pk)
    purpose, paper = purpose_of(document), paper_of(document)
    return render(
        request,
        "documents/detail.html",
        {
            "document": document,
            "purpose": purpose,
            "workplace": purpose.workplace(document),
            "review": purpose.review_context(document),
            "offers": workflow.DOCUMENTS.offers(document, request.user),
            "pages": page_images(document),
            "submit_form": SubmitForm(),
            "send_back_form": SendBackForm(council=document.agency.council_id),
            "issue_form": IssueForm(document=document),
            "may_register": not document.is_written_here and not registering.register_refusal(document, request.user),
            **_signed_copies(document),
            "annexes": list(document.appendices.all()) if document.is_issued else [],
            "deliveries": Delivery.objects.visible_to(request.user)
            .filter(document=document)
            .select_related("addressee", "job"),
            "delivery_form": None if delivery.refusal(document, request.user) else DeliveryForm(document=document),
            "may_hand_in": request.user.may(Permission.DOCUMENT_ISSUE, at=document.agency),
            "holder": holder(document),
            "way": _way(document) if document.is_made_by(request.user) else [],
            "legs": journey(document) if document.is_made_by(request.user) else [],
            "findings": findings_of(document, paper),
            "is_long_word": document.is_written_here and paper.is_long,
            "is_long": document.is_written_here and not document.pdf and paper.is_long,
            "amendments": document.amendments.exclude(document__status="abandoned").select_related("document"),
            "amends": Amendment.objects.filter(document=document).select_related("original").first(),
            "may_amend": [k for k in after_issue.kinds(document) if not after_issue.refusal(document, k, request.user)],
        },
    )


def _signed_copies(document):
    """The latest signed copy of the document and of each appendix, and those that no longer count."""
    latest, past = {}, []
    for copy in document.signed_copies.select_related("upload", "appendix"):
        if copy.withdrawn_because or copy.appendix_id in latest:
            past.append(copy)
        else:
            latest[copy.appendix_id] = copy
    return {"signed_copies": list(latest.values()), "past_copies": past}


def _way(document):
    """The hands it goes through: by what its agency wants now, or wanted when it was submitted."""
    if not holder(document) or not document.is_written_here:
        return []
    return way(document, clearance.route_of(document.agency) if document.status == Status.DRAFT else document.route)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """The head of a draft: subject, symbol, addressees, signer. Changed after approval, the paper goes back by that."""
    document = _document(request, pk)
    if why := workflow.change_refusal(document, request.user):
        raise PermissionDenied(why)
    was_cleared = document.status == Status.CLEARED
    form = HeadForm(request.POST or None, instance=document)
    if form.is_valid() and was_cleared and not form.has_changed():
        messages.info(request, _("Nothing was changed; the paper stays approved."))
        return redirect(document)
    if form.is_valid():
        addressees = {name: form.cleaned_data[name] for name in ("to", "copies")}
        with transaction.atomic():
            workflow.opened(document, by=request.user)
            workflow.rewrite(document, by=request.user, **form.changes())
            workflow.address(document, by=request.user, **addressees)
        messages.success(request, workflow.SENT_BACK if was_cleared else _("Saved."))
        return redirect(purpose_of(document).workplace(document))
    return render(request, "documents/edit.html", {"document": document, "form": form})


@require_POST
def submit(request, pk):
    document, form = _document(request, pk), SubmitForm(request.POST)
    try:
        answer = form.cleaned_data["answer"] if form.is_valid() else ""
        if form.is_valid():
            document = workflow.submit(document, by=request.user, answer=answer)
    except ValidationError as problem:
        add_problem(form, problem)
    if form.errors:
        return render(request, "documents/submit.html", {"document": document, "form": form})
    messages.success(request, _("Submitted for clearance."))
    return redirect(document)


@require_POST
def withdraw(request, pk):
    document = workflow.withdraw(_document(request, pk), by=request.user)
    messages.success(request, _("Taken back; it can be changed again."))
    return redirect(purpose_of(document).workplace(document))


@require_POST
def abandon(request, pk):
    workflow.abandon(_document(request, pk), by=request.user)
    messages.success(request, _("The draft was given up."))
    return redirect("documents:index")


@require_POST
def check(request, pk):
    document = workflow.check(_document(request, pk), by=request.user)
    messages.success(request, _("Checked; it now lies with %(holder)s.") % {"holder": holder(document)})
    return redirect(document)


@require_POST
def clear(request, pk):
    document = workflow.clear(_document(request, pk), by=request.user)
    messages.success(request, _("Cleared; the registrar can give it a number."))
    return redirect(document)


@require_POST
def send_back(request, pk):
    document = _document(request, pk)
    workflow.DOCUMENTS.check("send_back", document, request.user)
    form = SendBackForm(request.POST, council=document.agency.council_id)
    if not form.is_valid():
        return render(request, "documents/send_back.html", {"document": document, "form": form})
    document = workflow.send_back(document, by=request.user, reason=form.words)
    messages.success(request, _("Sent back to its drafter."))
    return redirect(document)


@require_POST
def issue(request, pk):
    document = _document(request, pk)
    workflow.DOCUMENTS.check("issue", document, request.user)
    form = IssueForm(request.POST, document=document)
    if not form.is_valid():
        return render(request, "documents/issue.html", {"document": document, "form": form})
    if paper_of(document).is_long:
        return _under_way(request, document, long.enqueue_issue(document, by=request.user, **form.cleaned_data))
    document = workflow.issue(document, by=request.user, **form.cleaned_data)
    messages.success(request, _("Issued as %(reference)s.") % {"reference": document.reference})
    return redirect(document)


@require_POST
def lay_out(request, pk):
    """Make the PDF of a long draft, or the Word file of a long document, in the background."""
    document = _document(request, pk)
    if request.POST.get("file") == "word":
        return _word_asked_for(request, document)
    if document.pdf or not document.is_written_here or not paper_of(document).is_long:
        return redirect("documents:pdf", document.pk)
    return _under_way(request, document, long.enqueue_draft(document, by=request.user))


def _word_asked_for(request, document):
    """The Word file where it is short or made already, else the job that makes it."""
    paper = paper_of(document) if document.is_written_here else None
    if paper is None or not paper.is_long or long.word_of(paper):
        return redirect("documents:word", document.pk)
    return _under_way(request, document, long.enqueue_word(document, by=request.user))


def _under_way(request, document, job):
    """The page of a job; somebody else's is told of."""
    if Job.objects.visible_to(request.user).filter(pk=job.pk).exists():
        return redirect(job)
    messages.info(request, _("Somebody else has asked for it already; it is under way."))
    return redirect(document)


@require_safe
def download(request, pk):
    """The PDF: the stored file of an issued document, a fresh print with the draft mark of any other."""
    document = _document(request, pk)
    if document.pdf:
        return FileResponse(document.pdf.open("rb"), content_type="application/pdf", filename=_file_name(document))
    if document.scan:
        return uploads.hand_back(document.scan)
    paper = paper_of(document)
    if paper.is_long:
        return _long_draft(request, document)
    return downloads.download(pdf.render(paper), _file_name(document), is_shown=True)


def _long_draft(request, document):
    """The PDF of a long draft once it is made; until then the page where that is asked for."""
    if made := long.draft_of(document):
        return FileResponse(made, content_type="application/pdf", filename=_file_name(document))
    messages.info(request, _("This document is long: its PDF is made in the background. Press “Make the PDF”."))
    return redirect(document)


@require_safe
def word(request, pk):
    """The same paper for Word; only what is written here has one."""
    document = _document(request, pk)
    if not document.is_written_here:
        raise Http404
    paper, name = paper_of(document), _file_name(document).removesuffix("pdf") + "docx"
    if not paper.is_long:
        return downloads.download(render_word(paper), name)
    if made := long.word_of(paper):
        return downloads.download(made.read(), name)
    messages.info(request, _("This document is long: its Word file is made in the background. Press “Word”."))
    return redirect(document)


def _file_name(document):
    """A plain name: number and symbol of the document, never a person's."""
    return f"van-ban-{document.number or 'du-thao'}-{document.pk}.pdf"
