"""Figures on a screen: every one a link to its rows."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from common.formats import dotted
from common.templatetags.hoiam import short_name
from reports.addresses import rows_address, times_address
from reports.catalogue import CATALOGUE

register = template.Library()

_BARS = ("resolved", "in_progress", "explained", "not_resolved", "unanswered")


@register.filter
def item(mapping, key):
    return mapping[key]


@register.filter
def column_labels(names):
    """(name, heading) pairs, short enough for eight columns side by side."""
    return [(name, CATALOGUE[name].short) for name in names]


@register.simple_tag
def figure_address(session, key, as_of, by="", value=None):
    return rows_address(session, key, as_of, by, value)


@register.simple_tag
def extract_address(session, kind, by, value, as_of):
    """The "workbook" or the printed "extract" of one agency, committee or place."""
    query = {"by": by, "value": value, "as_of": as_of.isoformat()}
    return f"{reverse(f'reports:{kind}', args=[session.pk])}?{urlencode(query)}"


@register.simple_tag
def opens(address, number):
    """A number that opens its rows; nothing is shown as "-"."""
    return format_html('<a class="plain-link" data-number href="{}">{}</a>', address, dotted(number)) if number else "-"


@register.filter
def marked(words, number):
    """A sentence with its number, written "1.472", marked as the one its link opens."""
    before, found, after = str(words).partition(str(number))
    return format_html("{}<span data-number>{}</span>{}", before, dotted(number), after) if found else words


@register.simple_tag
def whose_turn(actor):
    """Who must act, with the points they owe; a link where there is something to open."""
    name = short_name(str(actor.name)) if actor.points else actor.name
    words = format_html("{} (<span data-number>{}</span>)", name, dotted(actor.points)) if actor.points else name
    return format_html('<a class="plain-link" href="{}">{}</a>', actor.address, words) if actor.address else words


@register.simple_tag
def counted(number):
    """A figure counted, "97" or "97/115": what its link opens is marked."""
    of = f"/{dotted(number.whole)}" if number.whole is not None else ""
    return format_html("<span data-number>{}</span>{}", dotted(number.part), of)


@register.simple_tag
def figure_link(session, key, number, as_of):
    """A large figure: label, number, share of its whole; no link where it is 0."""
    inside = format_html(
        '<span class="counter-label">{}</span><span class="counter-number">{}</span>'
        '<span class="counter-note">{}</span>',
        number.figure.label, counted(number), number.share,
    )  # fmt: skip
    if not number.part:
        return format_html('<div class="figure-cell">{}</div>', inside)
    return format_html('<a class="figure-cell" href="{}">{}</a>', figure_address(session, key, as_of), inside)


@register.simple_tag
def counted_link(session, key, number, as_of):
    """A figure in a table or a list: "97/115" with a link, plain where it is 0."""
    if not number.part:
        return counted(number)
    return format_html('<a class="plain-link" href="{}">{}</a>', figure_address(session, key, as_of), counted(number))


@register.simple_tag
def number_link(session, key, counts, by, value, as_of):
    """A number in a table by something, of its total where `value` is None."""
    return opens(figure_address(session, key, as_of, by, value), counts[key])


@register.simple_tag
def compared_link(query, column, number, **row):
    """A number of a comparison: a figure (`of`), that of a `row`, or with neither the total of the column."""
    address = f"{reverse('reports:comparison_rows')}?{query}&{urlencode({'column': column.key, **row})}"
    return opens(address.replace("?&", "?"), number)


@register.simple_tag
def score_link(session, score, as_of):
    """ "7/10" on the scorecard: what is reached, and of what, each opening its rows; "-" where nothing is measured."""
    if not score.whole:
        return "-"
    part = opens(_evidence_address(session, score, as_of, of="part"), score.part) if score.part else "0"
    whole = _evidence_address(session, score, as_of)
    if score.is_deducted:  # only the deductions are evidence
        whole = figure_address(session, "local" if score.criterion.without_central else "total", as_of)
        return format_html('{}/{}<div class="row-note">{}</div>', part, opens(whole, score.whole), _("points off"))
    return format_html("{}/{}", part, opens(whole, score.whole))


@register.simple_tag
def next_step_link(session, score, as_of):
    """What to do next, leading to where it is done; where that is no one place, to the gaps and how many they are."""
    if not score.next_step:
        return "-"
    if not score.gaps or (score.address and score.can_be_mended):
        return format_html('<a class="plain-link" href="{}">{}</a>', score.address, score.next_step)
    return format_html(
        '<a class="plain-link" href="{}">{} (<span data-number>{}</span>)</a>',
        _evidence_address(session, score, as_of, of="gaps"), score.next_step, dotted(len(score.gaps)),
    )  # fmt: skip


def _evidence_address(session, score, as_of, **of):
    query = {"criterion": score.criterion.pk, "as_of": as_of.isoformat(), **of}
    return f"{reverse('reports:scorecard_rows', args=[session.pk])}?{urlencode(query)}"


@register.simple_tag
def share_bar(counts, widest):
    """One bar: the results of a row, drawn to the scale of the longest."""
    scale, left, parts = 200 / max(widest, 1), 0, []
    for name in _BARS:
        width = round(counts[name] * scale, 2)
        parts.append((name, left, width))
        left = round(left + width, 2)
    words = ", ".join(f"{CATALOGUE[name].label} {counts[name]}" for name in _BARS if counts[name])
    return format_html(
        '<svg class="bar" viewBox="0 0 200 14" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        words or "-",
        format_html_join("", '<rect class="bar-{}" x="{}" width="{}" height="14"/>', parts),
    )


@register.simple_tag
def time_link(session, key, agency, number, as_of):
    """A number of the times."""
    return opens(times_address(session, key, as_of, agency), number)
