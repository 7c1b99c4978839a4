"""Reads a printed paper back: its lines with place, size and face, and the rules drawn on it."""

import io
import re
from dataclasses import dataclass
from functools import cached_property

import pdfplumber

MM = 72 / 25.4
_DOTS_PER_INCH = 200
_SHORTEST_RULE = 15  # points; no letter has a stroke that long
_WIDEST_SPACE = 20  # points; what is further apart stands in another column


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
        self.width, self.height = page.width, page.height
        self.slanted = "".join(char["text"] for char in page.chars if char["matrix"][1])
        upright = [char for char in page.chars if not char["matrix"][1]]
        self.lines = [_line(chars, page.height) for chars in _runs(upright, page.height)]
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
        picture = self._page.to_image(resolution=_DOTS_PER_INCH).original.convert("L").point(lambda v: v > 128 and 255)
        scale = 72 / _DOTS_PER_INCH
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
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [Page(page) for page in pdf.pages]
        for page in pages:
            page.rules  # noqa: B018 — looked at while the file is open
        return pages


def _runs(chars, height):
    run = []
    for char in chars:
        if run and not _goes_on(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _goes_on(before, char):
    on_the_line = abs(before["matrix"][5] - char["matrix"][5]) < 0.1
    return on_the_line and -3 < char["x0"] - before["x1"] < _WIDEST_SPACE


def _line(chars, height):
    text = "".join(char["text"] for char in chars)
    visible = [char for char in chars if char["text"].strip()] or chars
    return Line(
        text=text.strip(" "),
        x0=visible[0]["x0"],
        x1=visible[-1]["x1"],
        top=min(char["top"] for char in visible),
        bottom=max(char["bottom"] for char in visible),
        baseline=height - visible[0]["matrix"][5],
        sizes=frozenset(round(char["size"], 1) for char in visible),
        faces=frozenset(char["fontname"].split("+")[-1] for char in visible),
    )
