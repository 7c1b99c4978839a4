from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Official documents")

    def ready(self):
        from documents import after_issue, checks, purposes  # noqa: F401, PLC0415 — registered once the apps are ready

        for purpose in (after_issue.CORRIGENDUM, after_issue.RECALL, after_issue.SIGNED_PAPER):
            purposes.register(purpose)
