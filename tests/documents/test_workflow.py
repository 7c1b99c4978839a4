"""documents/workflow.py: draft, clearance, and every way back — until the issue."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from documents import workflow
from documents.models import Addressee, Document, Status
from tests.refusals import refused
from tests.world import person

ROLE = "Vai trò của bạn không"


def everybody(world):
    return {*world.people.values(), world.other_drafter}


def test_a_draft_has_symbol_place_and_addressees(drafted, world):
    document = drafted()

    assert (document.status, document.symbol, document.place_name) == (Status.DRAFT, "SXD-HTKT", "Ninh Bình")
    assert (document.number, document.issued_on, document.series) == (None, None, None)
    assert list(document.addressees.values_list("name", "agency", "is_copy")) == [
        ("Thường trực HĐND tỉnh", world.standing.pk, False),
        ("Ban Giám đốc Sở", None, True),
    ]
    assert document.history.get().history_user == world.drafter


@pytest.mark.parametrize(
    ("kind", "unit", "symbol"),
    [
        ("CV", "HTKT", "SXD-HTKT"),
        ("CV", "", "SXD"),
        ("BC", "HTKT", "BC-SXD"),
        ("QĐ", "", "QĐ-SXD"),
        ("TTr", "", "TTr-SXD"),
    ],
)
def test_the_symbol_follows_the_kind(drafted, kind, unit, symbol):
    assert drafted(kind=kind, drafting_unit=unit).symbol == symbol


def test_a_symbol_given_is_kept(drafted):
    assert drafted(kind="BC", symbol="BC-BPC").symbol == "BC-BPC"


def test_only_a_drafter_of_the_agency_drafts(drafted, world):
    for stranger in everybody(world) - {world.drafter}:
        with pytest.raises(PermissionDenied, match=ROLE):
            drafted(by=stranger)

    assert not Document.objects.exists()


def test_the_office_drafts_for_the_standing_committee(drafted, world):
    document = drafted(agency=world.standing, by=world.officer, signer=world.chair, drafting_unit="")

    assert document.symbol == "HĐND"


def test_the_way_to_clearance(drafted, world, trial):
    document = workflow.submit(drafted(), by=world.drafter)

    assert document.status == Status.SUBMITTED
    assert trial.told == [("before_submitting", document.pk)]
    document = workflow.clear(document, by=world.head)
    assert (document.status, document.cleared_by) == (Status.CLEARED, world.head)


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"body": ""}, "chưa có nội dung"),
        ({"signer": None}, "người ký"),
        ({"to": []}, "Kính gửi"),
    ],
)
def test_a_letter_goes_to_clearance_complete(drafted, world, details, why):
    document = drafted(**details)

    with pytest.raises(PermissionDenied, match=why):
        workflow.submit(document, by=world.drafter)

    document.refresh_from_db()
    assert document.status == Status.DRAFT


def test_a_copy_is_no_addressee(drafted, world):
    with pytest.raises(PermissionDenied, match="Kính gửi"):
        workflow.submit(drafted(to=[], copies=[("HĐND tỉnh", world.standing)]), by=world.drafter)


@pytest.mark.parametrize("kind", ["BC", "TB", "QĐ", "KH"])
def test_a_titled_document_needs_no_addressee(drafted, world, kind):
    assert workflow.submit(drafted(kind=kind, to=[]), by=world.drafter).status == Status.SUBMITTED


@pytest.mark.parametrize("step", ["submit", "clear", "issue"])
def test_the_purpose_may_refuse_a_step(drafted, submitted, cleared, world, trial, step):
    make = {"submit": drafted, "clear": submitted, "issue": cleared}[step]
    take = {
        "submit": lambda document: workflow.submit(document, by=world.drafter),
        "clear": lambda document: workflow.clear(document, by=world.head),
        "issue": lambda document: workflow.issue(document, by=world.registrar),
    }[step]
    document = make()
    trial.refusals[step] = "còn nội dung chưa trả lời"

    with pytest.raises(PermissionDenied, match="còn nội dung chưa trả lời"):
        take(document)

    trial.refusals.clear()
    assert take(document).status != document.status


def test_who_drafted_does_not_clear_even_with_both_roles(drafted, world):
    both = person("kiêm nhiệm", (world.department, Role.DRAFTER), (world.department, Role.HEAD))
    document = workflow.submit(drafted(by=both), by=both)

    with pytest.raises(PermissionDenied, match="Người soạn không được tự duyệt"):
        workflow.clear(document, by=both)

    assert workflow.clear(document, by=world.head).cleared_by == world.head


@pytest.fixture
def both(world):
    """Somebody who drafts and clears."""
    return person("kiêm nhiệm", (world.department, Role.DRAFTER), (world.department, Role.HEAD))


def by_subject(document, who):
    workflow.rewrite(document, by=who, subject="khác")


def by_text(document, who):
    workflow.rewrite(document, by=who, body="<p>Khác.</p>")


def by_appendix(document, who):
    workflow.rewrite(document, by=who, appendices=[("Một", "<p>1</p>", False)])


@pytest.mark.parametrize("change", [by_subject, by_text, by_appendix])
def test_who_changed_the_text_of_another_does_not_clear_it(drafted, world, both, change):
    document = drafted()
    change(document, both)
    document = workflow.submit(document, by=world.drafter)

    with refused("Người trình hoặc đã sửa nội dung"):
        workflow.clear(document, by=both)
    assert workflow.clear(document, by=world.head).cleared_by == world.head


def test_who_submitted_the_draft_of_another_does_not_clear_it(drafted, both):
    document = workflow.submit(drafted(), by=both)

    with refused("Người trình hoặc đã sửa nội dung"):
        workflow.clear(document, by=both)


def test_who_changed_only_the_addressees_may_clear(drafted, world, both):
    document = drafted()
    workflow.address(document, to=[("Ai đó", None)], copies=[], by=both)

    assert workflow.clear(workflow.submit(document, by=world.drafter), by=both).cleared_by == both


def test_a_return_by_somebody_else_begins_anew_and_one_s_own_does_not(drafted, world, both):
    document = drafted()
    workflow.rewrite(document, by=both, body="<p>Khác.</p>")
    document = workflow.submit(document, by=both)
    document = workflow.send_back(document, by=both, reason="xem lại")
    document = workflow.submit(document, by=world.drafter, answer="đã xem")
    with refused("Người trình hoặc đã sửa nội dung"):
        workflow.clear(document, by=both)

    document = workflow.send_back(document, by=world.head, reason="viết lại")
    document = workflow.submit(document, by=world.drafter, answer="giữ nguyên")
    assert workflow.clear(document, by=both).cleared_by == both


@pytest.mark.parametrize(
    ("step", "may"),
    [("submit", "drafter"), ("withdraw", "drafter"), ("abandon", "drafter"), ("clear", "head"), ("send_back", "head"),
     ("reopen", "drafter"), ("issue", "registrar")],
)  # fmt: skip
def test_each_step_belongs_to_one_role_of_the_agency(drafted, world, step, may):
    document = drafted()
    document.status = max(workflow.STEPS[step].sources)

    allowed = {who for who in everybody(world) if workflow.DOCUMENTS.refusal(step, document, who) == ""}

    assert allowed == {getattr(world, may)}


@pytest.mark.parametrize(
    ("step", "who"),
    [("submit", "drafter"), ("withdraw", "drafter"), ("abandon", "drafter"), ("clear", "head"), ("send_back", "head"),
     ("reopen", "drafter"), ("issue", "registrar")],
)  # fmt: skip
def test_a_step_is_refused_from_every_other_state(drafted, world, step, who):
    document, who = drafted(), getattr(world, who)

    for status in set(Status) - workflow.STEPS[step].sources:
        document.status = status
        assert workflow.DOCUMENTS.refusal(step, document, who).endswith(f"khi trạng thái là “{status.label}”.")


def test_an_issued_or_abandoned_document_has_no_way_out():
    left = {source for step in workflow.STEPS.values() for source in step.sources}

    assert set(Status) - left == {Status.ISSUED, Status.ABANDONED}


def test_the_drafter_may_take_it_back(submitted, world, trial):
    document = workflow.withdraw(submitted(), by=world.drafter)

    assert document.status == Status.DRAFT
    assert trial.told[-1] == ("sent_back", "")


def test_sent_back_with_a_reason_which_the_next_submission_clears(cleared, world, trial):
    document = workflow.send_back(cleared(), by=world.head, reason="thiếu lộ trình")

    assert (document.status, document.return_reason, document.cleared_by) == (Status.DRAFT, "thiếu lộ trình", None)
    assert document.history.first().history_change_reason == "thiếu lộ trình"
    assert trial.told[-1] == ("sent_back", "thiếu lộ trình")
    assert workflow.submit(document, by=world.drafter, answer="ở trang 2").return_reason == ""


def test_a_change_after_clearance_goes_back_to_who_cleared_it(cleared, world):
    document = cleared()

    with pytest.raises(PermissionDenied, match="Chỉ sửa được khi còn là dự thảo"):
        workflow.rewrite(document, by=world.drafter, body="<p>Khác.</p>")

    document = workflow.send_back(document, by=world.head, reason="sửa")
    document = workflow.rewrite(document, by=world.drafter, body="<p>Khác.</p>")
    document = workflow.submit(document, by=world.drafter)
    with pytest.raises(PermissionDenied):
        workflow.issue(document, by=world.registrar)


def test_an_abandoned_draft_stays_in_the_record_without_a_number(drafted, world, trial):
    document = workflow.abandon(drafted(), by=world.drafter)

    assert (document.status, document.number) == (Status.ABANDONED, None)
    assert Document.objects.filter(pk=document.pk).exists()
    assert trial.told == [("abandoned", Status.ABANDONED)]
    assert workflow.edit_refusal(document, world.drafter).startswith("Chỉ sửa được khi còn là dự thảo")


def test_rewriting_changes_a_draft_and_says_who_and_why(drafted, world):
    document = workflow.rewrite(drafted(), by=world.drafter, subject="khác", reason="theo góp ý")

    assert document.subject == "khác"
    row = document.history.first()
    assert (row.history_user, row.history_change_reason) == (world.drafter, "theo góp ý")


def test_only_a_drafter_of_the_agency_rewrites(drafted, world):
    for stranger in everybody(world) - {world.drafter}:
        with pytest.raises(PermissionDenied, match=ROLE):
            workflow.rewrite(drafted(), by=stranger, subject="khác")


def test_appendices_are_replaced_as_a_whole_and_numbered_in_order(drafted, world):
    document = drafted()

    def appendices():
        return list(document.appendices.values_list("number", "title", "is_landscape"))

    workflow.rewrite(document, by=world.drafter, appendices=[("Một", "<p>1</p>", False), ("Hai", "<p>2</p>", True)])
    assert appendices() == [(1, "Một", False), (2, "Hai", True)]
    workflow.rewrite(document, by=world.drafter, appendices=[("Ba", "<p>3</p>", True)])
    assert appendices() == [(1, "Ba", True)]
    workflow.rewrite(document, by=world.drafter, subject="khác")
    assert appendices() == [(1, "Ba", True)]


def test_addressees_that_stay_the_same_are_kept(drafted, world):
    document = drafted()
    before = list(document.addressees.values_list("pk", flat=True))
    same = {"to": [("Thường trực HĐND tỉnh", world.standing)], "copies": [("Ban Giám đốc Sở", None)]}

    workflow.address(document, by=world.drafter, **same)
    assert list(document.addressees.values_list("pk", flat=True)) == before

    workflow.address(document, by=world.drafter, to=same["to"], copies=[])
    assert [addressee.name for addressee in document.addressees.all()] == ["Thường trực HĐND tỉnh"]


@pytest.mark.parametrize("make", ["submitted", "issued"])
def test_addressees_of_what_is_no_draft_are_not_changed(request, world, make):
    document = request.getfixturevalue(make)()

    with pytest.raises(PermissionDenied):
        workflow.address(document, to=[("Ai đó", None)], copies=[], by=world.drafter)


def test_a_name_given_twice_does_not_multiply(drafted, world):
    document = drafted(to=[("Sở Y tế", None), ("Sở Y tế", None)], copies=[])

    for _time in range(3):
        workflow.address(document, to=[("Sở Y tế", None), ("Sở Y tế", None)], copies=[], by=world.drafter)

    assert Addressee.objects.filter(document=document).count() <= 2


@pytest.mark.parametrize(
    "broken",
    [{"status": "issued"}, {"number": 1}, {"status": "draft", "issued_on": "2026-01-05"}],
)
def test_number_and_date_come_with_the_issue_and_only_then(drafted, broken):
    document = drafted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**broken)
