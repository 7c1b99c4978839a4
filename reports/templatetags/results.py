"""Names of results in papers."""

from django import template

from reports.tables import note, result_name

register = template.Library()
register.filter("result_name", result_name)
register.filter("note", note)
