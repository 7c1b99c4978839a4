"""Who hears of what happened to a paper on its way."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.models import Notice


def reopened(document, approver, *, by):
    """Who approved a paper hears that it was changed after that and will come again."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("%(user)s changed “%(subject)s” after you approved it; it will come to you for approval again.") % {
            "user": by,
            "subject": document.subject,
        }
    notifications.tell(
        [user for user in [approver] if user and user.pk != by.pk],
        kind=Notice.Kind.EVENT,
        key=f"document/{document.pk}/{document.history.first().history_id}",
        group=f"document/{document.pk}",
        group_title=document.reference,
        text=text,
        url=document.get_absolute_url(),
        happened_on=timezone.localdate(),
    )
