"""What corrects, replaces or recalls an issued document: always a document of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.fields import ProseField
from common.models import TrackedModel
from documents.models.documents import Document, Standing


class AmendmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))

    def in_force(self):
        return self.filter(document__status="issued")

    def in_preparation(self):
        return self.exclude(document__status__in=["issued", "abandoned"])


class Amendment(TrackedModel):
    """The tie between an issued document and the later one that changes it (Decree 30/2020, Article 18.3–4).

    A mistake in content asks for a replacement, one in form for a corrigendum; a document sent in error is recalled.
    """

    class Kind(models.TextChoices):
        CORRIGENDUM = "corrigendum", _("corrigendum")
        REPLACEMENT = "replacement", _("replacement")
        RECALL = "recall", _("recall")

    #: What the amended document is from the day the amending one is issued.
    LEADS_TO = {
        Kind.CORRIGENDUM: Standing.CORRECTED,
        Kind.REPLACEMENT: Standing.REPLACED,
        Kind.RECALL: Standing.RECALLED,
    }

    #: What the page of the amended document says of the amending one, and the other way round.
    AMENDED_BY = {
        Kind.CORRIGENDUM: _("Corrected by"),
        Kind.REPLACEMENT: _("Replaced by"),
        Kind.RECALL: _("Recalled by"),
    }
    AMENDS = {
        Kind.CORRIGENDUM: _("Corrects"),
        Kind.REPLACEMENT: _("Replaces"),
        Kind.RECALL: _("Recalls"),
    }

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    original = models.ForeignKey(
        Document, models.PROTECT, related_name="amendments", verbose_name=_("document amended")
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="amendment", verbose_name=_("amending document")
    )
    reason = ProseField(_("reason"))
    details = ProseField(_("what is corrected"), blank=True)

    objects = AmendmentQuerySet.as_manager()

    @property
    def amended_by(self):
        return self.AMENDED_BY[self.kind]

    @property
    def amends(self):
        return self.AMENDS[self.kind]

    class Meta:
        verbose_name = _("amendment of a document")
        verbose_name_plural = _("amendments of documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="amendment_amends_another_document", condition=~Q(original=F("document"))),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.original.reference}"
