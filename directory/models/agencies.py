"""Bodies that ask, answer, oversee and sign."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from common.text import alphabetical
from directory.models.councils import PeoplesCouncil
from directory.models.units import AdministrativeUnit
from directory.models.validity import Validity, ValidityQuerySet


class AgencyQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        """The agencies of the councils one works with."""
        return self.filter(council__in=user.councils)

    def answering(self):
        """Those that petitions can be assigned to."""
        return self.exclude(kind__in=[Agency.Kind.OFFICE, Agency.Kind.DELEGATE_GROUP])

    def alphabetical(self):
        return sorted(self, key=lambda agency: alphabetical(agency.name))


class Agency(Validity):
    """A body with a name, a seal and a place, as it was from one day to another."""

    class Kind(models.TextChoices):
        STANDING_COMMITTEE = "standing_committee", _("Standing Committee of the council")
        COMMITTEE = "committee", _("Committee of the council (Ban)")
        OFFICE = "office", _("Office of the delegation and the council")
        DELEGATE_GROUP = "delegate_group", _("Delegate group")
        NA_DELEGATION = "na_delegation", _("National Assembly delegation")
        PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
        DEPARTMENT = "department", _("Department")
        COMMUNE_COMMITTEE = "commune_committee", _("People's Committee of a commune")
        COURT = "court", _("Court or procuracy")
        ENTERPRISE = "enterprise", _("Enterprise")
        MINISTRY = "ministry", _("Ministry")

    class Regime(models.TextChoices):
        HEAD_LED = "head_led", _("led by its head")
        COLLECTIVE = "collective", _("collective, signed on its behalf (TM.)")

    #: The council's own bodies, whose papers its Office prepares.
    COUNCIL_BODIES = (Kind.STANDING_COMMITTEE, Kind.COMMITTEE, Kind.OFFICE)

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="agencies", verbose_name=_("People's Council")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = LineField(_("name"), max_length=160, help_text=_("Full official name, as in running text."))
    letterhead = LineField(
        _("name on the letterhead"),
        max_length=160,
        blank=True,
        help_text=_("Where it differs from the name."),
    )
    superior_line = LineField(
        _("superior on the letterhead"),
        max_length=160,
        blank=True,
        help_text=_("Printed above: “UBND tỉnh …”."),
    )
    symbol = models.CharField(_("symbol"), max_length=30, help_text=_("Abbreviation in document symbols: STTTT."))
    place_name = LineField(_("place on documents"), max_length=80, help_text=_("“Ninh Bình” in “Ninh Bình, ngày …”."))
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="agencies",
        null=True,
        blank=True,
        verbose_name=_("area"),
    )
    regime = models.CharField(_("regime"), max_length=12, choices=Regime, default=Regime.HEAD_LED)
    collective_name = LineField(
        _("collective name in signatures"),
        max_length=120,
        blank=True,
        help_text=_("After TM.: “Ủy ban nhân dân”."),
    )
    head_post = LineField(_("post of the head"), max_length=80, blank=True, help_text=_("“Giám đốc”, “Chủ tịch”."))

    objects = AgencyQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                name="agency_collective_has_a_name_to_sign_for",
                condition=Q(regime="head_led") | ~Q(collective_name=""),
                violation_error_message=_("A collective body needs the name that follows TM."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_council_body(self):
        return self.kind in self.COUNCIL_BODIES

    @property
    def short_label(self):
        """The name without the place, for narrow columns: "Sở Xây dựng"."""
        name = self.name.split(" tỉnh ")[0]
        name = name.removesuffix(" Hội đồng nhân dân") if self.kind == self.Kind.COMMITTEE else name
        return name.replace("Đoàn đại biểu Quốc hội và Hội đồng nhân dân", "Đoàn ĐBQH và HĐND")

    @property
    def printed_name(self):
        return self.letterhead or self.name


class AgencySuccession(TrackedModel):
    """Which agency took over which work: per policy field, because one department's work may go several ways."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="succeeded_by", verbose_name=_("predecessor"))
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="succeeds", verbose_name=_("successor"))
    policy_field = models.ForeignKey(
        "directory.PolicyField",
        models.PROTECT,
        related_name="successions",
        null=True,
        blank=True,
        verbose_name=_("policy field"),
        help_text=_("Empty: all work without an entry of its own."),
    )
    effective_on = models.DateField(_("effective on"))
    legal_basis = LineField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("succession of agencies")
        verbose_name_plural = _("successions of agencies")

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
