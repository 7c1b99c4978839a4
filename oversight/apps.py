from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = _("Oversight")

    def ready(self):
        from accounts.entrusting import entrust  # noqa: PLC0415 — rooms make themselves known once apps are ready
        from common import jobs  # noqa: PLC0415 — as above
        from deadlines import subjects  # noqa: PLC0415 — as above
        from documents.models import Document  # noqa: PLC0415 — as above
        from documents.purposes import register  # noqa: PLC0415 — as above
        from oversight.coverage import entrusted_documents, entrusted_petitions  # noqa: PLC0415 — as above
        from oversight.laddering import LADDER_LETTER  # noqa: PLC0415 — as above
        from oversight.packing import MAKING_PACKS  # noqa: PLC0415 — as above
        from oversight.subjects import EXPLANATION_TIME, RECOMMENDATION_TIME  # noqa: PLC0415 — as above
        from oversight.workflow import CONCLUSION_NOTICE, DELEGATION_PAPER  # noqa: PLC0415 — as above
        from petitions.models import Petition  # noqa: PLC0415 — as above

        entrust(Petition, entrusted_petitions)
        entrust(Document, entrusted_documents)
        jobs.register(MAKING_PACKS)
        register(CONCLUSION_NOTICE)
        register(LADDER_LETTER)
        register(DELEGATION_PAPER)
        subjects.register(RECOMMENDATION_TIME)
        subjects.register(EXPLANATION_TIME)
