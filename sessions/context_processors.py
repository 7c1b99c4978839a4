"""The session one works on, in the bar at the top of every page."""

from django.utils import timezone

from sessions.models import CouncilSession


def current_session(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    today = timezone.localdate()
    choices = list(CouncilSession.objects.visible_to(user).regular().select_related("term__council"))
    return {"current_session": choose(choices, request.session.get("council_session"), today), "session_choices": choices, "today": today}


def choose(choices, wanted, today):
    """The session picked, else the next to open, else the latest."""
    picked = next((session for session in choices if session.pk == wanted), None)
    coming = [session for session in choices if session.closes_on >= today]
    return picked or (min(coming, key=lambda session: session.opens_on) if coming else next(iter(choices), None))
