"""Reads a paper before it is signed and explains what does not keep Decree 30/2020/NĐ-CP: it warns, it never blocks."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from common.formats import written_month
from directory.models import Agency
from documents.models import Kind

_ANNEX = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II"
_RULES = {
    "issuer": f"{_ANNEX}, khoản 2",
    "symbol": f"{_ANNEX}, khoản 3",
    "place": f"{_ANNEX}, khoản 4",
    "subject": f"{_ANNEX}, khoản 5",
    "text": f"{_ANNEX}, khoản 6",
    "signing": f"{_ANNEX}, khoản 7; Điều 13",
    "recipients": f"{_ANNEX}, khoản 9",
    "end": "Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 và Mẫu 1.5",
    "abbreviations": "Nghị định 30/2020/NĐ-CP, Phụ lục III, Mục I",
}

#: What fits on one line under the number: 12 points in a column of 62 mm.
_LETTERS_A_LINE, _LINES_OF_SUBJECT = 33, 3
_TITLES = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|ThS|Th\.S|T\.S|BS|BSCK\w*|DS|LS|KS|KTS|CN|NGƯT|NGND|NSƯT|NSND|AHLĐ|Tiến sĩ|Thạc sĩ|"
    r"Giáo sư|Phó Giáo sư|Kỹ sư|Bác sĩ|Luật sư|Cử nhân|Nhà giáo)\b\.?[\s,-]*)+",
    re.IGNORECASE,
)
_GROUNDS = re.compile(r"^(?:Căn cứ|Thực hiện|Theo|Trả lời|Phúc đáp|Tiếp theo|Trên cơ sở|Xét)\b")
_DAY = re.compile(r"\bngày (\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")
_LONG_DAY = re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2})(?= năm)")
_CITED = re.compile(
    r"\b(Công văn|Quyết định|Nghị quyết|Nghị định|Thông tư|Báo cáo|Thông báo|Kế hoạch|Chỉ thị|Tờ trình)"
    r"(?: số)? (\d+)(/[\w/.\-–]+[\w])(?=(.{0,60}))"
)
_WITH_A_DAY = re.compile(r"^\W{0,3}(?:,? ?ngày \d|\(ngày)")
_BLANK = re.compile(r"(?:\.{4,}|…{2,}|_{3,}|\[[^\]]*…?\])")
_PLACES_TO_SIGN = re.compile(r'<table class="signing">.*?</table>', re.DOTALL)
_COMMON_NOUNS = ("tỉnh ", "Tỉnh ", "huyện ", "Huyện ")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: where it stands, what is wrong and how it is right, and the rule that says so."""

    code: str
    words: str
    rule: str
    where: str = ""


def findings(paper, *, kind, agency, signer=None, day=None, needs_grounds=False):
    """Everything worth a second look, from the top of the page to its end."""
    text = plain_text(paper.body)
    found = [
        *_of_symbol(paper, kind),
        *_of_place(paper, agency),
        *_of_subject(paper),
        *_of_addressees(paper, kind),
        *_of_grounds(paper, kind, text, needs_grounds),
        *_of_days(text),
        *_of_citations(text),
        *_of_blanks(text),
        *_of_the_end(text),
        *_of_signing(paper, agency, signer, day),
    ]
    return list(dict.fromkeys(found))


def findings_of(document, paper):
    """The same for a stored document with the paper it makes."""
    return findings(
        paper,
        kind=document.kind,
        agency=document.agency,
        signer=document.signer,
        day=document.issued_on or document.drafted_on,
    )


def plain_text(html):
    """The words of a body, one paragraph or cell a line; without the places where others sign minutes."""
    lines = re.sub(r"(?i)</(?:p|h[1-6]|td|th|li|tr)>|<br\s*/?>", "\n", _PLACES_TO_SIGN.sub("", str(html)))
    return "\n".join(" ".join(line.split()) for line in unescape(strip_tags(lines)).splitlines() if line.strip())


def _of_symbol(paper, kind):
    if " " in paper.symbol.strip():
        yield Finding("symbol_space", _("The symbol holds a space."), _RULES["symbol"], paper.symbol)
    if kind == Kind.LETTER and re.match(r"(?i)CV[-/]", paper.symbol):
        words = _("A công văn has no abbreviation of its kind in the symbol: leave “CV” out.")
        yield Finding("symbol_kind", words, _RULES["abbreviations"], paper.symbol)
    if kind != Kind.LETTER and not paper.symbol.startswith(f"{kind}-"):
        words = _("The symbol of this kind begins with “%(kind)s-”.") % {"kind": kind}
        yield Finding("symbol_kind", words, _RULES["symbol"], paper.symbol)


def _of_place(paper, agency):
    place = paper.place_name
    if not place:
        yield Finding("place_missing", _("The place is missing before the date."), _RULES["place"])
        return
    if place[0] != place[0].upper():
        yield Finding("place_case", _("The place begins with a capital letter."), _RULES["place"], place)
    if place.startswith(_COMMON_NOUNS):
        words = _("The name of a province stands without the word “tỉnh”.")
        yield Finding("place_noun", words, _RULES["place"], place)
    if place != agency.place_name:
        words = _("The agency's seat is %(place)s.") % {"place": agency.place_name}
        yield Finding("place_other", words, _RULES["place"], place)


def _of_subject(paper):
    subject = paper.subject
    if not paper.title and len(subject) + 4 > _LETTERS_A_LINE * _LINES_OF_SUBJECT:
        words = _("“V/v” takes more than three lines. Say the main content in one short phrase.")
        yield Finding("subject_long", words, _RULES["subject"], subject)
    if re.match(r"(?i)(V/v|về việc)\b", subject) and not paper.title:
        words = _("“V/v” is printed already; it would stand there twice.")
        yield Finding("subject_twice", words, _RULES["subject"], subject)
    if subject.endswith((".", ";", ":")):
        yield Finding("subject_end", _("The subject ends without a full stop."), _RULES["subject"], subject)


def _of_addressees(paper, kind):
    if kind == Kind.LETTER and not paper.addressees:
        yield Finding("addressee_none", _("“Kính gửi” is missing."), _RULES["recipients"])
    listed = [line.strip("-;. ") for line in paper.recipients]
    if paper.addressees and "Như trên" not in listed:
        for name in paper.addressees:
            if name not in listed:
                words = _("An addressee is not under “Nơi nhận”: it begins with “Như trên”.")
                yield Finding("addressee_missing", words, _RULES["recipients"], name)
    for name in paper.addressees:
        if name in listed:
            words = _("It stands under “Kính gửi” and again under “Nơi nhận”; “Như trên” is enough.")
            yield Finding("addressee_twice", words, _RULES["recipients"], name)
    if not any(line.startswith("Lưu:") for line in listed):
        words = _("“Nơi nhận” ends with where the document is kept: “Lưu: VT, …”.")
        yield Finding("recipients_kept", words, _RULES["recipients"])


def _of_grounds(paper, kind, text, needs_grounds):
    if kind not in (Kind.LETTER, Kind.DECISION, Kind.PLAN) and not needs_grounds:
        return
    first = text.split("\n")[0] if text else ""
    if not _GROUNDS.match(first):
        words = _("The text does not begin with what it rests on: “Căn cứ …”, “Thực hiện …”, “Trả lời …”.")
        yield Finding("grounds", words, _RULES["text"], first[:120])


def _of_days(text):
    for match in _DAY.finditer(text):
        day, _sign, month, year = match.groups()
        right = f"{int(day):02d}/{written_month(int(month))}/{year}"
        if f"{day}/{month}/{year}" != right or _sign == "-":
            yield _written_as(match.group(), f"ngày {right}")
    for match in _LONG_DAY.finditer(text):
        day, month = match.groups()
        right = f"ngày {int(day):02d} tháng {written_month(int(month))}"
        if match.group() != right:
            yield _written_as(match.group(), right)


def _written_as(found, right):
    words = _("A zero stands before days under 10 and months 1 and 2 only: “%(right)s”.") % {"right": right}
    return Finding("zeros", words, _RULES["place"], found)


def _of_citations(text):
    seen = set()
    for match in _CITED.finditer(text):
        kind, number, symbol, after = match.groups()
        cited = f"{kind} số {number}{symbol}"
        if int(number) < 10 and not number.startswith("0"):
            words = _("A number under 10 has a zero in front: “%(right)s”.") % {"right": f"0{number}{symbol}"}
            yield Finding("zeros", words, _RULES["symbol"], cited)
        is_law = kind in ("Nghị định", "Nghị quyết", "Thông tư") and re.match(r"/\d{4}/", symbol)
        if cited not in seen and not is_law and not _WITH_A_DAY.match(after):
            words = _("Cited for the first time, a document has its day, its issuer and its subject.")
            yield Finding("citation", words, _RULES["text"], cited)
        seen.add(cited)


def _of_blanks(text):
    for match in _BLANK.finditer(text):
        around = text[max(0, match.start() - 30) : match.end() + 10].replace("\n", " ")
        yield Finding("blank", _("Something is still to be filled in."), _RULES["text"], around)


def _of_the_end(text):
    if not text.endswith("./."):
        last = text.split("\n")[-1][-80:] if text else ""
        yield Finding("end", _("The text ends with “./.”."), _RULES["end"], last)


def _of_signing(paper, agency, signer, day):
    first = paper.signing_lines[0] if paper.signing_lines else ""
    if not first:
        yield Finding("signer_none", _("Nobody is named to sign."), _RULES["signing"])
        return
    if agency.regime == Agency.Regime.HEAD_LED and first.startswith("TM."):
        words = _("This agency is led by its head: “TM.” is for collective bodies only.")
        yield Finding("tm", words, _RULES["signing"], first)
    if agency.regime == Agency.Regime.COLLECTIVE and not first.startswith(("TM.", "TL.", "TUQ.")):
        words = _("A collective body is signed for with “TM.” and its name.")
        yield Finding("tm_missing", words, _RULES["signing"], first)
    if match := _TITLES.match(paper.signer_name):
        words = _("No academic or honorary title before the name: “%(right)s”.") % {
            "right": paper.signer_name[match.end() :]
        }
        yield Finding("titles", words, _RULES["signing"], paper.signer_name)
    if signer and day and not signer.is_valid_on(day):
        words = _("The signer does not hold this post on the day of the document.")
        yield Finding("signer_day", words, _RULES["signing"], str(signer))
