"""Replies: the list, the drafting page with its preview, evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.forms import all_valid
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from common import uploads
from common.text import key_in
from directory.models import Agency, PeoplesCouncil
from documents import pdf
from documents.checker import findings_of
from documents.models import Status
from documents.papers import paper_of
from documents.preview import images, page_images
from documents.workflow import SENT_BACK, change_refusal, edit_refusal
from petitions.models import Petition
from responses import contributing, coverage, letters, reading, replacing, reviewing, versions, workflow
from responses.forms import AnswerForm, CommentForm, CompareForm, CreateForm, EvidenceForm, LetterForm, UntickForm
from responses.models import Answer, Contribution, EvidenceFile, PassageComment, Reply, ResultReason
from responses.views import meanwhile

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
    writes, enters = _answering(request.user)
    councils = PeoplesCouncil.objects.visible_to(request.user).valid_on(timezone.localdate())
    context = {"page": page, "may_draft": bool(writes), "may_enter": bool(enters) and not writes, "councils": councils}
    return render(request, "responses/index.html", context)


def _answering(user):
    """(agencies whose replies this person drafts, agencies whose signed replies this person enters)"""
    writes = user.agencies_where(Permission.DOCUMENT_DRAFT) & user.agencies_where(Permission.ASSIGNMENT_RESPOND)
    registers = Agency.objects.filter(pk__in=user.agencies_where(Permission.DOCUMENT_ISSUE)).answering()
    return writes, writes | set(registers.values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
def create(request):
    """A new letter: choose the petitions it answers. Who keeps the register enters those signed already."""
    writes, enters = _answering(request.user)
    if not enters:
        raise PermissionDenied(_("Your role does not allow drafting replies."))
    form = _create_form(request, writes, enters)
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
        except workflow.DraftedAlreadyError as problem:
            link = (problem.messages[0], problem.reply.get_absolute_url(), _("Open that draft"))
            form.add_error(None, format_html('{} <a href="{}">{}</a>', *link))
        except (ValidationError, PermissionDenied) as problem:
            form.add_error(None, str(problem) if isinstance(problem, PermissionDenied) else problem)
        else:
            return redirect(reply)
    return render(request, "responses/create.html", {"form": form, "is_signed": not writes})


def _create_form(request, writes, enters):
    """The form as sent, or to be filled in; while petitions are searched nothing typed or ticked is lost."""
    people = {"agencies": writes or enters, "user": request.user, "is_signed": not writes}
    if request.method == "POST" and "search" not in request.POST:
        return CreateForm(request.POST, request.FILES, **people)
    typed = {name: request.POST[name] for name in ("agency", "kind", "origin", "q") if name in request.POST}
    ticked = request.POST.getlist("petitions") or request.GET.getlist("petition")
    return CreateForm(initial=typed | {"petitions": ticked}, **people)


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """The drafting page: answers on the left, the letter as it will print on the right."""
    reply = _reply(request, pk)
    if change_refusal(reply.document, request.user):
        return redirect(reply.document)
    was_cleared = reply.document.status == Status.CLEARED
    letter, answers = _forms(request, reply)
    if request.method == "POST" and _are_valid(letter, answers):
        try:
            saved = workflow.save(reply, by=request.user, **letter.cleaned_data, answers=_values(answers))
        except workflow.ChangedMeanwhileError as problem:
            letter.add_error(None, problem)
            brought = meanwhile.bring_together(reply, letter, answers)
            return render(
                request, "responses/draft.html", _draft_context(reply, letter, answers) | {"meanwhile": brought}
            )
        else:
            if "merge" in request.POST:
                return _merge(request, reply)
            if was_cleared and saved.document.status == Status.CLEARED:
                messages.info(request, _("Nothing was changed; the paper stays approved."))
                return redirect(reply.document)
            messages.success(request, SENT_BACK if was_cleared else _("Draft saved."))
            return redirect(reply.document if "review" in request.POST else reply)
    seen = versions.look(reply, request.user)
    context = _draft_context(reply, letter, answers)
    context |= {"others": versions.present(reply, request.user), "seen": seen if seen != reply.revision else None}
    return render(request, "responses/draft.html", context)


def _merge(request, reply):
    """Put the contribution asked for into the answer to its point."""
    given = Contribution.objects.visible_to(request.user).given().select_related("assignment")
    contribution = get_object_or_404(given, pk=key_in(request.POST["merge"]))
    answer = get_object_or_404(reply.answers, point=contribution.assignment.point_id)
    try:
        contributing.merge(contribution, answer, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("The contribution stands in the answer; its source is in the history."))
    return redirect(f"{reply.get_absolute_url()}#answer-{answer.pk}")


@require_POST
def autosave(request, pk):
    """Keep what is typed, in the background. Never over somebody else's words: then both are shown.

    A page on which nothing was typed says only that it is open.
    """
    reply = _reply(request, pk)
    if why := edit_refusal(reply.document, request.user):
        return JsonResponse({"state": str(why)}, status=403)
    if "revision" not in request.POST:
        return JsonResponse({"revision": reply.revision, "others": versions.present(reply, request.user)})
    letter, answers = _forms(request, reply)
    if not letter.is_bound or not _are_valid(letter, answers):
        return JsonResponse({"state": _("Not saved: something typed is not complete yet.")}, status=422)
    others = versions.present(reply, request.user)
    try:
        reply = workflow.save(reply, by=request.user, **letter.cleaned_data, answers=_values(answers))
    except workflow.ChangedMeanwhileError as problem:
        context = {"meanwhile": meanwhile.meeting(reply, letter, answers), "is_in_background": True}
        html = render_to_string("responses/_meanwhile.html", context, request)
        return JsonResponse({"state": problem.messages[0], "html": html}, status=409)
    words = _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M:%S}"}
    return JsonResponse({"state": words, "revision": reply.revision, "others": others})


@require_safe
def compare(request, pk):
    """What changed between two versions of a draft, as a redline."""
    reply = _reply(request, pk)
    if reply.agency_id not in request.user.agencies:
        raise Http404
    kept = list(reply.versions.select_related("author"))
    form = CompareForm(request.GET or None, versions=kept)
    before, after = form.chosen()
    changes = versions.between(before.texts, after.texts) if before and after else []
    return render(
        request,
        "responses/compare.html",
        {"reply": reply, "versions": kept, "form": form, "before": before, "after": after, "changes": changes},
    )


@require_POST
def comment(request, pk):
    """A remark on an answer of a draft."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user).select_related("reply__document__agency"), pk=pk)
    if why := reviewing.comment_refusal(answer, request.user):
        raise PermissionDenied(why)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            reviewing.comment(answer, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
    else:
        messages.error(request, _("Write the comment first."))
    return redirect(f"{answer.reply.document.get_absolute_url()}#comments")


@require_POST
def settle(request, pk):
    remark = get_object_or_404(PassageComment.objects.visible_to(request.user), pk=pk)
    reviewing.settle(remark, by=request.user)
    return redirect(f"{remark.answer.reply.document.get_absolute_url()}#comments")


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
    helpers = contributing.helpers([form.instance.point_id for form in answers])
    for form in answers:
        form.helpers = helpers.get(form.instance.point_id, [])
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
        "today": timezone.localdate(),
        "meanwhile": None,
        "others": [],
        "seen": None,
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


@require_http_methods(["GET", "POST"])
def untick(request, pk, petition_pk):
    """Say that a registered letter does not answer one of the petitions ticked for it."""
    reply = _reply(request, pk)
    ticked = Petition.objects.filter(points__answers__in=reply.answers.ticked()).distinct()
    petition = get_object_or_404(ticked, pk=petition_pk)
    if why := replacing.untick_refusal(reply, request.user):
        raise PermissionDenied(why)
    form = UntickForm(request.POST or None)
    if form.is_valid():
        replacing.untick(reply, petition, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(code)s waits for its answer as before this letter.") % {"code": petition.code})
        return redirect(reply.document)
    context = {
        "form": form,
        "title": _("Untick %(code)s") % {"code": petition.code},
        "button": _("Untick"),
        "note": _("%(letter)s stays registered; only “%(petition)s” has again what it had before it.")
        % {"letter": reply.document.reference, "petition": petition.title},
        "back": reply.document.get_absolute_url(),
        "back_label": reply.document.reference,
    }
    return render(request, "documents/form.html", context)


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
