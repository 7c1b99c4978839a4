"""What somebody recorded in delegations they no longer sit in: their own words stay readable to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.models import Finding, Recommendation, WorkingSession
from oversight.models.delegations import joined
from petitions.models import ResultClass

#: So many of the latest of each kind are shown.
SHOWN = 100
_RESULTS = dict(ResultClass.choices)


@dataclass(frozen=True)
class Words:
    """One record as this person left it; `about` is a point's code, "" for the working session as a whole."""

    held_on: date
    agency: Any
    about: str
    text: str
    result: Any = ""


def own_words(user):
    """The latest version by this person of each finding, assessment and recommendation, the latest session first."""
    joined_now = [delegation.pk for delegation in joined(user)]
    findings = _last_by(user, Finding, "working_session", joined_now, "point__petition")
    asked = _last_by(user, Recommendation, "working_session", joined_now)
    assessed = _last_by(user, WorkingSession, "", joined_now)
    found = [
        *(_words(one.working_session, one, str(one.point), _RESULTS.get(one.assessed_result, "")) for one in findings),
        *(Words(one.working_session.held_on, one.working_session.agency, "", one.content) for one in asked),
        *(_words(one, one, "") for one in assessed),
    ]
    said = [one for one in found if one.text or one.result]
    return sorted(said, key=lambda one: (-one.held_on.toordinal(), one.about))


def _words(session, record, about, result=""):
    parts = (record.reported, record.found, record.achievements, record.limitations, record.causes)
    return Words(session.held_on, session.agency, about, "\n".join(part for part in parts if part), result)


def _last_by(user, model, path, joined_now, *further):
    """The last version of each record of the model that this person saved."""
    prefix = f"{path}__" if path else ""
    versions = model.history.filter(history_user=user).exclude(**{f"{prefix}delegation__in": joined_now})
    rows = versions.select_related(f"{prefix}agency", *further).order_by("-history_id")[:SHOWN]
    last = {}
    for row in rows:
        last.setdefault(row.id, row)
    return last.values()
