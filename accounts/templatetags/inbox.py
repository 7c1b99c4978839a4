"""How many notices wait for a person."""

from django import template

from accounts.models import Notice

register = template.Library()


@register.simple_tag
def unread_notices(user):
    """Counted once a page: the menu stands on it twice."""
    if not hasattr(user, "unread_on_this_page"):
        user.unread_on_this_page = Notice.objects.visible_to(user).unread().count()
    return user.unread_on_this_page
