"""documents/journey.py: every holder with the time it took, read from the history."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from documents import workflow
from documents.journey import Leg, journey
from documents.models import Document, ReturnReason


def test_the_way_from_hand_to_hand(world, submitted, as_):
    document = submitted()
    document = workflow.send_back(document, by=world.head, reason="Thiếu số liệu")
    document = workflow.submit(document, by=world.drafter, answer="ở Phụ lục")
    document = workflow.clear(document, by=world.head)
    document = workflow.issue(document, by=world.registrar)

    legs = journey(document)
    assert [(str(leg.holder), leg.what, leg.passed_on_by) for leg in legs] == [
        ("người soạn", "Trình duyệt", "Người drafter"),
        ("lãnh đạo duyệt", "Thiếu số liệu", "Người head"),
        ("người soạn", "Trình duyệt", "Người drafter"),
        ("lãnh đạo duyệt", "Duyệt", "Người head"),
        ("văn thư", "Cấp số và ban hành", "Người registrar"),
    ]
    assert all(leg.until for leg in legs)
    assert "lãnh đạo duyệt" in as_(world.drafter).get(document.get_absolute_url()).content.decode()
    assert "lãnh đạo duyệt" not in as_(world.officer).get(document.get_absolute_url()).content.decode()


def test_how_long_it_lies_where_it_lies(submitted):
    document = submitted()
    assert journey(document)[-1].lasted_in_words == "dưới 1 phút"
    for row in Document.history.filter(id=document.pk):
        Document.history.filter(pk=row.pk).update(history_date=row.history_date - timedelta(days=2, hours=3))

    last = journey(document)[-1]
    assert (last.until, last.lasted_in_words) == (None, "2 ngày 3 giờ 0 phút")


@pytest.mark.parametrize(
    ("lasted", "words"),
    [
        (timedelta(hours=15, minutes=52), "15 giờ 52 phút"),
        (timedelta(minutes=4, seconds=59), "4 phút"),
        (timedelta(seconds=59), "dưới 1 phút"),
    ],
)
def test_a_time_is_said_without_zeros_in_front(lasted, words):
    begin = datetime(2026, 11, 22, 11, 9, tzinfo=UTC)
    assert Leg("văn thư", begin, begin + lasted, "", "").lasted_in_words == words


def test_a_return_names_what_is_wrong(as_, world, submitted):
    document = submitted()
    kind = ReturnReason.objects.get(name="Thể thức, trình bày")
    as_(world.head).post(reverse("documents:send_back", args=[document.pk]), {"kind": kind.pk, "reason": "sai lề"})

    document.refresh_from_db()
    assert document.return_reason == "Thể thức, trình bày: sai lề"
