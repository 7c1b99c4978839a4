"""By which hands a paper goes before it is signed, and why it is sent back: data each agency and council keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from common.fields import LineField
from common.models import TrackedModel
from directory.models import Agency
from directory.models.wordlists import WordListEntry
from documents.models.documents import Route, of_the_council


class ClearanceRouteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That of one's own agency, and those of the councils whose directory one keeps."""
        kept = Q(agency__council__in=user.councils_where(Permission.DIRECTORY_EDIT))
        return self.filter(Q(agency__in=user.agencies) | of_the_council(user, "agency__") | kept)


class ClearanceRoute(TrackedModel):
    """The order of checks an agency wants for its papers. An agency without one sends them straight to the signer."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="clearance_route", verbose_name=_("agency"))
    order = models.CharField(_("way of a paper"), max_length=12, choices=Route, default=Route.SIGNER)

    objects = ClearanceRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("way of clearance")
        verbose_name_plural = _("ways of clearance")

    def __str__(self):
        return f"{self.agency}: {self.get_order_display()}"


class ReturnReason(WordListEntry):
    """What can be wrong with a paper that is sent back."""

    WORDS = "name"

    name = LineField(_("reason"), max_length=120)

    class Meta:
        verbose_name = _("reason of a return")
        verbose_name_plural = _("reasons of returns")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="return_reason_is_named_once")]
