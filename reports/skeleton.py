"""The small language of report skeletons: text with names in braces. Names are looked up, nothing is ever run.

An empty line begins a paragraph; "# " and "## " begin headings. {figure.answered} is a number, {figure.answered%} its
share, {figure.answered/} "97/100"; a {table.…}, {own.…} or {block.…} stands on a line of its own. A line that begins
with {nếu có NAME} or {nếu không có NAME} is printed only where NAME is there, or is not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common.text import fold

IF, UNLESS = "nếu có", "nếu không có"
#: Without it corrected figures could be printed unnoticed.
ERRATUM = "block.erratum"
BLOCKS = ("table.", "own.", "block.")
SHARE, OF_ALL = "%", "/"
LONGEST = 20_000

_TOKEN = re.compile(r"\{([^{}\n]*)\}")
_CONDITION = re.compile(rf"\{{\s*({UNLESS}|{IF})\s+([^{{}}\n]*?)\s*\}}\s*")
_HEADINGS = (("## ", "h3"), ("# ", "h2"))
_CLOSE_UP = tuple(",.;:)")


@dataclass(frozen=True)
class Word:
    """One name a skeleton may use; `has_share` where it may be written with % and / too."""

    name: str
    label: Any
    has_share: bool = False

    @property
    def is_block(self):
        return self.name.startswith(BLOCKS)

    @property
    def written(self):
        """The ways to write it."""
        return [f"{{{self.name}{form}}}" for form in (("", SHARE, OF_ALL) if self.has_share else ("",))]


@dataclass(frozen=True)
class Values:
    """What names stand for: `words(name, form)` → text, `block(name)` → safe HTML, `is_there(name)` → bool."""

    words: Callable[[str, str], str]
    block: Callable[[str], str]
    is_there: Callable[[str], bool]


def problems(text, vocabulary):
    """What is wrong with a skeleton, in words, line by line; [] where nothing is. `vocabulary` is {name: Word}."""
    found, seen = [], set()
    for number, line in enumerate(text.splitlines(), start=1):
        wrong = list(_problems_of(line, vocabulary))
        if (block := _block_of(_conditions(line)[1])) in seen:
            wrong.append(_("{%(name)s} stands there already; once is enough.") % {"name": block})
        seen.update([block] if block else [])
        found += [_("Line %(number)d: %(problem)s") % {"number": number, "problem": words} for words in wrong]
    if f"{{{ERRATUM}}}" not in text:
        found.append(_("Say with {block.erratum}, on a line of its own, where corrected figures are printed."))
    return found


def _problems_of(line, vocabulary):
    conditions, rest = _conditions(line)
    for _is_wanted, name in conditions:
        if name not in vocabulary:
            yield _unknown(name, vocabulary)
    for token in _TOKEN.findall(rest):
        yield from _problems_of_name(token, rest, vocabulary)
    if set(_TOKEN.sub("", rest)) & set("{}"):
        yield _("a brace { or } is left over; a name stands between both.")


def _problems_of_name(token, line, vocabulary):
    name, form = _read(token)
    if token.strip().startswith((IF, UNLESS)):
        yield _("{%(condition)s …} stands at the beginning of a line.") % {"condition": IF}
    elif name not in vocabulary:
        yield _unknown(name, vocabulary)
    elif form and not vocabulary[name].has_share:
        yield _("{%(name)s} is no share of anything: write it without %(form)s.") % {"name": name, "form": form}
    elif vocabulary[name].is_block and line.strip() != f"{{{token}}}":
        yield _("{%(name)s} stands on a line of its own.") % {"name": name}


def _unknown(name, vocabulary):
    near = _nearest(name, vocabulary)
    if near:
        return _("there is no {%(name)s}. Did you mean {%(near)s}?") % {"name": name, "near": near}
    return _("there is no {%(name)s}; take a name from the list.") % {"name": name}


def _nearest(name, vocabulary):
    """The name written most like it, or the one whose label people typed."""
    if close := get_close_matches(name, vocabulary, n=1, cutoff=0.6):
        return close[0]
    labels = {fold(str(word.label)).strip(): word.name for word in vocabulary.values()}
    close = get_close_matches(fold(name.rpartition(".")[2]).strip(), labels, n=1, cutoff=0.6)
    return labels[close[0]] if close else ""


def _read(token):
    """("figure.answered", "%") of "figure.answered%"."""
    token = token.strip()
    form = token[-1:] if token[-1:] in (SHARE, OF_ALL) else ""
    return token.removesuffix(form).strip() if form else token, form


def _conditions(line):
    """([(whether it must be there, name), …], the rest of the line)."""
    found, rest = [], line.strip()
    while match := _CONDITION.match(rest):
        found.append((match[1] == IF, match[2]))
        rest = rest[match.end() :]
    return found, rest


def fill(text, values):
    """The HTML of a skeleton that has no problems."""
    parts, paragraph = [], []

    def close():
        if paragraph:
            parts.append(_paragraph(paragraph, values))
            paragraph.clear()

    for line in text.splitlines():
        conditions, rest = _conditions(line)
        if any(values.is_there(name) != is_wanted for is_wanted, name in conditions):
            continue
        heading = next(((tag, rest.removeprefix(sign)) for sign, tag in _HEADINGS if rest.startswith(sign)), None)
        block = _block_of(rest)
        if heading or block or not rest:
            close()
        if heading:
            parts.append(format_html("<{0}>{1}</{0}>", mark_safe(heading[0]), _words(heading[1], values)))
        elif block:
            parts.append(values.block(block))
        elif rest:
            paragraph.append(rest)
    close()
    return mark_safe("\n".join(part for part in parts if part))


def _block_of(line):
    """The name of the block a line consists of; "" for any other line."""
    token = _TOKEN.fullmatch(line)
    return token[1].strip() if token and token[1].strip().startswith(BLOCKS) else ""


def _paragraph(lines, values):
    joined = lines[0]
    for line in lines[1:]:
        joined += line if line.startswith(_CLOSE_UP) else f" {line}"
    kind = mark_safe(' class="codes"') if "{codes." in joined else ""
    return format_html("<p{}>{}</p>", kind, _words(joined, values))


def _words(line, values):
    """The line with every name replaced; what people typed and what names stand for are text, never markup."""
    pieces = _TOKEN.split(line)
    return mark_safe(
        "".join(
            conditional_escape(values.words(*_read(piece)) if place % 2 else piece)
            for place, piece in enumerate(pieces)
        )
    )
