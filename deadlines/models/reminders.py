"""When people are reminded of due dates: per council and role, as data."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from common.models import TrackedModel
from directory.models import PeoplesCouncil

_numbers = RegexValidator(r"^\s*(\d{1,3}(\s*,\s*\d{1,3}){0,9})?\s*$", _("Numbers of days, separated by commas."))


class ReminderPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.councils)


class ReminderPlan(TrackedModel):
    """On which days people of one role hear of a due date: so many days before it, on it, so many days after it."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="reminder_plans", verbose_name=_("People's Council")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    before = models.CharField(_("days before"), max_length=40, blank=True, validators=[_numbers])
    on_the_day = models.BooleanField(_("on the day"), default=False)
    after = models.CharField(_("days after"), max_length=40, blank=True, validators=[_numbers])

    objects = ReminderPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of reminders")
        verbose_name_plural = _("plans of reminders")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["council", "role"], name="reminder_plan_is_made_once_a_role")]

    def __str__(self):
        return self.get_role_display()

    @property
    def offsets(self):
        """Days relative to the due date, in order: [-15, -7, -3, 0, 1]."""
        days = {-number for number in _read(self.before)} | {number for number in _read(self.after) if number}
        return sorted(days - {0} | ({0} if self.on_the_day else set()))

    def milestone(self, offset):
        """The latest day of the plan that has come when the due date is `offset` days off; None before the first."""
        return max((day for day in self.offsets if day <= offset), default=None)


def _read(text):
    return [int(number) for number in text.split(",") if number.strip()]
