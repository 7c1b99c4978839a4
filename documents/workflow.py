"""The one-way street of an official document: draft → clearance → number and issue. Issued, it never changes."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from common.sequences import take_next
from common.workflow import Step, Workflow
from documents import pdf
from documents.models import Addressee, Appendix, Document, Kind, NumberSeries, Status
from documents.papers import paper_of
from documents.purposes import purpose_of


def _is_complete(document, user):
    """A paper goes to clearance with a text, somebody to sign it and somebody to read it."""
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
    return purpose_of(document).refusal("clear", document, user)


def _may_be_issued(document, user):
    return purpose_of(document).refusal("issue", document, user)


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
        Permission.DOCUMENT_DRAFT,
    ),
    "clear": Step(
        gettext_lazy("Clear"),
        frozenset({Status.SUBMITTED}),
        Status.CLEARED,
        Permission.DOCUMENT_CLEAR,
        _is_somebody_else,
    ),
    "send_back": Step(
        gettext_lazy("Send back with a reason"),
        frozenset({Status.SUBMITTED, Status.CLEARED}),
        Status.DRAFT,
        Permission.DOCUMENT_CLEAR,
    ),
    "issue": Step(
        gettext_lazy("Give number and issue"),
        frozenset({Status.CLEARED}),
        Status.ISSUED,
        Permission.DOCUMENT_ISSUE,
        _may_be_issued,
    ),
}

DOCUMENTS = Workflow(Document, STEPS, held_at=lambda document: document.agency)


def default_symbol(agency, kind, drafting_unit=""):
    """ "STTTT-BCVTCNTT" for a công văn, "BC-HĐND" for a titled document (Decree 30/2020, Annex I, II.3.b)."""
    if kind == Kind.LETTER:
        return f"{agency.symbol}-{drafting_unit}" if drafting_unit else agency.symbol
    return f"{kind}-{agency.symbol}"


@transaction.atomic
def draft(*, agency, kind, purpose, subject, by, to=(), copies=(), drafting_unit="", symbol="", **details):
    """A new draft. `to` and `copies` are (name, agency or None) pairs; `details` are further fields."""
    if not by.may(Permission.DOCUMENT_DRAFT, at=agency):
        raise PermissionDenied(_("Your role does not allow drafting documents of %(agency)s.") % {"agency": agency})
    with acting(by=by, reason=gettext_lazy("document drafted")):
        document = Document.objects.create(
            agency=agency,
            kind=kind,
            purpose=purpose,
            subject=subject,
            drafting_unit=drafting_unit,
            symbol=symbol or default_symbol(agency, kind, drafting_unit),
            place_name=agency.place_name,
            drafted_by=by,
            **details,
        )
        address(document, to=to, copies=copies, by=by)
    return document


def edit_refusal(document, user):
    """Why this user cannot change the draft now; "" when they can."""
    if not user.may(Permission.DOCUMENT_DRAFT, at=document.agency):
        return _("Your role does not allow drafting documents of %(agency)s.") % {"agency": document.agency}
    if document.status != Status.DRAFT:
        return _("Only a draft can be changed. Ask for it to be sent back first.")
    return ""


@transaction.atomic
def rewrite(document, *, by, appendices=None, reason="", **changes):
    """Change a draft: fields in `changes`; `appendices` as (title, body, is_landscape) replace the present ones."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if why := edit_refusal(document, by):
        raise PermissionDenied(why)
    for field, value in changes.items():
        setattr(document, field, value)
    with acting(by=by, reason=reason or gettext_lazy("draft changed")):
        document.save()
        if appendices is not None:
            _replace_appendices(document, appendices)
    return document


def _replace_appendices(document, appendices):
    for number, (title, body, is_landscape) in enumerate(appendices, start=1):
        Appendix.objects.update_or_create(
            document=document,
            number=number,
            defaults={"title": title, "body": body, "is_landscape": is_landscape},
        )
    for surplus in document.appendices.filter(number__gt=len(appendices)):
        surplus.delete()


@transaction.atomic
def address(document, *, to, copies, by):
    """Set who the document goes to, while it is a draft."""
    if why := edit_refusal(_current(document), by):
        raise PermissionDenied(why)
    wanted = [(name, agency, False) for name, agency in to] + [(name, agency, True) for name, agency in copies]
    present = {(a.name, a.agency, a.is_copy): a for a in document.addressees.select_related("agency")}
    if list(present) == wanted:
        return
    with acting(by=by, reason=gettext_lazy("addressees changed")):
        for addressee in present.values():
            addressee.delete()
        for name, agency, is_copy in wanted:
            Addressee.objects.create(document=document, name=name, agency=agency, is_copy=is_copy)


@transaction.atomic
def submit(document, *, by):
    document = _current(document)
    DOCUMENTS.check("submit", document, by)
    with acting(by=by, reason=STEPS["submit"].label):
        purpose_of(document).before_submitting(document, by=by)
    return DOCUMENTS.take("submit", document, by=by, return_reason="")


@transaction.atomic
def withdraw(document, *, by):
    document = DOCUMENTS.take("withdraw", document, by=by)
    with acting(by=by, reason=STEPS["withdraw"].label):
        purpose_of(document).sent_back(document, by=by)
    return document


@transaction.atomic
def abandon(document, *, by):
    """Give a draft up; it stays in the record, without a number."""
    document = DOCUMENTS.take("abandon", document, by=by)
    with acting(by=by, reason=STEPS["abandon"].label):
        purpose_of(document).abandoned(document, by=by)
    return document


def clear(document, *, by):
    return DOCUMENTS.take("clear", document, by=by, cleared_by=by)


@transaction.atomic
def send_back(document, *, by, reason):
    document = DOCUMENTS.take("send_back", document, by=by, reason=reason, return_reason=reason, cleared_by=None)
    with acting(by=by, reason=reason):
        purpose_of(document).sent_back(document, by=by)
    return document


@transaction.atomic
def issue(document, *, by, issued_on=None):
    """Give the next number of the series, freeze the paper as a PDF, and let follow what follows.

    Number, PDF and consequences are kept together or not at all, so a failure leaves no gap.
    """
    issued_on = issued_on or timezone.localdate()
    document = _current(document)
    DOCUMENTS.check("issue", document, by)
    series = _open_series(document, issued_on.year)
    if why := _date_refusal(series, issued_on):
        raise PermissionDenied(why)
    document.series, document.issued_on = series, issued_on
    document.number = take_next(f"documents/{series.pk}")
    signer = document.signer
    document.signing_lines, document.signer_name = signer.signing_lines, signer.name
    document.signer_other_post = signer.other_post
    frozen = {
        field: getattr(document, field)
        for field in ("series", "issued_on", "number", "signing_lines", "signer_name", "signer_other_post")
    }
    content = pdf.render(paper_of(document))
    frozen["pdf_sha256"] = hashlib.sha256(content).hexdigest()
    frozen["pdf"] = document.pdf.storage.save(
        document.pdf.field.generate_filename(document, f"{document.pk}-{frozen['pdf_sha256'][:12]}.pdf"),
        ContentFile(content),
    )
    document = DOCUMENTS.take("issue", document, by=by, **frozen)
    with acting(by=by, reason=document.reference):
        purpose_of(document).issued(document, by=by)
    return document


def _current(document):
    """The document as it stands in the database, locked."""
    return Document.objects.select_for_update().get(pk=document.pk)


def _open_series(document, year):
    """The series, locked: only one document at a time gets a number from it."""
    NumberSeries.objects.get_or_create(agency=document.agency, kind=document.kind, year=year)
    return NumberSeries.objects.select_for_update().get(agency=document.agency, kind=document.kind, year=year)


def _date_refusal(series, issued_on):
    if issued_on > timezone.localdate():
        return _("A document cannot be issued on a day to come.")
    latest = Document.objects.filter(series=series).order_by("-number").first()
    if latest and latest.issued_on > issued_on:
        return _(
            "Number %(number)s of this series was issued on %(day)s; a later number cannot carry an earlier day."
        ) % {
            "number": latest.number_and_symbol,
            "day": short_date(latest.issued_on),
        }
    return ""
