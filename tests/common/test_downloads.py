"""common/downloads.py: files made here and handed to the browser."""

import pytest

from common.downloads import download


def test_a_file_is_kept_unless_it_is_to_be_shown():
    kept, shown = download(b"a", "so.pdf"), download(b"a", "so.pdf", is_shown=True)

    assert kept["Content-Disposition"] == 'attachment; filename="so.pdf"'
    assert shown["Content-Disposition"] == 'inline; filename="so.pdf"'
    assert (kept.content, shown.content) == (b"a", b"a")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.json", "application/json"),
        ("a.pdf", "application/pdf"),
        ("a.b.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_ending_says_what_a_file_is(name, content_type):
    assert download(b"", name)["Content-Type"] == content_type


def test_a_kind_of_file_nobody_knows_is_not_sent():
    with pytest.raises(KeyError):
        download(b"", "a.exe")
