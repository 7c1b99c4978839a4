"""The workbook of a delegate group: its petitions' words, field and level, for the secretariat to take over.

A group proposes, the secretariat decides: what comes back is taken over by those whose role lets them change the same
on the petition's own pages. Place and origin are shown only: no page changes them.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common.acting import official
from directory.models import Agency, PolicyField
from petitions import workflow
from petitions.handouts.kinds import HandoutColumn, HandoutKind
from petitions.models import Assignment, Petition
from petitions.models.petitions import AuthorityLevel, Status
from petitions.points import split
from petitions.workflow import PETITIONS

_TITLE = Petition._meta.get_field("title").max_length
_MOST_WORDS = 20_000
_WORDS, _CLASS = ("title", "content"), ("field", "level")


def _fields(council):
    return PolicyField.objects.filter(council=council, is_in_use=True)


def _field_names(council):
    return [field.name for field in _fields(council)]


def _levels(council):
    """A council in office gives nothing to districts any more."""
    ended = AuthorityLevel.DISTRICT if council.is_valid_on(timezone.localdate()) else None
    return [choice for choice in AuthorityLevel.choices if choice[0] != ended]


def _level_words(council):
    return [label for _level, label in _levels(council)]


class TextsKind(HandoutKind):
    key = "texts"
    label = gettext_lazy("Petitions to be looked over by a delegate group")
    explanation = gettext_lazy("Title, points, policy field and level may be changed; the secretariat takes them over.")
    shown = ((gettext_lazy("Locality"), 22), (gettext_lazy("State"), 18))
    columns = (
        HandoutColumn("title", gettext_lazy("Petition"), 40, "line"),
        HandoutColumn("content", gettext_lazy("Points"), 70),
        HandoutColumn("field", gettext_lazy("Policy field"), 24, "choice", _field_names),
        HandoutColumn("level", gettext_lazy("Authority level"), 18, "choice", _level_words),
    )

    def fits(self, recipient):
        return recipient.kind == Agency.Kind.DELEGATE_GROUP

    def may_make(self, recipient, council_session, user):
        return recipient.pk in user.agencies or user.may(Permission.PETITION_LOG, at=council_session.council)

    def records(self, recipient, council_session, user):
        petitions = Petition.objects.visible_to(user).filter(
            council_session=council_session, origins__meeting__delegate_group=recipient
        )
        return self._read(petitions.exclude(status__in=[Status.MERGED, Status.UNDONE]).distinct().order_by("number"))

    def found(self, handout, rows, user):
        petitions = self._read(Petition.objects.visible_to(user).filter(pk__in=[row.petition_id for row in rows]))
        assigned = Assignment.objects.filter(point__petition=OuterRef("pk"))
        by_pk = {petition.pk: petition for petition in petitions.annotate(was_assigned=Exists(assigned))}
        fields = {field.name: field for field in _fields(handout.council)}
        for petition in by_pk.values():
            petition.known_fields = fields
        return {row: by_pk[row.petition_id] for row in rows if row.petition_id in by_pk}

    def _read(self, petitions):
        petitions = petitions.select_related("council__unit", "place", "policy_field")
        return petitions.defer("search_text", "voters_words").prefetch_related("points")

    def keys(self, record):
        return record.code, record, None

    def shown_values(self, record):
        return [record.place.sentence_name if record.place else "", record.get_status_display()]

    def values(self, record, user):
        points = list(record.points.all())
        content = points[0].content if len(points) == 1 else "\n".join(f"{p.number}. {p.content}" for p in points)
        return {
            "title": record.title,
            "content": content,
            "field": record.policy_field.name if record.policy_field else "",
            "level": official(AuthorityLevel(record.authority_level).label) if record.authority_level else "",
        }

    def problems(self, record, changes, user):
        found = {}
        if "title" in changes and not 0 < len(changes["title"]) <= _TITLE:
            found["title"] = _("A title is needed, at most %s characters.") % _TITLE
        points = split(changes.get("content", ""))
        if "content" in changes and (not points or len(changes["content"]) > _MOST_WORDS):
            found["content"] = _("There is no content.") if not points else _("The text is too long for one petition.")
        if set(_WORDS) & set(changes) and not found:
            found[""] = self._words_refusal(record, points or [point.content for point in record.points.all()], user)
        if set(_CLASS) & set(changes):
            found |= self._problems_of_class(record, changes, user)
        return {key: why for key, why in found.items() if why}

    def _words_refusal(self, record, points, user):
        """What was never assigned may be changed by role and state alone; told without asking for each row."""
        if record.was_assigned or record.status not in (Status.RECEIVED, Status.CLASSIFIED):
            return workflow.revise_refusal(record, user, points)
        return "" if user.may(Permission.PETITION_LOG, at=record.council) else workflow.may_not_change(record)

    def _problems_of_class(self, record, changes, user):
        refusal = PETITIONS.refusal if record.was_assigned else PETITIONS.plain_refusal
        if why := refusal("classify", record, user):
            return {"": why}
        found = {}
        if self._field(record, changes) is None:
            strange = _("This is not one of the council's policy fields.")
            found["field"] = strange if "field" in changes else _("Choose the policy field too; none was written.")
        if not self._level(record, changes):
            strange = _("This is not a level a petition can have.")
            found["level"] = strange if "level" in changes else _("Choose the authority level too; none was written.")
        return found

    def _field(self, record, changes):
        if "field" not in changes:
            return record.policy_field
        return record.known_fields.get(changes["field"])

    def _level(self, record, changes):
        if "level" not in changes:
            return record.authority_level
        words = {official(label): level for level, label in _levels(record.council)}
        return words.get(changes["level"], "")

    def take_over(self, record, changes, *, by, reason):
        if why := self.problems(record, changes, by):
            raise PermissionDenied(" ".join(why.values()))
        if set(_WORDS) & set(changes):
            points = split(changes.get("content", "")) or [point.content for point in record.points.all()]
            workflow.revise(record, by=by, why=reason, title=changes.get("title", record.title), points=points)
        if set(_CLASS) & set(changes):
            workflow.classify(
                record,
                by=by,
                policy_field=self._field(record, changes),
                authority_level=self._level(record, changes),
                repeats=record.repeats,
                reason=reason,
            )
