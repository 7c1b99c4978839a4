"""What several pages of the room begin or end with."""

from django.shortcuts import get_object_or_404, render

from common.downloads import download
from documents import pdf, word
from oversight.models import Delegation, WorkingSession
from petitions.models import Petition


def delegation_of(request, pk):
    delegations = Delegation.objects.visible_to(request.user).select_related("body", "council", "council_session")
    return get_object_or_404(delegations, pk=pk)


def session_of(request, pk):
    sessions = WorkingSession.objects.visible_to(request.user).select_related(
        "delegation__body", "delegation__council", "agency", "in_charge"
    )
    return get_object_or_404(sessions, pk=pk)


def show_form(request, form, title, session, about=None):
    return render(request, "oversight/form.html", {"form": form, "title": title, "session": session, "about": about})


def opened(user, *, sessions=(), petitions=()):
    """{"open_sessions": …, "open_petitions": …}: which of these ids this person can open, for pages that name them."""
    return {
        "open_sessions": _visible(WorkingSession, user, sessions),
        "open_petitions": _visible(Petition, user, petitions),
    }


def _visible(model, user, ids):
    wanted = {one for one in ids if one}
    return set(model.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def pdf_page(html, name):
    """A page for print, shown in the browser."""
    return download(pdf.render_html(html), f"{name}.pdf", is_shown=True)


def word_file(body, name, *, title, author):
    """The same text as a Word file to keep."""
    return download(word.render_text(body, title=title, author=author), f"{name}.docx")
