"""How many notices wait for a person."""

from django import template

from accounts.models import Notice

register = template.Library()


@register.simple_tag
def unread_notices(user):
    return Notice.objects.visible_to(user).unread().count()
