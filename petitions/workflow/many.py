"""Many petitions written down at once, each with the same history as one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from common.many import BATCH, create_many
from common.sequences import take_block
from directory.names import names_of
from petitions.models import Petition, PetitionEvent, PetitionOrigin, PetitionPoint
from petitions.workflow.record import search_text, voters_words


@dataclass
class Entry:
    """One petition to write down; the arguments of `log`."""

    title: str
    points: list
    unit: Any
    raised_on: date
    meeting: Any = None
    voter: dict = field(default_factory=dict)
    verbatim: str = ""
    policy_field: Any = None
    authority_level: str = ""
    named_agency: Any = None
    details: dict = field(default_factory=dict)


@transaction.atomic
def log_many(entries, *, council_session, by, reason, received_on=None, **event_details):
    """The petitions of `entries`, in their order: points, first origin, timeline and history as `log` leaves them.

    A policy field and level that came with an entry are kept as a proposal: it still waits to be classified.
    """
    council = council_session.council
    if not by.may(Permission.PETITION_LOG, at=council):
        raise PermissionDenied(_("Your role does not allow logging petitions of %(council)s.") % {"council": council})
    received_on = received_on or timezone.localdate()
    codes = take_block(f"petitions/{council.pk}/{received_on.year}", len(entries))
    numbers = take_block(f"petitions/session/{council_session.pk}", len(entries))
    petitions = [
        _petition(entry, council, council_session, received_on, code, number)
        for entry, code, number in zip(entries, codes, numbers, strict=True)
    ]
    names = names_of({entry.unit for entry in entries})
    for petition, entry in zip(petitions, entries, strict=True):
        origins = [_origin(petition, entry)]
        petition.search_text = search_text(petition, _points(petition, entry), origins, names=names)
        petition.voters_words = voters_words(origins)
    petitions = create_many(petitions, by=by, reason=reason)
    pairs = list(zip(petitions, entries, strict=True))
    create_many([point for petition, entry in pairs for point in _points(petition, entry)], by=by, reason=reason)
    create_many([_origin(petition, entry) for petition, entry in pairs], by=by, reason=reason)
    PetitionEvent.objects.bulk_create(
        [
            PetitionEvent(
                petition=petition, kind="received", happened_on=received_on, actor=by, details=dict(event_details)
            )
            for petition in petitions
        ],
        batch_size=BATCH,
    )
    return petitions


def _petition(entry, council, council_session, received_on, code, number):
    return Petition(
        council=council,
        council_session=council_session,
        code=f"KN-{received_on.year}-{code:05d}",
        number=number,
        title=entry.title,
        received_on=received_on,
        policy_field=entry.policy_field,
        authority_level=entry.authority_level,
        named_agency=entry.named_agency,
        place=entry.unit,
        point_count=len(entry.points),
        origin_count=1,
        **entry.details,
    )


def _points(petition, entry):
    return [
        PetitionPoint(petition=petition, number=number, content=content)
        for number, content in enumerate(entry.points, start=1)
    ]


def _origin(petition, entry):
    return PetitionOrigin(
        petition=petition,
        meeting=entry.meeting,
        unit=entry.unit,
        raised_on=entry.raised_on,
        verbatim=entry.verbatim,
        **entry.voter,
    )
