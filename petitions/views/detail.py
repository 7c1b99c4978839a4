"""One petition: its points with their answers, where it came from, what happened."""

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from deadlines.models import derive_together
from petitions import workflow
from petitions.models import Assignment, Petition, PetitionPoint
from petitions.models.petitions import may_see_voters
from petitions.views.lists import filter_form

#: How far into a filtered list next and previous are known.
LIST_REACH = 2000


def visible_petition(request, pk):
    """The petition if this user may see it, else 404."""
    petitions = Petition.objects.visible_to(request.user).select_related(
        "council",
        "council_session__term",
        "policy_field__committee",
        "place",
        "lead_agency",
        "duplicate_of",
        "repeats",
    )
    return get_object_or_404(petitions, pk=pk)


@require_safe
def detail(request, pk):
    petition = visible_petition(request, pk)
    points = petition.points.prefetch_related(
        "assignments__agency",
        "assignments__clock__events",
        "answers__reply__document__agency",
        "answers__reason",
        "answers__files__upload",
        _findings_seen_by(request.user),
    )
    derive_together([given.clock for point in points for given in point.assignments.all() if given.clock])
    mine = Assignment.objects.waiting().filter(point__petition=petition, agency__in=request.user.agencies)
    may_log = request.user.may(Permission.PETITION_LOG, at=petition.council)
    context = {
        "petition": petition,
        "points": points,
        "origins": petition.origins.select_related("unit", "meeting"),
        "duplicates": petition.duplicates.prefetch_related("origins__unit"),
        "sees_voters": may_see_voters(request.user, petition),
        "events": petition.events.select_related("actor"),
        "earlier": Petition.objects.visible_to(request.user).filter(pk=petition.repeats_id).first(),
        "offers": {name: refusal for name, _step, refusal in workflow.PETITIONS.offers(petition, request.user)},
        "forward_refusal": workflow.plan_refusal(petition, request.user),
        "may_log": may_log,
        "verdicts": petition.verdicts.select_related("unit"),
        "may_record_verdicts": may_log or request.user.sits_in_a_group(petition.council),
        "may_publish": request.user.may(Permission.PUBLISH, at=petition.council),
        "may_extend": request.user.may(Permission.PETITION_FORWARD, at=petition.council),
        "may_respond": request.user.may(Permission.ASSIGNMENT_RESPOND),
        "may_draft_reply": request.user.may(Permission.DOCUMENT_DRAFT),
        "mine": (held := list(mine.select_related("agency", "point"))),
        "led": [given for given in held if given.part == Assignment.Part.LEAD],
        "helped": _helped(petition, request.user),
        "askable": _askable(petition, request.user),
        "neighbours": _neighbours(request, petition),
    }
    return render(request, "petitions/detail.html", context)


def _helped(petition, user):
    """The assignments by which this user's agencies coordinate."""
    helping = Assignment.objects.current().sent().filter(part=Assignment.Part.COORDINATING)
    return list(helping.filter(point__petition=petition, agency__in=user.agencies).select_related("point", "agency"))


def _askable(petition, user):
    """Keys of the coordinating assignments this user's agencies, which lead, can ask to contribute (anew)."""
    led = Assignment.objects.waiting().lead().filter(point__petition=petition)
    led = led.filter(agency__in=user.agencies_where(Permission.DOCUMENT_DRAFT)).values("point")
    awaited = Q(status__in=[Assignment.Status.SENT, Assignment.Status.ACCEPTED]) & ~Q(contribution__status="submitted")
    given = Q(status=Assignment.Status.ANSWERED, contribution__status="given")
    helping = Assignment.objects.current().filter(awaited | given, part=Assignment.Part.COORDINATING, point__in=led)
    return set(helping.values_list("pk", flat=True))


def _findings_seen_by(user):
    """The findings of the room above, as far as `user` may read them: an agency not before it is told."""
    findings = PetitionPoint._meta.get_field("findings").related_model.objects.visible_to(user)
    return Prefetch("findings", findings.select_related("working_session__delegation"))


def _neighbours(request, petition):
    """Previous and next inside the list one came from (`?list=` keeps its address); {} outside any list."""
    if "list" not in request.GET:
        return {}
    query = QueryDict(request.GET["list"])
    pks = list(filter_form(request, query).petitions().values_list("pk", flat=True)[:LIST_REACH])
    if petition.pk not in pks:
        return {}
    place = pks.index(petition.pk)
    return {
        "list": query.urlencode(),
        "place": place + 1,
        "total": len(pks),
        "previous": pks[place - 1] if place else None,
        "next": pks[place + 1] if place + 1 < len(pks) else None,
    }
