"""What an agency hears of what a delegation asked it to do."""

from django.utils import timezone

from accounts.models import Notice
from accounts.notifications import people, tell
from accounts.permissions import Role


def tell_agency(recommendation, *, key, text, on, due_on=None, url=""):
    """Drafters and heads of the agency asked find it in their inbox, with all else about the recommendation."""
    tell(
        people(roles=[Role.DRAFTER, Role.HEAD], agencies=[recommendation.agency], on=timezone.localdate()),
        kind=Notice.Kind.EVENT,
        key=key,
        group=recommendation.thread,
        group_title=str(recommendation),
        text=text,
        url=url or recommendation.get_absolute_url(),
        happened_on=on,
        due_on=due_on,
    )
