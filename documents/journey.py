"""The way of a document from hand to hand: who held it, how long, who passed it on, why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Addressee, Appendix, Check, Document, Route, Status

#: {(state, check it waits for): who has it}
HOLDERS = {
    (Status.DRAFT, ""): _("the drafter"),
    (Status.SUBMITTED, Check.CONTENT): _("the head of the unit (content)"),
    (Status.SUBMITTED, Check.FORM): _("the checker of form"),
    (Status.SUBMITTED, ""): _("the leader who clears"),
    (Status.CLEARED, ""): _("the registrar"),
}


#: What a reader of the paper sees.
_WORDS = ("subject", "symbol", "drafting_unit", "place_name", "body", "signer_id")


@dataclass(frozen=True)
class Leg:
    """One stay of the document with one holder."""

    holder: Any
    since: datetime
    until: datetime | None  # None while it lies there
    passed_on_by: str
    what: str  # the step that ended the stay

    @property
    def lasted(self):
        return (self.until or timezone.now()) - self.since

    @property
    def lasted_in_words(self):
        """ "2 ngày 3 giờ 0 phút", "15 giờ 52 phút", "4 phút": nothing before the first that counts."""
        minutes = self.lasted // timedelta(minutes=1)
        parts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
        if parts["days"]:
            return _("%(days)s days %(hours)s hours %(minutes)s minutes") % parts
        if parts["hours"]:
            return _("%(hours)s hours %(minutes)s minutes") % parts
        return _("%(minutes)s minutes") % parts if minutes else _("less than a minute")


def journey(document):
    """Every stay in order, read from the history: nothing is typed in for it."""
    rows = Document.history.filter(id=document.pk).select_related("history_user").order_by("history_date", "history_id")
    legs, begin = [], None
    for row in rows:
        if begin is None:
            begin = row
        elif _place(row) != _place(begin):
            legs.append(_leg(begin, row))
            begin = row
    if begin and _place(begin) in HOLDERS:
        legs.append(Leg(HOLDERS[_place(begin)], begin.history_date, None, "", ""))
    return legs


def way(document, route):
    """The hands a paper under way goes through in order: [(holder, whether it lies there now)]."""
    places = [
        (Status.DRAFT, ""),
        *[(Status.SUBMITTED, check) for check in Route(route).checks],
        (Status.SUBMITTED, ""),
        (Status.CLEARED, ""),
    ]
    return [(HOLDERS[place], place == _place(document)) for place in places]


def holder(document):
    """Who has a paper under way now; "" for one that is issued or abandoned."""
    return HOLDERS.get(_place(document), "")


def _place(document):
    return document.status, document.stage


def had_a_hand_in(document, user):
    """Whether this person submitted the text or changed it since somebody else sent it back last."""
    rows = Document.history.filter(id=document.pk).order_by("history_date", "history_id")
    since, has, before = None, False, None
    for row in rows:
        is_own = row.history_user_id == user.pk
        if before and before.status != Status.DRAFT == row.status and row.return_reason and not is_own:
            since, has = row.history_date, False
        elif is_own and (before is None or _wrote_or_submitted(before, row)):
            has = True
        before = row
    appendices = Appendix.history.filter(document_id=document.pk, history_user=user)
    return has or (appendices.filter(history_date__gt=since) if since else appendices).exists()


def returned_at(document):
    """The row of history by which the paper last came back to its drafter."""
    rows = document.history.order_by("-history_date", "-history_id")
    returned = None
    for row in rows:
        if row.status != Status.DRAFT:
            break
        returned = row
    return returned


def is_as_returned(document):
    """Whether the paper, sent back, still says what it said then, to the same people and over the same name."""
    before = returned_at(document)
    if any(getattr(before, field) != getattr(document, field) for field in _WORDS):
        return False
    parts = (Addressee.history, Appendix.history)
    return not any(
        part.filter(document_id=document.pk, history_date__gt=before.history_date).exists() for part in parts
    )


def _wrote_or_submitted(before, row):
    was_submitted = before.status != Status.SUBMITTED == row.status
    return was_submitted or (before.subject, before.body) != (row.subject, row.body)


def _leg(begin, end):
    who = HOLDERS.get(_place(begin), begin.get_status_display())
    return Leg(who, begin.history_date, end.history_date, str(end.history_user or ""), end.history_change_reason or "")
