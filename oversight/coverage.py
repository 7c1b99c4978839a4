"""What a delegation covers, and what it therefore entrusts to those who sit in it."""

from django.db.models import Q

from accounts.models.people import with_successors
from directory.models import AdministrativeUnit
from documents.models import Amendment, Status
from oversight.models import SCOPE_KINDS, AgendaItem, ConclusionNotice, LadderStep, OversightPaper
from oversight.models.delegations import joined
from petitions.models import Assignment, Petition, PetitionPoint, UrgedItem
from petitions.models.results import CLOSING
from responses.models import Answer
from sessions.models import CouncilSession


def covers(delegation, councils):
    """A condition on petitions of these councils: those of its sessions and what earlier ones left unfinished, within
    its fields, agencies and places; and whatever is on an agenda of it.
    """
    on_agenda = AgendaItem.objects.filter(working_session__delegation=delegation).values("petition")
    return Q(council__in=councils) & within_scope(delegation) | Q(pk__in=on_agenda)


def within_scope(delegation):
    """The same without the agenda, of whatever council. Reads `scope`."""
    named = {kind: _named(delegation, kind) for kind in SCOPE_KINDS}
    within = _of_the_sessions(delegation, named["council_session"])
    if named["policy_field"]:
        within &= Q(policy_field__in=named["policy_field"])
    if units := named["unit"]:
        within &= Q(place__in=AdministrativeUnit.objects.filter(Q(pk__in=units) | Q(parent__in=units)).values("pk"))
    if named["agency"]:
        within &= held_by(named["agency"])
    return within


def _named(delegation, kind):
    """The ids the scope names of one kind."""
    return [key for item in delegation.scope.all() if (key := getattr(item, f"{kind}_id"))]


def _of_the_sessions(delegation, further):
    if delegation.council_session_id:
        return Q(council_session__in=[delegation.council_session_id, *further]) | carried_over(delegation)
    return Q(council_session__in=further) if further else Q()


def carried_over(delegation):
    """Raised before the delegation's session, or the last before its first day, and not finished when it began.

    What is finished while the delegation lasts stays what it looks at.
    """
    council_session = delegation.council_session
    if council_session:
        earlier = CouncilSession.objects.filter(opens_on__lt=council_session.opens_on)
    else:
        earlier = CouncilSession.objects.filter(closes_on__lt=delegation.starts_on)
    unfinished = ~Q(result__in=CLOSING) | Q(result_on__gte=delegation.starts_on)
    return Q(council_session__in=earlier.values("pk")) & unfinished


def held_by(agencies):
    """Those of which one of the agencies has a point now, leading or helping."""
    held = Assignment.objects.sent().current().filter(agency__in=agencies).values("point")
    return Q(pk__in=PetitionPoint.objects.filter(pk__in=held).values("petition"))


def entrusted_petitions(user):
    """A condition on petitions: those covered by the delegations somebody sits in today."""
    covered = Q(pk__in=[])
    for delegation in joined(user):
        covered |= covers(delegation, _lineage(delegation.council_id, user.successors))
    return covered


def _lineage(council, successors):
    """The ids of a council and of all it succeeds."""
    return [pk for pk in successors if council in with_successors(pk, successors)]


def entrusted_documents(user):
    """A condition on documents: the delegations' own papers, drafts too, and issued letters about what they cover.

    A letter is read as a whole, whatever else it is about.
    """
    delegations = joined(user)
    if not delegations:
        return Q(pk__in=[])
    own = (
        Q(pk__in=OversightPaper.objects.filter(delegation__in=delegations).values("document"))
        | Q(pk__in=ConclusionNotice.objects.filter(working_session__delegation__in=delegations).values("document"))
        | Q(pk__in=_step_letters(delegations))
    )
    covered = Petition.objects.filter(entrusted_petitions(user))
    amended = Amendment.objects.filter(_about(covered, "original__")).values("document")
    return own | Q(status=Status.ISSUED) & (_about(covered) | Q(pk__in=amended))


def _step_letters(delegations):
    steps = LadderStep.objects.filter(recommendation__working_session__delegation__in=delegations)
    return steps.exclude(document=None).values("document")


def _about(petitions, path=""):
    """A condition on letters that forward these petitions, urge or answer them; `path` leads to the document."""
    assigned = Assignment.objects.filter(point__petition__in=petitions)
    urged = UrgedItem.objects.filter(assignment__point__petition__in=petitions)
    answers = Answer.objects.filter(point__petition__in=petitions)
    return (
        Q(**{f"{path}forwarding__in": assigned.exclude(forwarding=None).values("forwarding")})
        | Q(**{f"{path}urging__in": urged.values("urging")})
        | Q(**{f"{path}reply__in": answers.values("reply")})
    )
