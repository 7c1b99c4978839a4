"""The pages of a document as pictures for the screen: exactly what will print."""

import base64
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents import pdf
from documents.papers import paper_of


@dataclass(frozen=True)
class PageImage:
    number: int
    data_url: str
    alt: str


def page_images(document):
    """Every page of a stored document, an issued one from its stored PDF, a signed paper from its scan."""
    stored = document.pdf or (document.scan and document.scan.file)
    if stored:
        with stored.open("rb") as file:
            return images(file.read())
    return images(pdf.render(paper_of(document)))


def images(content):
    """Every page of a PDF given as bytes."""
    pages = pdf.pictures(content)
    return [
        PageImage(
            number,
            f"data:image/png;base64,{base64.b64encode(png).decode()}",
            _("Page %(number)d of %(total)d as it will print") % {"number": number, "total": len(pages)},
        )
        for number, png in enumerate(pages, start=1)
    ]
