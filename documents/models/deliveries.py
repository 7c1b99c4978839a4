"""What went to whom, how and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import Job, TrackedModel
from documents.models.documents import Addressee, Document, of_the_council


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deliveries are the sender's record: seen where the document was made."""
        return self.filter(Q(document__agency__in=user.agencies) | of_the_council(user, "document__agency__"))


class Delivery(TrackedModel):
    """One document on its way to one addressee. By e-mail it is sent by a worker, which tries again on failure."""

    class How(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        AXIS = "axis", _("through the document exchange axis")
        POST = "post", _("by post")
        HAND = "hand", _("by hand")

    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries", verbose_name=_("document"))
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="deliveries", verbose_name=_("addressee"))
    how = models.CharField(_("how"), max_length=5, choices=How)
    email = models.EmailField(_("e-mail address"), blank=True)
    note = LineField(_("note"), max_length=200, blank=True)
    sent_on = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deliveries", verbose_name=_("sent by")
    )
    job = models.ForeignKey(
        Job, models.PROTECT, related_name="deliveries", null=True, blank=True, verbose_name=_("background job")
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="delivery_by_email_has_an_address", condition=~Q(how="email") | ~Q(email="")),
            models.CheckConstraint(
                name="delivery_by_other_means_is_done", condition=Q(how="email") | Q(sent_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.document.reference} → {self.addressee}"
