from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from documents.purposes import register  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from reports.workflow import SESSION_REPORT  # noqa: PLC0415 — as above

        register(SESSION_REPORT)
