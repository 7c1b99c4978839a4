from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = _("Deadlines")

    def ready(self):
        from common import duties  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from deadlines import daily  # noqa: PLC0415 — as above

        duties.register("defaults", _("give every council rules and reminders"), daily.give_defaults, 20)
        duties.register("reminders", _("remind of due dates"), daily.give_reminders, 30)
