"""The cells of the tables beside the figures, as they are printed."""

from datetime import date
from decimal import Decimal

from django import template

from common.formats import dotted, short_date

register = template.Library()


@register.filter
def cells(table, row):
    """[(column, printed value)] of one row, without the column that groups."""
    return [(table.fields[place], _printed(row[place], table.fields[place])) for place in table.columns]


def _printed(value, column):
    return "-" if column.kind == "share" and value in (None, "") else printed(value)


@register.filter
def printed(value):
    """A value as papers write it: 1.472, 97,4%, 03/6/2026."""
    if isinstance(value, Decimal):
        return f"{value}%".replace(".", ",")
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return dotted(value)
    return "" if value is None else value
