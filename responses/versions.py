"""Versions of a draft: keep one at each save, show what differs between two, tell who else is writing."""

import difflib
import re
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common.formats import short_date
from responses.models import Answer, Glance, ReplyVersion

#: Somebody whose page was heard of within so many seconds is still writing.
PRESENT_FOR = 60
_WORDS = re.compile(r"\s+|[^\s]+")


#: What an answer says beside its words, each in the form in which people read it.
_FACTS = {
    "result": lambda answer: answer.get_result_display(),
    "reason": lambda answer: answer.reason.name if answer.reason else "",
    "roadmap_on": lambda answer: short_date(answer.roadmap_on) if answer.roadmap_on else "",
    "evidence": lambda answer: answer.evidence,
    "directive_document": lambda answer: answer.directive_document,
    "cited_documents": lambda answer: answer.cited_documents,
}


@dataclass(frozen=True)
class Change:
    """One text of the letter in two versions: the later one marked up as a redline of the earlier one."""

    name: str
    before: str
    redline: str

    @property
    def label(self):
        """ "KN-2026-00012.1: minh chứng": where in the letter it stands."""
        return label_of(self.name)


@dataclass(frozen=True)
class Meeting:
    """Two people's texts of one draft: what both changed, and the names of what only the other changed."""

    pairs: list  # of Change, from theirs to ours
    names_taken: list

    @property
    def taken(self):
        return [label_of(name) for name in self.names_taken]


def name_of(answer, field):
    """Under which name a field of an answer stands among the texts of a version."""
    return {"text": str(answer.point), "heading": f"{answer.point} ·"}.get(field, f"{answer.point} · {field}")


def label_of(name):
    """What people call the text of this name."""
    point, dot, field = name.partition(" ·")
    if not dot:
        return {"kind": _("Kind of reply"), "opening": _("Opening"), "closing": _("Closing")}.get(name, name)
    return f"{point}: {Answer._meta.get_field(field.strip() or 'heading').verbose_name}"


def texts_of(reply, answers=None):
    """{name: text} of a draft as it stands: the frame, then of each answer heading, text and what else is filled in."""
    if answers is None:
        answers = reply.answers.in_letter_order().select_related("point__petition", "reason")
    texts = {"kind": str(reply.get_kind_display()), "opening": reply.opening}
    for answer in answers:
        texts[name_of(answer, "heading")] = answer.heading
        texts[name_of(answer, "text")] = answer.text
        facts = {name_of(answer, field): str(words(answer)) for field, words in _FACTS.items()}
        texts |= {name: words for name, words in facts.items() if words}
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


def between(before, after):
    """What differs between two sets of texts, in the order of the later one."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        Change(name, before.get(name, ""), redline(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def meeting(reply, *, since, theirs, ours):
    """How two sets of texts that both come from revision `since` go together: what one alone changed stands."""
    kept = reply.versions.filter(revision=since).first()
    taken, pairs = [], []
    for change in between(theirs, ours):
        common = kept.texts.get(change.name, "") if kept else None
        if common == ours.get(change.name, ""):
            taken.append(change.name)
        elif common != change.before:
            pairs.append(change)
    return Meeting(pairs, taken)


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
