"""Publishing is a decision of its own, and its words are checked for voters' names."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import notifications
from accounts.models import Notice
from accounts.permissions import Permission, Role
from common.acting import acting, official
from common.formats import short_date
from common.text import fold
from petitions import workflow as petitions
from petitions.models import Petition, PetitionOrigin
from portal.models import Publication
from responses.models import Answer

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
    petition = Petition.objects.select_for_update().get(pk=petition.pk)  # its letter may be recalled at this moment
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
            defaults={**texts, "withdrawn_on": None, "replaced_by": ""},
            create_defaults={**texts, "published_on": on or timezone.localdate()},
        )
    if is_new:
        petitions.note(petition, "published", by=by, on=on)
    return publication


def withdraw(publication, *, by):
    """Take an answer off the public page."""
    if not by.may(Permission.PUBLISH, at=publication.petition.council):
        raise PermissionDenied(_("Your role does not allow publishing."))
    return _take_off(publication, by=by, reason=gettext_lazy("taken off the public page"))


def follow_letter(petition, *, by, why, on, replaced_by):
    """The letter behind a public answer no longer stands: its words are not shown until somebody publishes again.

    Where another letter answers in its place the page stays and names that letter; otherwise it is taken off.
    """
    publication = Publication.objects.public().select_for_update().filter(petition=petition).first()
    if publication is None:
        return
    if replaced_by:
        letter = f"{replaced_by.reference} ngày {short_date(replaced_by.issued_on)}"
        words = official(gettext_lazy("The published answer is out of date, %(why)s: publish the words of %(letter)s."))
        words = words % {"why": why, "letter": letter}
        with acting(by=by, reason=words):
            publication.change(replaced_by=letter)
    else:
        words = official(gettext_lazy("Taken off the public page: %(why)s.")) % {"why": why}
        publication = _take_off(publication, by=by, reason=words)
    notifications.tell(
        notifications.people(roles=[Role.LEADER], council=petition.council_id, on=timezone.localdate()),
        kind=Notice.Kind.EVENT,
        key=f"withdrawn/{publication.pk}/{publication.history.first().pk}",
        group=f"petition/{petition.pk}",
        group_title=f"{petition.code} – {petition.title}",
        text=words,
        url=petition.get_absolute_url(),
        happened_on=on,
    )


def _take_off(publication, *, by, reason):
    with acting(by=by, reason=reason):
        publication.change(withdrawn_on=timezone.localdate(), replaced_by="")
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
    effective = Answer.objects.effective().select_related("reply__document__agency")
    effective = effective.order_by("reply__document__issued_on", "pk")
    points = list(petition.points.prefetch_related(Prefetch("answers", effective)))
    answers = [answer for point in points for answer in point.answers.all()]
    return {
        "title": petition.title,
        "question": "\n".join(point.content for point in points),
        "answer": "\n\n".join(answer.text for answer in answers),
        "answered_by": ", ".join(dict.fromkeys(answer.reply.document.agency.name for answer in answers)),
    }
