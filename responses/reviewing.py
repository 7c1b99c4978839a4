"""Reviewers mark whether each answer meets its point: the agency's leaders before issue, the council after it.

While it is a draft, the agency's people comment on passages.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from responses.models import Assessment, PassageComment

COMMENTING = (
    Permission.DOCUMENT_DRAFT, Permission.DOCUMENT_CHECK_CONTENT, Permission.DOCUMENT_CHECK_FORM,
    Permission.DOCUMENT_CLEAR,
)  # fmt: skip


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


def comment_refusal(answer, user):
    """Why this user does not comment on the draft; "" when they do."""
    document = answer.reply.document
    if document.is_issued:
        return _("The letter is issued; comments belong to drafts.")
    agency = answer.reply.agency
    if not any(user.may(permission, at=agency) for permission in COMMENTING):
        return _("Your role does not allow commenting on drafts of %(agency)s.") % {"agency": agency}
    return ""


def comment(answer, *, text, by, passage=""):
    """A remark on an answer, or on one passage of it."""
    if why := comment_refusal(answer, by):
        raise PermissionDenied(why)
    if passage and " ".join(passage.split()) not in " ".join(answer.text.split()):
        raise ValidationError({"passage": _("This passage does not stand in the answer.")})
    with acting(by=by, reason=gettext_lazy("comment written")):
        return PassageComment.objects.create(answer=answer, passage=passage, text=text, author=by)


def settle(remark, *, by):
    """The remark is dealt with; it stays on record."""
    if why := comment_refusal(remark.answer, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("comment settled")):
        remark.is_settled = True
        remark.save()
