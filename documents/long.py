"""Papers too long for a request: laid out part by part in the background, then issued or kept to be read.

What is laid out is kept under the digest of what it was made from, so a worker that dies loses the parts in its hands
and no others, and a number taken by somebody else meanwhile costs the first part only.
"""

import hashlib
import io
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.models import Job
from documents import pdf, renderers, word, workflow
from documents.models import Document, SetAside, Status
from documents.papers import paper_of

FOLDER = "laid-out"
#: What nobody needed for so long is laid out again when somebody does.
KEPT_FOR = timedelta(days=2)
#: What stands at the end of a file that was written to its last byte.
_ENDS = {".pdf": b"%%EOF", ".docx": b"PK\x05\x06"}
_END_WITHIN = 32


class LongPaper:
    """A paper with those of its parts that are laid out already."""

    def __init__(self, paper, source=""):
        self.paper, self.source = paper, source

    @cached_property
    def parts(self):
        return list(self.paper.parts())

    @cached_property
    def names(self):
        """The name each part is kept under."""
        return [_name(part.html, "" if place else self.source) for place, part in enumerate(self.parts)]

    @property
    def name(self):
        """The name the whole is kept under."""
        return _name(*self.names)

    @property
    def missing(self):
        """Places of the parts still to be laid out."""
        return [place for place, name in enumerate(self.names) if not _is_kept(name)]

    def lay_out(self, places):
        """Lay out these parts, on all cores at once, and keep them."""
        pairs = [(self.parts[place], "" if place else self.source) for place in places]
        if settings.RENDERERS > 1:
            contents = renderers.render_all(pairs)
        else:
            contents = [pdf.render_part(part, source) for part, source in pairs]
        for place, content in zip(places, contents, strict=True):
            if content is None:
                raise RuntimeError(_("A part of a long document could not be laid out; the log says why."))
            _keep(self.names[place], content)

    def put_together(self):
        """Join all parts and keep the whole."""
        _keep(self.name, pdf.put_together(self.parts, [_content(name) for name in self.names]))

    @property
    def content(self):
        """The whole as bytes; None while it is not put together."""
        return _content(self.name) if _is_kept(self.name) else None


def _name(*made_from):
    digest = hashlib.sha256("\n".join([*pdf.styles(), *made_from]).encode()).hexdigest()
    return f"{FOLDER}/{digest}.pdf"


def _is_kept(name):
    """Whether it lies there to its last byte: a worker may have died while it wrote."""
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as file:
        file.seek(max(0, default_storage.size(name) - _END_WITHIN))
        return _ENDS[Path(name).suffix] in file.read()


def _content(name):
    with default_storage.open(name) as file:
        return file.read()


def _keep(name, content):
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def forget(now):
    """Delete what was laid out days ago; returns how many files."""
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < now - KEPT_FOR]
    for name in old:
        default_storage.delete(name)
    return len(old)


def draft_of(document):
    """The PDF of a long draft as a file to read; None while nobody has had it made as it stands now."""
    content = LongPaper(paper_of(document)).content
    return io.BytesIO(content) if content else None


def enqueue_draft(document, *, by):
    """Make the PDF of a long draft; the job, the same while it is under way."""
    return jobs.enqueue(
        LayingOut.key, key=f"draft {document.pk}", title=_("PDF of the draft: %(subject)s") % {
            "subject": document.subject[:150]}, by=by, document=document.pk,
    )  # fmt: skip


def enqueue_issue(document, *, by, issued_on, reserved=None):
    """Lay a long document out and issue it; the job, the same while it is under way, says where it is refused."""
    return jobs.enqueue(
        LayingOut.key, key=f"issue {document.pk}", title=_("Issuing: %(subject)s") % {
            "subject": document.subject[:150]}, by=by, document=document.pk, issued_on=issued_on.isoformat(),
        reserved=reserved.pk if reserved else None,
    )  # fmt: skip


def _word_name(paper):
    return f"{FOLDER}/{hashlib.sha256(repr(paper).encode()).hexdigest()}.docx"


def word_of(paper):
    """The Word file of a long paper as a file to read; None while nobody has had it made as the paper stands now."""
    name = _word_name(paper)
    return io.BytesIO(_content(name)) if _is_kept(name) else None


def enqueue_word(document, *, by):
    """Make the Word file of a long document; the job, the same while it is under way."""
    return jobs.enqueue(
        WritingWord.key, key=f"word {document.pk}", title=_("Word file: %(subject)s") % {
            "subject": document.subject[:150]}, by=by, document=document.pk,
    )  # fmt: skip


def _no_longer_in_hand(job):
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk)
        held.checkpoint.pop("claimed", None)
        held.save(update_fields=["checkpoint"])


class _StoppedError(Exception):
    """Somebody asked for the work at hand to stop."""


class _Told:
    """Counts the rows written, says how many now and then, and stops where that is asked for."""

    EVERY = 100

    def __init__(self, job):
        self.job, self.rows = job, 0

    def __call__(self):
        self.rows += 1
        if self.rows % self.EVERY:
            return
        present = Job.objects.filter(pk=self.job.pk)
        present.update(done=self.rows, touched_at=timezone.now())
        if present.filter(cancel_requested=True).exists():
            raise _StoppedError


def _rows_of(paper):
    return sum(html.count("<tr") for html in (paper.body, *(appendix.body for appendix in paper.appendices)))


class OfADocument(jobs.Kind):
    """Work on one document, asked for on its page."""

    def asked_at(self, job):
        return reverse("documents:detail", args=[job.arguments["document"]])


class WritingWord(OfADocument):
    """Writes the Word file of a long document while no lock is held."""

    key = "documents.word"
    label = gettext_lazy("Writing a long document for Word")

    def step(self, job):
        paper = self._paper(job)
        job.total = _rows_of(paper) + 1
        if _is_kept(_word_name(paper)):
            job.done = job.total
            return True
        jobs.claim(job)
        return False

    def outside(self, job):
        paper = self._paper(job)
        try:
            content = word.render(paper, _Told(job))
        except _StoppedError:
            pass  # the next step says so
        else:
            _keep(_word_name(paper), content)
        _no_longer_in_hand(job)

    @staticmethod
    def _paper(job):
        return paper_of(Document.objects.select_related("agency", "signer__agency").get(pk=job.arguments["document"]))

    def result_address(self, job):
        return reverse("documents:word", args=[job.arguments["document"]])


class LayingOut(OfADocument):
    """Lays out a few parts at a time while no lock is held; the last step issues, where that was asked for."""

    key = "documents.laying_out"
    label = gettext_lazy("Laying out a long document")

    def step(self, job):
        document = Document.objects.select_related("agency", "signer__agency").get(pk=job.arguments["document"])
        if "issued_on" in job.arguments and document.status == Status.ISSUED:
            return True
        job.checkpoint.setdefault("code", workflow.new_code())
        found = self._foreseen(job, document)
        if found is None:
            return self._issue(job, document)
        long = LongPaper(found.paper, found.source)
        job.total, job.done = len(long.parts) + 1, len(long.parts) - len(long.missing)
        found.content = long.content
        if found.content is None:
            jobs.claim(job)
            return False
        job.done = job.total
        return "issued_on" not in job.arguments or self._issue(job, document, found)

    def outside(self, job):
        document = Document.objects.select_related("agency", "signer__agency").get(pk=job.arguments["document"])
        found = self._foreseen(job, document)
        if found is not None:
            long = LongPaper(found.paper, found.source)
            if missing := long.missing:
                long.lay_out(missing[: max(settings.RENDERERS, 1)])
            else:
                long.put_together()
        _no_longer_in_hand(job)

    def _foreseen(self, job, document):
        """What is to be made; None where the issue is refused."""
        if "issued_on" not in job.arguments:
            return workflow.Foreseen(paper_of(document), "")
        return workflow.foresee_one(
            document, by=job.asker, issued_on=_day(job), reserved=_reserved(job), code=job.checkpoint["code"]
        )

    def _issue(self, job, document, foreseen=None):
        """Issue it; where it is refused the job says why. What is not foreseen is refused before it is laid out."""
        try:
            with transaction.atomic():
                workflow.issue(document, by=job.asker, issued_on=_day(job), reserved=_reserved(job), foreseen=foreseen)
        except PermissionDenied as problem:
            job.result = {"refused": [[document.pk, str(problem)]]}
        except ValidationError as problem:
            job.result = {"refused": [[document.pk, " ".join(problem.messages)]]}
        return True

    def refusals(self, job):
        return refused_by(job)

    def result_address(self, job):
        if "issued_on" in job.arguments:
            return Document.objects.get(pk=job.arguments["document"]).get_absolute_url()
        return reverse("documents:pdf", args=[job.arguments["document"]])


def refused_by(job):
    """The documents a job could not issue, as (subject, address, why)."""
    refused = job.result.get("refused", [])
    found = Document.objects.in_bulk([pk for pk, _why in refused])
    return [(found[pk].subject, found[pk].get_absolute_url(), why) for pk, why in refused]


def _day(job):
    return date.fromisoformat(job.arguments["issued_on"])


def _reserved(job):
    return SetAside.objects.get(pk=job.arguments["reserved"]) if job.arguments["reserved"] else None


LAYING_OUT = LayingOut()
WRITING_WORD = WritingWord()
