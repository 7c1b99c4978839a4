from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"

    def ready(self):
        from common import duties  # noqa: PLC0415 — rooms make themselves known once apps are ready

        duties.register("jobs", _("take up background work that was left"), duties.take_up_jobs, 10)
        duties.register("expiry", _("forget what has run out"), duties.expire, 90)
