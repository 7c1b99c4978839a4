"""A committee saves its table before the session: two people at once lose no words."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import acting
from oversight.assessed import assessed_results
from oversight.models import Verification
from petitions import workflow as petitions
from petitions.models import PetitionPoint
from sessions.models import CouncilSession


@dataclass(frozen=True)
class Typed:
    """One row as it came back. `revision` is that of the words it was typed over; 0 where there were none."""

    point: PetitionPoint
    revision: int
    result: str
    remark: str

    @property
    def words(self):
        return self.result, self.remark


@dataclass(frozen=True)
class Clash:
    """Somebody else changed the same words meanwhile: theirs, who, and what would be saved over them."""

    standing: Verification
    by: object
    result: str
    remark: str


def refusal(committee, user):
    """Why this user does not assess for the committee; "" when they do."""
    if user.may(Permission.VERIFICATION_RECORD, at=committee):
        return ""
    return _("Only %(committee)s and the secretariat fill in this table.") % {"committee": committee.short_label}


@transaction.atomic
def save(council_session, committee, rows, *, by):
    """Keep the `Typed` rows: those saved, and {point id: `Clash`} of those that wait for another look.

    What two people changed in different fields or rows is put together; what both changed is not overwritten.
    """
    if why := refusal(committee, by):
        raise PermissionDenied(why)
    CouncilSession.objects.select_for_update().get(pk=council_session.pk)
    among = Verification.objects.filter(council_session=council_session, point__in=[row.point for row in rows])
    present = {one.point_id: one for one in among.select_related("point")}
    saved, clashes = [], {}
    for row in rows:
        standing = present.get(row.point.pk) or Verification(council_session=council_session, point=row.point)
        words, clash = _together(row, standing)
        if clash:
            clashes[row.point.pk] = clash
        elif words != standing.words:
            saved.append(_keep(standing, committee, words, by=by))
    return saved, clashes


def _together(row, standing):
    """(the words to keep, None), or (None, the clash)."""
    before = _words_at(standing, row.revision)
    merged = [_merged(*three) for three in zip(before, standing.words, row.words, strict=True)]
    if None not in merged:
        return tuple(merged), None
    result, remark = (typed if one is None else one for one, typed in zip(merged, row.words, strict=True))
    last = standing.history.select_related("history_user").first()
    return None, Clash(standing, last.history_user, result, remark)


def _words_at(standing, revision):
    """What stood there when the page was opened."""
    if revision == standing.revision:
        return standing.words
    then = Verification.history.filter(id=standing.pk, revision=revision).first() if standing.pk else None
    return (then.assessed_result, then.remark) if then else ("", "")


def _merged(before, standing, typed):
    """The later of the two changes to one field; None where both changed it differently."""
    if typed in (before, standing):
        return standing
    return typed if standing == before else None


def _keep(standing, committee, words, *, by):
    today, (result, remark) = timezone.localdate(), words
    assessed_on = today if result != standing.assessed_result else standing.assessed_on
    with acting(by=by, reason=gettext_lazy("verified by the committee")):
        standing.change(
            committee=committee,
            assessed_result=result,
            assessed_on=assessed_on,
            remark=remark,
            revision=standing.revision + 1,
        )
    result = assessed_results([standing.point]).get(standing.point_id, "")
    if result != standing.point.assessed_result:
        petitions.record_assessment(standing.point, result, by=by)
    return standing
