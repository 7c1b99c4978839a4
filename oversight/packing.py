"""The delegation's pack made in the background: as PDF part by part, then as Word; good while the record says so."""

import hashlib
import zipfile
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.models import Job
from documents import word
from documents.long import FOLDER, LongPaper
from documents.papers import Part
from oversight import pack
from oversight.models import WorkingSession


class Pack:
    """The pack as the record stands now, with what of it is made already."""

    def __init__(self, working_session):
        self.working_session = working_session
        self._bodies = pack.bodies(working_session)

    def parts(self):
        """As `documents.papers.Paper.parts`."""
        title = pack.title(self.working_session)
        for place, body in enumerate(self._bodies):
            yield Part(pack.page(title, body, continues=place > 0), continues=place > 0)

    @cached_property
    def _long(self):
        return LongPaper(self)

    @property
    def pdf(self):
        """The PDF as bytes; None while it is not made."""
        return self._long.content

    @property
    def word(self):
        """The Word file as bytes; None while it is not made."""
        if not default_storage.exists(self._word_name):
            return None
        with default_storage.open(self._word_name) as file:
            return file.read() if zipfile.is_zipfile(file) and not file.seek(0) else None

    @property
    def is_made(self):
        return self.pdf is not None and self.word is not None

    @property
    def steps(self):
        """(how many are done, of how many): every part of the PDF, the whole of it, the Word file."""
        number, missing = len(self._long.parts), len(self._long.missing)
        return number - missing + (self.pdf is not None) + (self.word is not None), number + 2

    def go_on(self):
        """Make the next piece; takes a few seconds at most."""
        if missing := self._long.missing:
            self._long.lay_out(missing[:1])
        elif self.pdf is None:
            self._long.put_together()
        else:
            author = self.working_session.delegation.body.name
            title = pack.title(self.working_session)
            content = word.render_text("".join(self._bodies), title=title, author=author)
            default_storage.delete(self._word_name)
            default_storage.save(self._word_name, ContentFile(content))

    @property
    def _word_name(self):
        return f"{FOLDER}/{hashlib.sha256(''.join(self._bodies).encode()).hexdigest()}.docx"


class MakingPacks(jobs.Kind):
    """Makes one pack, a piece a step, while no lock is held. Arguments: session."""

    key = "oversight.pack"
    label = gettext_lazy("Making a delegation's pack")

    def step(self, job):
        made = _pack(job)
        job.done, job.total = made.steps
        if made.is_made:
            return True
        jobs.claim(job)
        return False

    def outside(self, job):
        _pack(job).go_on()
        with transaction.atomic():
            held = Job.objects.select_for_update().get(pk=job.pk)
            held.checkpoint.pop("claimed", None)
            held.save(update_fields=["checkpoint"])

    def result_address(self, job):
        return reverse("oversight:pack", args=[job.arguments["session"]])


def _pack(job):
    sessions = WorkingSession.objects.select_related("delegation__body", "agency")
    return Pack(sessions.get(pk=job.arguments["session"]))


def enqueue(working_session, *, by):
    """The job that makes the pack, the same while it is under way."""
    title = _("Delegation pack: %(session)s") % {"session": working_session}
    return jobs.enqueue(MakingPacks.key, key=f"{working_session.pk}", title=title, by=by, session=working_session.pk)


MAKING_PACKS = MakingPacks()
