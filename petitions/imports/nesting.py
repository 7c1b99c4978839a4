"""Numbered parts under a petition, to any depth: which text is a point of its own, which only leads up to its parts."""

import re
from dataclasses import dataclass, field

from common.text import fold

_HEADING = re.compile(r"^(?:ve|linh vuc|nhom|cong tac|doi voi|van de|lien quan) ")
_ASKS = re.compile(r" (?:de nghi|kien nghi|phan anh|mong|yeu cau) ")
_ENDS = (".", ";", "?", "!")
_LONGEST_HEADING, _SHORTEST_LEAD, _SHORTEST_POINT = 20, 7, 4  # words


@dataclass
class Part:
    """One numbered row: its words, how deep it stands, what its own cells say, the parts below it."""

    line: int
    text: str
    depth: int
    number: str = ""
    cells: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def below(self):
        """All parts under this one, in their order."""
        for part in self.parts:
            yield part
            yield from part.below()

    def add(self, part):
        """Put a part under the nearest row above that stands higher."""
        last = self.parts[-1] if self.parts else None
        if last and last.depth < part.depth:
            last.add(part)
        else:
            self.parts.append(part)

    def latest(self):
        return self.parts[-1].latest() if self.parts else self


def is_heading(text):
    """Whether words only name a subject: "Về giao thông:"."""
    folded = fold(text)
    return (
        bool(_HEADING.match(folded.strip()))
        and not _ASKS.search(folded)
        and not text.endswith(_ENDS)
        and len(folded.split()) <= _LONGEST_HEADING
    )


def points(top):
    """The points a petition and its parts make; a heading above them is their title and no point."""
    if not top.parts:
        return [top.text] if top.text else []
    if is_heading(top.text):
        return [point for part in top.parts for point in _points(part, "")]
    return _points(top, "")


def _points(part, lead):
    """A text that asks for something is a point, and so is each part below; one that leads up to them is said in each.

    Parts of a word or two ("a) cầu A") stay in the sentence they belong to.
    """
    text = _after(lead, part.text)
    if not part.parts:
        return [text]
    if part.text and all(_is_a_bit(below) for below in part.parts):
        named = "; ".join(f"{below.number} {below.text.rstrip(' ;.')}".strip() for below in part.parts)
        return [f"{text} {named}."]
    if not part.text or _leads(part):
        return [point for below in part.parts for point in _points(below, text.rstrip(" :.;,"))]
    return [text, *(point for below in part.parts for point in _points(below, lead))]


def _is_a_bit(part):
    return not part.parts and len(part.text.split()) < _SHORTEST_POINT and part.text[:1].islower()


def _leads(part):
    text = part.text
    if text.endswith(":") or is_heading(text) or all(below.text[:1].islower() for below in part.parts):
        return True
    return len(text.split()) < _SHORTEST_LEAD and not _ASKS.search(fold(text)) and not text.endswith(_ENDS)


def _after(lead, text):
    return f"{lead}: {text}" if lead and text else lead or text
