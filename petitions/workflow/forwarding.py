"""One official letter sends many petitions to one addressee."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from documents import workflow as documents
from documents.models import Kind
from documents.purposes import Purpose
from petitions import letters
from petitions.models import Assignment, Forwarding, Petition, PetitionOrigin
from petitions.models.petitions import Status
from petitions.workflow.dates import start_clock, stop_return_clocks
from petitions.workflow.record import note, refresh
from petitions.workflow.tables import ASSIGNMENTS, PETITIONS

PURPOSE = "forwarding"


def plan_refusal(petition, user, *, within=None):
    """Why this petition cannot go into a forwarding letter (other than `within`); "" when it can."""
    if why := state_refusal(petition, user):
        return why
    planned = Assignment.objects.filter(point__petition=petition, status=Assignment.Status.PLANNED)
    if elsewhere := planned.exclude(forwarding=within).select_related("forwarding__document").first():
        return _("%(code)s stands in another draft already: %(letter)s.") % {
            "code": petition.code,
            "letter": elsewhere.forwarding.document.subject,
        }
    return ""


def state_refusal(petition, user):
    """What role and state alone say against forwarding it."""
    if not user.may(Permission.PETITION_FORWARD, at=petition.council):
        return _("Your role does not allow forwarding petitions.")
    if petition.status not in (Status.CLASSIFIED, Status.RETURNED):
        return _("%(code)s is “%(state)s”: only classified or returned petitions are forwarded.") % {
            "code": petition.code,
            "state": petition.get_status_display(),
        }
    return ""


@transaction.atomic
def draft_forwarding(
    *, by, issuer, addressee, due_on, plan, subject="", signer=None, drafting_unit="", copies=(), **details
):
    """A draft letter to `addressee`. `plan` maps each point to (lead agency, [coordinating agencies])."""
    _check_plan(plan, by, on=details.get("drafted_on"))
    document = documents.draft(
        agency=issuer,
        kind=Kind.LETTER,
        purpose=PURPOSE,
        subject=subject or letters.default_subject(plan),
        by=by,
        to=[(addressee.name, addressee)],
        copies=copies,
        drafting_unit=drafting_unit,
        signer=signer,
        **details,
    )
    with acting(by=by, reason=gettext_lazy("forwarding letter drafted")):
        forwarding = Forwarding.objects.create(
            council=issuer.council, addressee=addressee, document=document, due_on=due_on
        )
        _assign(forwarding, plan)
        _refresh_all(plan, by=by)
    _write(forwarding, by=by)
    return forwarding


@transaction.atomic
def replan(forwarding, *, by, due_on, plan):
    """Change what a draft letter sends to whom, and until when."""
    if why := documents.edit_refusal(forwarding.document, by):
        raise PermissionDenied(why)
    _check_plan(plan, by, on=forwarding.document.drafted_on, within=forwarding)
    with acting(by=by, reason=gettext_lazy("forwarding letter changed")):
        forwarding.due_on = due_on
        forwarding.save()
        withdrawn = _withdraw_planned(forwarding, by=by)
        _assign(forwarding, plan)
        _refresh_all({*withdrawn, *plan}, by=by)
    _write(forwarding, by=by)
    return forwarding


@transaction.atomic
def leave_out(forwarding, petition, *, by):
    """Take one petition out of a letter being drafted; it waits to be forwarded as before."""
    if why := documents.edit_refusal(forwarding.document, by):
        raise PermissionDenied(why)
    planned = forwarding.assignments.filter(status=Assignment.Status.PLANNED)
    leaving = list(planned.filter(point__petition=petition))
    if leaving and not planned.exclude(point__petition=petition).exists():
        raise ValidationError(_("This is the only petition in the letter. Abandon the draft instead."))
    with acting(by=by, reason=gettext_lazy("petition left out of the letter")):
        for assignment in leaving:
            ASSIGNMENTS.take("withdraw", assignment, by=by)
        refresh(petition, by=by)
    _write(forwarding, by=by)


def _check_plan(plan, by, *, on=None, within=None):
    if not plan:
        raise ValidationError(_("Choose at least one petition to forward."))
    for petition in _locked(plan):
        if why := plan_refusal(petition, by, within=within):
            raise ValidationError(why)
    on = on or timezone.localdate()
    for point, (lead, coordinating) in plan.items():
        for agency in (lead, *coordinating):
            if not agency.is_valid_on(on):
                raise ValidationError(
                    _("%(agency)s no longer exists; nothing new can be given to it.") % {"agency": agency}
                )
        if lead in coordinating:
            raise ValidationError(
                _("%(agency)s cannot both lead and coordinate point %(point)s.") % {"agency": lead, "point": point}
            )


def _locked(points):
    """The petitions of the points as they stand, kept from other letters; always in one order, so that none waits
    for each other."""
    petitions = Petition.objects.filter(pk__in={point.petition_id for point in points}).select_related("council")
    return petitions.order_by("pk").select_for_update(of=("self",))


def _assign(forwarding, plan):
    for point, (lead, coordinating) in plan.items():
        Assignment.objects.create(point=point, agency=lead, part=Assignment.Part.LEAD, forwarding=forwarding)
        for agency in coordinating:
            Assignment.objects.create(
                point=point, agency=agency, part=Assignment.Part.COORDINATING, forwarding=forwarding
            )


def _withdraw_planned(forwarding, *, by):
    """Take everything out of a letter being drafted; gives the points that stood in it."""
    planned = list(forwarding.assignments.filter(status=Assignment.Status.PLANNED).select_related("point"))
    for assignment in planned:
        ASSIGNMENTS.take("withdraw", assignment, by=by)
    return [assignment.point for assignment in planned]


def _refresh_all(points, *, by):
    for petition in {point.petition for point in points}:
        refresh(petition, by=by)


def _write(forwarding, *, by):
    documents.rewrite(
        forwarding.document,
        by=by,
        body=letters.forwarding_body(forwarding),
        appendices=[letters.forwarding_appendix(forwarding)],
    )


class ForwardingLetter(Purpose):
    """The letter that sends petitions out: on its issue they leave and the clocks start."""

    key = PURPOSE
    label = gettext_lazy("Forwarding of petitions")
    review_template = "petitions/_forwarding_review.html"

    def refusal(self, step, document, user):
        if step not in ("submit", "issue"):
            return ""
        planned = Assignment.objects.filter(forwarding__document=document, status=Assignment.Status.PLANNED)
        for petition in Petition.objects.filter(points__assignments__in=planned).distinct():
            if petition.status not in (Status.CLASSIFIED, Status.RETURNED):
                return _("%(code)s is “%(state)s” by now. Take it out of the letter.") % {
                    "code": petition.code,
                    "state": petition.get_status_display(),
                }
        if not planned.exists():
            return _("No petition is left in this letter.")
        return ""

    def before_submitting(self, document, *, by):
        _write(document.forwarding, by=by)

    def issued(self, document, *, by):
        forwarding = document.forwarding
        sent = {}
        planned = forwarding.assignments.filter(status=Assignment.Status.PLANNED)
        for assignment in planned.select_related("point__petition__council_session", "agency", "forwarding__document"):
            clock = start_clock(assignment, on=document.issued_on, by=by)
            stop_return_clocks([assignment.point], on=document.issued_on, by=by, reason=document.number_and_symbol)
            ASSIGNMENTS.take("send", assignment, by=by, sent_on=document.issued_on, clock=clock)
            sent.setdefault(assignment.point.petition, []).append(assignment)
        for petition, assignments in sent.items():
            PETITIONS.take("forward", petition, by=by, reason=document.number_and_symbol)
            leads = dict.fromkeys(a.agency.name for a in assignments if a.part == Assignment.Part.LEAD)
            note(
                petition,
                "forwarded",
                by=by,
                on=document.issued_on,
                letter=document.number_and_symbol,
                agency=", ".join(leads),
                due_on=forwarding.due_on,
            )

    def abandoned(self, document, *, by):
        _refresh_all(_withdraw_planned(document.forwarding, by=by), by=by)

    def masked(self, document, text):
        about = Petition.objects.filter(points__assignments__forwarding__document=document)
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        return reverse("petitions:forwarding", args=[document.forwarding.pk])

    def review_context(self, document):
        return {"forwarding": document.forwarding, "rows": letters.forwarding_rows(document.forwarding)}


FORWARDING_LETTER = ForwardingLetter()
