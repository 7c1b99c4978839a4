"""How many petitions stand alike, counted as they change, so that a list of very many need not count them again."""

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from petitions.models.petitions import NOT_COUNTED
from petitions.models.results import CLOSING

#: What petitions that stand alike share, as SQL of a petition's columns.
_SHARED = {
    "council_id": "council_id",
    "council_session_id": "council_session_id",
    "policy_field_id": "policy_field_id",
    "lead_agency_id": "lead_agency_id",
    "status": "status",
    "result": "result",
    "due_on": "due_on",
    "is_answered": "answered_on IS NOT NULL",
    "is_repeat": "repeats_id IS NOT NULL",
}
_KEY = ", ".join(_SHARED)
_TABLE, _PETITIONS = "petitions_petitiontally", "petitions_petition"


def _rows(row, sign):
    """What one petition adds or takes away: its key, a number and its points."""
    key = ", ".join(f"{row}{expression} AS {name}" for name, expression in _SHARED.items())
    return f"{key}, {sign}1 AS number, {sign}{row}point_count AS points"


_SUMS = f"INSERT INTO {_TABLE} ({_KEY}, number, points) SELECT {_KEY}, sum(number), sum(points) FROM"
_TOGETHER = f"GROUP BY {_KEY} HAVING sum(number) <> 0 OR sum(points) <> 0"
_COUNT = f"{_SUMS} (SELECT {_rows('', '')} FROM {_PETITIONS}) AS counted {_TOGETHER}"  # noqa: S608

_ADDED = f"SELECT {_rows('', '')} FROM new_rows"  # noqa: S608
_TAKEN = f"SELECT {_rows('', '-')} FROM old_rows"  # noqa: S608
_CHANGES = {
    "insert": ("REFERENCING NEW TABLE AS new_rows", _ADDED),
    "delete": ("REFERENCING OLD TABLE AS old_rows", _TAKEN),
    "update": ("REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", f"{_ADDED} UNION ALL {_TAKEN}"),
}


def _postgresql():
    """One statement for each change, however many petitions it touches."""
    for event, (rows, changed) in _CHANGES.items():
        name = f"petition_tally_{event}"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{_SUMS} ({changed}) AS changed {_TOGETHER}; RETURN NULL; END $$"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {_PETITIONS} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def _sqlite():
    columns = [*_SHARED, "answered_on", "repeats_id", "point_count"]
    differs = " OR ".join(
        f"OLD.{name} IS NOT NEW.{name}" for name in columns if name not in ("is_answered", "is_repeat")
    )
    insert = f"INSERT INTO {_TABLE} ({_KEY}, number, points) SELECT"
    added, taken = f"{insert} {_rows('NEW.', '')};", f"{insert} {_rows('OLD.', '-')};"
    for event, condition, actions in (
        ("insert", "", added),
        ("delete", "", taken),
        ("update", f"WHEN {differs}", taken + added),
    ):
        name = f"petition_tally_{event}"
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {_PETITIONS} FOR EACH ROW {condition} "
            f"BEGIN {actions} END"
        )


class TallyQuerySet(models.QuerySet):
    def left_by(self, council_sessions):
        """What `PetitionQuerySet.open` finds of these sessions."""
        rows = self.filter(council_session__in=[session.pk for session in council_sessions])
        return rows.exclude(status__in=NOT_COUNTED).exclude(result__in=CLOSING)

    def keep(self):
        """Have the database count from now on, and count what there is: after every migration.

        SQLite forgets who counts whenever a migration alters the petitions' table.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"LOCK TABLE {_PETITIONS} IN SHARE ROW EXCLUSIVE MODE")
            for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
                cursor.execute(statement)
            self.model.objects.all().delete()
            cursor.execute(_COUNT)

    def compact(self):
        """Bring together what changes have added and taken away; the sums stay. Returns how many rows went."""
        before = self.model.objects.count()
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # one statement sees one state, whoever writes meanwhile
                cursor.execute(
                    f"WITH gone AS (DELETE FROM {_TABLE} RETURNING *) {_SUMS} gone {_TOGETHER}"  # noqa: S608
                )
            else:
                last = self.model.objects.aggregate(last=models.Max("pk"))["last"] or 0
                cursor.execute(f"{_SUMS} {_TABLE} WHERE id <= %s {_TOGETHER}", [last])
                self.model.objects.filter(pk__lte=last).delete()
        return before - self.model.objects.count()


class PetitionTally(models.Model):
    """Petitions that stand alike, `number` of them with `points` in all; the rows with the same key add up.

    The database writes them in the transaction of each change, whoever makes it, and only ever adds rows: nobody
    waits for another, and every reader sees sums that fit the petitions seen. A daily duty brings them together.
    """

    council = models.BigIntegerField(db_column="council_id")
    council_session = models.BigIntegerField(db_column="council_session_id")
    policy_field = models.BigIntegerField(db_column="policy_field_id", null=True)
    lead_agency = models.BigIntegerField(db_column="lead_agency_id", null=True)
    status = models.CharField(max_length=10)
    result = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    is_answered = models.BooleanField()
    is_repeat = models.BooleanField()
    number = models.BigIntegerField()
    points = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of petitions")
        verbose_name_plural = _("counts of petitions")
        indexes = [models.Index(fields=["council_session", "council"])]

    def __str__(self):
        return f"{self.number}"


def keep_counting(**_signal):
    if _TABLE in connection.introspection.table_names():
        PetitionTally.objects.keep()


#: Rows that can be brought together and are not; so many are added up in no time.
MOST_LOOSE = 1000


def compact_tallies(now):
    """Compact where it is worth it."""
    rows = PetitionTally.objects.order_by()
    keys = rows.values_list(*(name.removesuffix("_id") for name in _SHARED)).distinct()
    return rows.compact() if rows.count() - keys.count() > MOST_LOOSE else 0
