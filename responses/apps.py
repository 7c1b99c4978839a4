from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    name = "responses"
    verbose_name = _("Replies")

    def ready(self):
        from documents.purposes import register  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from petitions import handouts  # noqa: PLC0415 — as above
        from responses.handouts import AnswersKind  # noqa: PLC0415 — as above
        from responses.workflow import REPLY_LETTER  # noqa: PLC0415 — as above

        register(REPLY_LETTER)
        handouts.register(AnswersKind())
