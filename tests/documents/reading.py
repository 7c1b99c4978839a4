"""Reads a printed paper back: its lines with place, size and face, and the rules drawn on it."""

import re
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
_DOTS_PER_INCH = 200
_SHORTEST_RULE = 15  # points; no letter has a stroke that long
_WIDEST_SPACE = 20  # points; what is further apart stands in another column
_DESCENT = 0.216  # of Tinos, in sizes of the letters
_HYPHEN_AT_THE_END = 2  # how pdfium hands out a hyphen that ends a line


@dataclass(frozen=True)
class Line:
    """Letters that stand on one baseline, side by side. Lengths in points from the top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    sizes: frozenset
    faces: frozenset

    @property
    def centre(self):
        return (self.x0 + self.x1) / 2

    @property
    def width(self):
        return self.x1 - self.x0

    @property
    def size(self):
        (size,) = self.sizes
        return size

    @property
    def face(self):
        (face,) = self.faces
        return face


@dataclass(frozen=True)
class Rule:
    """A solid horizontal line."""

    x0: float
    x1: float
    y: float

    @property
    def centre(self):
        return (self.x0 + self.x1) / 2

    @property
    def width(self):
        return self.x1 - self.x0


class Page:
    def __init__(self, page):
        self.width, self.height = page.get_size()
        letters = list(_letters(page))
        self.slanted = "".join(letter.text for letter in letters if letter.is_slanted)
        self.lines = [_line(run) for run in _runs(letter for letter in letters if not letter.is_slanted)]
        self._page = page

    def __contains__(self, text):
        return text in self.text

    @property
    def text(self):
        return "\n".join(line.text for line in self.lines)

    def line(self, beginning):
        """The one line that begins like this."""
        (found,) = [line for line in self.lines if line.text.startswith(beginning)]
        return found

    def between(self, first, last):
        """The lines from the one that begins with `first` to the one that begins with `last`, both included."""
        lines = [line.text for line in self.lines]
        start = next(place for place, text in enumerate(lines) if text.startswith(first))
        end = next(place for place, text in enumerate(lines) if place >= start and text.startswith(last))
        return self.lines[start : end + 1]

    @property
    def number(self):
        """What stands in the top margin."""
        return "".join(line.text for line in self.lines if line.bottom < 20 * MM)

    @property
    def body(self):
        """Everything but the page number."""
        return [line for line in self.lines if line.bottom >= 20 * MM]

    @cached_property
    def rules(self):
        """Found on the page as it would be printed, because a border can be drawn in many ways."""
        scale = 72 / _DOTS_PER_INCH
        picture = self._page.render(scale=1 / scale, grayscale=True).to_pil().point(lambda v: v > 128 and 255)
        shortest = re.compile(b"\x00{%d,}" % (_SHORTEST_RULE / scale))
        found, data = [], picture.tobytes()
        for row in range(picture.height):
            for run in shortest.finditer(data[row * picture.width : (row + 1) * picture.width]):
                rule = Rule(run.start() * scale, run.end() * scale, row * scale)
                if not any(abs(r.y - rule.y) < 2 and abs(r.centre - rule.centre) < 2 for r in found):
                    found.append(rule)
        return found

    def rule_below(self, line, within=12):
        (rule,) = [r for r in self.rules if 0 < r.y - line.baseline < within and line.x0 - 5 < r.centre < line.x1 + 5]
        return rule


def read(content):
    """The pages of a PDF."""
    return [Page(page) for page in pypdfium2.PdfDocument(content)]


class _Letter(NamedTuple):
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    face: str
    is_slanted: bool


def _letters(page):
    text, height = page.get_textpage(), page.get_height()
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    face, flags = create_string_buffer(100), c_int()
    for place in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, place):
            continue
        raw.FPDFText_GetLooseCharBox(text, place, byref(box))
        raw.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
        raw.FPDFText_GetMatrix(text, place, byref(matrix))
        raw.FPDFText_GetFontInfo(text, place, face, len(face), byref(flags))
        yield _Letter(
            text="-" if (code := raw.FPDFText_GetUnicode(text, place)) == _HYPHEN_AT_THE_END else chr(code),
            x0=box.left,
            x1=box.right,
            baseline=height - y.value,
            size=raw.FPDFText_GetFontSize(text, place) * matrix.d,
            face=face.value.decode().split("+")[-1],
            is_slanted=bool(matrix.b),
        )


def _runs(letters):
    run = []
    for letter in letters:
        if run and not _goes_on(run[-1], letter):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _goes_on(before, letter):
    on_the_line = abs(before.baseline - letter.baseline) < 0.1
    return on_the_line and -3 < letter.x0 - before.x1 < _WIDEST_SPACE


def _line(letters):
    visible = [letter for letter in letters if letter.text.strip()] or letters
    bottoms = [letter.baseline + _DESCENT * letter.size for letter in visible]
    return Line(
        text="".join(letter.text for letter in letters).strip(" "),
        x0=visible[0].x0,
        x1=visible[-1].x1,
        top=min(bottom - letter.size for bottom, letter in zip(bottoms, visible, strict=True)),
        bottom=max(bottoms),
        baseline=visible[0].baseline,
        sizes=frozenset(round(letter.size, 1) for letter in visible),
        faces=frozenset(letter.face for letter in visible),
    )


def text_of(content):
    """All words of a PDF, in single spaces."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)).split())
