"""What everybody may know of an issued letter: that it exists, when, about what, whether it still stands; no person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.models import Document
from documents.purposes import purpose_of


@dataclass(frozen=True)
class PublicFacts:
    number_and_symbol: str
    issued_on: date
    kind: str
    agency: str
    subject: str
    sha256: str
    standing: str
    standing_label: Any
    changes: list  # (kind of change, number and symbol, day)


def facts_of(code):
    """The public facts of the issued letter with this code; None where there is none."""
    document = Document.objects.issued().select_related("agency").filter(verification_code=code).first()
    if document is None:
        return None
    changes = document.amendments.in_force().select_related("document")
    return PublicFacts(
        number_and_symbol=document.number_and_symbol,
        issued_on=document.issued_on,
        kind=document.get_kind_display(),
        agency=document.agency.name,
        subject=purpose_of(document).masked(document, document.subject),
        sha256=document.pdf_sha256,
        standing=document.standing,
        standing_label=document.get_standing_display(),
        changes=[(c.get_kind_display(), c.document.number_and_symbol, c.document.issued_on) for c in changes],
    )
