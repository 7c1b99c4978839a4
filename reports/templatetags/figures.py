"""Figures on a screen: every one a link to its rows."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from common.formats import dotted
from common.templatetags.hoiam import short_name
from reports.catalogue import CATALOGUE
from reports.roadmap import rows_address

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
def figure_address(session, key, as_of, by="", value=""):
    return rows_address(session, key, as_of, by, value)


@register.simple_tag
def extract_address(session, kind, by, value, as_of):
    """The "workbook" or the printed "extract" of one agency, committee or place."""
    query = {"by": by, "value": value, "as_of": as_of.isoformat()}
    return f"{reverse(f'reports:{kind}', args=[session.pk])}?{urlencode(query)}"


@register.simple_tag
def whose_turn(actor):
    """Who must act, with the points they owe; a link where there is something to open."""
    words = f"{short_name(str(actor.name))} ({dotted(actor.points)})" if actor.points else actor.name
    return format_html('<a class="plain-link" href="{}">{}</a>', actor.address, words) if actor.address else words


@register.simple_tag
def figure_link(session, key, counted, as_of):
    """A large figure: label, number, share of its whole."""
    number = f"{dotted(counted.part)}/{dotted(counted.whole)}" if counted.whole is not None else dotted(counted.part)
    return format_html(
        '<a class="figure-cell" href="{}"><span class="counter-label">{}</span>'
        '<span class="counter-number">{}</span><span class="counter-note">{}</span></a>',
        figure_address(session, key, as_of),
        counted.figure.label,
        number,
        counted.share,
    )


@register.simple_tag
def number_link(session, key, counts, by, value, as_of):
    """A number in a table; nothing is shown as "-"."""
    if not counts[key]:
        return "-"
    address = figure_address(session, key, as_of, by, value)
    return format_html('<a href="{}">{}</a>', address, dotted(counts[key]))


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
    """A number of the times that opens its rows; plain where it is 0."""
    if not number:
        return "0"
    address = reverse("reports:time_rows", args=[session.pk])
    query = urlencode({"figure": key, "agency": agency, "as_of": as_of.isoformat()})
    return format_html('<a class="plain-link" href="{}?{}">{}</a>', address, query, dotted(number))
