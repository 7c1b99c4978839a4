from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """Labelled apart from Django's own `sessions` (see docs/adr/0002)."""

    name = "sessions"
    label = "council_sessions"
    verbose_name = _("Council sessions")

    def ready(self):
        from common import duties  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from deadlines import subjects  # noqa: PLC0415 — as above
        from sessions import reporting  # noqa: PLC0415 — as above
        from sessions.subjects import DUE_REPORT_TIME  # noqa: PLC0415 — as above

        subjects.register(DUE_REPORT_TIME)
        duties.register("reports", _("ask for the reports due around sessions"), reporting.require_all, 25)
