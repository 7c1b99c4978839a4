"""documents/journey.py: every holder with the time it took, read from the history."""

from datetime import timedelta

from django.urls import reverse

from documents import workflow
from documents.journey import journey
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
    for row in Document.history.filter(id=document.pk):
        Document.history.filter(pk=row.pk).update(history_date=row.history_date - timedelta(days=2, hours=3))

    last = journey(document)[-1]
    assert (last.until, last.days, last.hours) == (None, 2, 3)


def test_a_return_names_what_is_wrong(as_, world, submitted):
    document = submitted()
    kind = ReturnReason.objects.get(name="Thể thức, trình bày")
    as_(world.head).post(reverse("documents:send_back", args=[document.pk]), {"kind": kind.pk, "reason": "sai lề"})

    document.refresh_from_db()
    assert document.return_reason == "Thể thức, trình bày: sai lề"
