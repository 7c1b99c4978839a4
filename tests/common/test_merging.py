"""common/merging.py: two texts that grew out of one."""

import pytest

from common.merging import changed_passages, merged

BASE = "một\nhai\nba\nbốn\nnăm"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE, BASE, (BASE, 0)),
        ("một\nhai sửa\nba\nbốn\nnăm", BASE, ("một\nhai sửa\nba\nbốn\nnăm", 0)),
        (BASE, "một\nhai\nba\nbốn mới\nnăm", ("một\nhai\nba\nbốn mới\nnăm", 0)),
        ("một\nhai sửa\nba\nbốn\nnăm", "một\nhai\nba\nbốn mới\nnăm", ("một\nhai sửa\nba\nbốn mới\nnăm", 0)),
        ("một\nba\nbốn\nnăm", "một\nhai\nba\nbốn\nnăm\nsáu", ("một\nba\nbốn\nnăm\nsáu", 0)),
        ("một\ncủa ta\nba\nbốn\nnăm", "một\ncủa họ\nba\nbốn\nnăm", ("một\ncủa ta\ncủa họ\nba\nbốn\nnăm", 1)),
        ("một\ncùng một lời\nba\nbốn\nnăm", "một\ncùng một lời\nba\nbốn\nnăm", ("một\ncùng một lời\nba\nbốn\nnăm", 0)),
        ("khác hẳn", "mới hẳn", ("khác hẳn\nmới hẳn", 1)),
    ],
)
def test_what_either_side_changed_is_kept(ours, theirs, expected):
    assert merged(BASE, ours, theirs) == expected


def test_changed_passages_are_listed_in_the_order_of_the_text():
    assert changed_passages("một\nhai\nba", "một\n2\nba\nbốn") == [("hai", "2"), ("", "bốn")]
