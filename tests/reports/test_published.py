"""reports/published.py and check_figures: published sets recomputed, nothing overwritten."""

import json

import pytest
from django.core.management import CommandError, call_command

from reports import published
from reports.published import Agrees


def share(published_as, numerator, denominator):
    """The verdict on one published percentage, with what was computed."""
    found = published.check(
        {"source": "A", "label": "xong", "numerator": numerator, "denominator": denominator, "published": published_as}
    ).shares[0]
    return found.half_up, found.truncated, found.verdict


@pytest.mark.parametrize(
    ("published_as", "numerator", "denominator", "expected"),
    [
        ("66,7%", 2, 3, ("66,7%", "66,6%", Agrees.HALF_UP)),
        ("66,6%", 2, 3, ("66,7%", "66,6%", Agrees.TRUNCATED)),
        ("66,67 %", 2, 3, ("66,67%", "66,66%", Agrees.HALF_UP)),
        ("68%", 2, 3, ("67%", "66%", Agrees.NOT)),
        ("12,5%", 1, 8, ("12,5%", "12,5%", Agrees.HALF_UP)),
        ("13%", 1, 8, ("13%", "12%", Agrees.HALF_UP)),
        ("66.7%", 2, 3, ("66,7%", "66,6%", Agrees.HALF_UP)),
        ("100%", 5, 5, ("100%", "100%", Agrees.HALF_UP)),
        ("0%", 0, 5, ("0%", "0%", Agrees.HALF_UP)),
        ("-", 0, 0, ("", "", Agrees.UNKNOWN)),
        ("50%", 0, 0, ("", "", Agrees.UNKNOWN)),
        ("gần hết", 2, 3, ("", "", Agrees.UNKNOWN)),
    ],
)
def test_a_percentage_agrees_by_rounding_by_cutting_off_or_not_at_all(published_as, numerator, denominator, expected):
    assert share(published_as, numerator, denominator) == expected


def test_what_was_published_is_kept_beside_what_is_computed():
    found = published.check({"source": "A", "label": "xong", "numerator": 2, "denominator": 3, "published": "70%"})

    assert found.as_data()["percentages"] == [
        {
            "label": "xong",
            "numerator": 2,
            "denominator": 3,
            "published": "70%",
            "half_up": "67%",
            "truncated": "66%",
            "verdict": "not",
        }
    ]


def sums(**groups):
    found = published.check({"council": "HĐND tỉnh A", **groups}).sums
    return [(one.label, one.computed, one.published, one.difference, one.verdict) for one in found]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            {"total": 10, "by_authority_level": {"Tỉnh": 7, "Xã": 3}},
            [("by_authority_level", 10, 10, 0, Agrees.BALANCED)],
        ),
        ({"total": 10, "by_field": {"Đất": 7, "Điện": 4}}, [("by_field", 11, 10, 1, Agrees.UNBALANCED)]),
        ({"total": "1.010", "by_locality": {"A": "1.000", "B": 10}}, [("by_locality", 1010, 1010, 0, Agrees.BALANCED)]),
        ({"total": 99, "by_result": {"Xong": "7/10", "Đang": "3/10"}}, [("by_result", 10, 10, 0, Agrees.BALANCED)]),
        ({"total": 10, "by_field": {"Đất": 7, "Điện": "gần 3"}}, [("by_field", None, 10, None, Agrees.UNKNOWN)]),
        ({"total": 10, "by_field": {"Số lĩnh vực": 7}}, []),
        ({"total": "hơn 10", "by_field": {"Đất": 7, "Điện": 3}}, [("by_field", None, None, None, Agrees.UNKNOWN)]),
        (
            {"total": 99, "by_field": {"Đất": 7, "Điện": 4, "Tổng cộng": 12}},
            [("by_field", 11, 12, -1, Agrees.UNBALANCED)],
        ),
        ({"total": None, "by_field": None}, []),
        ({"opening": 3, "new": 8, "closed": 5, "closing": 6}, [("balance", 6, 6, 0, Agrees.BALANCED)]),
        ({"opening": 3, "new": 8, "closed": 5, "closing": 7}, [("balance", 6, 7, -1, Agrees.UNBALANCED)]),
        ({"opening": 3, "new": 8, "closed": 5}, []),
    ],
)
def test_which_sums_add_up(groups, expected):
    assert sums(**groups) == expected


APART = (None, 10, None, Agrees.APART)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"Chuyển UBND tỉnh": 6, "Nhận văn bản trả lời": 5}, APART),
        ({"Nội dung": 12, "Đã giải quyết kỳ trước": 4}, APART),
        ({"Đã giải quyết xong": 6, "Trong đó giải quyết xong năm nay": 2}, APART),
        ({"Đã trả lời": "8/10", "Lượt phát biểu": 4}, APART),
        ({"Đã trả lời": "8/10", "Đã giải quyết xong": "5/10"}, APART),
        ({"Mức một": 6, "Mức hai": 4}, (10, 10, 0, Agrees.BALANCED)),
        ({"Đã giải quyết xong": 6, "Đang giải quyết": 3}, (9, 10, -1, Agrees.UNBALANCED)),
        ({"Đã giải quyết xong": 6, "Chưa giải quyết xong": 3}, (9, 10, -1, Agrees.UNBALANCED)),
        ({"Đã giải quyết": "6/10", "Giải trình": "3/10", "Đang thực hiện": "2/10"}, (11, 10, 1, Agrees.UNBALANCED)),
        ({"Chuyển UBND tỉnh": 6, "Gửi sở": 5, "Tổng": 10}, (11, 10, 1, Agrees.UNBALANCED)),
    ],
)
def test_results_are_added_up_only_where_they_are_parts_of_one_whole(results, expected):
    """Each another class of result, or with a total of their own, or equal to the total of the set."""
    assert sums(total=10, by_result=results) == [("by_result", *expected)]


@pytest.mark.parametrize(
    ("label", "groups", "expected"),
    [
        ("7/10", {}, (7, 10, Agrees.HALF_UP)),
        ("7 kiến nghị", {"total": 10}, (7, 10, Agrees.HALF_UP)),
        ("giải quyết xong", {"by_result": {"Tiếp thu, Giải quyết xong": "7/10"}}, (7, 10, Agrees.HALF_UP)),
        ("giải quyết xong", {"total": 10, "by_result": {"Giải quyết xong": 7}}, (7, 10, Agrees.HALF_UP)),
        ("đã xem xét", {"total": 10, "by_result": {"Giải quyết xong": 7}}, (None, None, Agrees.UNKNOWN)),
    ],
)
def test_a_percentage_finds_its_fraction(label, groups, expected):
    (found,) = published.check({**groups, "percentages": {label: "70%"}}).shares

    assert (found.numerator, found.denominator, found.verdict) == expected


def test_a_percentage_beside_its_fraction_is_checked_too():
    (found,) = published.check({"by_authority_level": {"Trung ương": "39/40 (97%)"}}).shares

    assert (found.half_up, found.truncated, found.verdict) == ("98%", "97%", Agrees.TRUNCATED)


LINES = """
{"council": "HĐND tỉnh A", "session": "kỳ họp thứ 2", "total": 3, "by_field": {"Đất": 1, "Điện": 1}, \
"by_result": {"Chuyển đi": "1.300", "Trả lời": "12/15"}}

{"source": "B", "label": "xong", "numerator": 2, "denominator": 3, "published": "66,6%"}
{"council": "HĐND tỉnh C", "total": 7, "by_field": {"Đất": 7}}
{"council": "HĐND tỉnh D", "opening": 3, "new": 8, "closed": 5, "closing": 4, "percentages": {"Đã xem xét": "100%"}}
"""


def test_the_command_prints_each_set_and_the_totals(tmp_path, capsys):
    file = tmp_path / "sets.jsonl"
    file.write_text(LINES, encoding="utf-8")

    call_command("check_figures", file)

    assert capsys.readouterr().out.splitlines() == [
        "HĐND tỉnh A, kỳ họp thứ 2",
        "  theo lĩnh vực: 1 + 1 = 2, công bố 3: cộng không khớp, thiếu 1",
        (
            "  theo kết quả: Chuyển đi 1.300; Trả lời 12/15; tổng công bố 3: "
            "không phải các phần của một tổng, không cộng"
        ),
        "B",
        "  xong: công bố 66,6%; tính lại 2/3 = 66,7% nếu làm tròn, 66,6% nếu cắt đuôi: khớp (cắt đuôi)",
        "HĐND tỉnh C",
        "  Không có tỷ lệ hay phép cộng nào để tính lại.",
        "HĐND tỉnh D",
        "  Đã xem xét: công bố 100%, không có tử số và mẫu số: không tính lại được",
        "  kỳ trước + mới − đã kết thúc: 3 + 8 − 5 = 6, công bố 4: cộng không khớp, thừa 2",
        "Tổng hợp:",
        "  khớp (làm tròn): 0",
        "  khớp (cắt đuôi): 1",
        "  không khớp: 0",
        "  không tính lại được: 1",
        "  cộng khớp: 0",
        "  cộng không khớp: 2",
        "  không phải các phần của một tổng, không cộng: 1",
    ]


def test_the_command_gives_data_for_machines_and_leaves_the_file_alone(tmp_path, capsys):
    file = tmp_path / "sets.jsonl"
    file.write_text(LINES, encoding="utf-8")

    call_command("check_figures", file, "--json")

    data = json.loads(capsys.readouterr().out)
    assert data["totals"] == {
        "half_up": 0, "truncated": 1, "not": 0, "unknown": 1, "balanced": 0, "unbalanced": 2, "apart": 1,
    }  # fmt: skip
    assert data["sets"][0]["sums"] == [
        {
            "label": "by_field",
            "title": "theo lĩnh vực",
            "parts": {"Đất": 1, "Điện": 1},
            "computed": 2,
            "published": 3,
            "difference": -1,
            "verdict": "unbalanced",
        },
        {
            "label": "by_result",
            "title": "theo kết quả",
            "parts": {"Chuyển đi": 1300, "Trả lời": "12/15"},
            "computed": None,
            "published": 3,
            "difference": None,
            "verdict": "apart",
        },
    ]
    assert file.read_text(encoding="utf-8") == LINES


@pytest.mark.parametrize("line", ["{", "[1]", '"x"', '{"by_field": [1]}'])
def test_a_line_that_is_no_set_is_named(tmp_path, line):
    file = tmp_path / "sets.jsonl"
    file.write_text(f'{{"total": 1}}\n{line}\n', encoding="utf-8")

    with pytest.raises(CommandError, match="line 2"):
        call_command("check_figures", file)


def test_no_file_and_no_text_are_refused(tmp_path):
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")

    for name in ("nothing", "picture"):
        with pytest.raises(CommandError, match=name):
            call_command("check_figures", tmp_path / name)
