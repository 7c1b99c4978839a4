"""The working calendar of one council: the public calendar with its own entries on top, versioned per year."""

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from deadlines.calendar import VIETNAM, CorrectedCalendar
from directory.models import PeoplesCouncil


class CalendarVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.councils)

    def latest(self, council, until=None):
        """The version of each year in force for a council: now, or as it was at the moment `until`."""
        versions = self.filter(council=council)
        if until is not None:
            versions = versions.filter(adopted_at__lte=until)
        newest = versions.filter(year=models.OuterRef("year")).order_by("-number").values("number")[:1]
        return versions.filter(number=models.Subquery(newest))


class CalendarVersion(TrackedModel):
    """What one council corrects in the public calendar of one year. A correction makes the next version."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="calendar_versions", verbose_name=_("People's Council")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    basis = LineField(_("basis"), max_length=300, help_text=_("The announcement or decision, with number and day."))
    adopted_at = models.DateTimeField(_("in force since"), auto_now_add=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_versions", verbose_name=_("adopted by")
    )

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a working calendar")
        verbose_name_plural = _("versions of a working calendar")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "year", "number"], name="calendar_version_is_numbered_once"),
        ]

    def __str__(self):
        return f"{self.year}, {_('version')} {self.number}"

    def history_parts(self):
        return list(self.entries.all())


class CalendarEntry(TrackedModel):
    """One day that differs from the public calendar."""

    class Kind(models.TextChoices):
        OFF = "off", _("day off (replacement or public holiday)")
        CLOSED = "closed", _("the office is closed")
        WORKED = "worked", _("worked (make-up day)")

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="entries", verbose_name=_("version"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("what it is"), max_length=6, choices=Kind)
    name = LineField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("entry of a working calendar")
        verbose_name_plural = _("entries of a working calendar")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["version", "day"], name="calendar_entry_names_a_day_once"),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"


def keep_still(council_id):
    """Until the transaction ends no calendar of this council is adopted: what is counted meanwhile stays right.

    Any number may keep it still at once. Whoever also locks records that repeat a due date keeps it still first.
    Where there are no row locks, writers come one after the other in any case.
    """
    if council_id is None or not connection.features.has_select_for_update:
        return
    table, key = PeoplesCouncil._meta.db_table, PeoplesCouncil._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{key}" = %s FOR SHARE', [council_id])  # noqa: S608 — our names


def calendar_of(council, until=None, instead=None):
    """The working calendar of a council; `until` as it was at a moment.

    `instead` is {year: [(day, kind, name)]}: entries to try out in place of the version in force.
    """
    if council is None:
        return VIETNAM
    instead = instead or {}
    latest = CalendarVersion.objects.latest(council, until).exclude(year__in=instead)
    rows = list(CalendarEntry.objects.filter(version__in=latest).values_list("day", "kind", "name"))
    rows += [row for entries in instead.values() for row in entries]
    return _corrected(rows)


def calendars_of(councils):
    """{council id: [version with its entries, …], oldest first}, in two queries however many they are."""
    found = {council: [] for council in councils}
    versions = CalendarVersion.objects.filter(council__in=councils).order_by("year", "number")
    for version in versions.prefetch_related("entries"):
        found[version.council_id].append(version)
    return found


def calendar_from(versions, until=None):
    """`calendar_of`, from versions read before."""
    latest = {version.year: version for version in versions if until is None or version.adopted_at <= until}
    return _corrected([(e.day, e.kind, e.name) for version in latest.values() for e in version.entries.all()])


def _corrected(rows):
    """The public calendar with (day, kind, name) rows on top."""
    if not rows:
        return VIETNAM
    worked = CalendarEntry.Kind.WORKED
    return CorrectedCalendar(
        {day: name for day, kind, name in rows if kind != worked},
        frozenset(day for day, kind, _name in rows if kind == worked),
        VIETNAM,
    )
