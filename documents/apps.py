from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Official documents")

    def ready(self):
        from common import duties, jobs  # noqa: PLC0415 — registered once the apps are ready
        from documents import after_issue, batch, checks, delivery, long, purposes  # noqa: F401, PLC0415 — as above

        for purpose in (after_issue.CORRIGENDUM, after_issue.RECALL, after_issue.SIGNED_PAPER):
            purposes.register(purpose)
        jobs.register(delivery.MAILING)
        jobs.register(batch.ISSUING_MANY)
        jobs.register(long.LAYING_OUT)
        jobs.register(long.WRITING_WORD)
        duties.register("laid_out", _("forget long drafts laid out"), long.forget, 80)
