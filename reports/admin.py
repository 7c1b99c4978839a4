"""The criteria of the evaluation framework, for the administrator."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from reports.models import Criterion


@admin.register(Criterion)
class CriterionAdmin(SimpleHistoryAdmin):
    """Nothing is deleted: what no longer holds gets a last day."""

    list_display = [
        "measure",
        "council",
        "met_from",
        "partly_from",
        "days",
        "without_central",
        "valid_from",
        "valid_to",
    ]

    def has_delete_permission(self, request, obj=None):
        return False
