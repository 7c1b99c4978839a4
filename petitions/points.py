"""From a text as typed to numbered points."""

import re

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-eđ]\))(?:\s+|$)", re.IGNORECASE)


def split(text):
    """The points in a text: numbered lines if there are any, else paragraphs set apart by an empty line."""
    lines = text.splitlines()
    starts_point = [bool(_NUMBERED.match(line)) for line in lines]
    points, current = [], []
    for line, is_start in zip(lines, starts_point, strict=True):
        ends = is_start if any(starts_point) else not line.strip()
        if ends and current:
            points.append(current)
            current = []
        if words := (_NUMBERED.sub("", line) if is_start else line).strip():
            current.append(words)
    return [" ".join(point) for point in [*points, current] if point]
