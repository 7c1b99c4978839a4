"""Reminding agencies of what is overdue or nearly so: one letter an agency, logged on every petition in it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from deadlines import workflow as clocks
from documents import workflow as documents
from documents.models import Kind
from documents.purposes import Purpose
from petitions import urging_letters
from petitions.models import Assignment, Petition, PetitionOrigin, UrgedItem, Urging
from petitions.models.petitions import SOON_DAYS
from petitions.workflow.record import note

PURPOSE = "urging"


def to_urge(council, today, *, soon=SOON_DAYS):
    """What agencies lead, have not answered, and owe by `today` or within `soon` days; paused time is not owed."""
    return (
        Assignment.objects.waiting()
        .lead()
        .filter(point__petition__council__in=council.lineage, clock__stopped_on=None, clock__paused_on=None)
        .filter(clock__due_on__lte=today + timedelta(days=soon), point__answered_on=None)
        .exclude(urged_items__urging__in=Urging.objects.under_way())
        .select_related("agency", "clock", "point__petition__place", "forwarding__document")
        .order_by("agency__name", "agency", "clock__due_on", "pk")
    )


def urge_refusal(council, user):
    """Why this user cannot urge agencies for the council; "" when they can."""
    if user.may(Permission.PETITION_FORWARD, at=council):
        return ""
    return _("Your role does not allow urging agencies for %(council)s.") % {"council": council}


@transaction.atomic
def draft_urging(*, by, issuer, agency, assignments, reply_by, signer=None, drafting_unit="", today=None):
    """A draft letter to one agency about `assignments`, all of them its own."""
    today = today or timezone.localdate()
    if why := urge_refusal(issuer.council, by):
        raise PermissionDenied(why)
    if not assignments:
        raise ValidationError(_("Nothing of %(agency)s is overdue or due soon.") % {"agency": agency})
    if reply_by <= today:
        raise ValidationError({"reply_by": _("The day must lie ahead.")})
    times = _times_urged(assignments)
    urging = Urging(council=issuer.council, agency=agency, number=max(times.values()) + 1, reply_by=reply_by)
    urging.document = documents.draft(
        agency=issuer,
        kind=Kind.LETTER,
        purpose=PURPOSE,
        subject=urging_letters.subject(urging),
        by=by,
        to=[(agency.name, agency)],
        drafting_unit=drafting_unit,
        signer=signer,
    )
    with acting(by=by, reason=gettext_lazy("urging letter drafted")):
        urging.save()
        for assignment in assignments:
            UrgedItem.objects.create(
                urging=urging,
                assignment=assignment,
                number=times[assignment.pk] + 1,
                due_on=assignment.clock.due_on,
            )
    _write(urging, by=by, today=today)
    return urging


def submit_urging(urging, *, by):
    return documents.submit(urging.document, by=by)


def _times_urged(assignments):
    """{assignment: how many times an issued letter has urged it}."""
    issued = UrgedItem.objects.issued().filter(assignment__in=assignments)
    known = dict(issued.order_by().values_list("assignment").annotate(times=Max("number")))
    return {assignment.pk: known.get(assignment.pk, 0) for assignment in assignments}


def _write(urging, *, by, today):
    documents.rewrite(
        urging.document,
        by=by,
        subject=urging_letters.subject(urging),
        body=urging_letters.body(urging, today),
        appendices=[urging_letters.appendix(urging, today)],
    )


class UrgingLetter(Purpose):
    """The letter that reminds an agency: on its issue every petition in it has one more step on the ladder, and a clock
    runs to the day it asks an answer by."""

    key = PURPOSE
    label = gettext_lazy("Urging letter")
    review_template = "petitions/_urging_review.html"

    def refusal(self, step, document, user):
        if step == "submit" and not _still_owed(document.urging).exists():
            return _("Everything in this letter has been answered meanwhile. Abandon the draft.")
        if step == "issue" and (answered := document.urging.items.exclude(pk__in=_still_owed(document.urging)).first()):
            return _("%(point)s has been answered meanwhile. Send the letter back to take it out.") % {
                "point": answered.assignment.point
            }
        return ""

    def before_submitting(self, document, *, by):
        urging = document.urging
        for answered in urging.items.exclude(pk__in=_still_owed(urging)):
            answered.delete()
        urging.number = urging.items.aggregate(most=Max("number"))["most"]
        urging.save()
        _write(urging, by=by, today=timezone.localdate())

    def issued(self, document, *, by):
        urging = document.urging
        numbers = {}
        for item in urging.items.select_related("assignment__point__petition", "assignment__clock"):
            petition = item.assignment.point.petition
            with acting(by=by, reason=document.number_and_symbol):
                item.change(
                    clock=clocks.start_urged(
                        item.assignment.clock,
                        due_on=urging.reply_by,
                        on=document.issued_on,
                        by=by,
                        document=document.number_and_symbol,
                    )
                )
            numbers[petition] = max(item.number, numbers.get(petition, 0))
        for petition, number in numbers.items():
            note(
                petition,
                "urged",
                by=by,
                on=document.issued_on,
                agency=urging.agency.name,
                letter=document.number_and_symbol,
                number=number,
                due_on=urging.reply_by,
            )

    def masked(self, document, text):
        about = Petition.objects.filter(points__assignments__urged_items__urging__document=document)
        return PetitionOrigin.objects.of(about).masked(text)

    def review_context(self, document):
        return {"urging": document.urging, "rows": urging_letters.item_rows(document.urging, timezone.localdate())}


def _still_owed(urging):
    return urging.items.filter(assignment__in=Assignment.objects.waiting(), assignment__point__answered_on=None)


URGING_LETTER = UrgingLetter()
