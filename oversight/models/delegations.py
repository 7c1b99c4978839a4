"""An oversight delegation and who sits in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.formats import short_date
from common.models import TrackedModel
from directory.models import AdministrativeUnit, Agency, PeoplesCouncil, PolicyField
from sessions.models import CouncilSession


class DelegationQuerySet(models.QuerySet):
    def not_ended(self, today):
        """Those that last this day or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def visible_to(self, user):
        """Those of the councils one works for, and those one sits in while they last."""
        return self.filter(seen_by(user))

    def joined_by(self, user, today):
        """Those that last this day, in which the person has a seat and a role to read by."""
        seats = DelegationMember.objects.filter(user=user).filter(Q(left_on=None) | Q(left_on__gt=today))
        lasting = self.not_ended(today).filter(starts_on__lte=today)
        return lasting.filter(council__in=user.councils_overseen, pk__in=seats.values("delegation"))


def joined(user):
    """The delegations a person sits in today with their scope: looked up once, for who reads by a seat alone."""
    if not user.councils_overseen:
        return []
    if "delegations" not in user.looked_up:
        found = Delegation.objects.joined_by(user, timezone.localdate())
        user.looked_up["delegations"] = list(found.select_related("council_session").prefetch_related("scope"))
    return user.looked_up["delegations"]


def seen_by(user, path=""):
    """A condition on what belongs to a delegation one may see; `path` leads to the delegation, "" is itself."""
    prefix = f"{path}__" if path else ""
    own = {f"{prefix}pk__in": [delegation.pk for delegation in joined(user)]}
    return Q(**{f"{prefix}council__in": user.sees_councils}) | Q(**own)


class Delegation(TrackedModel):
    """An oversight delegation (Đoàn giám sát), set up by a decision of the Standing Committee or a committee."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="delegations", verbose_name=_("People's Council")
    )
    council_session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="delegations",
        null=True,
        blank=True,
        verbose_name=_("petitions of session"),
    )
    body = models.ForeignKey(Agency, models.PROTECT, related_name="delegations", verbose_name=_("set up by"))
    name = LineField(_("name"), max_length=200)
    subject = LineField(_("subject of oversight"), max_length=300)
    decision = LineField(_("decision"), max_length=120, blank=True, help_text=_("Number and symbol: 25/QĐ-BPC."))
    decision_on = models.DateField(_("decision of"), null=True, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("oversight delegation")
        verbose_name_plural = _("oversight delegations")
        ordering = ["-starts_on", "-pk"]

    def __str__(self):
        """Told apart from others of the same name: by the decision, else by the first day."""
        if self.decision:
            day = f", {short_date(self.decision_on)}" if self.decision_on else ""
            return f"{self.name} ({self.decision}{day})"
        return str(_("%(name)s (from %(day)s)") % {"name": self.name, "day": short_date(self.starts_on)})

    def has_ended(self, today):
        return self.ends_on is not None and self.ends_on < today

    def get_absolute_url(self):
        return reverse("oversight:delegation", args=[self.pk])

    def is_open_to(self, user):
        """Whether this person reads what the delegation does: for its council, or from a seat in it."""
        return self.council_id in user.sees_councils or self in joined(user)

    def scope_of(self, kind):
        """What the scope names of one kind: [] where it names none, and looks at all."""
        return [getattr(item, kind) for item in self.scope.exclude(**{kind: None}).select_related(kind)]

    def history_parts(self):
        return [*self.members.all(), *self.scope.select_related(*SCOPE_KINDS)]


class ScopeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(delegation__in=Delegation.objects.visible_to(user))


#: The kinds of thing a scope names, in the order they are read.
SCOPE_KINDS = ("council_session", "policy_field", "agency", "unit")


class ScopeItem(TrackedModel):
    """One session, field, agency or place a delegation looks at. Without any, it looks at all of that kind."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="scope", verbose_name=_("delegation"))
    council_session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="scopes",
        null=True,
        blank=True,
        verbose_name=_("petitions of session"),
    )
    policy_field = models.ForeignKey(
        PolicyField, models.PROTECT, related_name="scopes", null=True, blank=True, verbose_name=_("policy field")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="scopes", null=True, blank=True, verbose_name=_("agency")
    )
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="scopes", null=True, blank=True, verbose_name=_("locality")
    )

    objects = ScopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scope of oversight")
        verbose_name_plural = _("scope of oversight")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="scope_item_names_one_thing",
                condition=Q(council_session__isnull=False, policy_field=None, agency=None, unit=None)
                | Q(council_session=None, policy_field__isnull=False, agency=None, unit=None)
                | Q(council_session=None, policy_field=None, agency__isnull=False, unit=None)
                | Q(council_session=None, policy_field=None, agency=None, unit__isnull=False),
            ),
            *(
                models.UniqueConstraint(fields=["delegation", kind], name=f"scope_names_one_{kind}_once")
                for kind in SCOPE_KINDS
            ),
        ]

    def __str__(self):
        return str(self.named)

    @property
    def named(self):
        """The session, field, agency or place."""
        return self.council_session or self.policy_field or self.agency or self.unit


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(delegation__in=Delegation.objects.visible_to(user))

    def sitting(self):
        return self.filter(left_on=None)


class DelegationMember(TrackedModel):
    """Somebody in a delegation, with the real post beside the part played, from its first day to `left_on`.

    `successor` took over what was still open when the member left.
    """

    class Part(models.TextChoices):
        HEAD = "head", _("head of the delegation")
        DEPUTY = "deputy", _("deputy head")
        MEMBER = "member", _("member")
        SECRETARY = "secretary", _("secretary")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="members", verbose_name=_("delegation"))
    name = LineField(_("full name"), max_length=100)
    post = LineField(_("post"), max_length=160)
    part = models.CharField(_("part"), max_length=10, choices=Part, default=Part.MEMBER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegation_seats",
        null=True,
        blank=True,
        verbose_name=_("account"),
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, blank=True, verbose_name=_("succeeded by")
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a delegation")
        verbose_name_plural = _("members of a delegation")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="member_is_succeeded_once_gone",
                condition=Q(successor__isnull=True) | Q(left_on__isnull=False) & ~Q(successor=F("pk")),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.post}"

    def get_absolute_url(self):
        return reverse("oversight:hand_over", args=[self.pk])
