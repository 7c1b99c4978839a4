"""What one report would lack if it went out as it stands: words, sums, rows, a signer."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from reports import balance
from reports.kinds import KINDS
from reports.roadmap import Actor, Gap, missing
from reports.shapes import SHAPES
from reports.vocabulary import OWN, own_label, title_of


def lacks(writing, text, *, address, signer, opens=True):
    """Every `Gap` of a report written from `text`, what its author must do first.

    `address` is the page where the author writes; `signer` is None where nobody may sign for the issuer. For those who
    do not see everything of the council figures do not open (`opens`): their pages would not be found.
    """
    gaps = [
        *unwritten(writing.kind, writing.own, text, writing.issuer, address),
        *_corrections(writing, address),
        *_unsigned(writing, signer),
        *missing(writing.council_session, writing.figures, writing.kind),
        *_sums(writing),
        *_empty(writing),
    ]
    return gaps if opens else [_shut(gap, address) for gap in gaps]


def _shut(gap, address):
    """The same gap without the way to anything but the author's own page."""
    who = [replace(actor, address="") for actor in gap.who]
    return replace(gap, who=who, address=gap.address if gap.address == address else "")


def unwritten(kind, own, text, issuer, address):
    """The parts the text has room for and its author has not written."""
    found = []
    for name in KINDS[kind].texts:
        if name not in OWN or f"{{own.{name}}}" not in text:
            continue
        if own.get(name):
            found.append(Gap(_("Written: %(part)s") % {"part": own_label(kind, name)}, True, address=address))
            continue
        is_replaced = f"{{nếu không có own.{name}}}" in text
        words = _("Not written: %(part)s; a set sentence stands there") if is_replaced else _("Not written: %(part)s")
        found.append(Gap(words % {"part": own_label(kind, name)}, False, who=[Actor(issuer.name)], address=address))
    return found


def _corrections(writing, address):
    """A version that prints other figures than the one before says why."""
    if not writing.erratum:
        return []
    is_done = bool(writing.own.get("correction"))
    words = _("It says why it corrects %(reference)s") if is_done else _("Say why %(reference)s is corrected")
    who = [] if is_done else [Actor(writing.issuer.name)]
    return [Gap(words % {"reference": writing.erratum.reference}, is_done, who=who, address=address)]


def _unsigned(writing, signer):
    if signer:
        return []
    words = _("Nobody on record may sign for %(agency)s") % {"agency": writing.issuer}
    return [Gap(words, False, who=[Actor(_("the administrator enters who may sign"))])]


def _sums(writing):
    """Each sum that does not add up and has no reason; one line where all do."""
    session, figures = writing.council_session, writing.figures
    address = f"{reverse('reports:figures', args=[session.pk])}?as_of={figures.as_of.isoformat()}"
    wrong = [check for check in balance.checks(figures) if not check.holds]
    words = _("Does not add up: %(words)s (%(left)d and %(right)d)")
    return [
        Gap(words % {"words": check.words, "left": check.left, "right": check.right}, False, address=address)
        for check in wrong
    ] or [Gap(_("Every table adds up to the figures"), True, address=address)]


def _empty(writing):
    """The appendices that would print without a row."""
    words = _("%(label)s is empty: %(title)s")
    return [
        Gap(words % {"label": writing.annex_label(annex.key), "title": title_of(annex.key)}, False)
        for annex in writing.annexes
        if not _rows(writing, annex.key)
    ]


def _rows(writing, key):
    return writing.table(key).rows if key in SHAPES else writing.figures.by_agency.rows
