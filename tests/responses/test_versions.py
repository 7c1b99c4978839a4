"""responses/versions.py and autosave: two people on one draft never lose a word; every version is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from responses import reviewing, versions
from responses.models import PassageComment, Reply
from tests.refusals import refused
from tests.world import person


@pytest.fixture
def reply(world):
    return world.drafted_reply(world.forwarded(), text="Sở đã lắp đèn.")


@pytest.fixture
def colleague(world):
    return person("colleague", (world.department, Role.DRAFTER))


def typed(reply, text, **more):
    """The drafting form as the browser sends it."""
    answer = reply.answers.get()
    prefix = f"answer-{answer.pk}"
    return {
        "revision": reply.revision, "kind": "final", "opening": reply.opening, "closing": reply.closing,
        f"{prefix}-heading": answer.heading, f"{prefix}-text": text, f"{prefix}-result": "resolved",
        f"{prefix}-evidence": "Biên bản", **more,
    }  # fmt: skip


def text_of(reply):
    return Reply.objects.get(pk=reply.pk).answers.get().text


def test_what_is_typed_is_kept_by_itself(as_, world, reply):
    answer = as_(world.drafter).post(reverse("responses:autosave", args=[reply.pk]), typed(reply, "Đã lắp 12 đèn."))

    assert (answer.status_code, answer.json()["revision"]) == (200, reply.revision + 1)
    assert answer.json()["state"].startswith("Đã lưu lúc ")
    assert text_of(reply) == "Đã lắp 12 đèn."


def test_two_people_on_one_draft_lose_no_word(as_, world, reply, colleague):
    mine, theirs = typed(reply, "Bản của tôi."), typed(reply, "Bản của đồng nghiệp.")
    as_(colleague).post(reverse("responses:autosave", args=[reply.pk]), theirs)

    background = as_(world.drafter).post(reverse("responses:autosave", args=[reply.pk]), mine)
    assert background.status_code == 409
    assert "Bản của đồng nghiệp." in background.json()["html"]
    assert text_of(reply) == "Bản của đồng nghiệp."

    page = as_(world.drafter).post(reply.get_absolute_url(), mine)
    html = page.content.decode()
    assert "Bản của đồng nghiệp." in html
    assert "Bản của tôi.</textarea>" in html
    assert "<ins>tôi.</ins>" in html
    merged = mine | {"revision": page.context["letter"]["revision"].value()}
    as_(world.drafter).post(reply.get_absolute_url(), merged)
    assert text_of(reply) == "Bản của tôi."
    kept = [list(version.texts.values()) for version in reply.versions.all()]
    assert any("Bản của đồng nghiệp." in texts for texts in kept)


def test_evidence_written_meanwhile_is_not_lost_unseen(as_, world, reply, colleague):
    """What only the other changed comes into the form; what both changed stands side by side."""
    prefix = f"answer-{reply.answers.get().pk}"
    mine = typed(reply, "Bản của tôi.")
    theirs = typed(reply, "Sở đã lắp đèn.") | {
        f"{prefix}-evidence": "Biên bản số 12 ngày 10/11/2026",
        f"{prefix}-result": "in_progress",
        f"{prefix}-roadmap_on": "31/12/2026",
        "opening": "Thực hiện Công văn số 15.",
        "kind": "interim",
    }
    mine[f"{prefix}-evidence"] = reply.answers.get().evidence
    as_(colleague).post(reverse("responses:autosave", args=[reply.pk]), theirs)
    background = as_(world.drafter).post(reverse("responses:autosave", args=[reply.pk]), mine).json()["html"]
    assert ": minh chứng" in background

    page = as_(world.drafter).post(reply.get_absolute_url(), mine)

    form = page.context["sections"][0][1][0]
    kept = {name: form[name].value() for name in ("text", "evidence", "result", "roadmap_on")}
    assert kept == {
        "text": "Bản của tôi.", "evidence": "Biên bản số 12 ngày 10/11/2026", "result": "in_progress",
        "roadmap_on": "31/12/2026",
    }  # fmt: skip
    assert page.context["letter"]["opening"].value() == "Thực hiện Công văn số 15."
    meeting = page.context["meanwhile"]
    assert meeting.pairs == []
    facts = {f"{form.instance.point}: {name}" for name in ("kết quả", "thời hạn hoàn thành", "minh chứng")}
    assert set(meeting.taken) == {"Loại trả lời", "Mở đầu", *facts}
    assert page.context["letter"]["kind"].value() == "interim"


def test_evidence_both_changed_stands_side_by_side(as_, world, reply, colleague):
    prefix = f"answer-{reply.answers.get().pk}"
    mine = typed(reply, "Sở đã lắp đèn.") | {f"{prefix}-evidence": "Biên bản số 13"}
    theirs = typed(reply, "Sở đã lắp đèn.") | {f"{prefix}-evidence": "Biên bản số 12"}
    as_(colleague).post(reverse("responses:autosave", args=[reply.pk]), theirs)

    page = as_(world.drafter).post(reply.get_absolute_url(), mine)

    pair = page.context["meanwhile"].pairs[0]
    assert (pair.label, pair.before) == (f"{reply.answers.get().point}: minh chứng", "Biên bản số 12")
    assert "Biên bản số 13</textarea>" in page.content.decode()
    assert "minh chứng" in as_(colleague).get(reverse("responses:compare", args=[reply.pk])).content.decode()


def test_what_cannot_be_saved_yet_says_so_and_changes_nothing(as_, world, reply):
    bad = typed(reply, "Khác.") | {f"answer-{reply.answers.get().pk}-roadmap_on": "31/11/2026"}

    answer = as_(world.drafter).post(reverse("responses:autosave", args=[reply.pk]), bad)
    assert (answer.status_code, text_of(reply)) == (422, "Sở đã lắp đèn.")


def test_only_who_may_edit_saves(as_, world, reply):
    answer = as_(world.head).post(reverse("responses:autosave", args=[reply.pk]), typed(reply, "Khác."))

    assert (answer.status_code, text_of(reply)) == (403, "Sở đã lắp đèn.")


def test_every_version_is_kept_and_two_are_compared(as_, world, reply):
    first = reply.revision
    as_(world.drafter).post(reverse("responses:autosave", args=[reply.pk]), typed(reply, "Sở đã lắp 12 đèn mới."))
    reply.refresh_from_db()

    page = as_(world.head).get(
        reverse("responses:compare", args=[reply.pk]), {"before": first, "after": reply.revision}
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert "<ins>12 </ins>" in html or "<ins>12" in html
    assert "Đến bản" in html
    assert "Kính gửi" not in html
    assert reply.versions.count() >= 2


def test_a_redline_shows_what_went_and_what_came():
    assert versions.redline("một hai ba", "một bốn ba") == "một <del>hai</del><ins>bốn</ins> ba"
    assert versions.redline("", "<b>") == "<ins>&lt;b&gt;</ins>"


def test_what_changed_since_one_last_looked(as_, world, reply, colleague):
    as_(world.drafter).get(reply.get_absolute_url())
    as_(colleague).post(reverse("responses:autosave", args=[reply.pk]), typed(reply, "Khác hẳn."))

    page = as_(world.drafter).get(reply.get_absolute_url())
    assert f"before={reply.revision}&amp;after={reply.revision + 1}" in page.content.decode()
    again = as_(world.drafter).get(reply.get_absolute_url()).content.decode()
    assert "lần xem trước" not in again


def test_a_banner_names_who_else_has_it_open(as_, world, reply, colleague):
    as_(colleague).get(reply.get_absolute_url())

    page = as_(world.drafter).get(reply.get_absolute_url())
    assert page.context["others"] == [str(colleague)]
    assert versions.present(reply, colleague) == [str(world.drafter)]


def test_who_has_not_been_heard_of_for_a_minute_is_named_no_more(world, reply, colleague):
    now = timezone.now()
    versions.present(reply, colleague, now)

    assert versions.present(reply, world.drafter, now + timedelta(seconds=59)) == [str(colleague)]
    assert versions.present(reply, world.drafter, now + timedelta(seconds=61)) == []


def test_comments_are_tied_to_a_passage_and_settled(as_, world, reply):
    answer = reply.answers.get()
    with refused("không có trong câu trả lời"):
        reviewing.comment(answer, text="Sai", passage="không có", by=world.head)
    as_(world.head).post(
        reverse("responses:comment", args=[answer.pk]), {"passage": "đã lắp đèn", "text": "Bao nhiêu đèn?"}
    )
    remark = PassageComment.objects.get()

    page = as_(world.drafter).get(reply.document.get_absolute_url()).content.decode()
    assert "<q>đã lắp đèn</q>" in page
    assert "Bao nhiêu đèn?" in page
    as_(world.drafter).post(reverse("responses:settle", args=[remark.pk]))
    remark.refresh_from_db()
    assert remark.is_settled
    with refused("không được phép góp ý"):
        reviewing.comment(answer, text="Sai", by=world.registrar)


def test_comments_are_not_read_outside_the_agency(world, reply):
    reviewing.comment(reply.answers.get(), text="Nội bộ", by=world.head)

    for stranger in (world.officer, world.other_drafter):
        assert not PassageComment.objects.visible_to(stranger).exists()


def test_an_open_page_is_heard_of_without_typing(as_, world, reply, colleague):
    """It tells others that it is open, learns of them, and of a version newer than its own."""
    address = reverse("responses:autosave", args=[reply.pk])
    as_(colleague).post(address)

    heard = as_(world.drafter).post(address)

    assert heard.json() == {"revision": reply.revision, "others": [str(colleague)]}
    assert Reply.objects.get(pk=reply.pk).revision == reply.revision
