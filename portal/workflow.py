"""Publishing is a decision of its own, and its words are checked for voters' names."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from common.text import fold
from petitions import workflow as petitions
from petitions.models import PetitionOrigin
from portal.models import Publication

SHORTEST_TELEPHONE_NUMBER = 8
_DIGITS = re.compile(r"\d[\d .()-]*\d")


def publish_refusal(petition, user):
    """Why this petition's answer cannot be published by this user now; "" when it can."""
    if not user.may(Permission.PUBLISH, at=petition.council):
        return _("Your role does not allow publishing.")
    if not petition.is_answered:
        return _("Only what is answered can be published.")
    return ""


@transaction.atomic
def publish(petition, *, by, title, question, answer, answered_by, on=None):
    """Make an answer public in these words, or change the words of one that is."""
    if why := publish_refusal(petition, by):
        raise PermissionDenied(why)
    texts = {"title": title, "question": question, "answer": answer, "answered_by": answered_by}
    if found := personal_data_in(petition, " ".join(texts.values())):
        raise ValidationError(
            _("The text names a voter or an address (%(found)s). Take it out before publishing.") % {"found": found}
        )
    with acting(by=by, reason=gettext_lazy("published")):
        publication, is_new = Publication.objects.update_or_create(
            petition=petition,
            defaults={**texts, "withdrawn_on": None},
            create_defaults={**texts, "published_on": on or timezone.localdate()},
        )
    if is_new:
        petitions.note(petition, "published", by=by, on=on)
    return publication


def withdraw(publication, *, by):
    """Take an answer off the public page."""
    if not by.may(Permission.PUBLISH, at=publication.petition.council):
        raise PermissionDenied(_("Your role does not allow publishing."))
    publication.withdrawn_on = timezone.localdate()
    with acting(by=by, reason=gettext_lazy("taken off the public page")):
        publication.save()
    return publication


def personal_data_in(petition, text):
    """The first personal detail found in `text` of a voter of this petition or of one merged into it; "" for none."""
    folded, numbers = fold(text), _numbers_in(text)
    origins = PetitionOrigin.objects.filter(Q(petition=petition) | Q(petition__duplicate_of=petition)).order_by("pk")
    for origin in origins:
        for field in origin.PERSONAL:
            detail = getattr(origin, field)
            if detail and (fold(detail) in folded or _numbers_in(detail) & numbers):
                return detail
    return ""


def _numbers_in(text):
    """The telephone numbers in a text, however their digits are set apart."""
    runs = ("".join(filter(str.isdecimal, run)) for run in _DIGITS.findall(text))
    return {run for run in runs if len(run) >= SHORTEST_TELEPHONE_NUMBER}


def proposed(petition):
    """Words to begin with: points and effective answers, without the letters' names of voters."""
    points = list(petition.points.prefetch_related("answers__reply__document__agency"))
    answers, agencies = [], []
    for point in points:
        issued = [answer for answer in point.answers.all() if answer.reply.document.is_issued]
        answers += [answer.text for answer in issued]
        agencies += [answer.reply.document.agency.name for answer in issued]
    return {
        "title": petition.title,
        "question": "\n".join(point.content for point in points),
        "answer": "\n\n".join(answers),
        "answered_by": ", ".join(dict.fromkeys(agencies)),
    }
