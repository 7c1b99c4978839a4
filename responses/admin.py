"""The reasons of results, for the administrator."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from responses.models import ResultReason


@admin.register(ResultReason)
class ResultReasonAdmin(SimpleHistoryAdmin):
    """Nothing is deleted: what is no longer chosen is taken out of use."""

    list_display = ["name", "result", "needs_roadmap", "is_about_documents", "place_in_list", "is_in_use"]
    list_filter = ["result", "is_in_use", "is_about_documents"]

    def has_delete_permission(self, request, obj=None):
        return False
