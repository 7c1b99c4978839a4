"""The papers of a delegation: drafted from the record, edited as text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.workflow import edit_refusal
from oversight import workflow
from oversight.forms import PaperDraftForm, PaperTextForm
from oversight.models import OversightPaper
from oversight.views.reaching import delegation_of, session_of


@require_POST
def draft(request, pk):
    """A paper about the whole oversight."""
    delegation = delegation_of(request, pk)
    return _draft(request, delegation, None, delegation)


@require_POST
def draft_of_session(request, pk):
    """A paper about one working session."""
    session = session_of(request, pk)
    return _draft(request, session.delegation, session, session)


def _draft(request, delegation, working_session, page):
    form = PaperDraftForm(request.POST, delegation=delegation, working_session=working_session)
    if not form.is_valid():
        messages.error(request, _("Choose the paper and who signs it."))
        return redirect(page)
    paper = workflow.draft_paper(
        delegation, by=request.user, working_session=working_session, **form.cleaned_data
    )  # fmt: skip
    messages.success(request, _("Drafted from the record. Read it, change what is needed, then submit it."))
    return redirect(paper)


def _paper(request, pk):
    papers = OversightPaper.objects.visible_to(request.user)
    return get_object_or_404(papers.select_related("document__agency", "delegation", "working_session__agency"), pk=pk)


@require_http_methods(["GET", "POST"])
def paper(request, pk):
    """The text of a draft; what is no draft any more is read on the page of its document."""
    paper = _paper(request, pk)
    if why := edit_refusal(paper.document, request.user):
        if request.method == "POST":
            raise PermissionDenied(why)
        return redirect(paper.document)
    form = PaperTextForm(request.POST or None, initial={"text": paper.text, "revision": paper.revision})
    theirs = ""
    if form.is_valid():
        try:
            workflow.save_paper(paper, by=request.user, **form.cleaned_data)
        except workflow.SavedMeanwhileError as problem:
            form.add_error(None, problem)
            paper = _paper(request, pk)
            form.data = form.data.copy()
            form.data["revision"] = paper.revision
            theirs = paper.text
        else:
            messages.success(request, _("Saved."))
            return redirect(paper.document)
    context = {"paper": paper, "document": paper.document, "form": form, "theirs": theirs}
    return render(request, "oversight/paper.html", context)


@require_POST
def draft_again(request, pk):
    """The text from the record as it stands now."""
    paper = _paper(request, pk)
    workflow.draft_paper_again(paper, by=request.user)
    messages.success(request, _("Drafted from the record again; the text before stands in the history."))
    return redirect(paper)
