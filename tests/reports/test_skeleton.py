"""reports/skeleton.py: the small language of a report's text."""

import pytest
from django.utils.safestring import mark_safe

from reports import skeleton
from reports.kinds import KINDS
from reports.models import ReportKind
from reports.skeleton import Values, Word
from reports.vocabulary import vocabulary

WORDS = {
    word.name: word
    for word in (
        Word("figure.answered", "Đã trả lời", has_share=True),
        Word("figure.total", "Phải giải quyết"),
        Word("own.causes", "nguyên nhân"),
        Word("block.erratum", "đính chính"),
    )
}
END = "\n{block.erratum}"


def filled(text, *, there=(), words=None):
    known = words or {}
    values = Values(
        lambda name, form: known.get(name + form, f"[{name}{form}]"),
        lambda name: mark_safe(f"<b>{name}</b>"),
        lambda name: name in there,
    )
    return skeleton.fill(text, values)


def test_names_become_what_they_stand_for():
    words = {"figure.answered": "97", "figure.answered%": "97,0%", "figure.answered/": "97/100"}

    html = filled("Đã trả lời {figure.answered/} ({figure.answered%}), tức {figure.answered}.", words=words)

    assert html == "<p>Đã trả lời 97/100 (97,0%), tức 97.</p>"


def test_headings_paragraphs_and_blocks():
    assert filled("# I. Một\n## 1. Hai\nBa\nbốn\n, năm.\n\nSáu\n{own.causes}") == (
        "<h2>I. Một</h2>\n<h3>1. Hai</h3>\n<p>Ba bốn, năm.</p>\n<p>Sáu</p>\n<b>own.causes</b>"
    )


def test_a_line_is_printed_only_where_its_condition_holds():
    text = (
        "{nếu có figure.total} Có.\n{nếu không có figure.total} Không.\n{nếu có own.causes} {nếu có figure.total} Hai."
    )

    assert filled(text, there={"figure.total"}) == "<p>Có.</p>"
    assert filled(text, there={"figure.total", "own.causes"}) == "<p>Có. Hai.</p>"
    assert filled(text) == "<p>Không.</p>"


def test_neither_the_text_nor_what_names_stand_for_is_markup():
    html = filled("a < b <script>{figure.total}</script>", words={"figure.total": "<img>"})

    assert html == "<p>a &lt; b &lt;script&gt;&lt;img&gt;&lt;/script&gt;</p>"


@pytest.mark.parametrize("text", ["{{ 7|add:1 }}", "{% now 'Y' %}", "{figure.total.__class__}", "{0.__init__}", "{}"])
def test_nothing_in_a_text_is_ever_run(text):
    assert skeleton.problems(text + END, WORDS)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{figure.anwsered}", "Dòng 1: không có {figure.anwsered}. Có phải {figure.answered}?"),
        ("{đã trả lời}", "Dòng 1: không có {đã trả lời}. Có phải {figure.answered}?"),
        ("{zzz}", "Dòng 1: không có {zzz}; hãy chọn tên trong danh sách."),
        ("{nếu có figure.totl} Có.", "Dòng 1: không có {figure.totl}. Có phải {figure.total}?"),
        ("{figure.total%}", "Dòng 1: {figure.total} không có tỷ lệ: hãy viết không có dấu %."),
        ("Nguyên nhân: {own.causes}", "Dòng 1: {own.causes} phải đứng riêng một dòng."),
        ("Có {nếu có figure.total} đây.", "Dòng 1: {nếu có …} phải đứng đầu dòng."),
        ("Một { hai", "Dòng 1: thừa dấu { hoặc }; tên phải đặt giữa cả hai dấu."),
    ],
)
def test_what_is_wrong_is_said_line_by_line(line, problem):
    assert skeleton.problems(line + END, WORDS) == [problem]


def test_a_table_stands_once():
    """What is long is laid out once, however often somebody writes it."""
    assert skeleton.problems("{own.causes}\n{own.causes}" + END, WORDS) == [
        "Dòng 2: {own.causes} đã có ở trên; mỗi tên chỉ đặt một lần."
    ]


def test_the_place_of_corrections_cannot_be_left_out():
    assert skeleton.problems("{figure.total}", WORDS) == [
        "Cần có {block.erratum} trên một dòng riêng, là nơi in đính chính số liệu đã báo cáo."
    ]


@pytest.mark.parametrize("kind", ReportKind.values)
def test_the_shipped_texts_have_no_problems(kind):
    assert skeleton.problems(KINDS[kind].shipped, vocabulary(kind)) == []


@pytest.mark.parametrize("kind", ReportKind.values)
def test_every_appendix_is_referred_to_in_the_shipped_text(kind):
    assert [key for key in KINDS[kind].annexes if f"{{annex.{key}}}" not in KINDS[kind].shipped] == []
