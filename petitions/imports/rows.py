"""From table rows to petitions: group rows become field or place, "1.1" and "a)" become points."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from common.text import fold
from petitions.imports.nesting import Part, is_heading, points

_ROMAN = re.compile(r"^[IVXL]+[.)]?$")
_LETTER_HEAD = re.compile(r"^[A-ZĐ][.)]?$")
_PART = re.compile(r"^(?:\d{1,4}(?:[.,]\d{1,3})+[.)]?|(?:\d{1,4}[./]?)?[a-zđ][.)]?|[-–+•*])$")
_PART_IN_TEXT = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,2})+[.)]?|[a-zđ]\)|[-–+•])\s+(?=\S)")
_HEAD_NUMBER = re.compile(r"^\s*(?:[IVXL]+|[A-ZĐ]|\d{1,3})\s*[.)/:-]\s*")
_NUMBERED_TEXT = re.compile(r"^\s*(\d{1,3}\.\d{1,2}\.?|\d{1,3}[.)]|[a-zđ]\)|[-–+•])\s+(?=\S)")
_FIGURE = re.compile(r"^\d+[.)]?$")
_COUNTER_LINE = re.compile(r"^\(?\d{1,2}\)?(?:\s*=.*)?$")
_GLUED_SENTENCE = re.compile(r"(?:(?<=[a-zà-ỹđ]{2})|(?<=\w \d)|(?<=\w \d\d))([.;:,!?])(?=[A-ZÀ-ỸĐ][a-zà-ỹđ])")
_GLUED_WORD = re.compile(r"(?<=[a-zà-ỹđ]{2})(?=[A-ZĐÀÁẢÃẠĂÂÈÉÊÌÍÒÓÔƠÙÚƯÝ][a-zà-ỹđ])")
_NAMES_A_GROUP = re.compile(
    r"^\s*(?:cử tri\s+)?(?:các\s+)?(?:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|khu vực|tp\b|tx\b|"
    r"lĩnh vực|nhóm|tổ đại biểu|"
    r"(?:các kiến nghị )?thuộc thẩm quyền)\b[^.;:?]{0,80}:?$",
    re.IGNORECASE,
)
_NUMBERED_HEAD = re.compile(r"^\s*(?:[IVXL]+|[A-ZĐ])\s*[.)/]\s+\S")
_NOTHING_RAISED = re.compile(r" khong co (?:y kien|kien nghi|noi dung|phan anh) ")
#: "Các ý kiến, kiến nghị khác", "Kiến nghị về lĩnh vực y tế".
_OF_PETITIONS = re.compile(
    r" (?:(?:cac|nhung|mot so|nhom|tong hop) (?:y kien|kien nghi|noi dung|phan anh|van de)|"
    r"(?:y kien|kien nghi|noi dung)(?: kien nghi)? (?:ve linh vuc|ve cac|thuoc|cua cu tri|lien quan|linh vuc|khac)) "
)
_LONGEST_TITLE = 5  # words
_DOT_OF_AN_ABBREVIATION = re.compile(r"\b(TP|TX|TT|P|Q|H|X)\.\s*", re.IGNORECASE)
#: What tells a sentence about a place from the name of a place.
_SAYS_SOMETHING = re.compile(r" (?:de nghi|phan anh|mong|yeu cau|chua|bi|can|khong|hien|dang|duoc|xuong cap|hu hong) ")
_TOTALS = ("tong cong", "tong so", "cong")


_OWN = ("place", "voter_name", "voter_address", "voter_phone")
_SHARED = ("field", "level", "agency", "raised_on")


@dataclass
class Item:
    """One petition as it stands in the table: where, under which group heads, in whose words."""

    line: int
    number: str
    cells: list
    heads: list
    values: dict
    top: Part
    notes: list = field(default_factory=list)

    @property
    def parts(self):
        return self.top.parts

    def content(self):
        """The whole text; what stands in rows of its own is numbered."""
        found = points(self.top)
        if len(found) < 2:
            return "".join(found)
        return "\n".join(f"{number}. {point}" for number, point in enumerate(found, start=1))

    def title(self):
        return self.values.get("title") or (self.top.text.rstrip(" :") if self.parts else "")

    def whole(self):
        """Everything that was raised, as one text, with the numbers it had."""
        lines = [f"{part.number} {part.text}".strip() for part in self.top.below()]
        return "\n".join(filter(None, [self.top.text, *lines]))

    def apart(self):
        """The petitions this is: several where its parts were raised in several places or by several voters."""
        if len({self._whose(part) for part in self.parts} | self._own()) > 1:
            return [self._one(list(parts))._told() for _whose, parts in groupby(self.parts, self._whose)]
        return [self._told()]

    def _told(self):
        """Itself, with what its own row leaves empty and its parts say."""
        for name in (*_OWN, *_SHARED):
            said = list(dict.fromkeys(part.values[name] for part in self.top.below() if part.values.get(name)))
            if said and not self.values.get(name):
                self.values[name] = said[0]
            if name in _SHARED and len({*said, self.values.get(name)}) > 1 and said:
                self.notes.append(_("Its parts say differently: %s.") % "; ".join(said))
        return self

    def _own(self):
        own = tuple(self.values.get(name, "") for name in _OWN)
        return {own} if any(own) else set()

    def _whose(self, part):
        """Place and voter of a part: its own, those of a row below it, else those of the row above."""
        rows = [part, *part.below()]
        return tuple(
            next((row.values[name] for row in rows if row.values.get(name)), self.values.get(name, "")) for name in _OWN
        )

    def _one(self, parts):
        heads, top = self.values["heads"], Part(parts[0].line, self.top.text, self.top.depth, parts=parts)
        values = self.values | dict(zip(_OWN, self._whose(parts[0]), strict=True))
        if is_heading(top.text):
            values["heads"], top.text = [*heads, top.text], ""
        cells = [row.cells for part in parts for row in (part, *part.below())]
        return Item(parts[0].line, self.number, cells, [*self.heads, self.cells[0]], values, top, list(self.notes))


def items(table, head, columns):
    """The petitions of a table, in order."""
    reader = _Reader(table, head, columns)
    for row in range(head.last_row + 1, len(table.rows)):
        reader.take(row)
    reader.close()
    return [one for item in reader.items for one in item.apart()]


class _Reader:
    def __init__(self, table, head, columns):
        self.table, self.columns = table, {m: c for m, c in columns.items() if c is not None and c < table.width}
        self.head, self.items, self.heads, self.current = head, [], [], None

    def take(self, row):
        cells = self.table.rows[row]
        if not any(cells) or self._counts_columns(cells) or self._repeats_the_head(cells):
            return
        if self._only_has_a_number(cells):
            self.current = None
            return
        values = {meaning: tidy(cells[column]) for meaning, column in self.columns.items()}
        number = values.pop("number", "").strip()
        content = values.get("content", "")
        if not number and (numbered := _PART_IN_TEXT.match(content)):
            number = numbered[1]
        if self._is_total(cells):
            self.current = None
        elif self._is_group(row, cells, number, content):
            self._open_group(row, cells, number, values)
        elif self._is_part(row, number, values):
            self._add_part(row, cells, number, values)
        else:
            self._open(row, cells, number, values)

    def _is_total(self, cells):
        return (
            next((fold(cell).strip() for cell in cells if cell), "").startswith(_TOTALS) and sum(map(bool, cells)) <= 4
        )

    def _counts_columns(self, cells):
        """The line "(1) (2) (3)" under the headings."""
        filled = [cell for cell in cells if cell]
        return len(filled) >= 3 and all(_COUNTER_LINE.match(cell) for cell in filled)

    def _only_has_a_number(self, cells):
        """A line numbered beforehand and never filled in."""
        column = self.columns.get("number")
        said = [place for place, cell in enumerate(cells) if cell]
        return said == [column] and bool(_FIGURE.match(cells[column]))

    def _repeats_the_head(self, cells):
        """Headings printed again on every page."""
        titles = self.head.titles
        return len(cells) == len(titles) and all(fold(c) == fold(t) for c, t in zip(cells, titles, strict=True))

    def _is_group(self, row, cells, number, content):
        filled = [column for column, cell in enumerate(cells) if cell]
        others = [column for column in filled if column != self.columns.get("number")]
        if len(others) > 1 or (others and (row, others[0]) in self.table.covered):
            return False
        if _ROMAN.match(number) or (_LETTER_HEAD.match(number) and len(number) <= 2):
            return True
        if not number and others == [self.columns.get("content")] and _NUMBERED_HEAD.match(cells[others[0]]):
            return True
        if others and _names_a_group(cells[others[0]]) and others[0] == self.columns.get("content"):
            return True
        if len(filled) != 1:
            return False
        spans = self.table.spans.get((row, filled[0]), 1)
        column = self.columns.get("content")
        return spans > 1 or (filled[0] != column and (column is None or filled[0] < column or not content))

    def _open_group(self, row, cells, number, values):
        words = " ".join(cell for column, cell in enumerate(cells) if cell and column != self.columns.get("number"))
        mark = cells[self.columns["number"]] if "number" in self.columns else ""
        if not words:
            words, mark = mark, ""
        rank = _rank(mark or words)
        title = _HEAD_NUMBER.sub("", words) if not mark else words
        self._close_groups(rank)
        head = {"rank": rank, "title": " ".join(title.split()), "cells": cells, "is_empty": True}
        content = values.get("content") or words
        content = content if mark else _HEAD_NUMBER.sub("", content)
        self.heads.append(head | {"row": (row, cells, number, values | {"content": content})})
        self.current = None

    def close(self):
        """The table has ended."""
        self._close_groups(0)

    def _close_groups(self, rank):
        """Groups from `rank` down end; one with nothing under it that asks for something was a petition."""
        while self.heads and self.heads[-1]["rank"] >= rank:
            head = self.heads.pop()
            if head["is_empty"] and _asks_for_something(head["title"]):
                self._open(*head["row"])

    def _is_part(self, row, number, values):
        if self.current is None or not values.get("content"):
            return False
        if _PART.match(number):
            return _depth(number) > _depth(self.current.number)
        if number:
            return False
        if "number" not in self.columns:
            return False
        own = [name for name in ("place", "voter_name", "voter_address", "voter_phone", "title") if values.get(name)]
        return not [name for name in own if values[name] != self.current.values.get(name)]

    def _add_part(self, row, cells, number, values):
        top, content = self.current.top, values["content"]
        self.current.cells.append(cells)
        if not top.parts and "\n" not in top.text:
            top.text = _NUMBERED_TEXT.sub("", top.text)
        if not number and content[:1].islower():
            latest = top.latest()  # a row cut in two by the end of a page
            latest.text = f"{latest.text} {content}".strip()
            return
        if not number and not top.parts and top.text:
            top.parts.append(Part(top.line, top.text, 0))
            top.text = ""
        depth = _depth(number) if number else 0
        text = _NUMBERED_TEXT.sub("", content)
        top.add(Part(self.table.first_line + row, text, depth, number, cells, self._own_values(row, values)))

    def _own_values(self, row, values):
        """What a part's own cells say; a cell merged with the one above says what that says."""
        return {
            meaning: said for meaning, said in values.items() if (row, self.columns[meaning]) not in self.table.covered
        }

    def _open(self, row, cells, number, values):
        covered = {m for m, column in self.columns.items() if (row, column) in self.table.covered}
        if self.current is not None:
            for meaning in covered - {"number", "content"}:
                values[meaning] = values.get(meaning) or self.current.values.get(meaning, "")
        heads = [head["title"] for head in self.heads]
        for head in self.heads:
            head["is_empty"] = False
        line, above = self.table.first_line + row, [head["cells"] for head in self.heads]
        item = Item(line, number, [cells], above, values | {"heads": heads}, Part(line, values.get("content", ""), 0))
        self.items.append(item)
        self.current = item


def _names_a_group(text):
    named = _NAMES_A_GROUP.match(_DOT_OF_AN_ABBREVIATION.sub(r"\1 ", text))
    return bool(named) and not _SAYS_SOMETHING.search(fold(text))


def _asks_for_something(text):
    """Whether words that could head a group tell a matter of their own."""
    folded = fold(text)
    if _NOTHING_RAISED.search(folded) or _names_a_group(text) or _OF_PETITIONS.match(folded):
        return False
    words = len(folded.split())
    asks = _SAYS_SOMETHING.search(folded) or (folded.startswith(" kien nghi ") and words >= _LONGEST_TITLE)
    return bool(asks) or (words > _LONGEST_TITLE and not is_heading(text))


def _depth(number):
    """How far below the top a number stands: 1 → 1, 1.1 → 2, a) below any figure, a dash below that."""
    figures = len(re.findall(r"\d+", number))
    letters = 8 if re.search(r"[a-zđ]", number) else 0
    return figures + letters or (20 if number else 1)


def _rank(text):
    """A letter stands above a Roman number, that above everything else."""
    mark = text.strip().split(" ")[0].rstrip(".)/:")
    if _LETTER_HEAD.match(mark) and not _ROMAN.match(mark):
        return 0
    return 1 if _ROMAN.match(mark) else 2


def tidy(text):
    """A cell's words with sentences broken or glued in typing put right."""
    if not text:
        return text
    lines = []
    for line in text.split("\n"):
        if (
            lines
            and line
            and lines[-1]
            and (line[0].islower() or lines[-1][-1] in ",(–-")
            and not _NUMBERED_TEXT.match(line)
        ):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    text = "\n".join(lines)
    return _GLUED_WORD.sub(" ", _GLUED_SENTENCE.sub(r"\1 ", text))
