"""The criteria of an evaluation framework, as data."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from directory.models import PeoplesCouncil, Validity, ValidityQuerySet


class CriterionQuerySet(ValidityQuerySet):
    def of(self, council, day):
        """Those by which a council is measured on a day: its own, and those for every council of other measures."""
        valid = self.valid_on(day)
        own = models.Q(council=council)
        general = models.Q(council__isnull=True) & ~models.Q(measure__in=valid.filter(own).values("measure"))
        return valid.filter(own | general)


class Criterion(Validity):
    """One criterion of an evaluation framework: what is measured, from which share on it is met, what is left out."""

    class Measure(models.TextChoices):
        FORWARDED = "forwarded", _("petitions forwarded to the right body")
        ON_TIME = "on_time", _("points answered on time")
        VERIFIED = "verified", _("report on petitions before the session")
        PUBLISHED = "published", _("answers made public in time")
        UNANSWERED = "unanswered", _("petitions left unanswered")

    IN_DAYS = (Measure.PUBLISHED, Measure.UNANSWERED)
    MOST_DAYS = 3660

    council = models.ForeignKey(
        PeoplesCouncil,
        models.PROTECT,
        related_name="criteria",
        null=True,
        blank=True,
        verbose_name=_("People's Council"),
        help_text=_("Empty: for every council."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    met_from = models.DecimalField(_("met from (%)"), max_digits=5, decimal_places=2, default=100)
    partly_from = models.DecimalField(_("partly met from (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, help_text=_("Working days until publication; days an answer may take.")
    )
    without_central = models.BooleanField(_("without central matters"), default=True)
    source = LineField(_("drawn from"), max_length=200)
    is_draft = models.BooleanField(_("a draft framework"), default=True)

    objects = CriterionQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["place", "pk"]
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                name="criterion_is_partly_met_below_met",
                condition=models.Q(partly_from__isnull=True) | models.Q(partly_from__lt=models.F("met_from")),
            ),
        ]

    def __str__(self):
        return self.get_measure_display()

    def clean(self):
        """Shares lie within 100%, the lower below the other; what is measured in days says how many."""
        super().clean()
        wrong = {}
        if self.met_from is not None and not 0 < self.met_from <= 100:
            wrong["met_from"] = _("A share from above 0 to 100%.")
        if self.partly_from is not None and not 0 <= self.partly_from <= 100:
            wrong["partly_from"] = _("A share from 0 to 100%.")
        elif self.partly_from is not None and self.met_from is not None and self.partly_from >= self.met_from:
            wrong["partly_from"] = _("It must lie below the share from which the criterion is met.")
        if self.measure in self.IN_DAYS and not self.days:
            wrong["days"] = _("This measure needs a number of days.")
        elif self.days and self.days > self.MOST_DAYS:
            wrong["days"] = _("No more than %(number)d days.") % {"number": self.MOST_DAYS}
        if wrong:
            raise ValidationError(wrong)
