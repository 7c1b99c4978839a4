from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "petitions"
    verbose_name = _("Petitions")

    def ready(self):
        from documents.purposes import register  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from petitions.imports import jobs  # noqa: PLC0415 — as above
        from petitions.workflow import FORWARDING_LETTER  # noqa: PLC0415 — as above

        register(FORWARDING_LETTER)
        jobs.register()
