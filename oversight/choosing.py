"""Which petitions a delegation may look at, and what speaks for each."""

from django.db.models import Q

from oversight.coverage import carried_over, within_scope
from oversight.models import Sign
from petitions.models import Petition
from petitions.models.petitions import NOT_COUNTED
from responses import reading
from responses.models import Answer, Assessment, Commitment


def within_reach(delegation):
    """The petitions of the council, of its predecessors too, that were sent to somebody and count."""
    return (
        Petition.objects.counted()
        .filter(council__in=delegation.council.lineage, points__assignments__sent_on__isnull=False)
        .distinct()
    )


def of_the_cycle(petitions, delegation):
    """Those of the delegation's sessions and what earlier ones left unfinished, within its fields, agencies, places."""
    return petitions.filter(within_scope(delegation))


def with_signs(petitions, signs, delegation, today):
    """Those for which at least one of the `signs` speaks."""
    wanted = Q(pk__in=[])
    for sign in signs:
        wanted |= _CONDITIONS[sign](petitions, delegation, today)
    return petitions.filter(wanted)


def signs_of(petitions, delegation, today):
    """{petition id: [Sign, …]} for a handful of petitions, in one query a sign."""
    keys = [petition.pk for petition in petitions]
    among = Petition.objects.filter(pk__in=keys)
    found = {key: [] for key in keys}
    for sign, condition in _CONDITIONS.items():
        for key in among.filter(condition(among, delegation, today)).values_list("pk", flat=True):
            found[key].append(sign)
    return found


def _overdue(petitions, delegation, today):
    return Q(answered_on__isnull=True, due_on__lt=today) & ~Q(status__in=NOT_COUNTED)


def _vague(petitions, delegation, today):
    """Read sentence by sentence: a phrase of the council's list, or a promise without a day."""
    phrases = reading.phrases_of(delegation.council)
    answers = _answers(petitions).only("text", "roadmap_on", "point__petition_id").select_related("point")
    return Q(pk__in={answer.point.petition_id for answer in answers if reading.hints(answer, today, phrases)})


def _off(petitions, delegation, today):
    marks = Assessment.objects.filter(by_council=True, mark=Assessment.Mark.OFF, answer__in=_answers(petitions))
    return Q(pk__in=marks.values("answer__point__petition"))


def _missed(petitions, delegation, today):
    promises = Commitment.objects.standing().filter(answer__point__petition__in=petitions)
    late = Q(status=Commitment.Status.MISSED) | Q(
        status__in=[Commitment.Status.OPEN, Commitment.Status.REPORTED], due_on__lt=today
    )
    return Q(pk__in=promises.filter(late).values("answer__point__petition"))


def _answers(petitions):
    return Answer.objects.effective().filter(point__petition__in=petitions)


_CONDITIONS = {
    Sign.OVERDUE: _overdue,
    Sign.CARRIED: lambda petitions, delegation, today: carried_over(delegation),
    Sign.REPEATED: lambda petitions, delegation, today: Q(repeats__isnull=False),
    Sign.VAGUE: _vague,
    Sign.OFF: _off,
    Sign.MISSED: _missed,
}
