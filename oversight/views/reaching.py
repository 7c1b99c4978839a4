"""What several pages of the room begin or end with."""

from django.shortcuts import get_object_or_404, render

from oversight.models import Delegation, WorkingSession


def delegation_of(request, pk):
    delegations = Delegation.objects.visible_to(request.user).select_related("body", "council", "council_session")
    return get_object_or_404(delegations, pk=pk)


def session_of(request, pk):
    sessions = WorkingSession.objects.visible_to(request.user).select_related(
        "delegation__body", "delegation__council", "agency"
    )
    return get_object_or_404(sessions, pk=pk)


def show_form(request, form, title, session, about=None):
    return render(request, "oversight/form.html", {"form": form, "title": title, "session": session, "about": about})
