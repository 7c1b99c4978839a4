"""Replies: the list, the drafting page with its preview, evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.forms import all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common import uploads
from documents import pdf
from documents.checker import findings_of
from documents.papers import paper_of
from documents.preview import images, page_images
from documents.workflow import edit_refusal
from petitions.models import Petition
from responses import coverage, letters, reading, workflow
from responses.forms import AnswerForm, CreateForm, EvidenceForm, LetterForm
from responses.models import Answer, EvidenceFile, Reply, ResultReason

PAGE_SIZE = 50


def _reply(request, pk):
    """The reply if this user may see it, else 404."""
    replies = Reply.objects.visible_to(request.user).select_related(
        "document__agency", "document__signer__agency", "agency"
    )
    return get_object_or_404(replies, pk=pk)


@require_safe
def index(request):
    """Replies one may see, unissued first."""
    replies = (
        Reply.objects.visible_to(request.user)
        .select_related("document", "agency")
        .annotate(
            petition_count=Count("answers__point__petition", distinct=True),
            point_count=Count("answers", distinct=True),
        )
        .order_by(F("document__issued_on").desc(nulls_first=True), "-pk")
    )
    page = Paginator(replies, PAGE_SIZE).get_page(request.GET.get("page"))
    may_draft = bool(request.user.agencies_where(Permission.DOCUMENT_DRAFT)) and request.user.may(
        Permission.ASSIGNMENT_RESPOND
    )
    return render(request, "responses/index.html", {"page": page, "may_draft": may_draft})


@require_http_methods(["GET", "POST"])
def create(request):
    """A new letter: choose the petitions it answers."""
    agencies = request.user.agencies_where(Permission.DOCUMENT_DRAFT) & request.user.agencies_where(
        Permission.ASSIGNMENT_RESPOND
    )
    if not agencies:
        raise PermissionDenied(_("Your role does not allow drafting replies."))
    form = CreateForm(
        request.POST or None,
        request.FILES or None,
        agencies=agencies,
        initial={"petitions": request.GET.getlist("petition")},
    )
    if form.is_valid():
        try:
            reply = workflow.draft(
                agency=form.cleaned_data["agency"],
                petition_list=list(form.cleaned_data["petitions"]),
                kind=form.cleaned_data["kind"],
                origin=form.cleaned_data["origin"],
                file=form.cleaned_data["file"],
                by=request.user,
            )
        except (ValidationError, PermissionDenied) as problem:
            form.add_error(None, str(problem) if isinstance(problem, PermissionDenied) else problem)
        else:
            return redirect(reply)
    return render(request, "responses/create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """The drafting page: answers on the left, the letter as it will print on the right."""
    reply = _reply(request, pk)
    if edit_refusal(reply.document, request.user):
        return redirect(reply.document)
    letter, answers = _forms(request, reply)
    if request.method == "POST" and _are_valid(letter, answers):
        try:
            workflow.save(reply, by=request.user, **letter.cleaned_data, answers=_values(answers))
        except ValidationError as problem:
            letter.add_error(None, problem)
        else:
            messages.success(request, _("Draft saved."))
            return redirect(reply.document if "review" in request.POST else reply)
    return render(request, "responses/draft.html", _draft_context(reply, letter, answers))


def _forms(request, reply):
    """The letter's form and one form per answer, filled from the reply or from what was sent."""
    data = request.POST or None
    initial = {name: getattr(reply, name) for name in ("kind", "opening", "closing", "revision")}
    answers = reply.answers.in_letter_order().select_related("point__petition").prefetch_related("files__upload")
    reasons = ResultReason.objects.filter(is_in_use=True)
    return (
        LetterForm(data, initial=initial),
        [AnswerForm(data, instance=answer, prefix=f"answer-{answer.pk}", reasons=reasons) for answer in answers],
    )


def _are_valid(letter, answers):
    return all_valid([letter, *answers])


def _values(answers):
    return {form.instance.pk: form.values for form in answers}


def _draft_context(reply, letter, answers):
    sections, phrases = {}, reading.phrases_of(reply.agency.council_id)
    for form in answers:
        sections.setdefault(form.instance.point.petition, []).append(form)
    return {
        "reply": reply,
        "document": reply.document,
        "letter": letter,
        "sections": [
            (petition, forms, sum(f.instance.is_written for f in forms)) for petition, forms in sections.items()
        ],
        "gaps": coverage.gaps(reply),
        "hints": [
            (form.instance, hint)
            for form in answers
            for hint in reading.hints(form.instance, timezone.localdate(), phrases)
        ],
        "pages": page_images(reply.document),
        "findings": findings_of(reply.document, paper_of(reply.document)),
        "evidence_form": EvidenceForm(),
    }


@require_POST
def preview(request, pk):
    """The letter as it would print with what is typed now; nothing is saved."""
    reply = _reply(request, pk)
    letter, answers = _forms(request, reply)
    _are_valid(letter, answers)
    if reply.document.scan:
        return render(request, "documents/_pages.html", {"pages": page_images(reply.document)})
    typed = letter.cleaned_data if letter.is_bound else {}
    for name in ("opening", "closing"):
        setattr(reply, name, typed.get(name, getattr(reply, name)))
    document = reply.document
    document.body = letters.reply_body(reply, [form.instance for form in answers])
    return render(request, "documents/_pages.html", {"pages": images(pdf.render(paper_of(document)))})


@require_POST
def leave_out(request, pk, petition_pk):
    """Take one petition out of the letter."""
    reply = _reply(request, pk)
    petition = get_object_or_404(Petition.objects.filter(points__answers__reply=reply).distinct(), pk=petition_pk)
    try:
        workflow.leave_out(reply, petition, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("%(code)s is no longer in this letter.") % {"code": petition.code})
    return redirect(reply)


@require_POST
def attach(request, pk):
    """A file as evidence for one answer."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user).select_related("reply__document"), pk=pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            workflow.attach(answer, form.cleaned_data["file"], by=request.user)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        else:
            messages.success(request, _("Evidence added."))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect(answer.reply)


@require_safe
def evidence(request, pk):
    """An evidence file, for those who may see its answer."""
    file = get_object_or_404(EvidenceFile.objects.visible_to(request.user).select_related("upload"), pk=pk)
    return uploads.hand_back(file.upload)
