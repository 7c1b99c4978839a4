"""What templates ask about an answer."""

from django import template

from responses import markup, promising, replacing, reviewing

register = template.Library()

register.filter("letter_text", markup.html)


@register.simple_tag
def may_mark(answer, user):
    return not reviewing.mark_refusal(answer, user)


@register.simple_tag
def may_confirm(answer, user):
    return not promising.confirm_refusal(answer, user)


@register.simple_tag
def may_untick(reply, user):
    return not replacing.untick_refusal(reply, user)
