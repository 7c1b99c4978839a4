"""Who hears of what happened to a petition: those responsible, never the one who did it."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.models import Notice
from accounts.permissions import Role
from petitions.models import Assignment

#: The agencies that hold the petition hear of these; the secretariat of those.
AGENCIES_HEAR = {"forwarded", "extended", "paused", "resumed", "urged", "finding", "unticked"}
SECRETARIAT_HEARS = {
    "accepted",
    "returned",
    "answered",
    "interim_reply",
    "corrigendum",
    "replacement",
    "recall",
    "unticked",
}
#: What is written down so much later is no news.
NEWS_FOR = timedelta(days=7)


def happened(event, due_on=None):
    """Tell those responsible of one line of the timeline and the due date in it, in its own transaction."""
    if timezone.localdate() - event.happened_on > NEWS_FOR:
        return
    petition = event.petition
    users = set()
    if event.kind in AGENCIES_HEAR:
        users |= set(_people_of_agencies(petition))
    if event.kind in SECRETARIAT_HEARS:
        users |= set(notifications.people(roles=[Role.OFFICER], council=petition.council_id, on=timezone.localdate()))
    users = sorted((user for user in users if user.pk != event.actor_id), key=lambda user: user.pk)
    if not users:
        return
    notifications.tell(
        users,
        kind=Notice.Kind.EVENT,
        key=f"event/{event.pk}",
        group=f"petition/{petition.pk}",
        group_title=f"{petition.code} – {petition.title}",
        text=_sentence(event),
        url=petition.get_absolute_url(),
        happened_on=event.happened_on,
        due_on=due_on,
    )


def handed_in(handback, rows):
    """Tell the secretariat that a body handed in a workbook with so many rows; one's own is no news."""
    users = notifications.people(roles=[Role.OFFICER], council=handback.handout.council.pk, on=timezone.localdate())
    with translation.override(settings.LANGUAGE_CODE):
        words = {"who": handback.handout.recipient.short_label, "number": rows}
        text = _("%(who)s handed in a workbook with %(number)s rows; take over what can be taken over.") % words
    notifications.tell(
        [user for user in users if user.pk != handback.by_id],
        kind=Notice.Kind.EVENT,
        key=f"handback/{handback.pk}",
        group=f"handback/{handback.pk}",
        group_title=f"{handback}",
        text=text,
        url=handback.get_absolute_url(),
        happened_on=timezone.localdate(),
    )


def _people_of_agencies(petition):
    holding = Assignment.objects.current().sent().filter(point__petition=petition).values_list("agency", flat=True)
    return notifications.people(roles=[Role.DRAFTER, Role.HEAD], agencies=list(holding), on=timezone.localdate())


def _sentence(event):
    """As the timeline says it, in the office's language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = event.sentence
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
