"""Numbers of a register that no document bears, each with its explanation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from documents.models.documents import Document, NumberSeries


class SetAsideQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the registers one may read."""
        return self.filter(series__in=NumberSeries.objects.visible_to(user))

    def reserved(self):
        return self.filter(status=SetAside.Status.RESERVED)


class SetAside(TrackedModel):
    """A number taken out of a series: kept for a document to come, or void. Nothing in a register is unexplained."""

    class Status(models.TextChoices):
        RESERVED = "reserved", _("reserved")
        USED = "used", _("given to a document")
        VOID = "void", _("void")

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="set_aside", verbose_name=_("number series"))
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.RESERVED, editable=False)
    reserved_on = models.DateField(_("set aside on"), default=timezone.localdate)
    reason = LineField(_("reason"), max_length=300)
    void_reason = LineField(_("void because"), max_length=300, blank=True)
    document = models.OneToOneField(
        Document,
        models.PROTECT,
        related_name="reserved_number",
        null=True,
        blank=True,
        verbose_name=_("document"),
    )

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("number set aside")
        verbose_name_plural = _("numbers set aside")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_is_set_aside_once"),
            models.CheckConstraint(name="number_set_aside_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="number_void_says_why", condition=Q(status="void") & ~Q(void_reason="") | ~Q(status="void")
            ),
            models.CheckConstraint(
                name="number_set_aside_names_its_document_once_used",
                condition=Q(status="used", document__isnull=False) | ~Q(status="used") & Q(document__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.number:02d} — {self.series}"

    @property
    def explanation(self):
        """What the book says beside the number: why it was kept and, where it is, why it is void."""
        return "; ".join(dict.fromkeys(words for words in (self.reason, self.void_reason) if words))
