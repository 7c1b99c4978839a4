"""Who may take which step from which state: the whole table, written by hand, for every workflow there is."""

from itertools import product

import pytest

from accounts.permissions import Role
from common.workflow import ALL
from documents import numbering
from documents.models import Document
from oversight import workflow as oversight
from petitions.models import Assignment
from responses import contributing, promising
from tests.petitions.imports.runs import read
from tests.world import person

NOBODY = set()
OFFICER = {"officer"}
LEADER = {"leader"}
SECRETARIAT = {"officer", "leader"}
OVERSEERS = {"officer", "leader", "delegation_member"}
DRAFTER = {"drafter"}
HEAD = {"head"}
REGISTRAR = {"registrar"}
ANSWERING = {"drafter", "head"}

#: {paper or record: {step: {state: roles}}}. A state that is not named: nobody.
MAY = {
    "petition": {
        "classify": {"received": SECRETARIAT, "classified": SECRETARIAT, "returned": SECRETARIAT},
        "forward": NOBODY,
        "return": NOBODY,
        "merge": {"received": SECRETARIAT, "classified": SECRETARIAT},
        "unmerge": {"merged": SECRETARIAT},
        "set_aside": {"received": SECRETARIAT, "classified": SECRETARIAT},
        "reopen": {"set_aside": SECRETARIAT},
        "undo_import": NOBODY,
        "unmerge_classified": NOBODY,
        "declassify": NOBODY,
        "declassify_returned": NOBODY,
        "reopen_classified": NOBODY,
    },
    "importrun": {
        "read": {"uploaded": OFFICER, "ready": OFFICER},
        "show": NOBODY,
        "accept": {"ready": OFFICER},
        "finish": NOBODY,
        "undo": {"done": OFFICER},
        "undone": NOBODY,
        "drop": {"uploaded": OFFICER, "ready": OFFICER},
    },
    "assignment": {
        "send": NOBODY,
        "withdraw": NOBODY,
        "release": NOBODY,
        "take_back": NOBODY,
        "accept": {"sent": ANSWERING},
        "return": {"sent": ANSWERING, "accepted": ANSWERING},
        "answer": NOBODY,
        "reopen": NOBODY,
    },
    "commitment": {
        "report": {"open": ANSWERING},
        "verify": {"reported": OVERSEERS},
        "reject": {"reported": OVERSEERS},
        "extend": NOBODY,
        "miss": NOBODY,
    },
    "contribution": {
        "submit": {"draft": DRAFTER},
        "withdraw": {"submitted": DRAFTER},
        "give": {"submitted": HEAD},
        "send_back": {"submitted": HEAD},
        "ask_again": NOBODY,
    },
    "setaside": {"use": NOBODY, "void": {"reserved": REGISTRAR}},
    "document of the agency": {
        "submit": {"draft": DRAFTER},
        "reopen": {"cleared": DRAFTER},
        "withdraw": {"submitted": DRAFTER},
        "abandon": {"draft": DRAFTER},
        "check": NOBODY,
        "clear": {"submitted": HEAD},
        "send_back": {"submitted": HEAD, "cleared": HEAD | REGISTRAR},
        "register": NOBODY,
        "issue": {"cleared": REGISTRAR},
    },
    "document at the check of content": {
        "submit": {"draft": DRAFTER},
        "reopen": {"cleared": DRAFTER},
        "withdraw": {"submitted": DRAFTER},
        "abandon": {"draft": DRAFTER},
        "check": {"submitted": {"unit_head"}},
        "clear": NOBODY,
        "send_back": {"submitted": {"unit_head", "head"}, "cleared": HEAD | REGISTRAR},
        "register": NOBODY,
        "issue": {"cleared": REGISTRAR},
    },
    "document at the check of form": {
        "submit": {"draft": DRAFTER},
        "reopen": {"cleared": DRAFTER},
        "withdraw": {"submitted": DRAFTER},
        "abandon": {"draft": DRAFTER},
        "check": {"submitted": {"form_checker"}},
        "clear": NOBODY,
        "send_back": {"submitted": {"form_checker", "head"}, "cleared": HEAD | REGISTRAR},
        "register": NOBODY,
        "issue": {"cleared": REGISTRAR},
    },
    "document of the council": {
        "submit": {"draft": OFFICER},
        "reopen": {"cleared": OFFICER},
        "withdraw": {"submitted": OFFICER},
        "abandon": {"draft": OFFICER},
        "check": NOBODY,
        "clear": {"submitted": LEADER},
        "send_back": {"submitted": LEADER, "cleared": SECRETARIAT},
        "register": NOBODY,
        "issue": {"cleared": OFFICER},
    },
    "recommendation": {
        "send": NOBODY,
        "report": {"open": ANSWERING, "not_met": ANSWERING},
        "verify": {"reported": OVERSEERS},
        "reject": {"reported": OVERSEERS},
    },
}

#: What only ever follows from another act, and from which states it can follow.
CONSEQUENCES = {
    "petition": {
        "forward": {"classified", "returned"},
        "return": {"forwarded", "returned", "classified"},
        "undo_import": {"received"},
        "unmerge_classified": {"merged"},
        "declassify": {"classified"},
        "declassify_returned": {"classified"},
        "reopen_classified": {"set_aside"},
    },
    "importrun": {"show": {"reading"}, "finish": {"importing"}, "undone": {"undoing"}},
    "assignment": {
        "send": {"planned"},
        "withdraw": {"planned"},
        "release": {"sent", "accepted"},
        "take_back": {"sent", "accepted"},
        "answer": {"sent", "accepted", "answered"},
        "reopen": {"answered"},
    },
    "commitment": {"extend": {"open"}, "miss": {"open", "reported"}},
    "contribution": {"ask_again": {"given"}},
    "setaside": {"use": {"reserved"}},
    "document of the agency": {"register": {"draft"}},
    "document at the check of content": {"register": {"draft"}},
    "document at the check of form": {"register": {"draft"}},
    "document of the council": {"register": {"draft"}},
    "recommendation": {"send": {"prepared"}},
}

STATES = {
    "petition": {"received", "classified", "forwarded", "returned", "merged", "set_aside", "undone"},
    "importrun": {"uploaded", "reading", "ready", "importing", "done", "undoing", "undone", "dropped"},
    "assignment": {"planned", "sent", "accepted", "returned", "answered", "withdrawn", "released"},
    "commitment": {"open", "reported", "kept", "missed"},
    "contribution": {"draft", "submitted", "given"},
    "setaside": {"reserved", "used", "void"},
    "document of the agency": {"draft", "submitted", "cleared", "issued", "abandoned"},
    "document at the check of content": {"draft", "submitted", "cleared", "issued", "abandoned"},
    "document at the check of form": {"draft", "submitted", "cleared", "issued", "abandoned"},
    "document of the council": {"draft", "submitted", "cleared", "issued", "abandoned"},
    "recommendation": {"prepared", "open", "reported", "not_met", "done"},
}

WORKFLOWS = {workflow.model._meta.model_name: workflow for workflow in ALL}
CELLS = sorted((record, step, state) for record in MAY for step, state in product(MAY[record], STATES[record]))


def workflow_of(record):
    return WORKFLOWS[record.split(" ")[0]]


def helping(world):
    """What the department has written, not saved, for a point the other department leads."""
    petition = world.forwarded(lead=world.other_department, coordinating=[world.department])
    assignment = Assignment.objects.get(point__petition=petition, agency=world.department)
    contribution = contributing.contribution_of(assignment)
    contribution.text, contribution.drafted_by = "Đã kiểm tra.", world.other_drafter
    return contribution


def at_check(reply, check):
    document = Document.objects.get(reply=reply)
    document.route, document.stage = "content_form", check
    return document


@pytest.fixture
def records(world):
    """One record of each kind with nothing in the way of any step but role and state."""
    reply, letter = world.drafted_reply(world.forwarded()), world.planned(world.classified())
    delegation = oversight.set_up(
        body=world.committee, by=world.officer, members=[], name="Đoàn số 1", subject="Đèn", starts_on=world.today
    )
    visit = oversight.plan_session(delegation, agency=world.department, held_on=world.today, by=world.officer)
    return {
        "petition": world.logged(),
        "importrun": read(world),
        "assignment": Assignment.objects.get(point__petition=reply.answers.get().point.petition),
        "document of the agency": Document.objects.get(reply=reply),
        "document at the check of content": at_check(reply, "content"),
        "document at the check of form": at_check(reply, "form"),
        "document of the council": Document.objects.get(forwarding=letter),
        "commitment": promising.confirm(
            reply.answers.get(), quote=reply.answers.get().text, due_on=world.today, by=world.drafter
        ),
        "contribution": helping(world),
        "setaside": numbering.reserve(
            agency=world.department, kind="CV", year=world.today.year, reason="văn bản mật", by=world.registrar
        ),
        "recommendation": oversight.recommend(visit, by=world.member, content="Lắp đèn"),
    }


def test_the_table_names_every_workflow_step_state_and_role():
    assert {record.split(" ")[0] for record in MAY} == set(WORKFLOWS)
    for record, steps in MAY.items():
        assert set(steps) == set(workflow_of(record).steps), record
        assert STATES[record] == set(workflow_of(record).states), record
    named = {role for steps in MAY.values() for states in steps.values() if states for who in states.values()
             for role in who}  # fmt: skip
    assert named | {"delegate", "committee_member", "administrator"} == set(Role.values)


def test_every_role_may_take_exactly_the_steps_of_the_table(world, records):
    expected, found = {}, {}
    for record, step, state in CELLS:
        if step in CONSEQUENCES[record]:
            continue
        records[record].status = state
        expected[record, step, state] = (MAY[record][step] or {}).get(state, NOBODY)
        found[record, step, state] = {
            str(role)
            for role, user in world.people.items()
            if workflow_of(record).refusal(step, records[record], user) == ""
        }

    assert found == expected


def test_what_is_refused_is_refused_in_vietnamese_words(world, records):
    for record, step, state in CELLS:
        records[record].status = state
        for user in world.people.values():
            why = workflow_of(record).refusal(step, records[record], user)
            assert why == "" or why.startswith(("Vai trò của bạn không được phép", "Không thể thực hiện")), why


def test_consequences_are_offered_to_nobody(world, records):
    for record, step, state in CELLS:
        records[record].status = state
        offered = {
            name for user in world.people.values() for name, _s, _w in workflow_of(record).offers(records[record], user)
        }
        assert not offered & set(CONSEQUENCES[record]), (record, step, state)


def test_consequences_follow_from_their_states_alone(world, records):
    for record, step, state in CELLS:
        if step in CONSEQUENCES[record]:
            records[record].status = state
            refused = {workflow_of(record).refusal(step, records[record], user) for user in world.people.values()}
            assert (refused == {""}) == (state in CONSEQUENCES[record][step]), (record, step, state)


def test_what_is_offered_is_what_the_role_may_take_from_this_state(world, records):
    for record, states in STATES.items():
        for state in states:
            records[record].status = state
            for role, user in world.people.items():
                expected = {step for step, may in MAY[record].items() if may and role in may.get(state, NOBODY)}
                offered = {name for name, _s, _w in workflow_of(record).offers(records[record], user)}
                assert offered == expected, (record, state, role)


def test_nobody_of_another_council_may_take_any_step(world, records, elsewhere):
    for record, step, state in CELLS:
        if step not in CONSEQUENCES[record]:
            records[record].status = state
            for role, user in elsewhere.people.items():
                assert workflow_of(record).refusal(step, records[record], user), (record, step, state, role)


def test_another_agency_of_the_same_council_may_take_no_step_of_this_one(world, records):
    others = [person(f"second-{role}", (world.other_department, role)) for role in ("drafter", "head", "registrar")]
    for record, step, state in CELLS:
        if step not in CONSEQUENCES[record]:
            records[record].status = state
            for user in others:
                assert workflow_of(record).refusal(step, records[record], user), (record, step, state, user)


def test_a_role_that_has_ended_allows_nothing(world, records):
    membership = world.officer.memberships.get()
    membership.valid_from = membership.valid_to = world.meeting.held_on
    membership.save()
    former = type(world.officer).objects.get(pk=world.officer.pk)

    assert workflow_of("petition").refusal("classify", records["petition"], former) == (
        "Vai trò của bạn không được phép thực hiện: Phân loại."
    )


def test_who_drafted_a_paper_does_not_clear_it_whatever_the_roles(world):
    both = person("both", (world.department, Role.DRAFTER), (world.department, Role.HEAD))
    document = Document.objects.get(reply=world.drafted_reply(world.forwarded()))
    document.drafted_by, document.status = both, "submitted"

    assert workflow_of("document").refusal("clear", document, both) == (
        "Người soạn không được tự duyệt văn bản của mình. Cần người khác duyệt."
    )
    assert workflow_of("document").refusal("clear", document, world.head) == ""


def test_who_reported_a_recommendation_done_does_not_verify_it(world, records):
    recommendation = records["recommendation"]
    recommendation.status, recommendation.reported_by = "reported", world.member

    assert workflow_of("recommendation").refusal("verify", recommendation, world.member) == (
        "Người báo cáo không được tự xác nhận. Cần người khác xác nhận."
    )
    assert workflow_of("recommendation").refusal("verify", recommendation, world.officer) == ""
