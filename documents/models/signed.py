"""Signed copies handed in, with what was found in them."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel, Upload
from documents.models.documents import Appendix, Document
from documents.signatures import Verdict


class SignedCopyQuerySet(models.QuerySet):
    def of_the_document(self):
        """Those of the whole document, not of an appendix signed by itself."""
        return self.filter(appendix=None)

    def standing(self):
        """Those nobody withdrew."""
        return self.filter(withdrawn_because="")

    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))


class SignedCopy(TrackedModel):
    """An issued document as it came back from the signing tool; the latest is the one that counts."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="signed_copies", verbose_name=_("document"))
    appendix = models.ForeignKey(
        Appendix,
        models.PROTECT,
        related_name="signed_copies",
        null=True,
        blank=True,
        verbose_name=_("appendix"),
        help_text=_("Where an appendix was signed as a file of its own."),
    )
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="signed_copies", verbose_name=_("file"))
    verdict = models.CharField(_("what was found"), max_length=15, choices=Verdict)
    facts = models.JSONField(_("signatures"), default=dict)
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)
    withdrawn_because = LineField(_("withdrawn because"), max_length=300, blank=True, editable=False)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.document.reference} · {self.get_verdict_display()}"

    @property
    def signatures(self):
        """The signatures as found, their moments and days as such: what the signer's machine said, in local time."""
        return [
            found
            | {"signed_at": datetime.fromisoformat(found["signed_at"]) if found["signed_at"] else None}
            | {name: date.fromisoformat(found[name]) for name in ("valid_from", "valid_to")}
            for found in self.facts.get("signatures", [])
        ]

    def fields_hidden_from(self, user):
        return frozenset({"facts"})
