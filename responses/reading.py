"""Reads an answer sentence by sentence: dated promises, promises without a date, phrases that commit to nothing."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from responses.models import VaguePhrase

_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]*)*[.;!?]?")
_ABBREVIATED = re.compile(r"\b(?:TP|TX|ThS|TS|KT|TM|Tr|v\.v|Nxb)\.$")
_PROMISES = re.compile(
    r"\b(?:sẽ|cam kết|phấn đấu|dự kiến|bảo đảm|đảm bảo|hoàn thành|hoàn thiện|triển khai|bố trí|khắc phục|khởi công|"
    r"bàn giao|thực hiện|sửa chữa|lắp đặt|xử lý|giải quyết|đưa vào sử dụng|trình|ban hành)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:sẽ|cam kết|phấn đấu|dự kiến)\b", re.IGNORECASE)
_DONE = re.compile(r"\bđã\b", re.IGNORECASE)

_DAY = re.compile(r"(?:ngày\s+)?\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_LONG_DAY = re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b", re.IGNORECASE)
_SHORT_DAY = re.compile(r"\bngày (\d{1,2})/(\d{1,2})\b(?!/)", re.IGNORECASE)
_MONTH = re.compile(r"\b(trước )?tháng (\d{1,2})(?:/| năm )(\d{4})\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b(trước )?quý (IV|III|II|I|[1-4])(?:(?:/| năm |, năm )(\d{4}))?\b", re.IGNORECASE)
_HALF = re.compile(r"\b6 tháng (đầu|cuối) năm (\d{4})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(trước )?năm (\d{4})\b", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Promise:
    """A sentence that promises something. Without `due_on`, `problem` says why there is no date."""

    sentence: str
    due_on: date | None = None
    problem: str = ""


@dataclass(frozen=True)
class Hint:
    """A sentence worth a second look: it holds a vague phrase, or promises without a day."""

    sentence: str
    phrase: str
    words: str


def sentences(text):
    """The sentences of a text as typed; dots in numbers and common abbreviations end none."""
    found = []
    for match in _SENTENCE.finditer(text):
        piece = match.group().strip()
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip(" .;"):
            found.append(piece)
    return found


def promises(text, today):
    """The promises of a text made on `today`, in its order; a person confirms or drops each."""
    return [found for sentence in sentences(text) if (found := _promise(sentence, today))]


def _promise(sentence, today):
    if not _PROMISES.search(sentence):
        return None
    days, problems = _days(sentence, today)
    ahead = [day for day in days if day >= today]
    if problems and not ahead:
        return Promise(sentence, problem=problems[0])
    if ahead:
        return Promise(sentence, due_on=max(ahead))
    if _FUTURE.search(sentence) and not (_DONE.search(sentence) or days):
        return Promise(sentence, problem=_("It names no day, month, quarter or year."))
    return None


def _days(sentence, today):
    """(last days meant, what is wrong with impossible ones). Each piece of text is read once, the exactest first."""
    days, problems, rest = [], [], sentence
    readers = [
        (_LONG_DAY, lambda m: _day(*m.groups())),
        (_DAY, lambda m: _day(*m.groups())),
        (_SHORT_DAY, lambda m: _next_such_day(m, today)),
        (_HALF, lambda m: date(int(m[2]), 6, 30) if m[1].lower() == "đầu" else date(int(m[2]), 12, 31)),
        (_MONTH, lambda m: _month_end(int(m[3]), int(m[2]), before=m[1])),
        (_QUARTER, lambda m: _quarter_end(m, today)),
        (_YEAR, lambda m: date(int(m[2]) - bool(m[1]), 12, 31)),
    ]
    for pattern, read in readers:
        for match in pattern.finditer(rest):
            try:
                days.append(read(match))
            except ValueError:
                problems.append(_("There is no “%(words)s” in the calendar.") % {"words": match.group().strip()})
        rest = pattern.sub(" ", rest)
    return days, problems


def _day(day, month, year):
    return date(int(year), int(month), int(day))


def _next_such_day(match, today):
    """A day without its year: the next one to come."""
    found = _day(match[1], match[2], today.year)
    return found if found >= today else _day(match[1], match[2], today.year + 1)


def _month_end(year, month, *, before=None):
    if not 1 <= month <= 12:
        raise ValueError(month)
    if before:
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, monthrange(year, month)[1])


def _quarter_end(match, today):
    """The last day of a quarter; without a year, of the next such quarter that is not over."""
    quarter = _ROMAN.get(match[2].lower()) or int(match[2])
    year = int(match[3]) if match[3] else today.year
    if match[1]:
        return date(year, quarter * 3 - 2, 1) - timedelta(days=1)
    end = _month_end(year, quarter * 3)
    return end if match[3] or end >= today else _month_end(year + 1, quarter * 3)


def hints(answer, today, phrases=None):
    """What the council will notice in this answer: vague phrases and promises without a date."""
    if phrases is None:
        phrases = phrases_of(answer.reply.agency.council_id)
    found = []
    for sentence in sentences(answer.text):
        low = sentence.lower()
        for phrase in phrases:
            if phrase.lower() in low:
                found.append(Hint(sentence, phrase, _("says nothing definite")))
                break
        else:
            promise = _promise(sentence, today)
            if promise and not promise.due_on and not answer.roadmap_on:
                found.append(Hint(sentence, "", promise.problem))
    return found


def phrases_of(council):
    """The vague phrases of a council, longest first, so that the most telling one is named."""
    return sorted(VaguePhrase.objects.of(council).values_list("phrase", flat=True), key=len, reverse=True)
