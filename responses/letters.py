"""The text of a reply letter, written from its answers."""

from itertools import count, islice, product

from common.formats import short_date
from documents.papers import official_text

_ENDS = (".", "!", "?", "…")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"


def default_opening(agency, assignments):
    """ "Thực hiện Công văn số 15/HĐND ngày 08/10/2026 của … về việc …"."""
    letter = next((a.forwarding.document for a in assignments if a.forwarding.document.is_issued), None)
    if letter is None:
        return ""
    return (
        f"Thực hiện Công văn số {letter.number_and_symbol} ngày {short_date(letter.issued_on)} của "
        f"{letter.agency.name} về việc {letter.subject}, {agency.name} trả lời như sau:"
    )


def default_closing(agency, addressee_names):
    return (
        f"Trên đây là nội dung trả lời kiến nghị của cử tri, {agency.name} kính báo cáo {' và '.join(addressee_names)}."
    )


def default_subject(petitions):
    return "trả lời ý kiến, kiến nghị của cử tri" if len(petitions) == 1 else "trả lời các ý kiến, kiến nghị của cử tri"


def default_heading(content):
    """ "Về việc lắp đèn chiếu sáng …": the first sentence of a point as a heading."""
    first = content.split("\n")[0].split(". ")[0].rstrip(".;: ")
    for opening in ("Đề nghị ", "Kiến nghị ", "Về việc "):
        first = first.removeprefix(opening)
    return f"Về việc {first[:1].lower()}{first[1:]}"[:300]


def reply_body(reply, answers=None):
    """The letter's text: opening, each petition with its answers, closing. Voters are named: letters stay whole.

    `answers` may be given as typed, unsaved; otherwise they are read.
    """
    if answers is None:
        answers = reply.answers.in_letter_order().select_related("point__petition", "reason")
    petitions = {}
    for answer in answers:
        petitions.setdefault(answer.point.petition, []).append(answer)
    sections = [
        {
            "petition": petition,
            "raised": _raised(petition),
            "answers": list(zip(_labels(len(group)), group, strict=True)),
        }
        for petition, group in petitions.items()
    ]
    return official_text("responses/letters/reply.html", {"reply": reply, "sections": sections})


def _labels(number):
    """ "a", "b", … "y", "aa", "ab", …: so many labels of points, in the order of administrative documents."""
    endless = ("".join(signs) for length in count(1) for signs in product(_ALPHABET, repeat=length))
    return islice(endless, number)


def _raised(petition):
    """Who said it, in which words and with which `stop` behind the quotation.

    The words are those of the first origin, or the points where nobody wrote them down.
    """
    origin = petition.origins.select_related("unit")[0]
    who = f"cử tri {origin.voter_name}" if origin.voter_name else "cử tri"
    where = origin.voter_address or origin.unit.name
    words = origin.verbatim or " ".join(point.content for point in petition.points.all())
    who = f"{who}, {where}" if origin.voter_name else f"{who} {where}"
    return {"who": who, "words": words, "stop": "" if words.rstrip().endswith(_ENDS) else "."}
