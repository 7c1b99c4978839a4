"""From the voter's mouth to a classified petition."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.sequences import take_next
from petitions.models import Assignment, Petition, PetitionOrigin, PetitionPoint
from petitions.models.petitions import NOT_COUNTED, AuthorityLevel, Status
from petitions.workflow.dates import stop_return_clocks
from petitions.workflow.record import note, refresh
from petitions.workflow.tables import PETITIONS


@transaction.atomic
def log(*, council_session, by, title, points, unit, raised_on, meeting=None, voter=None, verbatim="", **details):
    """A new petition with its points and first origin.

    `points` are texts in order; `voter` holds voter_name, voter_address, voter_phone where known.
    """
    council = council_session.council
    if not by.may(Permission.PETITION_LOG, at=council):
        raise PermissionDenied(_("Your role does not allow logging petitions of %(council)s.") % {"council": council})
    if not points:
        raise ValidationError(_("A petition needs at least one point."))
    received_on = details.pop("received_on", None) or timezone.localdate()
    with acting(by=by, reason=gettext_lazy("petition logged")):
        petition = Petition.objects.create(
            council=council,
            council_session=council_session,
            code=_next_code(council, received_on.year),
            number=take_next(f"petitions/session/{council_session.pk}"),
            title=title,
            received_on=received_on,
            **details,
        )
        for number, content in enumerate(points, start=1):
            PetitionPoint.objects.create(petition=petition, number=number, content=content)
        PetitionOrigin.objects.create(
            petition=petition,
            meeting=meeting,
            unit=unit,
            raised_on=raised_on,
            verbatim=verbatim,
            **(voter or {}),
        )
        note(petition, "received", by=by, on=received_on)
        return refresh(petition, by=by)


def _next_code(council, year):
    """ "KN-2026-00147": permanent, counted per council and year."""
    return f"KN-{year}-{take_next(f'petitions/{council.pk}/{year}'):05d}"


@transaction.atomic
def add_origin(petition, *, by, unit, raised_on, meeting=None, voter=None, verbatim=""):
    """The same matter raised once more, somewhere else or by somebody else."""
    _check_may_log(petition, by)
    with acting(by=by, reason=gettext_lazy("origin added")):
        origin = PetitionOrigin.objects.create(
            petition=petition,
            meeting=meeting,
            unit=unit,
            raised_on=raised_on,
            verbatim=verbatim,
            **(voter or {}),
        )
        note(petition, "origin_added", by=by, on=raised_on, place=unit.sentence_name)
        refresh(petition, by=by)
    return origin


@transaction.atomic
def revise(petition, *, by, why, title, points):
    """Correct title and points with a reason; once forwarded, what the agency was asked stays as it was.

    What was one text and becomes several points stays whole with the origin it came from.
    """
    petition = Petition.objects.select_for_update().get(pk=petition.pk)
    if refusal := revise_refusal(petition, by, points):
        raise PermissionDenied(refusal)
    existing = list(petition.points.all())
    with acting(by=by, reason=why):
        petition.title = title
        petition.save()
        if len(existing) == 1 < len(points):
            _keep_whole(petition, existing[0].content)
        for number, content in enumerate(points, start=1):
            PetitionPoint.objects.update_or_create(petition=petition, number=number, defaults={"content": content})
        for surplus in existing[len(points) :]:
            surplus.delete()
        note(petition, "changed", by=by, why=why)
        return refresh(petition, by=by)


def _keep_whole(petition, text):
    origin = petition.origins.order_by("pk").first()
    if not origin.verbatim:
        origin.verbatim = text
        origin.save()


def revise_refusal(petition, user, points):
    """Why this user cannot give the petition these `points` now; "" when they can."""
    if not user.may(Permission.PETITION_LOG, at=petition.council):
        return may_not_change(petition)
    on_its_way = Assignment.objects.waiting().filter(point__petition=petition)
    if petition.status not in (Status.RECEIVED, Status.CLASSIFIED) or on_its_way.exists():
        return _("The petition is on its way; its content can no longer be changed.")
    existing = list(petition.points.all())
    if any(point.assignments.exists() for point in existing[len(points) :]):
        return _("A point that stands in a letter cannot be removed.")
    return ""


def _check_may_log(petition, by):
    if not by.may(Permission.PETITION_LOG, at=petition.council):
        raise PermissionDenied(may_not_change(petition))


def may_not_change(petition):
    """What somebody is told whose role does not let them change it."""
    return _("Your role does not allow changing petitions of %(council)s.") % {"council": petition.council}


@transaction.atomic
def classify(petition, *, by, policy_field, authority_level, kind=None, repeats=None, on=None, reason=""):
    """Policy field (which gives the committee), authority level, kind, and the earlier petition it repeats."""
    petition = PETITIONS.take(
        "classify",
        petition,
        by=by,
        reason=reason,
        policy_field=policy_field,
        authority_level=authority_level,
        kind=kind or petition.kind,
        repeats=repeats,
    )
    note(
        petition,
        "classified",
        by=by,
        on=on,
        field=policy_field.name,
        level=AuthorityLevel(authority_level).label,
    )
    return petition


@transaction.atomic
def merge(petition, *, into, by, on=None):
    """`petition` says the same as `into`: it keeps all it has and is counted there from now on."""
    if into.pk == petition.pk:
        raise ValidationError(_("A petition cannot be merged into itself."))
    both = Petition.objects.filter(pk__in=[into.pk, petition.pk]).order_by("pk")  # in one order, or two would wait
    into = {one.pk: one for one in both.select_for_update()}[into.pk]
    if into.council_id != petition.council_id:
        raise ValidationError(_("Petitions of two councils cannot be merged."))
    if into.council_session_id != petition.council_session_id:
        raise ValidationError(
            _("%(code)s was raised before another session: name it as repeated.") % {"code": into.code}
        )
    if into.status in NOT_COUNTED:
        raise ValidationError(_("%(code)s is itself merged or set aside.") % {"code": into.code})
    petition = PETITIONS.take("merge", petition, by=by, duplicate_of=into)
    stop_return_clocks(petition.points.all(), on=on or timezone.localdate(), by=by, reason=into.code)
    note(petition, "merged", by=by, on=on, code=into.code)
    note(into, "absorbed", by=by, on=on, code=petition.code)
    return petition


@transaction.atomic
def unmerge(petition, *, by):
    """Stand on its own again, in the state it had: merging changed nothing else of it, nor of the survivor."""
    into = petition.duplicate_of
    PETITIONS.check("unmerge", petition, by)
    before = petition.history.exclude(status=Status.MERGED).order_by("-history_date", "-history_id").first()
    step = "unmerge_classified" if before and before.status == Status.CLASSIFIED else "unmerge"
    petition = PETITIONS.take(step, petition, by=by, duplicate_of=None, reason=PETITIONS.steps["unmerge"].label)
    note(petition, "unmerged", by=by, code=into.code)
    note(into, "unmerged", by=by, code=petition.code)
    return petition


@transaction.atomic
def set_aside(petition, *, by, why, on=None):
    """Answered on the spot, or a complaint that follows another law: not forwarded, not counted."""
    petition = PETITIONS.take("set_aside", petition, by=by, reason=why)
    stop_return_clocks(petition.points.all(), on=on or timezone.localdate(), by=by, reason=why)
    note(petition, "set_aside", by=by, on=on, why=why)
    return petition


@transaction.atomic
def reopen(petition, *, by, why):
    petition = PETITIONS.take("reopen", petition, by=by, reason=why)
    note(petition, "reopened", by=by, why=why)
    return petition
