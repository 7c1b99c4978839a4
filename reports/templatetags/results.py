"""Names of results in papers."""

from django import template

from reports.tables import result_name

register = template.Library()
register.filter("result_name", result_name)
