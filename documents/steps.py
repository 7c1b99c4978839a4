"""The steps of an official document, who may take each, and what must hold before it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.permissions import Permission, Role
from common.workflow import AnyOf, Step, Workflow
from documents.journey import had_a_hand_in
from documents.models import Check, Document, Kind, Status
from documents.purposes import purpose_of


def _is_complete(document, user):
    """A paper goes to clearance with a text, somebody to sign it and somebody to read it."""
    if not document.is_written_here:
        return _("A letter signed on paper or elsewhere is registered, not submitted.")
    if not document.body:
        return _("The document has no text yet.")
    if document.signer is None:
        return _("Choose who signs the document.")
    if document.kind == Kind.LETTER and not document.addressees.to().exists():
        return _("Say to whom the letter goes (Kính gửi).")
    return purpose_of(document).refusal("submit", document, user)


def _is_somebody_else(document, user):
    if document.drafted_by_id == user.pk:
        return _("Who drafted a document does not clear it. Somebody else must.")
    if had_a_hand_in(document, user):
        return _("Who submitted a document or changed its text does not clear it. Somebody else must.")
    return ""


def _is_of_the_unit(document, user):
    """Where the drafting unit has a head of its own, that one checks what the paper says."""
    if document.stage != Check.CONTENT or not document.drafting_unit:
        return ""
    heads = Membership.objects.valid_on(timezone.localdate()).filter(
        agency=document.agency, role=Role.UNIT_HEAD, unit=document.drafting_unit, user__is_active=True
    )
    people = [head.user for head in heads.select_related("user").order_by("pk")]
    if not people or user in people:
        return ""
    return _("The head of %(unit)s checks this paper: %(people)s.") % {
        "unit": document.drafting_unit,
        "people": ", ".join(map(str, people)),
    }


def _may_be_checked(document, user):
    return _is_somebody_else(document, user) or _is_of_the_unit(document, user)


def _is_for_the_signer(document, user):
    """The signer approves, or who is recorded as approving for the signer; where nobody is, any leader who clears."""
    named = Membership.objects.valid_on(timezone.localdate()).filter(
        approves_for=document.signer_id, user__is_active=True
    )
    named = [m for m in named.select_related("user").order_by("pk") if m.allows(Permission.DOCUMENT_CLEAR)]
    if any(membership.user_id == user.pk for membership in named):
        return ""
    if named:
        return _(
            "%(signer)s signs this paper; %(people)s approves it. Send it back to have another signer chosen, or let "
            "the administrator record that you approve for this signer."
        ) % {"signer": document.signer, "people": ", ".join(dict.fromkeys(str(m.user) for m in named))}
    clearing = [m for m in user.roles if m.allows(Permission.DOCUMENT_CLEAR) and m.covers(document.agency)]
    if any(membership.approves_for_id is None for membership in clearing):
        return ""
    return _(
        "%(signer)s signs this paper and you approve for another signer. Send it back to have the signer changed, or "
        "let the administrator record who approves for this one."
    ) % {"signer": document.signer}


def _may_be_cleared(document, user):
    return (
        _is_somebody_else(document, user)
        or _is_for_the_signer(document, user)
        or purpose_of(document).refusal("clear", document, user)
    )


def _may_be_issued(document, user):
    return purpose_of(document).refusal("issue", document, user)


_CHECKS = {Check.CONTENT: Permission.DOCUMENT_CHECK_CONTENT, Check.FORM: Permission.DOCUMENT_CHECK_FORM}

#: A paper lies with one hand at a time: with the one who makes the present check, or else with the signer.
CHECKING = AnyOf(tuple(_CHECKS.values()), lambda document: [_CHECKS[document.stage]] if document.stage else [])
CLEARING = AnyOf((Permission.DOCUMENT_CLEAR,), lambda document: [] if document.stage else [Permission.DOCUMENT_CLEAR])
#: A letter signed already is entered by those who draft, and by the registrar.
WRITING = AnyOf(
    (Permission.DOCUMENT_DRAFT, Permission.DOCUMENT_ISSUE),
    lambda document: [Permission.DOCUMENT_DRAFT, *([] if document.is_written_here else [Permission.DOCUMENT_ISSUE])],
)
#: Whoever holds a paper sends it back, and the signer at any time.
RETURNING = AnyOf(
    (*_CHECKS.values(), Permission.DOCUMENT_CLEAR, Permission.DOCUMENT_ISSUE),
    lambda document: [Permission.DOCUMENT_CLEAR, *_holding(document)],
)


def _holding(document):
    if document.status == Status.CLEARED:
        return [Permission.DOCUMENT_ISSUE]
    return CHECKING.now(document)


STEPS = {
    "submit": Step(
        gettext_lazy("Submit for clearance"),
        frozenset({Status.DRAFT}),
        Status.SUBMITTED,
        Permission.DOCUMENT_DRAFT,
        _is_complete,
    ),
    "withdraw": Step(
        gettext_lazy("Take back to the draft"),
        frozenset({Status.SUBMITTED}),
        Status.DRAFT,
        Permission.DOCUMENT_DRAFT,
    ),
    "abandon": Step(
        gettext_lazy("Abandon the draft"),
        frozenset({Status.DRAFT}),
        Status.ABANDONED,
        WRITING,
    ),
    "check": Step(
        gettext_lazy("Checked, pass on"),
        frozenset({Status.SUBMITTED}),
        Status.SUBMITTED,
        CHECKING,
        _may_be_checked,
    ),
    "clear": Step(
        gettext_lazy("Clear"),
        frozenset({Status.SUBMITTED}),
        Status.CLEARED,
        CLEARING,
        _may_be_cleared,
    ),
    "send_back": Step(
        gettext_lazy("Send back with a reason"),
        frozenset({Status.SUBMITTED, Status.CLEARED}),
        Status.DRAFT,
        RETURNING,
    ),
    "reopen": Step(
        gettext_lazy("Change after approval"),
        frozenset({Status.CLEARED}),
        Status.DRAFT,
        Permission.DOCUMENT_DRAFT,
    ),
    "register": Step(gettext_lazy("Register a letter signed elsewhere"), frozenset({Status.DRAFT}), Status.ISSUED, ""),
    "issue": Step(
        gettext_lazy("Give number and issue"),
        frozenset({Status.CLEARED}),
        Status.ISSUED,
        Permission.DOCUMENT_ISSUE,
        _may_be_issued,
    ),
}

DOCUMENTS = Workflow(Document, STEPS, held_at=lambda document: document.agency, reads=("agency", "signer__agency"))
