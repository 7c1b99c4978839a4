"""Does a reply answer every point it must? The refusal names the gap."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from petitions.models import ResultClass
from responses.models import Reply


@dataclass(frozen=True)
class Gap:
    """What one answer lacks before the reply can be submitted."""

    answer: object
    words: str


def gaps(reply):
    """Everything that stands between this draft and its clearance, in the order of the letter."""
    answers = reply.answers.in_letter_order().select_related("point__petition", "reason").prefetch_related("files")
    return [Gap(answer, words) for answer in answers if (words := _gap(answer, reply))]


def _gap(answer, reply):
    where = {"number": answer.point.number, "code": answer.point.petition.code}
    if not answer.text:
        return _("Point %(number)s of %(code)s has no answer.") % where
    if not answer.result:
        return _("Point %(number)s of %(code)s has no result class.") % where
    if reply.kind == Reply.Kind.INTERIM:
        return ""
    if answer.result == ResultClass.RESOLVED and not (answer.evidence or answer.files.all()):
        return _("Point %(number)s of %(code)s is said to be resolved: evidence is needed.") % where
    needs_roadmap = answer.reason is not None and answer.reason.needs_roadmap
    if answer.result == ResultClass.IN_PROGRESS and needs_roadmap and not answer.roadmap_on:
        return _("Point %(number)s of %(code)s is in progress with a roadmap: its date is missing.") % where
    return ""
