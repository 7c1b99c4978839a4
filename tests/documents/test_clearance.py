"""documents/clearance.py: an agency's checks between drafter and signer, and the council's reasons for a return."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Membership, User
from accounts.permissions import Role
from documents import clearance, workflow
from documents.journey import holder, journey, way
from documents.models import ClearanceRoute, Document, ReturnReason, Route, Status
from tests.refusals import refused
from tests.world import person


@pytest.fixture
def both_checks(world):
    return clearance.arrange(world.department, order=Route.CONTENT_FORM, by=world.head)


def test_without_a_word_of_the_agency_a_paper_goes_straight_to_the_signer(submitted):
    document = submitted()

    assert (document.route, document.stage) == (Route.SIGNER, "")
    assert [(str(who), here) for who, here in way(document, document.route)] == [
        ("người soạn", False), ("lãnh đạo duyệt", True), ("văn thư", False),
    ]  # fmt: skip


def test_every_hand_in_the_order_of_the_agency_with_the_time_at_each(world, both_checks, submitted):
    document = submitted()
    document = workflow.check(document, by=world.unit_head)
    document = workflow.check(document, by=world.form_checker)
    document = workflow.clear(document, by=world.head)

    assert [(str(leg.holder), leg.what, leg.passed_on_by) for leg in journey(document)] == [
        ("người soạn", "Trình duyệt", "Người drafter"),
        ("thủ trưởng đơn vị (nội dung)", "Đã kiểm tra: kiểm tra nội dung", "Người unit-head"),
        ("người kiểm tra thể thức", "Đã kiểm tra: kiểm tra thể thức", "Người form-checker"),
        ("lãnh đạo duyệt", "Duyệt", "Người head"),
        ("văn thư", "", ""),
    ]


@pytest.mark.parametrize(
    ("order", "makers"), [("content", ["unit_head"]), ("form", ["form_checker"]),
                          ("form_content", ["form_checker", "unit_head"])],
)  # fmt: skip
def test_one_check_alone_or_the_other_order(world, submitted, order, makers):
    clearance.arrange(world.department, order=order, by=world.head)

    document = submitted()
    for maker in makers:
        assert workflow.DOCUMENTS.refusal("clear", document, world.head) != ""
        document = workflow.check(document, by=getattr(world, maker))

    assert workflow.clear(document, by=world.head).status == Status.CLEARED


def test_nobody_skips_a_check_or_makes_one_of_another(world, both_checks, submitted):
    document = submitted()

    for act, who in ((workflow.check, world.form_checker), (workflow.clear, world.head), (workflow.check, world.head)):
        with pytest.raises(PermissionDenied, match="Vai trò của bạn không được phép"):
            act(document, by=who)


def test_who_drafted_a_paper_does_not_check_it(world, both_checks, drafted):
    both = person("both", (world.department, Role.DRAFTER), (world.department, Role.UNIT_HEAD))
    document = workflow.submit(drafted(by=both), by=world.drafter)

    with refused("Người soạn không được tự duyệt"):
        workflow.check(document, by=both)


def test_whoever_holds_it_sends_it_back_and_it_goes_the_whole_way_again(world, both_checks, submitted):
    document = workflow.check(submitted(), by=world.unit_head)
    with refused("Vai trò của bạn không được phép"):
        workflow.send_back(document, by=world.unit_head, reason="muộn rồi")
    document = workflow.send_back(document, by=world.form_checker, reason="sai lề")

    assert (document.status, document.stage, document.return_reason) == (Status.DRAFT, "", "sai lề")
    assert workflow.submit(document, by=world.drafter, answer="lề đã đúng").stage == "content"


def test_the_registrar_sends_a_cleared_paper_back(world, cleared):
    document = workflow.send_back(cleared(), by=world.registrar, reason="thiếu phụ lục")

    assert (document.status, document.cleared_by) == (Status.DRAFT, None)


def test_the_drafter_takes_it_back_from_a_check(world, both_checks, submitted):
    document = workflow.withdraw(submitted(), by=world.drafter)

    assert (document.status, document.stage) == (Status.DRAFT, "")


def test_a_paper_under_way_ends_on_the_way_it_was_submitted_on(world, both_checks, submitted):
    document = submitted()
    clearance.arrange(world.department, order=Route.SIGNER, by=world.head)

    document = workflow.check(document, by=world.unit_head)
    assert str(holder(document)) == "người kiểm tra thể thức"


def test_only_a_submitted_paper_waits_for_a_check(drafted):
    with pytest.raises(IntegrityError, match="document_waits_for_a_check"), transaction.atomic():
        Document.objects.filter(pk=drafted().pk).update(stage="form")


def test_a_draft_shows_the_way_it_will_go(world, both_checks, drafted, as_):
    page = as_(world.drafter).get(drafted().get_absolute_url())

    assert [str(who) for who, _here in page.context["way"]][1:3] == [
        "thủ trưởng đơn vị (nội dung)", "người kiểm tra thể thức",
    ]  # fmt: skip


def test_a_check_nobody_makes_is_not_switched_on(world):
    with pytest.raises(ValidationError, match="Chưa ai có vai trò “Thủ trưởng đơn vị"):
        clearance.arrange(world.other_department, order=Route.CONTENT, by=world.administrator)

    assert not ClearanceRoute.objects.exists()


def test_the_head_or_the_council_s_administrator_arranges_it_with_a_reason_on_record(world):
    may = [name for name in ("officer", "leader", "drafter", "unit_head", "head", "registrar", "administrator")
           if clearance.arrange_refusal(world.department, getattr(world, name)) == ""]  # fmt: skip
    assert may == ["head", "administrator"]

    clearance.arrange(world.department, order=Route.FORM, by=world.administrator, reason="theo quy chế mới")
    route = clearance.arrange(world.department, order=Route.FORM, by=world.head)
    row = route.history.get()
    assert (row.order, row.history_user, row.history_change_reason) == ("form", world.administrator, "theo quy chế mới")


def test_the_page_sets_the_way_and_says_beside_the_field_what_stands_against_it(world, as_):
    browser = as_(world.head)
    address = reverse("documents:arrange", args=[world.department.pk])
    world.unit_head.memberships.get().delete()

    refusal = browser.post(address, {"order": "content"}).context["form"].errors
    browser.post(address, {"order": "form", "reason": "thử"})

    assert list(refusal) == ["order"]
    assert clearance.route_of(world.department) == Route.FORM
    page = browser.get(reverse("documents:clearance")).content.decode()
    assert "Người soạn → người kiểm tra thể thức → người ký → văn thư" in page
    assert as_(world.drafter).get(address).status_code == 403


def test_a_council_adds_its_own_reasons_and_switches_shipped_ones_off(world, as_, elsewhere):
    shipped = [entry.name for entry in ReturnReason.objects.of(world.council)]
    browser, address = as_(world.administrator), reverse("documents:reasons", args=[world.council.pk])

    browser.post(address, {"words": "Sai số liệu", "is_in_use": "1"})
    browser.post(address, {"words": "Lý do khác", "is_in_use": ""})

    assert shipped[-1] == "Lý do khác"
    assert [entry.name for entry in ReturnReason.objects.of(world.council)] == [*shipped[:-1], "Sai số liệu"]
    assert [entry.name for entry in ReturnReason.objects.of(elsewhere.council)] == shipped
    browser.post(address, {"words": "Lý do khác", "is_in_use": "1"})
    assert len(ReturnReason.objects.of(world.council)) == len(shipped) + 1
    assert as_(world.head).get(address).status_code == 403
    assert as_(elsewhere.administrator).get(address).status_code == 404


def test_a_paper_is_checked_on_its_page(world, both_checks, submitted, as_):
    document = submitted()

    page = as_(world.unit_head).get(document.get_absolute_url()).content.decode()
    assert "Đã kiểm tra, chuyển tiếp" in page
    assert "Đã kiểm tra, chuyển tiếp" not in as_(world.head).get(document.get_absolute_url()).content.decode()

    as_(world.unit_head).post(reverse("documents:check", args=[document.pk]))
    document.refresh_from_db()
    assert document.stage == "form"


def test_sent_back_it_comes_again_changed_or_with_an_answer(world, submitted, as_):
    document = workflow.send_back(submitted(), by=world.head, reason="thiếu số liệu")
    browser, address = as_(world.drafter), reverse("documents:submit", args=[document.pk])

    page = browser.post(address)
    assert page.context["form"].errors == {
        "answer": ["Văn bản chưa sửa gì so với bản bị trả lại: hãy sửa, hoặc ghi ý kiến trả lời tại đây."]
    }
    browser.post(address, {"answer": "Số liệu ở Phụ lục."})
    document.refresh_from_db()
    assert (document.status, document.return_answer) == (Status.SUBMITTED, "Số liệu ở Phụ lục.")
    assert "Số liệu ở Phụ lục." in as_(world.head).get(document.get_absolute_url()).content.decode()

    document = workflow.send_back(document, by=world.head, reason="vẫn thiếu")
    document = workflow.rewrite(document, by=world.drafter, body="<p>Số liệu: 5.</p>")
    assert workflow.submit(document, by=world.drafter).return_answer == ""


def test_another_addressee_or_appendix_is_a_change(world, submitted):
    document = workflow.send_back(submitted(), by=world.head, reason="gửi sai nơi")
    workflow.address(document, to=[("UBND tỉnh", world.ubnd)], copies=[], by=world.drafter)
    document = workflow.submit(document, by=world.drafter)

    document = workflow.send_back(document, by=world.head, reason="thiếu phụ lục")
    workflow.rewrite(document, by=world.drafter, appendices=[("Phụ lục", "<p>1</p>", False)])
    assert workflow.submit(document, by=world.drafter).status == Status.SUBMITTED


def test_a_change_after_approval_sends_it_back_by_itself(world, both_checks, submitted, as_):
    document = workflow.check(workflow.check(submitted(), by=world.unit_head), by=world.form_checker)
    document = workflow.clear(document, by=world.head)
    browser, address = as_(world.drafter), reverse("documents:edit", args=[document.pk])

    page = browser.get(address)
    assert "Lưu bản có thay đổi thì văn bản tự quay lại dự thảo" in page.content.decode()
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    browser.post(address, sent)
    assert Document.objects.get().status == Status.CLEARED
    browser.post(address, sent | {"subject": "trả lời kiến nghị về điện"})

    document = Document.objects.get()
    assert (document.status, document.cleared_by, document.subject) == (
        Status.DRAFT, None, "trả lời kiến nghị về điện",
    )  # fmt: skip
    assert [leg.what for leg in journey(document)][-2:] == ["sửa sau khi duyệt", ""]
    assert "sau khi bạn duyệt" in world.head.notices.get().text
    assert workflow.submit(document, by=world.drafter).stage == "content"


def test_the_signer_or_who_is_recorded_for_the_signer_approves(world, submitted):
    deputy = person("deputy", (world.department, Role.HEAD))
    deputy.memberships.update(approves_for=world.deputy)
    document = submitted()

    with refused("Văn bản này do Cao Thị Phó, Phó Giám đốc ký, người duyệt là Người deputy"):
        workflow.clear(document, by=world.head)
    other = submitted(signer=world.director)
    with refused("còn bạn duyệt văn bản của người ký khác"):
        workflow.clear(other, by=deputy)

    assert workflow.clear(document, by=deputy).cleared_by == deputy
    assert workflow.clear(other, by=world.head).cleared_by == world.head


def test_an_authorisation_to_approve_ends_with_its_last_day(world, submitted):
    deputy = person("deputy", (world.department, Role.HEAD))
    deputy.memberships.update(approves_for=world.deputy)
    stand_in = Membership.objects.create(
        user=world.head, agency=world.department, role=Role.HEAD, approves_for=world.deputy, valid_to=world.today
    )
    assert workflow.clear(submitted(), by=world.head).cleared_by == world.head

    Membership.objects.filter(pk=stand_in.pk).update(valid_to=world.today - timedelta(days=1))
    with refused("người duyệt là Người deputy"):
        workflow.clear(submitted(), by=User.objects.get(pk=world.head.pk))


def test_only_who_clears_papers_of_the_agency_is_recorded_for_its_signer(world):
    for user, agency, role in (
        (world.drafter, world.department, Role.DRAFTER), (world.head, world.other_department, Role.HEAD),
    ):  # fmt: skip
        with refused("không duyệt văn bản của cơ quan người ký"):
            Membership(user=user, agency=agency, role=role, approves_for=world.deputy).full_clean()
    Membership(user=world.leader, agency=world.office, role=Role.LEADER, approves_for=world.chair).full_clean()


def test_the_head_of_the_drafting_unit_checks_where_it_has_one(world, both_checks, submitted):
    of_the_unit = person("unit", (world.department, Role.UNIT_HEAD))
    of_the_unit.memberships.update(unit="HTKT")

    with refused("do thủ trưởng đơn vị HTKT kiểm tra nội dung: Người unit"):
        workflow.check(submitted(), by=world.unit_head)
    assert workflow.check(submitted(), by=of_the_unit).stage == "form"
    assert workflow.check(submitted(drafting_unit="VP"), by=world.unit_head).stage == "form"
