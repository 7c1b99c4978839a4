"""Letters signed on paper or in another system: handed in as a scan, then registered as they are."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common import uploads
from common.acting import acting
from documents import numbering, pdf, workflow
from documents.models import Addressee, Document
from documents.purposes import purpose_of
from documents.steps import DOCUMENTS


@transaction.atomic
def enter_paper(*, agency, kind, subject, symbol, origin, file, by, to=(), purpose="paper"):
    """A letter that was signed on paper or in another system, with its scan; its number comes with `register_paper`."""
    if workflow.write_refusal(agency, by, is_signed=True):
        raise PermissionDenied(_("Your role does not allow registering documents of %(agency)s.") % {"agency": agency})
    scan = keep_signed(file, by=by)
    with acting(by=by, reason=gettext_lazy("signed letter handed in")):
        document = Document.objects.create(
            agency=agency, kind=kind, purpose=purpose, subject=subject, symbol=symbol, origin=origin,
            place_name=agency.place_name, drafted_by=by, scan=scan,
        )  # fmt: skip
        for name, body in to:
            Addressee.objects.create(document=document, name=name, agency=body)
    return document


def keep_signed(file, *, by):
    """Store a letter that was signed elsewhere."""
    if uploads.check(file) != "application/pdf":
        raise ValidationError({"file": _("Hand in the signed letter as a PDF.")})
    try:
        pdf.page_count(file.read())
    except pdf.UnreadableError as problem:
        raise ValidationError(
            {"file": _("The PDF cannot be opened: it is damaged or protected by a password. Scan or save it again.")}
        ) from problem
    finally:
        file.seek(0)
    with acting(by=by, reason=gettext_lazy("signed letter handed in")):
        return uploads.keep(file)


def register_refusal(document, user):
    """Why this user cannot register the letter at all; "" when they can, be it complete or not."""
    if not user.may(Permission.DOCUMENT_ISSUE, at=document.agency):
        return _("Your role does not allow registering documents of %(agency)s.") % {"agency": document.agency}
    if document.is_written_here or document.scan is None:
        return _("Only a letter handed in as a signed PDF can be registered.")
    return DOCUMENTS.refusal("register", document, user)


def register_gap(document, user):
    """What is still missing before the letter can be registered; "" when nothing is."""
    return purpose_of(document).refusal("issue", document, user)


@transaction.atomic
def register_paper(document, *, by, issued_on, signer_name, number=None, symbol="", reason="", gap_reason=""):
    """Enter a letter signed on paper or in another system: its number, symbol, day and signer as they stand on it.

    A paper letter of our series bears the next number, which it takes without a `number` as well, one that was
    reserved, or a later one: those in between are then reserved because of `gap_reason`. A day out of the order of
    numbers needs a `reason`. A letter numbered elsewhere stands in a series of its own.
    """
    document = DOCUMENTS.fresh(document)
    if why := register_refusal(document, by) or register_gap(document, by):
        raise PermissionDenied(why)
    if issued_on > timezone.localdate():
        raise ValidationError({"issued_on": _("A document cannot be issued on a day to come.")})
    is_external = document.origin == Document.Origin.OTHER_SYSTEM
    series = numbering.open_series(document.agency, document.kind, issued_on.year, is_external=is_external)
    reserved = None
    if is_external:
        number = _number_elsewhere(series, number)
    else:
        _check_order(series, number, issued_on, reason)
        number, reserved = numbering.take(series, number, gap_reason=gap_reason, by=by)
    with document.scan.file.open("rb") as scan:
        stored = workflow.stored(document, scan.read())
    document = DOCUMENTS.complete(
        "register", document, by=by, series=series, number=number, symbol=symbol or document.symbol,
        issued_on=issued_on, signer_name=signer_name, registration_reason=reason, **stored,
    )  # fmt: skip
    return workflow.take_effect(document, reserved, by=by)


def _number_elsewhere(series, number):
    if not number:
        raise ValidationError({"number": _("Type the number the letter bears.")})
    if Document.objects.filter(series=series, number=number).exists():
        raise ValidationError({"number": _("A letter with this number is registered already.")})
    return number


def _check_order(series, number, issued_on, reason):
    """A day out of the order of numbers stands in the book with its reason."""
    out_of_order = numbering.date_refusal(series, issued_on, number=number)
    if out_of_order and not reason:
        raise ValidationError({"reason": [out_of_order, _("Say why the letter is registered late.")]})
