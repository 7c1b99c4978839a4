"""After the answer is announced: what voters say place by place, and raising the matter again where they disagree."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from directory.models import AdministrativeUnit
from oversight.models import VoterVerdict
from petitions import workflow as petitions
from petitions.models import PetitionOrigin
from sessions.models import CouncilSession, VoterMeeting


def refusal(petition, user):
    """Why this user cannot record what voters say; "" when they can: the secretariat, and delegates of a group."""
    if not user.sits_in_a_group(petition.council) and not user.may(Permission.PETITION_LOG, at=petition.council):
        return _("The delegate group or the secretariat records what voters say.")
    if not petition.is_answered:
        return _("There is no answer to announce yet.")
    return ""


def places(petition):
    """The places where the petition was raised, those of petitions merged into it too."""
    origins = PetitionOrigin.objects.of([petition.pk])
    return AdministrativeUnit.objects.filter(pk__in=origins.values("unit"))


def meetings(petition, user):
    """The voter meetings since the answer where it can have been announced: at those places, or of their groups."""
    origins = PetitionOrigin.objects.of([petition.pk])
    groups = Q(delegate_group__in=origins.values("meeting__delegate_group"))
    if user.sits_in_a_group(petition.council):
        groups |= Q(delegate_group__in=user.agencies)
    held = VoterMeeting.objects.visible_to(user).filter(held_on__gte=petition.answered_on)
    return held.filter(Q(unit__in=origins.values("unit")) | groups)


@transaction.atomic
def record(petition, *, by, unit, verdict, told_on, meeting=None, remark=""):
    """The verdict of one place; recorded again, the later one counts and the earlier stays in the history."""
    if why := refusal(petition, by):
        raise PermissionDenied(why)
    if not petition.answered_on <= told_on <= timezone.localdate():
        raise ValidationError({"told_on": _("An answer is announced after it was given, and not ahead of today.")})
    if not places(petition).filter(pk=unit.pk).exists():
        raise ValidationError({"unit": _("The petition was not raised there.")})
    known = VoterVerdict.objects.select_for_update().filter(petition=petition, unit=unit).first()
    known = known or VoterVerdict(petition=petition, unit=unit)
    if known.raised_again_id and verdict != VoterVerdict.Verdict.DISAGREES:
        raise ValidationError({"verdict": _("The matter was raised again for these voters: the verdict stands.")})
    before = known.verdict
    with acting(by=by, reason=gettext_lazy("verdict of voters recorded")):
        known.change(verdict=verdict, told_on=told_on, meeting=meeting, remark=remark)
    if verdict != before:
        label = VoterVerdict.Verdict(verdict).label
        petitions.note(petition, "verdict", by=by, on=told_on, place=unit.sentence_name, verdict=label)
    return known


def next_session(petition, today):
    """The regular session for which the matter would be raised again; None where there is none yet."""
    found = petition.council_session.next_regular()
    while found and found.closes_on < today:
        found = found.next_regular()
    return found


def raise_refusal(verdict, user):
    """Why this user cannot raise the matter again; "" when they can."""
    if verdict.verdict != VoterVerdict.Verdict.DISAGREES:
        return _("A matter is raised again where voters disagree with the answer.")
    if verdict.raised_again_id:
        return _("The matter was raised again already.")
    if next_session(verdict.petition, timezone.localdate()) is None:
        return _("There is no later session yet. Enter it first.")
    if not user.may(Permission.PETITION_LOG, at=verdict.petition.council):
        return _("The secretariat logs the petition.")
    return ""


@transaction.atomic
def raise_again(verdict, *, by):
    """A petition in the next session with the same points, linked to the one that was answered."""
    verdict = VoterVerdict.objects.select_for_update().get(pk=verdict.pk)
    if why := raise_refusal(verdict, by):
        raise PermissionDenied(why)
    earlier = verdict.petition
    council_session = next_session(earlier, timezone.localdate())
    CouncilSession.objects.select_for_update().get(pk=council_session.pk)
    petition = petitions.log(
        council_session=council_session,
        by=by,
        title=earlier.title,
        points=[point.content for point in earlier.points.all()],
        unit=verdict.unit,
        meeting=verdict.meeting,
        raised_on=verdict.told_on,
    )
    petition = petitions.classify(
        petition,
        by=by,
        policy_field=earlier.policy_field,
        authority_level=earlier.authority_level,
        repeats=earlier,
    )
    with acting(by=by, reason=gettext_lazy("raised again for the next session")):
        verdict.change(raised_again=petition)
    return petition
