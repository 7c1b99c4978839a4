"""Official documents on their way to their number."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from desk.piles.pile import Group, Pile, Task
from documents.models import Check, Document
from documents.models import Status as DocumentStatus
from documents.purposes import purpose_of

#: What a paper carries, from which the page where it is written is known.
WORKPLACES = ("reply", "forwarding", "conclusion_notice", "session_report")

#: Who looks at a submitted paper before the leader who signs.
CHECKS = (
    (Permission.DOCUMENT_CHECK_CONTENT, Check.CONTENT, _("waits for your check of the content")),
    (Permission.DOCUMENT_CHECK_FORM, Check.FORM, _("waits for your check of form and layout")),
)


def documents_under_way(user):
    """Papers that wait for this person's hand, or for somebody else's after it left theirs."""
    papers = Document.objects.visible_to(user).select_related("agency", *WORKPLACES).order_by("pk")
    found = [
        Pile(
            Group.DO,
            papers.filter(status=DocumentStatus.DRAFT, drafted_by=user).exclude(return_reason=""),
            _document_task(_("sent back"), _("Change"), at_work=True),
        ),
        Pile(
            Group.DO,
            papers.filter(status=DocumentStatus.DRAFT, drafted_by=user, return_reason=""),
            _document_task(_("draft"), _("Go on"), at_work=True),
        ),
    ]
    mine = papers.filter(drafted_by=user)
    found.append(
        Pile(
            Group.WAITING,
            mine.filter(status=DocumentStatus.SUBMITTED),
            _document_task(_("waits for clearance"), _("Open")),
        )
    )
    for permission, check, note in CHECKS:
        if user.may(permission):
            to_check = papers.filter(status=DocumentStatus.SUBMITTED, stage=check).exclude(drafted_by=user)
            found.append(Pile(Group.DO, to_check, _document_task(note, _("Review"))))
    if user.may(Permission.DOCUMENT_CLEAR):
        to_clear = papers.filter(status=DocumentStatus.SUBMITTED, stage="").exclude(drafted_by=user)
        found.append(Pile(Group.DO, to_clear, _document_task(_("waits for your clearance"), _("Review"))))
    if user.may(Permission.DOCUMENT_ISSUE):
        found.append(
            Pile(
                Group.DO,
                papers.filter(status=DocumentStatus.CLEARED),
                _document_task(_("cleared, needs a number"), _("Issue")),
            )
        )
    else:
        found.append(
            Pile(
                Group.WAITING,
                papers.filter(status=DocumentStatus.CLEARED),
                _document_task(_("waits for its number"), _("Open")),
            )
        )
    return found


def _document_task(note, action, *, at_work=False):
    def task(document):
        url = purpose_of(document).workplace(document) if at_work else document.get_absolute_url()
        return Task(
            document.number_and_symbol,
            document.subject,
            f"{document.agency.short_label} · {note}",
            url,
            action,
        )

    return task
