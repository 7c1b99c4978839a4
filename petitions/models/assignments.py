"""Who was asked to answer what, by which letter, until when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.models import TrackedModel
from deadlines.models import Clock
from directory.models import Agency, PeoplesCouncil
from documents.models import Document
from petitions.models.petitions import Petition, PetitionPoint

#: The states of an assignment that frees its point for another agency.
NO_LONGER_HELD = ("returned", "withdrawn", "released")


class ForwardingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(document__in=Document.objects.visible_to(user))


class Forwarding(TrackedModel):
    """One official letter of the council that sends many petitions to one addressee."""

    council = models.ForeignKey(
        PeoplesCouncil, models.PROTECT, related_name="forwardings", verbose_name=_("People's Council")
    )
    addressee = models.ForeignKey(
        Agency, models.PROTECT, related_name="forwardings_received", verbose_name=_("addressee")
    )
    document = models.OneToOneField(Document, models.PROTECT, related_name="forwarding", verbose_name=_("letter"))
    due_on = models.DateField(_("reply due on"))

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        verbose_name = _("forwarding")
        verbose_name_plural = _("forwardings")

    def __str__(self):
        return f"{self.document.number_and_symbol} → {self.addressee}"


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(point__petition__in=Petition.objects.visible_to(user))

    def sent(self):
        """Those an agency has been told of."""
        return self.filter(sent_on__isnull=False)

    def current(self):
        """Those that still count: planned, sent, accepted or answered."""
        return self.exclude(status__in=NO_LONGER_HELD)

    def waiting(self):
        """Those the agency still owes an answer."""
        return self.filter(status__in=[Assignment.Status.SENT, Assignment.Status.ACCEPTED])

    def lead(self):
        return self.filter(part=Assignment.Part.LEAD)


class Assignment(TrackedModel):
    """One point in one agency's hands. Rows are never removed: together they are the chain of holders."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead")
        COORDINATING = "coordinating", _("coordinating")

    class Status(models.TextChoices):
        PLANNED = "planned", _("not sent yet")
        SENT = "sent", _("sent")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("withdrawn before it was sent")
        RELEASED = "released", _("released, as the lead agency returned the point")

    class ReturnReason(models.TextChoices):
        NOT_COMPETENT = "not_competent", _("not within the agency's authority")
        UNCLEAR = "unclear", _("content unclear")
        ALREADY_ANSWERED = "already_answered", _("answered before")
        OTHER = "other", _("other reason")

    point = models.ForeignKey(PetitionPoint, models.PROTECT, related_name="assignments", verbose_name=_("point"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name=_("agency"))
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.LEAD)
    forwarding = models.ForeignKey(
        Forwarding, models.PROTECT, related_name="assignments", verbose_name=_("forwarding letter")
    )
    clock = models.OneToOneField(
        Clock, models.PROTECT, related_name="assignment", null=True, blank=True, verbose_name=_("clock")
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    ended_on = models.DateField(_("out of their hands on"), null=True, blank=True)
    return_reason = models.CharField(_("returned because"), max_length=20, choices=ReturnReason, blank=True)
    return_note = LineField(_("explanation"), max_length=500, blank=True)
    #: The secretariat's own time to send on what was returned, where the council has a rule about it.
    return_clock = models.OneToOneField(
        Clock,
        models.PROTECT,
        related_name="returned_assignment",
        null=True,
        blank=True,
        verbose_name=_("time to forward it again"),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(part="lead") & ~Q(status__in=NO_LONGER_HELD),
                name="assignment_one_lead_at_a_time",
                violation_error_message=_("This point already has a lead agency."),
            ),
            models.UniqueConstraint(
                fields=["point", "agency"],
                condition=~Q(status__in=NO_LONGER_HELD),
                name="assignment_agency_is_asked_once_at_a_time",
                violation_error_message=_("This agency already has this point."),
            ),
            models.CheckConstraint(
                name="assignment_sent_has_day_and_clock",
                condition=Q(status__in=["planned", "withdrawn"]) | Q(sent_on__isnull=False, clock__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_returned_says_why",
                condition=~Q(status="returned") | ~Q(return_reason="") & Q(ended_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["agency", "status"])]

    def __str__(self):
        return f"{self.point}: {self.agency}"
