"""Reviewers mark whether each answer meets its point: the agency's leaders before issue, the council after it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from responses.models import Assessment


def mark_refusal(answer, user):
    """Why this user does not mark the answer now; "" when they do."""
    document = answer.reply.document
    if document.drafted_by_id == user.pk:
        return _("Who drafted an answer does not mark it.")
    reviews = (Permission.DOCUMENT_CHECK_CONTENT, Permission.DOCUMENT_CLEAR)
    if not document.is_issued and any(user.may(permission, at=answer.reply.agency) for permission in reviews):
        return ""
    if speaks_for_the_council(answer, user) and document.is_issued:
        return ""
    return _("Leaders of the agency mark a draft, the council an issued letter.")


def speaks_for_the_council(answer, user):
    return user.may(Permission.OVERSIGHT_RECORD, at=answer.reply.agency.council)


@transaction.atomic
def mark(answer, *, value, note, by):
    """One reviewer's mark; marking again changes one's own."""
    if why := mark_refusal(answer, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("answer marked")):
        found, _is_new = Assessment.objects.update_or_create(
            answer=answer,
            reviewer=by,
            defaults={"mark": value, "note": note, "by_council": answer.reply.document.is_issued},
        )
    return found
