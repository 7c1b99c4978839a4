"""Short ways through the whole workflow, for cases of the past: every step is the real one, with its own day."""

from documents import workflow as documents
from oversight import workflow as oversight
from petitions import workflow as petitions
from petitions.models import Assignment
from responses import workflow as responses


def issue(document, *, drafter, clearer, registrar, on):
    """Submit, clear and issue a document; three people, as the rules want."""
    document = documents.submit(document, by=drafter)
    document = documents.clear(document, by=clearer)
    return documents.issue(document, by=registrar, issued_on=on)


def forward(petition_list, *, leads, with_=None, addressee, issuer, due_on, on, people, signer, unit="VP", subject=""):
    """Forward petitions by one issued letter. `leads` maps petitions to agencies, `with_` to coordinating ones."""
    plan = {
        point: (leads[petition], list((with_ or {}).get(petition, ())))
        for petition in petition_list
        for point in petition.points.all()
    }
    officer, leader = people
    forwarding = petitions.draft_forwarding(
        by=officer,
        issuer=issuer,
        addressee=addressee,
        due_on=due_on,
        plan=plan,
        subject=subject,
        signer=signer,
        drafting_unit=unit,
        drafted_on=on,
    )
    issue(forwarding.document, drafter=officer, clearer=leader, registrar=officer, on=on)
    return forwarding


def accept(petition, *, by, on):
    """Every waiting assignment of the petition to an agency of `by` is accepted."""
    waiting = Assignment.objects.filter(point__petition=petition, agency__in=by.agencies, status=Assignment.Status.SENT)
    for assignment in waiting.select_related("point__petition__council", "agency"):
        petitions.accept(assignment, by=by, on=on)


def draft_reply(petition_list, answers, *, agency, drafter, signer, on, unit="", **details):
    """A reply draft; `answers` are dicts of fields in the order of the points."""
    reply = responses.draft(
        agency=agency,
        petition_list=petition_list,
        by=drafter,
        signer=signer,
        drafting_unit=unit,
        drafted_on=on,
        **details,
    )
    filled = dict(zip([answer.pk for answer in reply.answers.in_letter_order()], answers, strict=True))
    return responses.save(
        reply,
        by=drafter,
        revision=reply.revision,
        opening=reply.opening,
        closing=reply.closing,
        kind=reply.kind,
        answers=filled,
    )


def findings(working_session, petition, rows, *, by):
    """`rows` are (reported, found, assessed result) in the order of the points."""
    for point, (reported, found, result) in zip(petition.points.all(), rows, strict=True):
        oversight.record_finding(working_session, point, by=by, reported=reported, found=found, assessed_result=result)
