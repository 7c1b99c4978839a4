"""Many tracked records at once, with the same history as if each had been saved."""

from django.db import connection, transaction
from django.utils import timezone

from common.acting import official

BATCH = 500


@transaction.atomic
def create_many(records, *, by, reason):
    """Create records of one tracked model; returns them with their keys."""
    if not records:
        return []
    model = type(records[0])
    created = model._base_manager.bulk_create(records, batch_size=BATCH)
    _remember(model, [record.pk for record in created], "+", by, reason)
    return created


@transaction.atomic
def change_many(model, keys, *, by, reason, **changes):
    """Set the same fields of many records to the same values."""
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        model._base_manager.filter(pk__in=keys[start : start + BATCH]).update(**changes)
    _remember(model, keys, "~", by, reason)


def _remember(model, keys, kind, by, reason):
    """One history row per record, copied inside the database."""
    history, quote = model.history.model, connection.ops.quote_name
    columns = [quote(field.column) for field in history.tracked_fields]
    notes = ["history_date", "history_change_reason", "history_type", "history_user_id"]
    values = [
        connection.ops.adapt_datetimefield_value(timezone.now()),
        official(reason),
        kind,
        by.pk if by else None,
    ]
    into = ", ".join([*columns, *map(quote, notes)])
    taken = ", ".join([*columns, *["%s"] * len(notes)])
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            marks = ", ".join(["%s"] * len(batch))
            statement = (
                f"INSERT INTO {quote(history._meta.db_table)} ({into}) "  # noqa: S608 — names of our own columns
                f"SELECT {taken} FROM {table} WHERE {key} IN ({marks}) ORDER BY {key}"
            )
            cursor.execute(statement, [*values, *batch])


def set_each(model, fields, rows):
    """Set fields of untracked records, each its own values: `rows` are (key, value, …)."""
    quote = connection.ops.quote_name
    columns = [quote(model._meta.get_field(name).column) for name in fields]
    settings = ", ".join(f"{column} = %s" for column in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*values, key) for key, *values in rows])
