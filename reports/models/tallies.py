"""What the database keeps of petitions that stand alike, so that the figures of very many are counted at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TouchedPetition(models.Model):
    """Something a figure asks of a petition has changed since it was last counted: itself, a point of it or a clock.

    The database writes it down in the transaction of the change, whoever makes it (`reports.tallies`).
    """

    petition = models.BigIntegerField(null=True)
    point = models.BigIntegerField(null=True)
    clock = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("petition to be counted again")
        verbose_name_plural = _("petitions to be counted again")

    def __str__(self):
        return f"{self.petition or self.point or self.clock}"


class Alike(models.Model):
    """What petitions, or points, that stand alike have in common.

    `due_on` is the day after which it is overdue, 9999-12-31 where nothing is due. No record named: 0.
    """

    council_session = models.BigIntegerField()
    result = models.CharField(max_length=12)
    due_on = models.DateField()

    class Meta:
        abstract = True


class AlikePetition(Alike):
    """`apart`: "merged" or "set_aside", "" for one to be dealt with; `late`, `disagreed` and `assigned` are 0 or 1."""

    apart = models.CharField(max_length=9)
    level = models.CharField(max_length=10)
    late = models.SmallIntegerField()
    disagreed = models.SmallIntegerField()
    assigned = models.SmallIntegerField()
    times_raised = models.IntegerField()
    points = models.IntegerField()

    class Meta:
        abstract = True


class CountedPetition(AlikePetition):
    """A petition as it was last counted. It has stood like this from the day `stands_from` on."""

    petition = models.BigIntegerField(primary_key=True)
    policy_field = models.BigIntegerField()
    place = models.BigIntegerField()
    stands_from = models.DateField()

    class Meta:
        verbose_name = _("petition as counted")
        verbose_name_plural = _("petitions as counted")
        indexes = [models.Index(fields=["council_session", "stands_from"])]

    def __str__(self):
        return f"{self.petition}"


class CountedPoint(Alike):
    """A point of a petition to be dealt with as it was last counted, with its lead agency."""

    petition = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField()

    class Meta:
        verbose_name = _("point as counted")
        verbose_name_plural = _("points as counted")

    def __str__(self):
        return f"{self.petition}"


class StandingTally(AlikePetition):
    """So many petitions counted that stand alike; `by` a field, a place or (points) an agency, or "" for all together.

    By a field, place or agency only those to be dealt with are told apart, by result and due date.
    """

    by = models.CharField(max_length=6)
    value = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("count of those that stand alike")
        verbose_name_plural = _("counts of those that stand alike")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "council_session", "by", "value", "apart", "level", "result", "due_on", "late", "disagreed",
                    "assigned", "times_raised", "points",
                ],
                name="standing_is_counted_once",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.number}"
