"""Who hears of a contribution: the agency that is asked, its head, and the lead that waits for it."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.models import Notice
from accounts.permissions import Role


def asked(contribution, *, lead, by):
    """The coordinating agency hears what the lead wants of it."""
    _tell(
        contribution, [contribution.assignment.agency], [Role.DRAFTER, Role.HEAD], by,
        lambda: _("%(agency)s asks your agency for a contribution to point %(point)s.") % {
            "agency": lead.short_label, "point": contribution.assignment.point.number},
    )  # fmt: skip


def asked_again(contribution, *, lead, by):
    """The coordinating agency hears why what it gave does not do yet."""
    _tell(
        contribution, [contribution.assignment.agency], [Role.DRAFTER, Role.HEAD], by,
        lambda: _("%(agency)s asks for another version of your agency's contribution to point %(point)s: %(why)s") % {
            "agency": lead.short_label, "point": contribution.assignment.point.number,
            "why": contribution.return_reason},
    )  # fmt: skip


def submitted(contribution, *, by):
    _tell(
        contribution, [contribution.assignment.agency], [Role.HEAD], by,
        lambda: _("A contribution to point %(point)s waits for your clearance.") % {
            "point": contribution.assignment.point.number},
    )  # fmt: skip


def sent_back(contribution, *, by):
    _tell(
        contribution, [contribution.assignment.agency], [Role.DRAFTER], by,
        lambda: _("The contribution to point %(point)s was sent back: %(why)s") % {
            "point": contribution.assignment.point.number, "why": contribution.return_reason},
    )  # fmt: skip


def given(contribution, *, lead, by):
    """The lead hears that it can take the text into its draft."""
    petition = contribution.assignment.point.petition
    _tell(
        contribution, [lead], [Role.DRAFTER, Role.HEAD], by,
        lambda: _("%(agency)s gave its contribution to point %(point)s.") % {
            "agency": contribution.assignment.agency.short_label, "point": contribution.assignment.point.number},
        url=petition.get_absolute_url(),
    )  # fmt: skip


def _tell(contribution, agencies, roles, by, words, url=""):
    today, petition = timezone.localdate(), contribution.assignment.point.petition
    people = notifications.people(roles=roles, agencies=[agency.pk for agency in agencies], on=today)
    version = contribution.history.first().history_id
    with translation.override(settings.LANGUAGE_CODE):
        text = words()
    notifications.tell(
        [user for user in people if user.pk != by.pk],
        kind=Notice.Kind.EVENT,
        key=f"contribution/{contribution.pk}/{version}",
        group=f"petition/{petition.pk}",
        group_title=f"{petition.code} – {petition.title}",
        text=text,
        url=url or contribution.get_absolute_url(),
        happened_on=today,
    )
