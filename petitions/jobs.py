"""Long work of the petitions room: urging letters for many agencies in one go."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import jobs
from common.acting import current_act
from directory.models import Agency, Official
from petitions.workflow.urging import PURPOSE, draft_urging, submit_urging, to_urge


class UrgingLetters(jobs.Kind):
    """One letter a step. What was urged or answered meanwhile is left out, so a step done again makes no second letter.

    Arguments: issuer, agencies (ids), reply_by, signer, soon (days), submit (at once for clearance).
    """

    key = "urging"
    label = _("Urging letters")

    def step(self, job):
        waiting = job.checkpoint.get("waiting", job.arguments["agencies"])
        if waiting:
            self._write(job, Agency.objects.get(pk=waiting[0]))
            job.checkpoint = {"waiting": waiting[1:]}
            job.done += 1
        return len(waiting) <= 1

    def _write(self, job, agency):
        issuer = Agency.objects.get(pk=job.arguments["issuer"])
        today = date.fromisoformat(job.arguments["today"])
        assignments = list(to_urge(issuer.council, today, soon=job.arguments["soon"]).filter(agency=agency))
        by = current_act().user
        if not assignments:
            return
        urging = draft_urging(
            by=by,
            issuer=issuer,
            agency=agency,
            assignments=assignments,
            reply_by=date.fromisoformat(job.arguments["reply_by"]),
            signer=Official.objects.get(pk=job.arguments["signer"]),
            drafting_unit="VP",
            today=today,
        )
        if job.arguments["submit"]:
            submit_urging(urging, by=by)
        job.result = {"letters": [*job.result.get("letters", []), urging.document_id]}

    def result_address(self, job):
        return f"{reverse('documents:index')}?purpose={PURPOSE}"
