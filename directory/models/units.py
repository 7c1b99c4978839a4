"""Provinces, communes and the districts that were."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from common.text import alphabetical
from directory.models.validity import Validity, ValidityQuerySet


class UnitQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        """Places are public knowledge."""
        return self

    def within(self, *provinces):
        """The districts and communes of provinces, past and present."""
        return self.filter(models.Q(parent__in=provinces) | models.Q(parent__parent__in=provinces))

    def alphabetical(self):
        """A list in the order of a Vietnamese dictionary, by the name without its kind."""
        return sorted(self, key=lambda unit: (alphabetical(unit.bare_name), alphabetical(unit.name)))


class AdministrativeUnit(Validity):
    """A province, a legacy district or a commune. Present ones come from the `vietnam-provinces` package."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district (until June 2025)")
        COMMUNE = "commune", _("commune")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = LineField(_("name"), max_length=120, help_text=_("Official name with its kind: “xã Yên Mô”."))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("part of")
    )

    objects = UnitQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        indexes = [models.Index(fields=["parent", "level"])]

    def __str__(self):
        return self.name

    @property
    def bare_name(self):
        """ "Yên Mô" of "xã Yên Mô"."""
        for kind in (
            "thành phố ",
            "thị trấn ",
            "thị xã ",
            "phường ",
            "quận ",
            "huyện ",
            "đặc khu ",
            "tỉnh ",
            "xã ",
        ):
            if self.name.lower().startswith(kind):
                return self.name[len(kind) :]
        return self.name

    @property
    def sentence_name(self):
        """The name at the start of a line: "Xã Yên Mô"."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def province(self):
        unit = self
        while unit.level != self.Level.PROVINCE and unit.parent:
            unit = unit.parent
        return unit


class UnitSuccession(TrackedModel):
    """Which unit took over (part of) which, from when, on what legal basis."""

    predecessor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="succeeded_by", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="succeeds", verbose_name=_("successor")
    )
    effective_on = models.DateField(_("effective on"))
    legal_basis = LineField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("succession of units")
        verbose_name_plural = _("successions of units")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="unit_succession_is_said_once"),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
