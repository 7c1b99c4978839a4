"""After issue: corrigendum, replacement and recall, each a document of its own (Decree 30/2020, Article 18.3–4)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from documents import pdf, registering, signatures, workflow
from documents.models import Amendment, Document, Kind, SignedCopy, Status
from documents.papers import official_text, paper_of
from documents.purposes import Purpose, purpose_of

_TEMPLATES = {
    Amendment.Kind.CORRIGENDUM: "documents/letters/corrigendum.html",
    Amendment.Kind.RECALL: "documents/letters/recall.html",
}
_SUBJECTS = {Amendment.Kind.CORRIGENDUM: "đính chính", Amendment.Kind.RECALL: "thu hồi"}


def refusal(original, kind, user):
    """Why this user cannot begin to correct, replace or recall the document; "" when they can."""
    if not user.may(Permission.DOCUMENT_DRAFT, at=original.agency):
        return _("Your role does not allow drafting documents of %(agency)s.") % {"agency": original.agency}
    if kind not in kinds(original):
        return _impossible(kind)
    if original.status != Status.ISSUED:
        return _("Only an issued document is corrected, replaced or recalled.")
    if not original.is_in_force:
        return _("%(reference)s is no longer in force: %(standing)s.") % {
            "reference": original.reference,
            "standing": original.get_standing_display(),
        }
    if under_way := original.amendments.in_preparation().first():
        return _("A document of this kind is being prepared: %(kind)s.") % {"kind": under_way.get_kind_display()}
    return ""


def _impossible(kind):
    if kind == Amendment.Kind.REPLACEMENT:
        return _("Papers of this kind are not replaced here.")
    return _("Papers of this kind are not recalled here: what they set going would not stop.")


def kinds(original):
    """What can be done to this document once issued: a replacement or a recall only where its room can follow it."""
    purpose = purpose_of(original)
    possible = {
        Amendment.Kind.CORRIGENDUM: True,
        Amendment.Kind.REPLACEMENT: type(purpose).replacement is not Purpose.replacement,
        Amendment.Kind.RECALL: purpose.may_be_recalled,
    }
    return [kind for kind in Amendment.Kind if possible[kind]]


@transaction.atomic
def amend(original, kind, *, by, reason, details=""):
    """The draft of a document that corrects, replaces or recalls `original`; it goes to the same readers."""
    original = Document.objects.select_for_update().get(pk=original.pk)
    if why := refusal(original, kind, by):
        raise PermissionDenied(why)
    if kind == Amendment.Kind.REPLACEMENT:
        document = purpose_of(original).replacement(original, by=by, reason=reason)
    else:
        document = _letter(original, kind, by=by)
    with acting(by=by, reason=reason):
        amendment = Amendment.objects.create(
            kind=kind, original=original, document=document, reason=reason, details=details
        )
    if kind in _TEMPLATES:
        write(amendment, by=by)
    return amendment


def revise(amendment, *, by, reason, details):
    """Change the words of a corrigendum or a recall while it is a draft."""
    if why := workflow.edit_refusal(amendment.document, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=gettext_lazy("draft changed")), transaction.atomic():
        amendment.reason, amendment.details = reason, details
        amendment.save()
        write(amendment, by=by)


def write(amendment, *, by):
    body = official_text(_TEMPLATES[amendment.kind], {"amendment": amendment, "original": amendment.original})
    workflow.rewrite(amendment.document, by=by, body=body)


def annex_file(document, appendix):
    """One appendix of an issued document as a PDF of its own, to be signed by itself (Decree 30, Annex I, III.1.d).

    The time on it is that of the issue, so the same appendix gives the same bytes whenever it is asked for.
    """
    issued = document.history.filter(status=Status.ISSUED).earliest("history_date", "history_id")
    place = [part.pk for part in document.appendices.all()].index(appendix.pk)
    return pdf.render_annex(paper_of(document), place, issued.history_date)


@transaction.atomic
def take_signed(document, file, *, by, appendix=None, roots=None):
    """Keep a signed copy with what was found in it; a copy that proves nothing is kept too, and says so.

    `appendix` where the file is one that was signed by itself; `roots` are trusted instead of those of the settings.
    """
    if not by.may(Permission.DOCUMENT_ISSUE, at=document.agency):
        raise PermissionDenied(_("Only who registers the agency's documents hands in signed copies."))
    if not document.is_issued or not document.is_written_here:
        raise PermissionDenied(_("Only an issued document that was written here has signed copies."))
    upload = registering.keep_signed(file, by=by)
    with upload.file.open("rb") as kept:
        report = signatures.verify(
            kept.read(), annex_file(document, appendix) if appendix else _stored(document), roots
        )
    with acting(by=by, reason=gettext_lazy("signed copy handed in")):
        return SignedCopy.objects.create(
            document=document, appendix=appendix, upload=upload, verdict=report.verdict, facts=report.as_data()
        )


def withdraw_refusal(copy, user):
    """Why this user does not withdraw a signed copy; "" when they do."""
    if not user.may(Permission.DOCUMENT_ISSUE, at=copy.document.agency):
        return _("Only who registers the agency's documents withdraws signed copies.")
    if copy.withdrawn_because:
        return _("This copy is withdrawn already.")
    return ""


@transaction.atomic
def withdraw_signed(copy, *, by, reason):
    """A wrong file no longer counts; it stays on record, with the reason. The latest of the others counts again."""
    copy = SignedCopy.objects.select_for_update(of=("self",)).select_related("document__agency").get(pk=copy.pk)
    if why := withdraw_refusal(copy, by):
        raise PermissionDenied(why)
    with acting(by=by, reason=reason):
        copy.change(withdrawn_because=reason)
    return copy


def _stored(document):
    with document.pdf.open("rb") as stored:
        return stored.read()


def _letter(original, kind, *, by):
    readers = [(a.name, a.agency, a.is_copy) for a in original.addressees.select_related("agency")]
    to = [(name, agency) for name, agency, is_copy in readers if not is_copy]
    copies = [(name, agency) for name, agency, is_copy in readers if is_copy]
    return workflow.draft(
        agency=original.agency,
        kind=Kind.LETTER,
        purpose=kind,
        subject=f"{_SUBJECTS[kind]} {original.get_kind_display()} số {original.number_and_symbol}",
        by=by,
        to=to or copies,
        copies=copies if to else (),
        drafting_unit=original.drafting_unit,
        signer=original.signer,
    )


class _AmendingLetter(Purpose):
    """A letter about another letter; what it does to that one is done by the workflow on issue."""

    review_template = "documents/_amendment_review.html"

    def refusal(self, step, document, user):
        if step in ("submit", "clear", "issue") and not document.amendment.original.is_in_force:
            return _("%(reference)s is no longer in force.") % {"reference": document.amendment.original.reference}
        return ""

    def masked(self, document, text):
        original = document.amendment.original
        return purpose_of(original).masked(original, text)

    def review_context(self, document):
        return {"amendment": document.amendment}


class Corrigendum(_AmendingLetter):
    key = Amendment.Kind.CORRIGENDUM
    label = gettext_lazy("Corrigendum")


class Recall(_AmendingLetter):
    key = Amendment.Kind.RECALL
    label = gettext_lazy("Recall")


class SignedPaper(Purpose):
    """A letter signed elsewhere that answers nothing here: it is entered so that the register is complete."""

    key = "paper"
    may_be_recalled = True
    label = gettext_lazy("Registered from paper or another system")


CORRIGENDUM, RECALL, SIGNED_PAPER = Corrigendum(), Recall(), SignedPaper()
