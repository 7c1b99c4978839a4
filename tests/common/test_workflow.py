"""common/workflow.py: the reason for a refusal, and the one door to a status."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from common import workflow
from common.workflow import Step, Workflow
from documents.models import Document, Status


def needs_a_text(document, user):
    return "" if document.body else f"Chưa có nội dung, {user}."


@pytest.fixture
def documents(monkeypatch):
    """A small table of steps of its own; the list of all workflows stays as it is."""
    monkeypatch.setattr(workflow, "ALL", [])
    return Workflow(
        Document,
        {
            "submit": Step(
                gettext_lazy("Submit for clearance"),
                frozenset({Status.DRAFT}),
                Status.SUBMITTED,
                Permission.DOCUMENT_DRAFT,
                needs_a_text,
            ),
            "clear": Step(
                gettext_lazy("Clear"), frozenset({Status.SUBMITTED}), Status.CLEARED, Permission.DOCUMENT_CLEAR
            ),
            "follow": Step(gettext_lazy("Abandon the draft"), frozenset({Status.CLEARED}), Status.ABANDONED, ""),
        },
        held_at=lambda document: document.agency,
    )


@pytest.fixture
def document(world):
    return Document.objects.create(
        agency=world.department,
        kind="BC",
        purpose="trial",
        subject="việc thử",
        symbol="BC-SXD",
        place_name="Ninh Bình",
        drafted_by=world.drafter,
        body="<p>Một.</p>",
    )


def test_a_workflow_makes_itself_known_for_the_diagrams(documents):
    (known,) = workflow.ALL
    assert known is documents


def test_the_role_is_looked_at_first_then_the_state_then_the_rule(documents, document, world):
    document.status, document.body = Status.SUBMITTED, ""

    assert (
        documents.refusal("submit", document, world.head) == "Vai trò của bạn không được phép thực hiện: Trình duyệt."
    )
    assert (
        documents.refusal("submit", document, world.drafter)
        == "Không thể thực hiện “Trình duyệt” khi trạng thái là “chờ duyệt”."
    )
    document.status = Status.DRAFT
    assert documents.refusal("submit", document, world.drafter) == "Chưa có nội dung, Người drafter."
    document.body = "<p>Một.</p>"
    assert documents.refusal("submit", document, world.drafter) == ""


def test_the_role_must_be_held_at_the_agency_of_the_record(documents, document, world):
    assert documents.refusal("submit", document, world.other_drafter).startswith("Vai trò của bạn không được")


def test_check_raises_the_reason(documents, document, world):
    with pytest.raises(PermissionDenied, match="Vai trò của bạn không được phép thực hiện: Trình duyệt"):
        documents.check("submit", document, world.head)

    assert documents.check("submit", document, world.drafter) is None


def test_offers_are_the_steps_of_the_role_in_the_present_state(documents, document, world):
    document.body = ""

    offered = documents.offers(document, world.drafter)

    assert [(name, refusal) for name, _step, refusal in offered] == [("submit", "Chưa có nội dung, Người drafter.")]
    assert documents.offers(document, world.head) == []


def test_a_step_that_only_follows_is_offered_to_nobody(documents, document, world):
    document.status = Status.CLEARED

    assert [documents.offers(document, person) for person in world.people.values()] == [[]] * len(world.people)
    assert documents.refusal("follow", document, world.delegate) == ""


def test_take_changes_status_and_fields_and_leaves_one_row_of_history(documents, document, world):
    taken = documents.take("submit", document, by=world.drafter, return_reason="")

    assert (taken.pk, taken.status) == (document.pk, Status.SUBMITTED)
    row = document.history.first()
    assert document.history.count() == 2
    assert (row.status, row.history_user, row.history_change_reason) == (
        Status.SUBMITTED,
        world.drafter,
        "Trình duyệt",
    )


def test_the_reason_given_takes_the_place_of_the_steps_name(documents, document, world):
    documents.take("submit", document, by=world.drafter, reason="gấp")

    assert document.history.first().history_change_reason == "gấp"


def test_the_reason_is_recorded_in_vietnamese_whoever_works_in_english(documents, document, world):
    with translation.override("en"):
        assert documents.refusal("clear", document, world.drafter) == "Your role does not allow this step: Clear."
        documents.take("submit", document, by=world.drafter)

    assert document.history.first().history_change_reason == "Trình duyệt"


def test_a_refused_step_changes_nothing(documents, document, world):
    with pytest.raises(PermissionDenied):
        documents.take("submit", document, by=world.head, subject="khác")

    document.refresh_from_db()
    assert (document.status, document.subject, document.history.count()) == (Status.DRAFT, "việc thử", 1)


def test_who_comes_second_with_a_stale_record_is_refused(documents, document, world):
    stale = Document.objects.get(pk=document.pk)
    documents.take("submit", document, by=world.drafter)

    with pytest.raises(PermissionDenied, match="khi trạng thái là “chờ duyệt”"):
        documents.take("submit", stale, by=world.drafter)

    assert document.history.count() == 2


def test_take_works_on_the_stored_record_not_on_the_one_in_hand(documents, document, world):
    document.subject, document.body = "chưa lưu", ""

    taken = documents.take("submit", document, by=world.drafter)

    assert (taken.subject, taken.body) == ("việc thử", "<p>Một.</p>")


def test_a_rule_is_judged_on_the_stored_record(documents, document, world):
    Document.objects.filter(pk=document.pk).update(body="")

    with pytest.raises(PermissionDenied, match="Chưa có nội dung"):
        documents.take("submit", document, by=world.drafter)


def test_every_step_of_every_workflow_leads_from_and_to_a_state_of_its_model():
    for table in workflow.ALL:
        states = set(table.states)
        for name, step in table.steps.items():
            assert step.sources <= states, f"{table.model.__name__}.{name}"
            assert step.target in states, f"{table.model.__name__}.{name}"
            wanted = step.permission
            named = wanted.permissions if isinstance(wanted, workflow.AnyOf) else [wanted] if wanted else []
            assert set(named) <= set(Permission), f"{table.model.__name__}.{name}"


def test_every_state_of_every_workflow_can_be_reached():
    for table in workflow.ALL:
        first = table.model._meta.get_field(table.field).default
        assert {first, *(step.target for step in table.steps.values())} == set(table.states), table.model.__name__
