"""Users and the roles they hold at agencies."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import ROLES, Permission, Role
from common.fields import LineField
from common.models import ActingRecords
from directory.models import Agency, Official, PeoplesCouncil
from directory.models.validity import Validity, ValidityQuerySet


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own account; for an administrator those with a role in the councils looked after."""
        kept = user.councils_where(Permission.DIRECTORY_EDIT)
        if kept:
            return self.filter(Q(pk=user.pk) | Q(memberships__agency__council__in=kept)).distinct()
        return self.filter(pk=user.pk)


class PersonManager(UserManager.from_queryset(UserQuerySet)):
    """Makes users; `visible_to` comes from the queryset."""


class User(AbstractUser):
    """A person who signs in. What they may do comes from their memberships alone."""

    first_name = last_name = None
    full_name = LineField(_("full name"), max_length=100)
    post = LineField(_("post"), max_length=120, blank=True)

    history = ActingRecords(excluded_fields=["password", "last_login"])

    objects = PersonManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.rsplit(" ", 1)[-1]

    @cached_property
    def roles(self):
        """The memberships valid today, with their agencies and councils."""
        return list(self.memberships.valid_on(timezone.localdate()).select_related("agency__council").order_by("pk"))

    @cached_property
    def councils(self):
        """Ids of the councils this person works with: their own and those these succeed."""
        return self._reached_by(self.roles)

    @cached_property
    def agencies(self):
        """Ids of the agencies this person works at; to sit in its delegations alone is not to work there."""
        return {membership.agency_id for membership in self._at_work}

    @property
    def _at_work(self):
        return [membership for membership in self.roles if not membership.allows(Permission.DELEGATION_SEE)]

    @cached_property
    def sees_councils(self):
        """Ids of the councils whose every petition this person may read."""
        return self._reached_by(m for m in self.roles if m.allows(Permission.COUNCIL_SEE))

    @cached_property
    def councils_overseen(self):
        """Ids of the councils of which this person reads what the delegations joined cover."""
        return self._reached_by(m for m in self.roles if m.allows(Permission.DELEGATION_SEE))

    @cached_property
    def councils_served(self):
        """Ids of the councils whose bodies' papers this person's Office prepares."""
        return self._reached_by(m for m in self._at_work if m.agency.kind == Agency.Kind.OFFICE)

    def may(self, permission, *, at=None):
        """Whether a role grants `permission`: anywhere, or `at` one agency or council."""
        return any(m.allows(permission) and (at is None or m.covers(at)) for m in self.roles)

    def councils_where(self, permission):
        """Ids of the councils at which a role grants `permission`."""
        return self._reached_by(m for m in self.roles if m.allows(permission) and m.agency.is_council_body)

    def agencies_where(self, permission):
        """Ids of the agencies at which a role grants `permission` directly."""
        return {m.agency_id for m in self.roles if m.allows(permission)}

    def sits_in_a_group(self, council):
        """Whether this person belongs to a delegate group of the council, or of one that succeeded it."""
        return any(m.agency.kind == Agency.Kind.DELEGATE_GROUP and m.reaches(council.pk) for m in self.roles)

    @cached_property
    def looked_up(self):
        """What rooms above looked up about this person, kept as long as the roles are: for one request."""
        return {}

    @property
    def main_role(self):
        return self.roles[0] if self.roles else None

    @cached_property
    def successors(self):
        """{id of a council: id of the one that succeeded it, or None}"""
        return PeoplesCouncil.objects.successors()

    def councils_behind(self, council):
        """Ids of the council and of every council it succeeds."""
        return {pk for pk in self.successors if council.pk in with_successors(pk, self.successors)}

    def _reached_by(self, memberships):
        own = {membership.agency.council_id for membership in memberships}
        return {pk for pk in self.successors if with_successors(pk, self.successors) & own}


class MembershipQuerySet(ValidityQuerySet):
    def visible_to(self, user):
        """One's own; for an administrator those at the agencies of the councils looked after."""
        return self.filter(Q(user=user) | Q(agency__council__in=user.councils_where(Permission.DIRECTORY_EDIT)))


class Membership(Validity):
    """One role of one person at one agency, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    approves_for = models.ForeignKey(
        Official,
        models.PROTECT,
        related_name="approved_by",
        null=True,
        blank=True,
        verbose_name=_("approves the papers of"),
        help_text=_(
            "The one who signs, or who may approve for the signer, from one day to another. Once somebody is named for "
            "a signer, nobody else approves that signer's papers."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=30,
        blank=True,
        help_text=_("Of the head of a unit: its abbreviation in “Lưu: VT, …”. Empty: papers of every unit."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(Validity.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.agency}"

    def clean(self):
        """Whoever approves for a signer clears papers of the signer's agency."""
        if self.approves_for is None or self.agency_id is None:
            return
        if not self.allows(Permission.DOCUMENT_CLEAR) or not self.covers(self.approves_for.agency):
            raise ValidationError({"approves_for": _("This role clears no papers of the signer's agency.")})

    def allows(self, permission):
        return permission in ROLES[self.role].permissions

    def covers(self, place):
        """Whether the role counts at an agency or, for the council's own bodies, at the whole council.

        An Office acts for every body of its council and of the councils that one succeeds.
        """
        if isinstance(place, PeoplesCouncil):
            return self.agency.is_council_body and self.reaches(place.pk)
        if self.agency_id == place.pk:
            return True
        return self.agency.kind == Agency.Kind.OFFICE and place.is_council_body and self.reaches(place.council_id)

    def reaches(self, council):
        """Whether the agency belongs to this council or to one that succeeded it."""
        return self.agency.council_id in with_successors(council, self.user.successors)


def with_successors(council, successors):
    """The ids of a council and of all that came after it."""
    chain = set()
    while council is not None and council not in chain:
        chain.add(council)
        council = successors.get(council)
    return chain
