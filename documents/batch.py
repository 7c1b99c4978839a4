"""Many cleared documents issued in the background, one after the other; what is refused is told, the rest goes on."""

import logging
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Permission
from common import jobs
from documents import workflow
from documents.models import Document, Status

logger = logging.getLogger(__name__)


def enqueue(documents, *, by, issued_on):
    """Issue all of `documents` in the background; returns the job with its progress."""
    chosen = [document for document in documents if document.status == Status.CLEARED]
    if not chosen:
        raise ValidationError(_("Tick at least one cleared document."))
    for document in chosen:
        if not by.may(Permission.DOCUMENT_ISSUE, at=document.agency):
            raise PermissionDenied(_("Your role does not allow this step: %(step)s.") % {
                "step": workflow.STEPS["issue"].label})  # fmt: skip
    title = ngettext("Issuing %(number)d document", "Issuing %(number)d documents", len(chosen)) % {
        "number": len(chosen)
    }
    return jobs.enqueue(
        IssuingMany.key, title=title, by=by, total=len(chosen), documents=[document.pk for document in chosen],
        issued_on=issued_on.isoformat(),
    )  # fmt: skip


class IssuingMany(jobs.Kind):
    """Issues one document a step. Cancelled, it stops between two; what is issued stays issued."""

    key = "documents.issuing"
    label = gettext_lazy("Issuing documents")

    def step(self, job):
        chosen, refused = job.arguments["documents"], job.result.get("refused", [])
        day = date.fromisoformat(job.arguments["issued_on"])
        if why := self._issue(chosen[job.done], by=job.asker, day=day):
            refused.append([chosen[job.done], why])
        job.done += 1
        job.result = {"refused": refused, "issued": job.done - len(refused)}
        return job.done >= len(chosen)

    def _issue(self, pk, *, by, day):
        """Why it could not be issued; "" when it was."""
        document = Document.objects.get(pk=pk)
        if document.status == Status.ISSUED:
            return ""
        try:
            with transaction.atomic():
                workflow.issue(document, by=by, issued_on=day)
        except PermissionDenied as problem:
            return str(problem)
        except ValidationError as problem:
            return " ".join(problem.messages)
        except OperationalError:  # the database is busy: the step is tried again
            raise
        except Exception:  # one document does not hold up the others
            logger.exception("document %s could not be issued", pk)
            return _("Something unexpected went wrong; the administrator finds it in the log.")
        return ""

    def result_address(self, job):
        return f"{reverse('documents:index')}?status=cleared"


ISSUING_MANY = IssuingMany()
