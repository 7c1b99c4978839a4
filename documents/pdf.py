"""Paper to PDF with WeasyPrint. Fonts and styles are loaded once per process: faster, and without it memory leaks."""

import gc
import io
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import pydyf
import pypdfium2
import weasyprint
from django.contrib.staticfiles import finders
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.joining import LaidOut, join

#: The largest picture of a page: four times an A4 page as it is shown.
MOST_PIXELS = 4_500_000
#: For the first pages on the screen so many rows of a long table are enough.
PREVIEW_ROWS = 30
SOURCE_NAME = "du-lieu-nguon.json"
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_COLOURS = "--srgb"
_SCHEME = "static:"
_MAY_READ = "documents/"
_DRAWN_HERE = "data:image/png;base64,"


class ForbiddenAddressError(FatalURLFetchingError):
    """A document pointed outside our own static files."""


class StaticFetcher(URLFetcher):
    """Our own files under static/documents/, a picture written into the paper, and nothing else: no network."""

    def fetch(self, url, headers=None):
        if url.startswith(_DRAWN_HERE):
            return super().fetch(url, headers)
        name = url.removeprefix(_SCHEME).lstrip("/")
        if not url.startswith(_SCHEME) or not name.startswith(_MAY_READ) or ".." in name:
            raise ForbiddenAddressError(f"A document may not fetch {url}")
        path = finders.find(name)
        if path is None:
            raise ForbiddenAddressError(f"There is no static file {name}")
        return URLFetcherResponse(url, Path(path).read_bytes())


def render(paper, source=""):
    """The PDF of a `Paper`, as bytes; the same paper gives the same bytes. `source` is attached as data."""
    parts = list(paper.parts())
    if not any(part.continues for part in parts):
        return write([_layout(part.html) for part in parts], source)
    contents = [render_part(part, "" if place else source) for place, part in enumerate(parts)]
    return put_together(parts, contents)


def render_part(part, source=""):
    """The PDF of one `Part` of a long paper, as bytes; the first of them carries `source`."""
    return write([_layout(part.html)], source)


def put_together(parts, contents):
    """The whole of a long paper from the PDFs of its parts, as bytes."""
    laid_out = zip(contents, parts, strict=True)
    return join([LaidOut(content, part.continues, part.is_landscape) for content, part in laid_out], _digits)


def render_beginning(paper, pages):
    """A PDF of the first pages of a long paper: so many, or up to where its first long table goes on."""
    begun = []
    for part in paper.parts(rows=PREVIEW_ROWS):
        if part.continues or sum(len(document.pages) for document in begun) >= pages:
            break
        begun.append(_layout(part.html))
    return write(begun)


def render_annex(paper, place, signed_at):
    """The PDF of one appendix as a file of its own, as bytes."""
    return write([_layout(paper.annex(place, signed_at))])


def render_html(html):
    """The PDF of one HTML page in the layout of our papers, as bytes."""
    return write([_layout(html)])


_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def picture_of(drawing, scale=3):
    """One SVG drawing as PNG bytes, in its colours, `scale` times as fine as on a screen."""
    width, height = _VIEW.search(drawing).groups()
    size = f"@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    page = weasyprint.HTML(string=f'<html lang="vi">{drawing}</html>', url_fetcher=StaticFetcher())
    laid_out = page.render(stylesheets=[weasyprint.CSS(string=size)], font_config=_fonts_of_drawings())
    with _opened(laid_out.write_pdf()) as document:
        return _png(document[0].render(scale=scale).to_pil())


@cache
def _fonts_of_drawings():
    return FontConfiguration()


def write(laid_out, source=""):
    """Several laid-out documents as one PDF/A-3, tagged, each with page numbers of its own."""
    pages = [page for document in laid_out for page in document.pages]
    whole = laid_out[0].copy(pages)
    whole.color_profiles[_COLOURS] = _colours()
    attachments = [_attached(source)] if source else None
    return whole.write_pdf(
        pdf_variant="pdf/a-3a", output_intent=_COLOURS, attachments=attachments, finisher=_write_once
    )


def _write_once(_document, file):
    """Every object as its bytes, because writing asks for them twice: for their place and for the hash of the file."""
    file.objects = [_Written(each) for each in file.objects]


class _Written(pydyf.Object):
    """An object of a PDF that has become bytes."""

    data = compressible = None

    def __init__(self, origin):
        super().__init__()
        self.number, self.generation, self.free = origin.number, origin.generation, origin.free
        self.compressible = origin.compressible
        self.data = origin.data if origin.free == "n" else b""


class _Colours(ColorProfile):
    """What red, green and blue mean: one copy a process, its bytes as they lie in the file."""

    def __init__(self, content):
        super().__init__(io.BytesIO(content), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
        self._content = content

    @property
    def content(self):
        return self._content


@cache
def _colours():
    return _Colours((Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc").read_bytes())


def _attached(source):
    """The source data as an embedded file (PDF/A-3, AFRelationship Source), without a time of its own."""
    return weasyprint.Attachment(
        string=source, name=SOURCE_NAME, description="Dữ liệu nguồn của văn bản", relationship="Source",
        created=_NO_TIME, modified=_NO_TIME,
    )  # fmt: skip


class UnreadableError(Exception):
    """A PDF that is damaged or locked."""


def pictures(pdf, scale=1.5, at_most=None):
    """The first pages of a PDF as PNG bytes, for the preview beside the text."""
    with _opened(pdf) as document:
        return [_picture(page, scale) for page in islice(document, at_most)]


def page_count(pdf):
    """How many pages the PDF has; `UnreadableError` where it cannot be opened."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf):
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            document[0].close()
            yield document
    except (pypdfium2.PdfiumError, IndexError) as problem:
        raise UnreadableError(str(problem)) from problem


def _picture(page, scale):
    """One page as PNG bytes; a poster is drawn smaller."""
    width, height = page.get_size()
    scale = min(scale, sqrt(MOST_PIXELS / (width * height)))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    page.close()
    return _png(picture)


def _png(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


@cache
def _digits(is_landscape):
    """Ten pages, each with one digit where the number of a page stands, as bytes."""
    kind, pages = "landscape" if is_landscape else "", "".join(f"<div>{digit}</div>" for digit in range(10))
    return _layout(f'<body class="digits {kind}">{pages}</body>').write_pdf()


class _Sheet(weasyprint.HTML):
    """A page of HTML whose elements look as static/documents/elements.css says."""

    def _ua_stylesheets(self, forms=False):
        return [_shared().elements]


def _layout(html):
    shared = _shared()
    sheet = _Sheet(string=html, base_url="static:///", url_fetcher=shared.fetcher)
    return sheet.render(stylesheets=[shared.paper], font_config=shared.fonts)


class _Shared(NamedTuple):
    fonts: FontConfiguration
    fetcher: StaticFetcher
    elements: weasyprint.CSS
    paper: weasyprint.CSS


@cache
def _shared():
    """What every paper of this process needs; the collector of unused memory need not look through it again."""
    fonts, fetcher = FontConfiguration(), StaticFetcher()
    elements, paper = [
        weasyprint.CSS(string=text, base_url="static:///", font_config=fonts, url_fetcher=fetcher) for text in styles()
    ]
    gc.collect()
    gc.freeze()
    return _Shared(fonts, fetcher, elements, paper)


def styles():
    """The text of the rules papers are laid out by: what an element is, then how a paper looks."""
    return [Path(finders.find(f"documents/{name}.css")).read_text(encoding="utf-8") for name in ("elements", "paper")]
