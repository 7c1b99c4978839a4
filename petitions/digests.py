"""Saved filters that tell of themselves: once a day or a week, what they show the person who asked for it."""

from datetime import timedelta
from urllib.parse import parse_qsl

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.models import Notice
from common.formats import short_date
from petitions.forms import PetitionFilterForm
from petitions.models import FilterMail, SavedFilter
from sessions.context_processors import session_for


def tell_of_filters(now):
    """From the hour of the daily mail on, each filter once in each period to each who asked; returns how many."""
    today = timezone.localdate(now)
    if now < notifications.morning(today):
        return 0
    asked = FilterMail.objects.filter(user__is_active=True).select_related("saved_filter", "user").order_by("pk")
    return sum(_tell(mail, today) for mail in asked)


def _tell(mail, today):
    began = mail.began_on(today)
    key = f"filter/{mail.pk}/{began.isoformat()}"
    if began <= mail.since or Notice.objects.filter(user=mail.user, key=key).exists():
        return 0
    saved = SavedFilter.objects.visible_to(mail.user).filter(pk=mail.saved_filter_id).first()
    words = _words(saved, mail, began, today) if saved else ""
    if not words:
        return 0
    thread = f"filter/{mail.pk}"
    notifications.overtake(Notice.objects.filter(user=mail.user, thread=thread).exclude(key=key))
    notifications.tell(
        [mail.user],
        kind=Notice.Kind.LIST,
        key=key,
        thread=thread,
        group=thread,
        group_title=saved.name,
        text=words,
        url=reverse("petitions:filter", args=[saved.pk]),
        happened_on=today,
    )
    return 1


def _words(saved, mail, began, today):
    """What the person would see by opening the filter now; "" where that is nothing."""
    query = dict(parse_qsl(saved.query))
    form = PetitionFilterForm(query, user=mail.user, council_session=session_for(mail.user, query, today), today=today)
    if not form.total:
        return ""
    before = began - timedelta(days=1 if mail.period == FilterMail.Period.DAILY else 7)
    new = form.petitions().filter(received_on__gte=before).count()
    with translation.override(settings.LANGUAGE_CODE):
        return _("%(total)s petitions, %(overdue)s of them overdue, %(new)s received since %(day)s.") % {
            "total": form.total,
            "overdue": form.petitions().overdue(today).count(),
            "new": new,
            "day": short_date(before),
        }
