from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from common import duties  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from documents.purposes import register  # noqa: PLC0415 — as above
        from reports import tallies  # noqa: PLC0415 — as above
        from reports.workflow import SESSION_REPORT  # noqa: PLC0415 — as above

        register(SESSION_REPORT)
        post_migrate.connect(tallies.keep_counting, sender=self)
        duties.register("figures", _("count petitions that changed"), tallies.count_again, 88)
