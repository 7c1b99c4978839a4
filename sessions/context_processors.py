"""The session one works on, in the bar at the top of every page."""

from django.utils import timezone

from common.text import key_in
from sessions.models import CouncilSession


def current_session(request):
    """Context of every page: the session worked on, those to choose from, today."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    chosen, choices = _chosen(request)
    return {"current_session": chosen, "session_choices": choices, "today": timezone.localdate()}


def session_of(request, query=None):
    """The session this page is about: the one in the address (`?session=`), else picked, else the next to come.

    `query` is the address of another page, whose session is asked for instead.
    """
    chosen, choices = _chosen(request)
    named = query.get("session") if query is not None else None
    return next((session for session in choices if str(session.pk) == named), chosen)


def session_for(user, query, today):
    """The session a list with that address is about when nobody looks at it: the one named there, else the next."""
    choices = list(CouncilSession.objects.visible_to(user).regular().select_related("term__council__unit"))
    return choose(choices, key_in(query.get("session", "")), today)


def _chosen(request):
    if not hasattr(request, "chosen_council_session"):
        choices = list(CouncilSession.objects.visible_to(request.user).regular().select_related("term__council__unit"))
        wanted = key_in(request.GET.get("session", "")) or request.session.get("council_session")
        request.chosen_council_session = choose(choices, wanted, timezone.localdate()), choices
    return request.chosen_council_session


def choose(choices, wanted, today):
    """The session picked, else the next to open, else the latest."""
    picked = next((session for session in choices if session.pk == wanted), None)
    coming = [session for session in choices if session.closes_on >= today]
    return picked or (min(coming, key=lambda session: session.opens_on) if coming else next(iter(choices), None))
