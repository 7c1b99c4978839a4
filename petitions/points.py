"""From a text as typed to numbered points."""

import re
from itertools import pairwise

from petitions.models import wording
from petitions.models.similarity import LIKELY

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-eđ]\))(?:\s+|$)", re.IGNORECASE)


def split(text):
    """The points in a text: numbered lines if there are any, else paragraphs set apart by an empty line.

    What leads up to the first numbered line and ends with a colon is no point: it belongs to that one.
    """
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
    found = [" ".join(point) for point in [*points, current] if point]
    if any(starts_point) and len(found) > 1 and found[0].endswith(":") and not _NUMBERED.match(text):
        return [_led(*found[:2]), *found[2:]]
    return found


def _led(lead, part):
    """A part behind the words that lead up to all parts, where these say something."""
    lead = lead.strip(" :,;.")
    return f"{lead}: {part}" if len(lead.split()) >= _SHORTEST else part


_COUNTED = re.compile(
    r"(?:^|(?<=[\s.;:,(]))(?:thứ (?:nhất|hai|ba|tư|năm|sáu)|(?:một|hai|ba|bốn|năm) là|\(?[1-9]\)|\([a-eđ]\)"
    r"|[1-9]\.(?=\s+(?-i:[A-ZĐÀ-Ỹ])))"
    r"\s*[,:.-]?\s+",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(
    r"(?<=[.;])\s+(?=(?:ngoài ra|đồng thời|bên cạnh đó|mặt khác|cử tri (?:cũng )?đề nghị|đề nghị|kiến nghị)\b)",
    re.IGNORECASE,
)
_JOINING = re.compile(r"^(?:ngoài ra|đồng thời|bên cạnh đó|mặt khác|và)\s*,?\s*", re.IGNORECASE)
_SHORTEST = 4  # words


def propose(text):
    """The points a text seems to hold, for a person to confirm: counted parts, requests one after another, matters set
    apart by semicolons. [] where it reads as one matter, or is split already.
    """
    if len(split(text)) > 1:
        return []
    text = " ".join(text.split())
    for found in (_counted(text), _NEXT_SENTENCE.split(text), text.split(";")):
        bare = [_JOINING.sub("", part.strip(" ;,")) for part in found]
        parts = [part[:1].upper() + part[1:] for part in bare if part]
        if len(parts) > 1 and all(len(part.split()) >= _SHORTEST for part in parts) and _differ(parts):
            return parts
    return []


def _counted(text):
    """What stands after "thứ nhất", "thứ hai" …; words before the first belong to it."""
    lead, *parts = _COUNTED.split(text)
    if len(parts) < 2:
        return []
    return [_led(lead, parts[0]), *parts[1:]]


def _differ(parts):
    """Whether no part says the same as the one before it."""
    wordings = [wording.read(part) for part in parts]
    return all(wording.likeness(one, other) < LIKELY for one, other in pairwise(wordings))
