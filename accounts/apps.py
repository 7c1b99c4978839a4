from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import notifications  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from common import duties  # noqa: PLC0415 — as above

        duties.register("mails", _("write the daily mails"), notifications.write_mails, 50)
        duties.register("sending", _("send what waits"), notifications.send_mails, 60)
