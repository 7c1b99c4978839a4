"""documents/after_issue.py: corrigendum, replacement and recall, linked both ways and shown wherever the letter is."""

import pytest
from django.urls import reverse

from documents import after_issue, purposes, workflow
from documents.checker import findings_of
from documents.models import Amendment, Standing
from documents.papers import paper_of
from documents.register import book
from tests.refusals import refused
from tests.responses.letters import printed


def states(document):
    document.refresh_from_db()
    return document.standing, document.is_in_force


@pytest.fixture
def amended(world):
    """`amended(original, kind)` is the issued document that does it."""

    def act(original, kind, **details):
        amendment = after_issue.amend(original, kind, by=world.drafter, reason="Do sơ suất.", **details)
        return world.issue(amendment.document, world.drafter, world.head, world.registrar)

    return act


@pytest.mark.usefixtures("printed")
def test_a_corrigendum_leaves_the_letter_in_force(issued, amended, world):
    original = issued()

    document = amended(original, "corrigendum", details="Trang 1: đã in “A”, sửa thành “B”.")

    assert states(original) == (Standing.CORRECTED, True)
    text = printed(document)
    assert "V/v đính chính Công văn" in text
    assert "Các nội dung khác của Công văn số 01/SXD-HTKT không thay đổi." in text
    assert "Trang 1: đã in “A”, sửa thành “B”." in text
    assert "Kính gửi: Thường trực HĐND tỉnh." in text
    assert (document.amendment.original, original.amendments.get().document) == (original, document)


@pytest.mark.usefixtures("printed")
def test_a_recall_ends_the_letter(issued, amended):
    original = issued()

    document = amended(original, "recall")

    assert states(original) == (Standing.RECALLED, False)
    assert "Lý do: Do sơ suất." in printed(document)


@pytest.mark.parametrize("kind", ["corrigendum", "recall"])
def test_its_words_pass_the_check_of_form(kind, issued, world):
    """It begins with what it rests on, and cites the letter with its day, issuer and subject."""
    draft = after_issue.amend(issued(), kind, by=world.drafter, reason="Do sơ suất.", details="Trang 1: “A”.").document

    draft.refresh_from_db()
    assert [(str(finding.words), finding.where) for finding in findings_of(draft, paper_of(draft))] == []


def test_nothing_happens_to_the_letter_before_the_other_is_issued(issued, world):
    original = issued()

    after_issue.amend(original, "recall", by=world.drafter, reason="Gửi nhầm.")

    assert states(original) == (Standing.VALID, True)
    with refused("đang được soạn"):
        after_issue.amend(original, "corrigendum", by=world.drafter, reason="Sai tên.")


def test_a_draft_given_up_makes_room_for_another(issued, world):
    original = issued()
    amendment = after_issue.amend(original, "recall", by=world.drafter, reason="Gửi nhầm.")
    workflow.abandon(amendment.document, by=world.drafter)

    assert after_issue.refusal(original, "recall", world.drafter) == ""


def test_what_is_recalled_is_not_corrected_any_more(issued, amended, world):
    original = issued()
    amended(original, "recall")
    original.refresh_from_db()

    with refused("không còn hiệu lực: đã thu hồi"):
        after_issue.amend(original, "corrigendum", by=world.drafter, reason="Sai tên.")


def test_only_an_issued_letter_is_amended_and_only_by_its_drafters(drafted, issued, world):
    with refused("Chỉ văn bản đã ban hành"):
        after_issue.amend(drafted(), "recall", by=world.drafter, reason="Gửi nhầm.")
    for stranger in (world.head, world.registrar, world.officer, world.other_drafter):
        with refused("không được soạn văn bản"):
            after_issue.amend(issued(), "recall", by=stranger, reason="Gửi nhầm.")


def test_a_paper_whose_room_writes_no_replacements_has_none(issued, world):
    document = issued()

    assert after_issue.kinds(document) == [Amendment.Kind.CORRIGENDUM, Amendment.Kind.RECALL]
    with refused("không được thay thế"):
        after_issue.amend(document, Amendment.Kind.REPLACEMENT, by=world.drafter, reason="Sai.")


def test_what_set_something_going_is_corrected_and_not_recalled(world, as_):
    letter = world.issue(world.planned(world.classified()).document, world.officer, world.leader, world.officer)
    browser = as_(world.officer)

    assert after_issue.kinds(letter) == [Amendment.Kind.CORRIGENDUM]
    assert "Thu hồi" not in browser.get(letter.get_absolute_url()).content.decode()
    for kind, words in [("recall", "không được thu hồi"), ("replacement", "không được thay thế")]:
        answer = browser.post(reverse("documents:amend", args=[letter.pk, kind]), {"reason": "Gửi nhầm."})
        assert answer.status_code == 403
        assert words in answer.content.decode()
        with refused(words):
            after_issue.amend(letter, kind, by=world.officer, reason="Gửi nhầm.")
    assert not Amendment.objects.exists()
    after_issue.amend(letter, "corrigendum", by=world.officer, reason="Sai tên.", details="Dòng 1")


@pytest.mark.parametrize(
    ("key", "may"),
    [("reply", True), ("session_report", True), ("paper", True), ("forwarding", False), ("urging", False),
     ("conclusion_notice", False), ("corrigendum", False), ("recall", False)],
)  # fmt: skip
def test_a_paper_is_recalled_only_where_its_consequences_are_taken_back(key, may):
    assert purposes._registered[key].may_be_recalled == may


def test_the_letter_shows_its_state_in_the_list_on_its_page_and_in_the_book(issued, amended, as_, world):
    original = issued()
    document = amended(original, "recall")
    browser = as_(world.officer)

    assert "Đã thu hồi" in browser.get(reverse("documents:index")).content.decode()
    page = browser.get(original.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in page
    assert original.get_absolute_url() in browser.get(document.get_absolute_url()).content.decode()
    assert [entry.note for entry in book(original.series).entries] == [
        "đã thu hồi: 02/SXD-HTKT",
        "thu hồi: 01/SXD-HTKT",
    ]


def test_the_pages_draft_a_corrigendum_and_change_its_words(issued, as_, world):
    original, browser = issued(), as_(world.drafter)
    address = reverse("documents:amend", args=[original.pk, "corrigendum"])

    empty = browser.post(address, {"reason": "", "details": ""})
    assert set(empty.context["form"].errors) == {"reason", "details"}
    browser.post(address, {"reason": "Do sơ suất.", "details": "Dòng 1"})
    amendment = Amendment.objects.get()
    browser.post(reverse("documents:revise_amendment", args=[amendment.pk]), {"reason": "Do lỗi.", "details": "Dòng 2"})

    amendment.refresh_from_db()
    assert (amendment.details, "Dòng 2" in amendment.document.body) == ("Dòng 2", True)
    assert browser.get(reverse("documents:amend", args=[original.pk, "nonsense"])).status_code == 404
