"""People's Councils: every record belongs to one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from directory.models.units import AdministrativeUnit
from directory.models.validity import Validity, ValidityQuerySet


class CouncilQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=user.councils)

    def successors(self):
        """{id of a council: id of the one that succeeded it, or None}"""
        return dict(self.values_list("pk", "successor"))


class PeoplesCouncil(Validity):
    """A People's Council as a legal entity. A merged province has a new one, which inherits the old one's files."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = LineField(_("name"), max_length=120)
    short_name = LineField(_("short name"), max_length=60)
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="councils", verbose_name=_("place"))
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("succeeded by"),
    )
    legal_basis = LineField(_("legal basis of the succession"), max_length=300, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("People's Council")
        verbose_name_plural = _("People's Councils")

    def __str__(self):
        return self.name

    @property
    def standing_committee(self):
        """The body that forwards, urges and reports for the council."""
        kind = self.agencies.model.Kind.STANDING_COMMITTEE
        return self.agencies.filter(kind=kind).order_by("-pk").first()

    @property
    def lineage(self):
        """This council and every council it succeeds, nearest first."""
        found, waiting = [], [self]
        while waiting:
            council = waiting.pop(0)
            found.append(council)
            waiting.extend(council.predecessors.all())
        return found
