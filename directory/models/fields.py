"""Policy fields (lĩnh vực): each is watched by one committee of the council."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from directory.models.agencies import Agency
from directory.models.councils import PeoplesCouncil


class PolicyFieldQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.councils)


class PolicyField(TrackedModel):
    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="policy_fields", verbose_name=_("People's Council")
    )
    name = LineField(_("name"), max_length=120)
    committee = models.ForeignKey(
        Agency, models.PROTECT, related_name="policy_fields", verbose_name=_("committee in charge")
    )
    place_in_list = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    is_in_use = models.BooleanField(_("in use"), default=True)

    objects = PolicyFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy field")
        verbose_name_plural = _("policy fields")
        ordering = ["place_in_list", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="policy_field_is_named_once")]

    def __str__(self):
        return self.name
