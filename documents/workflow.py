"""The one-way street of an official document: draft → clearance → number and issue. Issued, it never changes."""

import hashlib
import secrets
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.formats import short_date
from documents import clearance, notifications, numbering, pdf
from documents.journey import is_as_returned, returned_at
from documents.models import Addressee, Amendment, Appendix, Check, Document, Kind, Standing, Status
from documents.papers import Paper, paper_of
from documents.purposes import purpose_of
from documents.source import source_of
from documents.steps import DOCUMENTS, STEPS

_FROZEN = (
    "series", "issued_on", "number", "signing_lines", "signer_name", "signer_other_post", "verification_code",
)  # fmt: skip
#: What the drafter of a cleared paper reads once a change is saved.
SENT_BACK = gettext_lazy(
    "Saved. The paper was changed after approval: it is a draft again. Submit it once it is ready."
)
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def default_symbol(agency, kind, drafting_unit=""):
    """ "STTTT-BCVTCNTT" for a công văn, "BC-HĐND" for a titled document (Decree 30/2020, Annex I, II.3.b)."""
    if kind == Kind.LETTER:
        return f"{agency.symbol}-{drafting_unit}" if drafting_unit else agency.symbol
    return f"{kind}-{agency.symbol}"


@transaction.atomic
def draft(*, agency, kind, purpose, subject, by, to=(), copies=(), drafting_unit="", symbol="", **details):
    """A new draft. `to` and `copies` are (name, agency or None) pairs; `details` are further fields."""
    if why := write_refusal(agency, by, is_signed="scan" in details):
        raise PermissionDenied(why)
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
        _address(document, to, copies)
    return document


def write_refusal(agency, user, *, is_signed):
    """Why this user does not write for the agency; a letter `is_signed` already is entered by its registrar as well."""
    if user.may(Permission.DOCUMENT_DRAFT, at=agency) or (is_signed and _registers(agency, user)):
        return ""
    return _("Your role does not allow drafting documents of %(agency)s.") % {"agency": agency}


def _registers(agency, user):
    return user.may(Permission.DOCUMENT_ISSUE, at=agency)


def edit_refusal(document, user):
    """Why this user cannot change the draft now; "" when they can."""
    if why := write_refusal(document.agency, user, is_signed=not document.is_written_here):
        return why
    if document.status != Status.DRAFT:
        return _("Only a draft can be changed. Ask for it to be sent back first.")
    return ""


def change_refusal(document, user):
    """Why this user changes neither the draft nor, sending it back by that, the cleared paper; "" when they do."""
    if document.status == Status.CLEARED:
        return DOCUMENTS.refusal("reopen", document, user)
    return edit_refusal(document, user)


@transaction.atomic
def opened(document, *, by):
    """The paper, locked, ready for a change by its drafter: a cleared one is a draft again from here on.

    It then goes the whole way once more; who had cleared it hears of it.
    """
    document = DOCUMENTS.fresh(document)
    if why := change_refusal(document, by):
        raise PermissionDenied(why)
    if document.status != Status.CLEARED:
        return document
    approver = document.cleared_by
    document = DOCUMENTS.complete(
        "reopen", document, by=by, reason=gettext_lazy("changed after approval"), cleared_by=None
    )
    with acting(by=by, reason=gettext_lazy("changed after approval")):
        purpose_of(document).sent_back(document, by=by)
    notifications.reopened(document, approver, by=by)
    return document


@transaction.atomic
def rewrite(document, *, by, appendices=None, reason="", **changes):
    """Change a draft: fields in `changes`; `appendices` as (title, body, is_landscape) replace the present ones."""
    document = DOCUMENTS.fresh(document)
    if why := edit_refusal(document, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=reason or gettext_lazy("draft changed")):
        document.change(**changes)
        if appendices is not None:
            _replace_appendices(document, appendices)
    return document


def _replace_appendices(document, appendices):
    present = {appendix.number: appendix for appendix in document.appendices.all()}
    for number, (title, body, is_landscape) in enumerate(appendices, start=1):
        appendix = present.pop(number, None) or Appendix(document=document, number=number)
        appendix.change(title=title, body=body, is_landscape=is_landscape)
    for surplus in present.values():
        surplus.delete()


@transaction.atomic
def address(document, *, to, copies, by):
    """Set who the document goes to, while it is a draft."""
    if why := edit_refusal(DOCUMENTS.fresh(document), by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("addressees changed")):
        _address(document, to, copies)


def _address(document, to, copies):
    wanted = [(name, agency, False) for name, agency in to] + [(name, agency, True) for name, agency in copies]
    present = list(document.addressees.select_related("agency"))
    if [(a.name, a.agency, a.is_copy) for a in present] == wanted:
        return
    for addressee in present:
        addressee.delete()
    for name, agency, is_copy in wanted:
        Addressee.objects.create(document=document, name=name, agency=agency, is_copy=is_copy)


@transaction.atomic
def submit(document, *, by, answer=""):
    """Bring the text up to date and send it to clearance. One sent back comes changed, or with an `answer` to that."""
    document = DOCUMENTS.fresh(document)
    DOCUMENTS.check("submit", document, by)
    with acting(by=by, reason=STEPS["submit"].label):
        purpose_of(document).before_submitting(document, by=by)
    document = DOCUMENTS.fresh(document)
    if document.return_reason and not answer and _is_as_returned(document):
        raise ValidationError({"answer": _("Nothing was changed since it was sent back: change it, or answer here.")})
    route = clearance.route_of(document.agency)
    return DOCUMENTS.complete(
        "submit", document, by=by, return_reason="", return_answer=answer, route=route,
        stage=next(iter(route.checks), ""),
    )  # fmt: skip


def _is_as_returned(document):
    if not is_as_returned(document):
        return False
    return not purpose_of(document).is_touched_since(document, returned_at(document).history_date)


@transaction.atomic
def withdraw(document, *, by):
    document = DOCUMENTS.take("withdraw", document, by=by, stage="")
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


@transaction.atomic
def check(document, *, by):
    """The present check is made; the paper goes on to the next one or to the signer."""
    document = DOCUMENTS.fresh(document)
    DOCUMENTS.check("check", document, by)
    made = format_lazy("{}: {}", gettext_lazy("Checked"), Check(document.stage).label)
    return DOCUMENTS.complete("check", document, by=by, reason=made, stage=next(iter(document.checks_ahead), ""))


def clear(document, *, by):
    return DOCUMENTS.take("clear", document, by=by, cleared_by=by)


@transaction.atomic
def send_back(document, *, by, reason):
    document = DOCUMENTS.take(
        "send_back", document, by=by, reason=reason, return_reason=reason, return_answer="", cleared_by=None, stage=""
    )
    with acting(by=by, reason=reason):
        purpose_of(document).sent_back(document, by=by)
    return document


@transaction.atomic
def issue(document, *, by, issued_on=None, reserved=None, foreseen=None):
    """Give the next number of the series (or a `reserved` one), freeze the paper as a PDF, let follow what follows.

    Number, PDF and consequences are kept together or not at all, so a failure leaves no gap. A `foreseen` issue whose
    paper is exactly this one brings the PDF along.
    """
    issued_on = issued_on or timezone.localdate()
    document = DOCUMENTS.fresh(document)
    DOCUMENTS.check("issue", document, by)
    series = numbering.open_series(document.agency, document.kind, issued_on.year)
    if not document.signer.is_valid_on(issued_on):
        raise PermissionDenied(_("%(signer)s does not hold this post on %(day)s.") % {
            "signer": document.signer, "day": short_date(issued_on)})  # fmt: skip
    document.series = series
    number = _number_from(series, reserved, issued_on)
    paper, source = _frozen_paper(document, number, issued_on, foreseen.paper.code if foreseen else new_code())
    is_foreseen = foreseen is not None and (foreseen.paper, foreseen.source) == (paper, source)
    content = foreseen.content if is_foreseen and foreseen.content else pdf.render(paper, source)
    frozen = {field: getattr(document, field) for field in _FROZEN}
    document = DOCUMENTS.complete("issue", document, by=by, **frozen, **stored(document, content))
    return take_effect(document, reserved, by=by)


@dataclass
class Foreseen:
    """The paper a document will most likely be issued as, and its PDF once somebody has made it."""

    paper: Paper
    source: str
    content: bytes | None = None


def foresee(documents, *, by, issued_on):
    """{key: what each document would be issued as, one after the other}; those that are refused now are left out."""
    numbers, found = {}, {}
    for document in documents:
        if not _is_ready(document, by, issued_on):
            continue
        series = document.agency, document.kind
        number = numbers[series] if series in numbers else numbering.foreseen_number(*series, issued_on.year)
        numbers[series] = number + 1
        found[document.pk] = Foreseen(*_frozen_paper(document, number, issued_on, new_code()))
    return found


def foresee_one(document, *, by, issued_on, code, reserved=None):
    """What this document would be issued as now, under this code; None where it would be refused."""
    if not _is_ready(document, by, issued_on):
        return None
    number = reserved.number if reserved else None
    series = numbering.present_series(document.agency, document.kind, issued_on.year)
    if numbering.date_refusal(series, issued_on, number=number):
        return None
    number = number or numbering.foreseen_number(document.agency, document.kind, issued_on.year)
    return Foreseen(*_frozen_paper(document, number, issued_on, code))


def _is_ready(document, by, issued_on):
    return not DOCUMENTS.refusal("issue", document, by) and document.signer.is_valid_on(issued_on)


def _frozen_paper(document, number, issued_on, code):
    """Set what an issue freezes; the paper and the source data that follow."""
    signer = document.signer
    document.number, document.issued_on, document.verification_code = number, issued_on, code
    document.signing_lines, document.signer_name = signer.signing_lines, signer.name
    document.signer_other_post = signer.other_post
    paper = paper_of(document, as_issued=True)
    return paper, source_of(document, paper)


def new_code():
    """Ten signs that nobody mixes up, in two groups: "K7M4P-2XWRT"."""
    while True:
        signs = [secrets.choice(_SIGNS) for _sign in range(10)]
        code = f"{''.join(signs[:5])}-{''.join(signs[5:])}"
        if not Document.objects.filter(verification_code=code).exists():
            return code


def _number_from(series, reserved, issued_on):
    """The number this document gets, once its day is known to fit the others of the series."""
    number = numbering.number_of(reserved, series) if reserved else None
    if why := numbering.date_refusal(series, issued_on, number=number):
        raise PermissionDenied(why)
    return number or numbering.next_number(series)


def stored(document, content):
    """The fields that hold the frozen PDF."""
    digest = hashlib.sha256(content).hexdigest()
    name = document.pdf.field.generate_filename(document, f"{document.pk}-{digest[:12]}.pdf")
    return {"pdf_sha256": digest, "pdf": document.pdf.storage.save(name, ContentFile(content))}


def take_effect(document, reserved, *, by):
    """What follows from an issue or a registration, inside its transaction."""
    if reserved:
        numbering.use(reserved, document, by=by)
    with acting(by=by, reason=document.reference):
        purpose_of(document).issued(document, by=by)
        _settle_original(document, by=by)
    return document


def _settle_original(document, *, by):
    """A document that corrects, replaces or recalls another one takes effect on it now."""
    amendment = getattr(document, "amendment", None)
    if amendment is None:
        return
    original = DOCUMENTS.fresh(amendment.original)
    if original.standing == Standing.RECALLED:
        raise PermissionDenied(_("%(reference)s was recalled meanwhile.") % {"reference": original.reference})
    original.standing = Amendment.LEADS_TO[amendment.kind]
    original.save()
    purpose_of(original).amended(original, amendment, by=by)
