"""Versions of a draft: keep one at each save, show what differs between two, tell who else is writing."""

import difflib
import re
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from responses.models import Glance, ReplyVersion

#: Somebody whose page was heard of within so many seconds is still writing.
PRESENT_FOR = 60
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """One text of the letter in two versions, marked up as a redline."""

    label: str
    redline: str


def texts_of(reply, answers=None):
    """{name: text} of a draft as it stands: the frame, then heading and text of each answer."""
    answers = reply.answers.in_letter_order().select_related("point__petition") if answers is None else answers
    texts = {"opening": reply.opening}
    for answer in answers:
        texts[f"{answer.point} ·"] = answer.heading
        texts[str(answer.point)] = answer.text
    return texts | {"closing": reply.closing}


def keep(reply, *, by):
    """Keep the draft as saved; its author has seen it."""
    ReplyVersion.objects.get_or_create(
        reply=reply, revision=reply.revision, defaults={"texts": texts_of(reply), "author": by}
    )
    look(reply, by)


def look(reply, user):
    """Remember that this person has seen the present version; returns the one seen before, or None."""
    glances = Glance.objects.filter(reply=reply, person=user)
    before = glances.values_list("revision", flat=True).first()
    if before is None:
        glances.get_or_create(reply=reply, person=user, defaults={"revision": reply.revision})
    elif before != reply.revision:
        glances.update(revision=reply.revision)
    return before


def between(before, after, labels=None):
    """What differs between two sets of texts, in the order of the later one."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        Change((labels or {}).get(name, name), redline(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def redline(before, after):
    """Both texts in one: words gone struck through, words new underlined."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        if kind == "equal":
            pieces.append(come)
            continue
        pieces += [f"<del>{gone}</del>"] if gone else []
        pieces += [f"<ins>{come}</ins>"] if come else []
    return mark_safe("".join(pieces).replace("\n", "<br>"))


def present(reply, user, now=None):
    """Note that `user` has the draft open; returns the names of the others who do."""
    now = (now or timezone.now()).timestamp()
    key = f"replies/{reply.pk}/open"
    people = {pk: seen for pk, seen in (cache.get(key) or {}).items() if now - seen[1] < PRESENT_FOR}
    others = [name for pk, (name, _seen) in people.items() if pk != user.pk]
    cache.set(key, people | {user.pk: (str(user), now)}, PRESENT_FOR * 2)
    return others
