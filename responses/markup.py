"""The few signs an answer is written with, and what they become in the letter.

"- " begins an item, "1. Heading" without a full stop is a heading, "| a | b |" a row of a table, "> " a quotation,
**bold** and _italic_ stand inside a line. Everything else is text: it is escaped first, so no markup of others gets in.
"""

import re
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import mark_safe

_BOLD, _ITALIC = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.|[IVX]+\.) [^|]{1,150}(?<![.;:,])$")
_RULE = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+$")


def html(text):
    """The text of an answer as paragraphs, lists, tables and headings of an official letter."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return mark_safe("".join(_block(kind, list(group)) for kind, group in groupby(lines, _kind)))


def plain(text):
    """The same text without the signs, for lists, search and pages."""
    lines = [line for line in text.splitlines() if not _RULE.match(line.strip())]
    words = "\n".join(line.strip().strip("|").replace(" | ", ", ").removeprefix("> ") for line in lines)
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", words))


def _kind(line):
    if line.startswith(("- ", "• ", "+ ")):
        return "list"
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return "table"
    if line.startswith("> "):
        return "quote"
    return "heading" if _HEADING.match(line) else "text"


def _block(kind, lines):
    if kind == "list":
        return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"
    if kind == "table":
        return _table([line for line in lines if not _RULE.match(line)])
    tags = {"heading": ("<h3>", "</h3>"), "quote": ('<p class="quote">', "</p>"), "text": ("<p>", "</p>")}
    begin, end = tags[kind]
    return "".join(f"{begin}{_inline(line.removeprefix('> ') if kind == 'quote' else line)}{end}" for line in lines)


def _table(lines):
    """The first row is the head; short rows are filled up."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    cells = "".join(f"<th>{_inline(cell)}</th>" for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in body)
    return f'<table class="grid"><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>'


def _inline(words):
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", escape(words)))
