"""What a letter says, as data: attached to its PDF so that other systems need not read it off the page."""

import json

from documents.checker import plain_text
from documents.purposes import purpose_of


def source_of(document, paper):
    """The source data of an issued document as JSON; the same document gives the same text."""
    data = {
        "number": paper.number,
        "symbol": paper.symbol,
        "kind": document.kind,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
        "place": paper.place_name,
        "agency": document.agency.name,
        "subject": paper.subject,
        "addressees": paper.addressees,
        "recipients": paper.recipients,
        "signing": {"lines": paper.signing_lines, "name": paper.signer_name},
        "verification_code": paper.code,
        "text": plain_text(paper.body).split("\n"),
        "content": purpose_of(document).source_data(document),
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
