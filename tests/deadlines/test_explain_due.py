"""explain_due: a due date with its derivation, for people and for machines."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def explain(*arguments):
    said = StringIO()
    call_command("explain_due", *arguments, stdout=said)
    return said.getvalue()


def test_people_read_a_sentence_and_every_day_skipped():
    assert explain("--start", "2026-08-28", "--days", "1").splitlines() == [
        "1 ngày làm việc kể từ ngày 28/8/2026, không tính ngày bắt đầu: hạn là ngày 03/9/2026.",
        "  - bỏ qua 29/8/2026: thứ Bảy",
        "  - bỏ qua 30/8/2026: Chủ nhật",
        "  - bỏ qua 31/8/2026: Ngày nghỉ (thay cho ngày 22/08/2026)",
        "  - bỏ qua 01/9/2026: Quốc khánh",
        "  - bỏ qua 02/9/2026: Quốc khánh",
    ]


def test_machines_read_json():
    assert json.loads(explain("--start", "2026-11-20", "--days", "1", "--count", "calendar", "--json")) == {
        "start": "2026-11-20",
        "days": 1,
        "count": "calendar",
        "due": "2026-11-23",
        "moved_from": "2026-11-21",
        "skipped": [{"day": "2026-11-21", "name": "thứ Bảy"}, {"day": "2026-11-22", "name": "Chủ nhật"}],
        "sentence": (
            "1 ngày kể từ ngày 20/11/2026, không tính ngày bắt đầu; ngày cuối 21/11/2026 là ngày nghỉ nên chuyển sang "
            "ngày làm việc kế tiếp: hạn là ngày 23/11/2026."
        ),
    }


def test_before_counts_back():
    told = json.loads(explain("--before", "2026-12-10", "--days", "15", "--count", "calendar", "--json"))

    assert (told["start"], told["days"], told["due"], told["moved_from"]) == ("2026-12-10", -15, "2026-11-25", None)


def test_working_days_are_counted_unless_said_otherwise():
    assert json.loads(explain("--start", "2024-05-03", "--days", "1", "--json"))["due"] == "2024-05-04"


@pytest.mark.parametrize("days", ["0", "3660"])
def test_the_longest_and_the_shortest_period(days):
    assert json.loads(explain("--start", "2026-01-05", "--days", days, "--json"))["days"] == int(days)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--days", "5"], "Give either --start or --before"),
        (["--days", "5", "--start", "2026-01-05", "--before", "2026-02-05"], "Give either --start or --before"),
        (["--days", "-1", "--start", "2026-01-05"], "between 0 and 3660"),
        (["--days", "3661", "--start", "2026-01-05"], "between 0 and 3660"),
        (["--start", "2026-01-05"], "required: --days"),
        (["--days", "năm", "--start", "2026-01-05"], "invalid int value"),
        (["--days", "5", "--start", "05/01/2026"], "argument --start: invalid"),
        (["--days", "5", "--start", "2026-02-30"], "argument --start: invalid"),
        (["--days", "5", "--start", "2026-01-05", "--count", "weeks"], "invalid choice: 'weeks'"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(arguments, why):
    with pytest.raises(CommandError, match=why):
        explain(*arguments)
