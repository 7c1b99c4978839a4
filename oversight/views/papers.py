"""The papers of oversight: drafted from the record, edited as text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from documents.workflow import edit_refusal
from oversight import papers, workflow
from oversight.forms import LeaveForm, PaperDraftForm, PaperTextForm
from oversight.models import OversightPaper
from oversight.views.reaching import delegation_of, session_of
from responses.versions import redline


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
    seen = OversightPaper.objects.visible_to(request.user)
    about = seen.select_related("document__agency", "working_session__agency", "council_session__term__council")
    return get_object_or_404(about.select_related("delegation__body", "delegation__council"), pk=pk)


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
    return _show(request, paper, form, theirs=theirs)


def _show(request, paper, form, *, theirs="", leave_form=None):
    news = [redline(gone, come) for gone, come in papers.news(paper)]
    context = {
        "paper": paper,
        "document": paper.document,
        "form": form,
        "theirs": theirs,
        "news": news,
        "leave_form": leave_form or LeaveForm(),
    }
    return render(request, "oversight/paper.html", context)


@require_POST
def take_in(request, pk):
    """What the record says otherwise by now, brought into the text."""
    paper, clashes = workflow.take_in(_paper(request, pk), by=request.user)
    if clashes:
        words = ngettext(
            "Taken in. %(number)d passage was changed here and in the record: both stand, bring them together.",
            "Taken in. %(number)d passages were changed here and in the record: both stand, bring them together.",
            clashes,
        )
        messages.warning(request, words % {"number": clashes})
    else:
        messages.success(request, _("Taken in; what you had changed stands as it was."))
    return redirect(paper)


@require_POST
def leave_out(request, pk):
    """The text stays as it is, with a reason."""
    paper = _paper(request, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        text = PaperTextForm(None, initial={"text": paper.text, "revision": paper.revision})
        return _show(request, paper, text, leave_form=form)
    workflow.leave_out(paper, by=request.user, **form.cleaned_data)
    messages.success(request, _("The text stays as it is."))
    return redirect(paper)


@require_POST
def draft_again(request, pk):
    """The text from the record as it stands now."""
    paper = _paper(request, pk)
    workflow.draft_paper_again(paper, by=request.user)
    messages.success(request, _("Drafted from the record again; the text before stands in the history."))
    return redirect(paper)
