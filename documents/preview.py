"""The pages of a document as pictures for the screen: exactly what will print."""

import base64
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from documents import pdf
from documents.papers import paper_of

#: Shown on one screen; the file itself may be longer.
MOST_PAGES = 20
#: Of a paper too long to be laid out for a screen.
MOST_OF_A_LONG_ONE = 8


@dataclass(frozen=True)
class PageImage:
    number: int
    data_url: str
    alt: str


@dataclass(frozen=True)
class Pages:
    """What is shown of a PDF; `note` says what is not, and why."""

    images: list[PageImage] = field(default_factory=list)
    note: str = ""


def page_images(document):
    """The pages of a stored document, an issued one from its stored PDF, a signed paper from its scan."""
    stored = document.pdf or (document.scan and document.scan.file)
    if stored:
        with stored.open("rb") as file:
            return images(file.read())
    return pages_of(paper_of(document))


def pages_of(paper):
    """The first pages of a paper; of a long one no more is laid out than is shown."""
    if not paper.is_long:
        return images(pdf.render(paper))
    begun = pdf.pictures(pdf.render_beginning(paper, MOST_OF_A_LONG_ONE), at_most=MOST_OF_A_LONG_ONE)
    note = _("The first %(shown)d pages are shown; the PDF has them all.") % {"shown": len(begun)}
    return Pages([_page_image(number, png) for number, png in enumerate(begun, start=1)], note)


def images(content):
    """The first pages of a PDF given as bytes."""
    try:
        total, pages = pdf.page_count(content), pdf.pictures(content, at_most=MOST_PAGES)
    except pdf.UnreadableError:
        return Pages(note=_("This PDF cannot be shown: it is damaged or protected by a password."))
    shown = [_page_image(number, png, total) for number, png in enumerate(pages, start=1)]
    return Pages(shown, _note(len(shown), total))


def _page_image(number, png, total=None):
    """One page; `total` is how many there are, None where that is not known yet."""
    words = _("Page %(number)d of %(total)d as it will print") if total else _("Page %(number)d as it will print")
    data = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return PageImage(number, data, words % {"number": number, "total": total})


def _note(shown, total):
    if shown == total:
        return ""
    return _("The first %(shown)d of %(total)d pages are shown; the PDF has them all.") % {
        "shown": shown,
        "total": total,
    }
