"""What templates say often: numbers, dates, badges, the guard of a form."""

import uuid
from functools import lru_cache

from django import template
from django.template.defaultfilters import capfirst
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats

register = template.Library()

register.filter("dotted", formats.dotted)
register.filter("short_date", lambda day: formats.short_date(day) if day else "")
register.filter("official_date", formats.official_date)
register.filter("roman", formats.roman)

#: Characters; what is shorter is typed again as fast as it is copied.
WORTH_KEEPING = 20

_SIGNS = {"late": "▲", "soon": "◷", "ok": "✓", "info": "●", "neutral": "○"}


@register.simple_tag
def percent(numerator, denominator):
    return formats.percent(numerator, denominator)


@register.simple_tag
def badge(tone, words):
    """Status is always a sign and words, never colour alone. Tones: late, soon, ok, info, neutral."""
    return _badge(tone, capfirst(words))


@lru_cache(maxsize=1000)
def _badge(tone, words):
    return format_html(
        '<span class="badge-state is-{}"><span aria-hidden="true">{}</span> {}</span>', tone, _SIGNS[tone], words
    )


@register.simple_tag
def due_badge(due_on, today, done_on=None, *, is_reply=True):
    """How a due date stands: late or on time when `done_on` is known, otherwise how far off it is."""
    if not due_on:
        return mark_safe("")
    if done_on:
        if done_on <= due_on:
            return badge("ok", _("On time"))
        return badge("late", _days_over((done_on - due_on).days, is_reply=is_reply))
    days = (due_on - today).days
    if days < 0:
        return badge("late", _days_late(-days))
    if days == 0:
        return badge("soon", _("Due today"))
    words = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return badge("soon" if days <= 7 else "neutral", words)


def _days_late(days):
    return ngettext("Overdue %(days)d day", "Overdue %(days)d days", days) % {"days": days}


def _days_over(days, *, is_reply):
    if is_reply:
        return ngettext("Answered %(days)d day late", "Answered %(days)d days late", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@register.simple_tag
def days_until(day, today):
    """How many days lie between today and `day`; negative once it has passed."""
    return (day - today).days


@register.simple_tag
def once():
    """A key that makes this form take effect one time, however often it is sent."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid.uuid4())


@register.simple_tag(takes_context=True)
def typed(context):
    """The texts of the form just sent that took effort to type, for a page that could not take them."""
    sent = context["request"].POST.lists()
    texts = [text for name, values in sent for text in values if "password" not in name]
    return [text for text in texts if len(text) >= WORTH_KEEPING and " " in text.strip()]


@register.simple_tag(takes_context=True)
def here(context, **changes):
    """The present address with some query parameters changed; `None` drops one."""
    query = {**dict(context["request"].GET.lists()), "page": None, **changes}
    query = {name: value for name, value in query.items() if value not in (None, "")}
    return f"?{urlencode(query, doseq=True)}" if query else context["request"].path


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The present address on another page of the list, or `list_address` where the list stands elsewhere."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"{context.get('list_address', '')}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def remove_filter(context, name):
    """The present address without one filter."""
    return here(context, **{name: None})


@register.filter
def field(form, name):
    """The bound field of that name."""
    return form[name]


@register.filter
def model_name(record):
    """The name of its model, as the address of its history page has it."""
    return record._meta.model_name


@register.filter
def words(text):
    """A text as its words, for a short loop."""
    return text.split()


@register.filter
def keep_place_together(name):
    """A body's name that breaks before its place, never inside: "Hội đồng nhân dân / tỉnh Ninh Bình"."""
    for kind in (" tỉnh ", " thành phố ", " xã ", " phường "):
        body, found, place = name.partition(kind)
        if found:
            return format_html('{} <span class="nowrap">{}{}</span>', body, found.lstrip(), place)
    return name


@register.filter
def short_name(name):
    """A body's name without its place, for narrow columns: "Sở Xây dựng"."""
    return name.split(" tỉnh ")[0]
