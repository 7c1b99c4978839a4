"""Bars and columns as SVG for screen and paper: presentation attributes only, readable in black and white."""

from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

_WIDTH, _NAMES, _NUMBERS = 640, 205, 46
_BAR, _STEP, _LEGEND, _LEADING = 15, 29, 34, 13
_FONT = "Tinos, Arial, sans-serif"
_INK = "#1a1a1a"

#: A fill for each series in its order: (paper colour, strokes drawn on it), told apart without colour.
_FILLS = [
    ("#0d5561", ""),
    ("#ffffff", "M0 6L6 0M-1 1L1 -1M5 7L7 5"),
    ("#b9c7ca", ""),
    ("#ffffff", "M0 0L6 6M0 6L6 0"),
    ("#ffffff", ""),
]


def bars(key, sentence, names, rows):
    """Stacked bars, one a row: (label, [number, …], words behind the bar). `names` are those of the series.

    `sentence` says what the picture shows, to those who cannot see it too.
    """
    widest = max((sum(numbers) for _label, numbers, _words in rows), default=0)
    scale = (_WIDTH - _NAMES - _NUMBERS) / max(widest, 1)
    height = _LEGEND + _STEP * len(rows)
    body = [_legend(key, names)]
    for place, (label, numbers, words) in enumerate(rows):
        top = _LEGEND + place * _STEP
        body += [_label(label, top), _stack(key, numbers, scale, top)]
        body.append(_text(_NAMES + sum(numbers) * scale + 6, top + 12, words, size=13))
    summary = "; ".join(f"{label} {words}" for label, _numbers, words in rows)
    return _picture(key, height, f"{sentence} {summary}", body)


def columns(key, sentence, rows, highest):
    """Upright columns. `rows` are (label, height or None where there is none, words above it); `highest` is the top."""
    floor, room = 190, 150
    pace = (_WIDTH - 40) / max(len(rows), 1)
    width = min(pace * 0.5, 60)
    body = [format_html('<path d="M20 {}H{}" stroke="{}" stroke-width="0.8"/>', floor, _WIDTH - 20, _INK)]
    below = 1
    for place, (label, value, words) in enumerate(rows):
        middle = 20 + pace * (place + 0.5)
        tall = round(room * value / highest, 1) if value and highest else 0
        body.append(_rect(_FILLS[0][0], middle - width / 2, floor - tall, width, tall))
        body.append(_text(middle, floor - tall - 6, words, size=13, anchor="middle"))
        lines = wrap(str(label), max(int(pace / 6.2), 8), max_lines=3, placeholder="…")
        below = max(below, len(lines))
        for line, part in enumerate(lines):
            body.append(_text(middle, floor + 16 + line * _LEADING, part, size=13, anchor="middle"))
    summary = "; ".join(f"{label} {words}" for label, _value, words in rows)
    return _picture(key, floor + 10 + _LEADING * below, f"{sentence} {summary}", body)


def _picture(key, height, words, body):
    """The `words` are its title: a reader of the screen, the tagged PDF and the Word file take them from there."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" width="100%" role="img" font-family="{}" fill="{}"><title>{}</title>'
        "<defs>{}</defs>{}</svg>",
        _WIDTH, height, _FONT, _INK, words, _patterns(key), mark_safe("".join(body)),
    )  # fmt: skip


def _fill(key, place):
    colour, strokes = _FILLS[place]
    return f"url(#{key}-{place})" if strokes else colour


def _patterns(key):
    return format_html_join(
        "",
        '<pattern id="{}-{}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{}"/>'
        '<path d="{}" stroke="{}" stroke-width="0.9" fill="none"/></pattern>',
        [(key, place, colour, strokes, _INK) for place, (colour, strokes) in enumerate(_FILLS) if strokes],
    )


def _legend(key, names):
    parts, left = [], 0
    for place, name in enumerate(names):
        parts.append(_rect(_fill(key, place), left, 6, 13, 11))
        parts.append(_text(left + 18, 16, name, size=13))
        left += 30 + len(str(name)) * 7
    return mark_safe("".join(parts))


def _label(label, top):
    """A name in one line or two, on the left of its bar."""
    lines = wrap(str(label), 32, max_lines=2, placeholder="…")
    first = top + (12 if len(lines) == 1 else 5)
    return mark_safe("".join(_text(0, first + place * _LEADING, line, size=13) for place, line in enumerate(lines)))


def _stack(key, numbers, scale, top):
    parts, left = [], _NAMES
    for place, number in enumerate(numbers):
        if number:
            parts.append(_rect(_fill(key, place), left, top, number * scale, _BAR))
            left += number * scale
    return mark_safe("".join(parts))


def _rect(fill, left, top, width, height):
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.7"/>',
        *(round(number, 1) for number in (left, top, width, height)), fill, _INK,
    )  # fmt: skip


def _text(left, baseline, words, *, size, anchor="start"):
    return format_html(
        '<text x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>',
        round(left, 1), round(baseline, 1), size, anchor, words,
    )  # fmt: skip
