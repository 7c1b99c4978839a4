"""The criteria of the evaluation framework, for the administrator."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from common.acting import official
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

    def save_model(self, request, obj, form, change):
        """What the program brought along has no version yet: it is kept before the first change."""
        if change and not obj.history.exists():
            Criterion.history.bulk_history_create(
                [Criterion.objects.get(pk=obj.pk)], default_change_reason=official(_("shipped with the program"))
            )
            obj.history.update(history_user=None)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return False
