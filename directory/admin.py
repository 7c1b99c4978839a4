"""The register of councils, agencies, places, fields and officials, for the administrator."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from directory.models import (
    AdministrativeUnit,
    Agency,
    AgencySuccession,
    Official,
    PeoplesCouncil,
    PolicyField,
    UnitSuccession,
)


class RegisterAdmin(SimpleHistoryAdmin):
    """Nothing is deleted: what ends gets a last day."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PeoplesCouncil)
class CouncilAdmin(RegisterAdmin):
    list_display = ["name", "code", "valid_from", "valid_to", "successor"]
    search_fields = ["name"]
    autocomplete_fields = ["unit", "successor"]


@admin.register(Agency)
class AgencyAdmin(RegisterAdmin):
    list_display = ["name", "council", "kind", "symbol", "valid_from", "valid_to"]
    list_filter = ["council", "kind"]
    search_fields = ["name", "symbol"]
    autocomplete_fields = ["council", "unit"]


@admin.register(AgencySuccession)
class AgencySuccessionAdmin(RegisterAdmin):
    list_display = ["predecessor", "successor", "policy_field", "effective_on"]
    autocomplete_fields = ["predecessor", "successor", "policy_field"]


@admin.register(AdministrativeUnit)
class UnitAdmin(RegisterAdmin):
    list_display = ["name", "code", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["level"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(RegisterAdmin):
    list_display = ["predecessor", "successor", "effective_on"]
    autocomplete_fields = ["predecessor", "successor"]


@admin.register(PolicyField)
class PolicyFieldAdmin(RegisterAdmin):
    list_display = ["name", "council", "committee", "place_in_list", "is_in_use"]
    list_filter = ["council"]
    search_fields = ["name"]
    autocomplete_fields = ["council", "committee"]


@admin.register(Official)
class OfficialAdmin(RegisterAdmin):
    list_display = ["name", "post", "agency", "authority", "valid_from", "valid_to"]
    list_filter = ["agency__council", "authority"]
    search_fields = ["name"]
    autocomplete_fields = ["agency"]
