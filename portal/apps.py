from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Public pages")

    def ready(self):
        from portal.workflow import follow_letter  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from responses.replacing import follow  # noqa: PLC0415 — as above

        follow(follow_letter)
