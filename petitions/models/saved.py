"""Filters people keep for themselves or share."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from directory.models import PeoplesCouncil


class SavedFilterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and those shared in the councils one works with."""
        return self.filter(Q(owner=user) | Q(is_shared=True, council__in=user.councils))


class SavedFilter(models.Model):
    """The address of a list under a name. What it shows is decided anew for whoever opens it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_filters", verbose_name=_("owner")
    )
    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="saved_filters", verbose_name=_("People's Council")
    )
    name = LineField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("shared with the council's people"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_is_named_once",
                violation_error_message=_("You have a filter of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('petitions:index')}?{self.query}"


class FilterMail(models.Model):
    """One person wants to be told of one filter, every day or every week, from the period after `since` on."""

    class Period(models.TextChoices):
        DAILY = "daily", _("every morning")
        WEEKLY = "weekly", _("every Monday")

    saved_filter = models.ForeignKey(SavedFilter, models.PROTECT, related_name="mails", verbose_name=_("saved filter"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="filter_mails", verbose_name=_("user")
    )
    period = models.CharField(_("how often"), max_length=6, choices=Period)
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("mail about a filter")
        verbose_name_plural = _("mails about filters")
        constraints = [models.UniqueConstraint(fields=["saved_filter", "user"], name="filter_is_mailed_once_a_person")]

    def __str__(self):
        return f"{self.saved_filter} → {self.user}"

    def began_on(self, today):
        """The first day of the period `today` lies in."""
        return today if self.period == self.Period.DAILY else today - timedelta(days=today.weekday())
