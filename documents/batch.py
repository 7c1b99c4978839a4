"""Many cleared documents issued in the background, one after the other; what is refused is told, the rest goes on."""

import logging
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Permission
from common import jobs
from documents import long, renderers, workflow
from documents.models import Document, Status
from documents.papers import paper_of

logger = logging.getLogger(__name__)


@transaction.atomic
def enqueue(documents, *, by, issued_on):
    """Issue all of `documents` in the background; returns the job with its progress.

    A paper so long that it is laid out in parts has a job of its own, and takes its number when that is done.
    """
    chosen = [document for document in documents if document.status == Status.CLEARED]
    if not chosen:
        raise ValidationError(_("Tick at least one cleared document."))
    for agency in {document.agency for document in chosen}:
        if not by.may(Permission.DOCUMENT_ISSUE, at=agency):
            raise PermissionDenied(_("Your role does not allow this step: %(step)s.") % {
                "step": workflow.STEPS["issue"].label})  # fmt: skip
    models.prefetch_related_objects(chosen, "addressees", "appendices", "signer")
    apart = [document for document in chosen if paper_of(document).is_long]
    together = [document.pk for document in chosen if document not in apart]
    jobs_apart = [long.enqueue_issue(document, by=by, issued_on=issued_on) for document in apart]
    if not together:
        return jobs_apart[0]
    title = ngettext("Issuing %(number)d document", "Issuing %(number)d documents", len(together)) % {
        "number": len(together)
    }
    return jobs.enqueue(
        IssuingMany.key, title=title, by=by, total=len(together), documents=together, apart=len(apart),
        issued_on=issued_on.isoformat(),
    )  # fmt: skip


class IssuingMany(jobs.Kind):
    """Issues a few documents a step, their papers laid out on all cores at once.

    Cancelled, it stops between two steps; what is issued stays issued.
    """

    key = "documents.issuing"
    label = gettext_lazy("Issuing documents")

    def step(self, job):
        chosen, refused = job.arguments["documents"], job.result.get("refused", [])
        day, by = date.fromisoformat(job.arguments["issued_on"]), job.asker
        now = chosen[job.done : job.done + self._at_once()]
        foreseen = self._foreseen(now, by=by, day=day) if len(now) > 1 else {}
        for pk in now:
            if why := self._issue(pk, by=by, day=day, foreseen=foreseen.get(pk)):
                refused.append([pk, why])
        job.done += len(now)
        job.result = {"refused": refused, "issued": job.done - len(refused)}
        return job.done >= len(chosen)

    def _at_once(self):
        """Two papers for each process, so that none waits for another; one where there is one core."""
        return settings.RENDERERS * 2 if settings.RENDERERS > 1 else 1

    def _foreseen(self, keys, *, by, day):
        """Laid out beforehand; where that fails, each is laid out as it is issued, and its own problem told with it."""
        try:
            return self._laid_out(keys, by=by, day=day)
        except OperationalError:  # the database is busy: the step is tried again
            raise
        except Exception:
            logger.exception("documents %s could not be laid out together", keys)
            return {}

    def _laid_out(self, keys, *, by, day):
        """The papers as they will most likely be issued, with their PDFs; nothing is decided by it."""
        found = Document.objects.filter(pk__in=keys, status=Status.CLEARED).select_related("agency", "signer__agency")
        by_key = {document.pk: document for document in found.prefetch_related("addressees", "appendices")}
        foreseen = workflow.foresee([by_key[pk] for pk in keys if pk in by_key], by=by, issued_on=day)
        contents = renderers.render_all([(each.paper, each.source) for each in foreseen.values()])
        for each, content in zip(foreseen.values(), contents, strict=True):
            each.content = content
        return foreseen

    def _issue(self, pk, *, by, day, foreseen):
        """Why it could not be issued; "" when it was."""
        document = Document.objects.get(pk=pk)
        if document.status == Status.ISSUED:
            return ""
        try:
            with transaction.atomic():
                workflow.issue(document, by=by, issued_on=day, foreseen=foreseen)
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

    def outcome(self, job):
        refused, apart = len(job.result.get("refused", [])), job.arguments.get("apart", 0)
        words = [_("%(number)d issued.") % {"number": job.done - refused}]
        if refused:
            words.append(_("%(number)d refused.") % {"number": refused})
        if apart:
            words.append(
                ngettext(
                    "%(number)d long document is laid out and issued by work of its own: see “Background work”.",
                    "%(number)d long documents are laid out and issued by work of their own: see “Background work”.",
                    apart,
                )
                % {"number": apart}
            )
        return " ".join(words)

    def refusals(self, job):
        return long.refused_by(job)

    def result_address(self, job):
        return f"{reverse('documents:index')}?status=cleared"


ISSUING_MANY = IssuingMany()
