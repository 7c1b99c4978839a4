"""The same act on many petitions at once: what was asked, what became of each, what can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.models import TrackedModel
from directory.models import AdministrativeUnit, Agency, AgencySuccession, PeoplesCouncil, PolicyField
from petitions.models.petitions import Petition


class BulkActQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)


class BulkAct(models.Model):
    """One act on many petitions, each in a transaction of its own."""

    class Kind(models.TextChoices):
        CLASSIFY = "classify", _("classify")
        FORWARD = "forward", _("draft forwarding letters, one per agency")
        SET_ASIDE = "set_aside", _("do not forward")

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="bulk_acts", verbose_name=_("People's Council")
    )
    kind = models.CharField(_("act"), max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_acts", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    words = models.CharField(_("what was asked"), max_length=400, blank=True)

    objects = BulkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on many petitions")
        verbose_name_plural = _("acts on many petitions")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.words}"

    def get_absolute_url(self):
        return reverse("petitions:bulk_act", args=[self.pk])


class BulkRow(models.Model):
    """What became of one petition: done, refused with the reason, taken back."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("not done")
        UNDONE = "undone", _("taken back")

    act = models.ForeignKey(BulkAct, models.PROTECT, related_name="rows", verbose_name=_("act"))
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="bulk_rows", verbose_name=_("petition"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    why = models.CharField(_("reason"), max_length=400, blank=True)
    before = models.JSONField(_("as it was"), default=dict)
    last_event = models.BigIntegerField(_("last event by then"), default=0)

    class Meta:
        verbose_name = _("petition in an act on many")
        verbose_name_plural = _("petitions in acts on many")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["act", "petition"], name="bulk_act_names_a_petition_once")]

    def __str__(self):
        return f"{self.petition}: {self.outcome}"


class RuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(council__in=user.sees_councils)


class AgencyRule(TrackedModel):
    """Which agency is proposed for a policy field, everywhere or in one place. A person always confirms."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="agency_rules", verbose_name=_("People's Council")
    )
    policy_field = models.ForeignKey(
        PolicyField, models.PROTECT, related_name="agency_rules", verbose_name=_("policy field")
    )
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="agency_rules",
        null=True,
        blank=True,
        verbose_name=_("locality"),
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="agency_rules", verbose_name=_("agency"))

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule that proposes an agency")
        verbose_name_plural = _("rules that propose agencies")
        ordering = ["policy_field__place_in_list", "policy_field", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy_field", "unit"],
                name="agency_rule_is_said_once",
                violation_error_message=_("There is a rule for this field and place already."),
            ),
            models.UniqueConstraint(
                fields=["policy_field"],
                condition=Q(unit__isnull=True),
                name="agency_rule_for_everywhere_is_said_once",
                violation_error_message=_("There is a rule for this field and place already."),
            ),
        ]

    def __str__(self):
        return f"{self.policy_field} → {self.agency}"


class Proposals:
    """Proposes agencies for the petitions of one council: the one the sender named, the rule for the place, the rule
    for the field alone."""

    def __init__(self, council, today):
        self.today = today
        rules = AgencyRule.objects.filter(council=council).select_related("agency")
        self.rules = {(rule.policy_field_id, rule.unit_id): rule.agency for rule in rules}
        after = AgencySuccession.objects.filter(predecessor__council__in=council.lineage, effective_on__lte=today)
        self.after = {
            (one.predecessor_id, one.policy_field_id): one.successor
            for one in after.select_related("successor").order_by("-effective_on", "-pk")
        }

    def agency(self, petition):
        """The agency to propose, as it is called today; None where nobody named one and no rule speaks."""
        key = petition.policy_field_id
        if petition.named_agency and (named := self.successor(petition.named_agency, key)):
            return named
        agency = self.rules.get((key, petition.place_id)) or self.rules.get((key, None))
        return self.successor(agency, key) if agency else None

    def successor(self, agency, policy_field_id):
        """The agency itself, or, once it has ended, the one that took over its work in that field."""
        seen = set()
        while agency and not agency.is_valid_on(self.today) and agency.pk not in seen:
            seen.add(agency.pk)
            agency = self.after.get((agency.pk, policy_field_id)) or self.after.get((agency.pk, None))
        return agency if agency and agency.is_valid_on(self.today) else None
