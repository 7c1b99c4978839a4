"""Acts on many petitions: each in its own transaction, with its result, taken back where nothing happened since."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from documents import workflow as documents
from petitions.models import Assignment, BulkAct, BulkRow, Forwarding, Petition
from petitions.models.petitions import Status
from petitions.workflow import forwarding as letters
from petitions.workflow.intake import classify, set_aside
from petitions.workflow.record import note
from petitions.workflow.tables import PETITIONS

Kind, Outcome = BulkAct.Kind, BulkRow.Outcome
#: With an assignment in one of these a rule may stand in the way; without, role and state decide alone.
IN_HAND = (Assignment.Status.PLANNED, Assignment.Status.SENT, Assignment.Status.ACCEPTED)

#: The step that takes an act back, by what the petition was before.
BACK = {
    (Kind.CLASSIFY, Status.RECEIVED): "declassify",
    (Kind.CLASSIFY, Status.CLASSIFIED): "classify",
    (Kind.CLASSIFY, Status.RETURNED): "declassify_returned",
    (Kind.SET_ASIDE, Status.RECEIVED): "reopen",
    (Kind.SET_ASIDE, Status.CLASSIFIED): "reopen_classified",
}


def bulk_refusals(kind, petitions, user):
    """{petition: why it would be left as it is; "" where the act can be done}."""
    planned = set(
        Assignment.objects.filter(point__petition__in=petitions, status__in=IN_HAND).values_list(
            "point__petition", flat=True
        )
    )
    return {petition: _bulk_refusal(kind, petition, user, petition.pk in planned) for petition in petitions}


def _bulk_refusal(kind, petition, user, in_hand):
    if kind == Kind.FORWARD:
        return letters.plan_refusal(petition, user) if in_hand else letters.state_refusal(petition, user)
    return PETITIONS.refusal(kind, petition, user) if in_hand else PETITIONS.plain_refusal(kind, petition, user)


def classify_many(petitions, *, by, policy_field, authority_level, unseen=()):
    """The same field and level for all; returns the act with a row for each.

    Here and below `unseen` are petitions chosen too that read otherwise when the person looked: they are left alone.
    """
    words = f"{policy_field.name}, {dict(Petition._meta.get_field('authority_level').choices)[authority_level]}"
    act = _begin(Kind.CLASSIFY, petitions, by, words, unseen)
    for petition in petitions:
        kept = policy_field if policy_field.council_id == petition.council_id else None
        _row(act, petition, lambda one, kept=kept: _classify(one, by, kept, authority_level))
    return act


def _classify(petition, by, policy_field, authority_level):
    if policy_field is None:
        raise ValidationError(_("This policy field belongs to another council."))
    classify(petition, by=by, policy_field=policy_field, authority_level=authority_level, repeats=petition.repeats)


def set_aside_many(petitions, *, by, why, unseen=()):
    act = _begin(Kind.SET_ASIDE, petitions, by, why, unseen)
    for petition in petitions:
        _row(act, petition, lambda one: set_aside(one, by=by, why=why))
    return act


def forward_many(chosen, *, by, issuer, due_on, signer, unseen=()):
    """One draft letter per agency; `chosen` maps petitions to the agencies a person confirmed."""
    act = _begin(Kind.FORWARD, list(chosen), by, "", unseen)
    by_agency = {}
    for petition, agency in chosen.items():
        by_agency.setdefault(agency, []).append(petition)
    for agency, petitions in by_agency.items():
        ready = [petition for petition in petitions if _may_go(act, petition, by)]
        if ready:
            _letter(act, agency, ready, by=by, issuer=issuer, due_on=due_on, signer=signer)
    return act


def _may_go(act, petition, by):
    why = letters.plan_refusal(petition, by)
    if why:
        BulkRow.objects.create(act=act, petition=petition, outcome=Outcome.REFUSED, why=why[:400])
    return not why


def _letter(act, agency, petitions, *, by, issuer, due_on, signer):
    try:
        with transaction.atomic():
            held = Assignment.objects.current().lead().values("point")
            points = [point for petition in petitions for point in petition.points.exclude(pk__in=held)]
            forwarding = letters.draft_forwarding(
                by=by,
                issuer=issuer,
                addressee=agency,
                due_on=due_on,
                plan={point: (agency, []) for point in points},
                signer=signer,
                drafting_unit="VP",
            )
            outcome, why, before = Outcome.DONE, "", {"forwarding": forwarding.pk}
    except (ValidationError, PermissionDenied) as problem:
        outcome, why, before = Outcome.REFUSED, _words(problem), {}
    for petition in petitions:
        BulkRow.objects.create(act=act, petition=petition, outcome=outcome, why=why, before=before)


def _begin(kind, petitions, by, words, unseen):
    chosen = [*petitions, *unseen]
    if not chosen:
        raise ValidationError(_("Choose at least one petition."))
    act = BulkAct.objects.create(council=chosen[0].council, kind=kind, by=by, words=words[:400])
    for petition, why in bulk_refusals(kind, list(unseen), by).items():
        kept = why or _("It has changed since the preview; look at it again.")
        BulkRow.objects.create(act=act, petition=petition, outcome=Outcome.REFUSED, why=kept[:400])
    return act


def _row(act, petition, do):
    """Do it for one petition; the others do not suffer when it is refused."""
    before = {
        "status": petition.status,
        "policy_field": petition.policy_field_id,
        "authority_level": petition.authority_level,
    }
    try:
        with transaction.atomic():
            do(petition)
            last = petition.events.order_by("-pk").first()
            BulkRow.objects.create(
                act=act, petition=petition, outcome=Outcome.DONE, before=before, last_event=last.pk if last else 0
            )
    except (ValidationError, PermissionDenied) as problem:
        BulkRow.objects.create(act=act, petition=petition, outcome=Outcome.REFUSED, why=_words(problem), before=before)


def _words(problem):
    return " ".join(getattr(problem, "messages", None) or [str(problem)])[:400]


def undo_refusals(rows, user):
    """{row: why it cannot be taken back; "" when it can}, for rows of one act that was carried out."""
    petitions = [row.petition_id for row in rows]
    planned = Assignment.objects.filter(point__petition__in=petitions, status=Assignment.Status.PLANNED)
    letters = dict(planned.values_list("point__petition", "forwarding"))
    latest = Petition.objects.filter(pk__in=petitions).values_list("pk").annotate(Max("events"))
    drafts = {row.before["forwarding"] for row in rows if "forwarding" in row.before}
    drafts = {one.pk: one for one in Forwarding.objects.filter(pk__in=drafts).select_related("document__agency")}
    context = _Since(
        letters, dict(latest), {pk: documents.edit_refusal(one.document, user) for pk, one in drafts.items()}
    )
    return {row: context.refusal(row) for row in rows}


@dataclass(frozen=True)
class _Since:
    """What stands with the petitions of an act now: {petition: letter being drafted}, {petition: latest event},
    {letter: why it cannot be changed}."""

    letters: dict
    latest: dict
    locked: dict

    def refusal(self, row):
        if row.outcome != Outcome.DONE:
            return _("There is nothing to take back here.")
        if letter := row.before.get("forwarding"):
            if why := self.locked.get(letter):
                return why
            return "" if self.letters.get(row.petition_id) == letter else _("It no longer stands in this letter.")
        if row.petition_id in self.letters:
            return _("It stands in a forwarding letter by now.")
        if (self.latest.get(row.petition_id) or 0) > row.last_event:
            return _("Something has been done with it since.")
        return ""


def undo_many(act, *, by):
    """Take back every row nothing has happened to since; returns how many."""
    rows = list(act.rows.filter(outcome=Outcome.DONE).select_related("petition__council", "act"))
    undone = 0
    for row, why in undo_refusals(rows, by).items():
        if not why:
            with transaction.atomic():
                _undo(row, by)
                row.outcome = Outcome.UNDONE
                row.save()
            undone += 1
    return undone


def _undo(row, by):
    if letter := row.before.get("forwarding"):
        _take_out(Forwarding.objects.select_related("document__agency").get(pk=letter), row.petition, by)
        return
    classified = row.act.kind == Kind.CLASSIFY
    PETITIONS.check("classify" if classified else "reopen", row.petition, by)
    why = _("act on many petitions taken back")
    PETITIONS.take(
        BACK[row.act.kind, row.before["status"]],
        row.petition,
        by=by,
        reason=why,
        policy_field_id=row.before["policy_field"],
        authority_level=row.before["authority_level"],
    )
    if classified:
        note(row.petition, "declassified", by=by)
    else:
        note(row.petition, "reopened", by=by, why=why)


def _take_out(forwarding, petition, by):
    """A petition leaves the draft letter; the last one takes the draft with it."""
    others = forwarding.assignments.filter(status=Assignment.Status.PLANNED).exclude(point__petition=petition)
    if others.exists():
        letters.leave_out(forwarding, petition, by=by)
    else:
        documents.abandon(forwarding.document, by=by)
