"""common/views.py: who changed what, when and why — for those who may see the record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.acting import acting
from common.formats import short_date
from common.models import Upload
from petitions.models import PetitionOrigin


def address(record, **changes):
    meta = {"label": record._meta.app_label, "model": record._meta.model_name, "pk": record.pk} | changes
    return reverse("common:history", kwargs=meta)


def shown(response):
    """[(who, type, why, [(field, before, after)])], newest first."""
    return [
        (
            entry.version.history_user,
            entry.version.history_type,
            entry.version.history_change_reason,
            [(change.label, change.before, change.after) for change in entry.changes],
        )
        for entry in response.context["page"]
    ]


def change(record, by, reason, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    with acting(by=by, reason=reason):
        record.save()


def test_the_page_tells_field_before_after_who_and_why(as_, world):
    change(world.meeting, world.leader, "kiểm tra lại", voters_attending=80, venue="Nhà văn hóa", unit=world.ward)

    response = as_(world.officer).get(address(world.meeting))

    assert shown(response)[0] == (
        world.leader,
        "~",
        "kiểm tra lại",
        [
            ("Địa bàn", "xã Yên Mô", "phường Hoa Lư"),
            ("Địa điểm", "", "Nhà văn hóa"),
            ("Số cử tri dự", "120", "80"),
        ],
    )
    page = response.content.decode()
    assert f"{timezone.localtime(world.meeting.history.first().history_date):%d/%m/%Y %H:%M}" in page
    assert "Người leader" in page
    assert "kiểm tra lại" in page
    assert '<td data-label="Trước">120</td>' in page
    assert '<td data-label="Sau">80</td>' in page


def test_the_first_entry_lists_what_the_record_began_with(as_, world):
    response = as_(world.officer).get(address(world.meeting))

    who, kind, _why, changes = shown(response)[-1]
    assert (who, kind) == (None, "+")
    assert ("Số cử tri dự", "", "120") in changes
    assert ("Thời điểm", "", world.meeting.get_phase_display()) in changes
    assert "hệ thống" in response.content.decode()


def test_a_choice_is_told_in_words(as_, world):
    petition = world.classified(level="central")

    response = as_(world.officer).get(address(petition))

    classified = next(changes for _who, _kind, why, changes in shown(response) if why == "Phân loại")
    assert ("Thẩm quyền", "", petition.get_authority_level_display()) in classified
    assert "central" not in str(classified)


def test_a_yes_or_no_is_told_in_words(as_, world):
    change(world.field, world.administrator, "thôi dùng", is_in_use=False)

    response = as_(world.administrator).get(address(world.field))

    assert shown(response)[0][3] == [("Đang dùng", "có", "không")]


def test_a_day_is_written_as_officials_write_it(as_, world):
    response = as_(world.officer).get(address(world.meeting))

    assert ("Ngày tiếp xúc", "", short_date(world.meeting.held_on)) in shown(response)[-1][3]


def test_what_people_typed_is_shown_as_text(as_, world):
    change(world.meeting, world.officer, "<b>x</b>", venue="<script>alert(1)</script>")

    page = as_(world.officer).get(address(world.meeting)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_personal_fields_are_hidden_from_those_who_may_not_read_them(as_, world):
    voter = {"voter_name": "Nguyễn Văn Kín", "voter_phone": "0912345678"}
    origin = world.logged(voter=voter, verbatim="Tôi xin nói").origins.get()

    seen, hidden = (as_(person).get(address(origin)) for person in (world.officer, world.delegate))

    assert "Nguyễn Văn Kín" in seen.content.decode()
    assert "0912345678" in seen.content.decode()
    assert hidden.status_code == 200
    for personal in ("Nguyễn Văn Kín", "0912345678", "Tôi xin nói"):
        assert personal not in hidden.content.decode()
    names = {change.name for entry in hidden.context["page"] for change in entry.changes}
    assert names.isdisjoint(PetitionOrigin.PERSONAL | {"verbatim"})
    assert "raised_on" in names


def test_a_stranger_gets_404(as_, world, elsewhere):
    assert as_(elsewhere.officer).get(address(world.meeting)).status_code == 404
    assert as_(world.other_drafter).get(address(world.logged())).status_code == 404


def test_somebody_not_signed_in_is_sent_to_the_sign_in_page(client, world):
    response = client.get(address(world.meeting))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("label", "model"),
    [("council_sessions", "nothing"), ("nothing", "votermeeting"), ("auth", "permission"), ("common", "sentform"),
     ("accounts", "user"), ("documents", "addressee")],
)  # fmt: skip
def test_what_has_no_page_of_its_own_is_not_found(as_, world, label, model):
    assert as_(world.officer).get(address(world.meeting, label=label, model=model)).status_code == 404


def test_a_file_handed_in_has_no_history_page_by_itself(as_, world):
    upload = Upload.objects.create(name="a.pdf", size=1, content_type="application/pdf", sha256="0" * 64)

    assert as_(world.officer).get(address(upload)).status_code == 404


def test_a_record_that_is_not_there_is_not_found(as_, world):
    assert as_(world.officer).get(address(world.meeting, pk=0)).status_code == 404


def test_reading_changes_nothing(as_, world):
    assert as_(world.officer).post(address(world.meeting)).status_code == 405


def test_a_long_history_goes_over_several_pages_without_losing_a_change(as_, world):
    for number in range(1, 56):
        change(world.meeting, world.officer, f"lần {number}", voters_attending=number)
    browser = as_(world.officer)

    first, second = browser.get(address(world.meeting)), browser.get(address(world.meeting) + "?page=2")

    assert [len(shown(page)) for page in (first, second)] == [50, 6]
    told = [changes for page in (first, second) for _who, kind, _why, changes in shown(page) if kind == "~"]
    assert told == [[("Số cử tri dự", str(n - 1 or 120), str(n))] for n in range(55, 0, -1)]


def test_plain_changes_cost_no_query_each(as_, world):
    browser = as_(world.officer)
    counts = []
    for number in range(3):
        change(world.meeting, world.officer, f"lần {number}", voters_attending=number)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(world.meeting))
        counts.append(len(queries))

    assert counts == [counts[0]] * 3
