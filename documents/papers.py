"""A document as it stands on paper: everything the layout needs, nothing of the database."""

import base64
import io
import re
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil

import segno
from django.conf import settings
from django.db.models import Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from PIL import Image

from common.formats import blank_official_date, official_date, roman
from documents.models import Kind, Status

#: Recipients are held together beside the signature while they fill no more than so many lines of so many letters;
#: of more only the first are, and the others go on below them, over the page where they must.
HELD_LINES, LINE_LETTERS = 40, 30
FIRST_RECIPIENTS = 14
#: A table of more rows is laid out in parts: laid out in one piece each row would cost 0.2 MB until the last is done.
PART_ROWS = 150
_TABLE = re.compile(r"\s*(<table\b.*?</thead>)(.*)</table>\s*", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_GROUP = '<tr class="group">'


@dataclass(frozen=True)
class Part:
    """A piece of a paper laid out by itself. One that `continues` goes on with the page numbers of the one before."""

    html: str
    continues: bool = False
    is_landscape: bool = False


@dataclass(frozen=True)
class AppendixPaper:
    """An appendix; `label` is "Phụ lục", or "Phụ lục II" where there are several."""

    label: str
    title: str
    body: str
    is_landscape: bool = False

    def pieces(self, rows=PART_ROWS):
        """The body in pieces of at most so many rows, each with the head of its table; whole where it is no table."""
        if self.body.count("<table") != 1 or not (table := _TABLE.fullmatch(self.body)):
            return [self.body]
        head, lines = table[1], _ROW.findall(table[2])
        if len(lines) <= rows:
            return [self.body]
        return [mark_safe(f"{head}<tbody>{''.join(some)}</tbody></table>") for some in _in_pieces(lines, rows)]


def _in_pieces(lines, rows):
    """Rows of a table so many at once; the heading of a group stays with what follows it."""
    start = 0
    while start < len(lines):
        end = min(start + rows, len(lines))
        while end < len(lines) and end > start + 1 and lines[end - 1].startswith(_GROUP):
            end -= 1
        yield lines[start:end]
        start = end


@dataclass(frozen=True)
class Paper:
    """One official document in Decree 30/2020 layout. `body` is HTML made by our own templates."""

    superior_line: str
    agency_name: str
    number: int | None
    symbol: str
    place_name: str
    issued_on: date | None
    drafted_on: date
    title: str  # "" for a công văn, which has none
    subject: str
    addressees: list[str]
    body: str
    recipients: list[str]
    signing_lines: list[str]
    signer_name: str
    signer_other_post: str = ""
    code: str = ""  # opens the public page about the letter
    address: str = ""  # of that page
    appendices: list[AppendixPaper] = field(default_factory=list)
    draft_mark: str = "DỰ THẢO"  # stands on every page of a paper without a number

    @property
    def is_draft(self):
        return self.number is None

    @property
    def written_number(self):
        """ "05", or room to write it in."""
        return f"{self.number:02d}" if self.number else "\u2003\u2003"

    @property
    def place_and_date(self):
        when = (
            official_date(self.issued_on)
            if self.issued_on
            else blank_official_date(self.drafted_on.year, self.drafted_on.month)
        )
        return f"{self.place_name}, {when}"

    @property
    def recipient_lines(self):
        """The lines of “Nơi nhận” as printed: (those beside the signature, those that go on below them)."""
        *lines, last = self.recipients or [""]
        printed = [*(f"- {line};" for line in lines), f"- {last}."] if self.recipients else []
        filled = sum(ceil(len(line) / LINE_LETTERS) for line in printed)
        beside = len(printed) if filled <= HELD_LINES else FIRST_RECIPIENTS
        return printed[:beside], printed[beside:]

    @property
    def belongs_to(self):
        """The line under the title of an appendix; on an electronic document it is left unfilled."""
        return f"(Kèm theo {self.title or 'Công văn'} số   /{self.symbol} ngày   tháng   năm    của {self.agency_name})"

    @property
    def code_picture(self):
        """The QR code of the public page as PNG bytes, fine enough to print in 16 mm."""
        squares = segno.make(self.address, error="m").matrix
        grey = bytes(0 if is_dark else 255 for row in squares for is_dark in row)
        drawn = Image.frombytes("L", (len(squares), len(squares)), grey)
        picture = io.BytesIO()
        drawn.resize([8 * len(squares)] * 2, Image.Resampling.NEAREST).save(picture, "PNG", compress_level=1)
        return picture.getvalue()

    @property
    def code_picture_address(self):
        """The picture as an address that holds it."""
        return f"data:image/png;base64,{base64.b64encode(self.code_picture).decode()}"

    def annex(self, place, signed_at):
        """The HTML of one appendix as a file of its own, which the agency signs by itself.

        Its first page bears number and time of signing at the top right, without a picture (Annex I, II.8b and
        III.1.d); `signed_at` is an aware moment, printed in Vietnam's time.
        """
        when = timezone.localtime(signed_at)
        offset = f"{when:%z}"
        mark = f"Số: {self.written_number}/{self.symbol}; {when:%d/%m/%Y}; {when:%H:%M:%S} {offset[:3]}:{offset[3:]}"
        context = {"paper": self, "appendix": self.appendices[place], "mark": mark}
        return render_to_string("documents/appendix.html", context)

    def parts(self, rows=PART_ROWS):
        """The document, then each appendix, each with page numbers of its own; long tables in parts."""
        yield Part(render_to_string("documents/paper.html", {"paper": self}))
        for appendix in self.appendices:
            for place, piece in enumerate(appendix.pieces(rows)):
                context = {"paper": self, "appendix": replace(appendix, body=piece), "continues": place > 0}
                yield Part(render_to_string("documents/appendix.html", context), place > 0, appendix.is_landscape)

    @property
    def is_long(self):
        """Whether a table of it is too long to be laid out in one piece."""
        return any(len(appendix.pieces()) > 1 for appendix in self.appendices)


def official_text(template, context):
    """A text of an official document, in Vietnamese whatever language its author works in."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(template, context)


def paper_of(document, *, as_issued=False):
    """The `Paper` of a stored document: as issued, or as its draft stands now."""
    signer = document.signer
    if document.is_issued or as_issued or signer is None:
        lines, name, other_post = document.signing_lines, document.signer_name, document.signer_other_post
    else:
        lines, name, other_post = signer.signing_lines, signer.name, signer.other_post
    issuer = (_issuer_then(document) if document.is_issued else None) or document.agency
    return Paper(
        superior_line=issuer.superior_line,
        agency_name=issuer.letterhead or issuer.name,
        number=document.number,
        symbol=document.symbol,
        place_name=document.place_name,
        issued_on=document.issued_on,
        drafted_on=document.drafted_on,
        title="" if document.kind == Kind.LETTER else document.get_kind_display(),
        subject=document.subject,
        addressees=[to.name for to in document.addressees.all() if not to.is_copy],
        body=mark_safe(document.body),
        recipients=_recipients(document),
        signing_lines=lines,
        signer_name=name,
        signer_other_post=other_post,
        code=document.verification_code or "",
        address=public_address(document),
        appendices=_appendices(document),
    )


def _issuer_then(document):
    """Its agency as it was called when the document was issued, or as it was first entered where that came later."""
    issued = document.history.filter(status=Status.ISSUED).order_by("history_date", "history_id")
    known = document.agency.history.filter(history_date__lte=Subquery(issued.values("history_date")[:1]))
    return (
        known.order_by("-history_date", "-history_id").first()
        or document.agency.history.order_by("history_date", "history_id").first()
    )


def public_address(document):
    """Where everybody may check the letter; "" before it is issued."""
    if not document.verification_code:
        return ""
    return f"{settings.SITE_URL}{reverse('portal:verify', args=[document.verification_code])}"


def _recipients(document):
    """The lines under “Nơi nhận”, without punctuation: "Như trên" first where there are addressees."""
    everybody = list(document.addressees.all())
    lines = ["Như trên"] if any(not to.is_copy for to in everybody) else []
    lines += [to.name for to in everybody if to.is_copy]
    return [*lines, f"Lưu: VT, {document.drafting_unit}" if document.drafting_unit else "Lưu: VT"]


def _appendices(document):
    stored = list(document.appendices.all())
    return [
        AppendixPaper(
            label=f"Phụ lục {roman(appendix.number)}" if len(stored) > 1 else "Phụ lục",
            title=appendix.title,
            body=mark_safe(appendix.body),
            is_landscape=appendix.is_landscape,
        )
        for appendix in stored
    ]
