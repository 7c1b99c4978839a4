"""common/templatetags/hoiam.py: what templates say often."""

import uuid
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

TODAY = date(2026, 11, 22)


def rendered(source, **context):
    return Template(source).render(Context(context)).strip()


def at(address):
    return {"request": RequestFactory().get(address)}


def test_numbers_days_and_shares_read_as_in_print():
    assert rendered("{{ n|dotted }}", n=1472) == "1.472"
    assert rendered("{{ day|short_date }}", day=date(2026, 3, 9)) == "09/3/2026"
    assert rendered("{{ day|short_date }}", day=None) == ""
    assert rendered("{{ day|official_date }}", day=date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"
    assert rendered("{{ n|roman }}", n=4) == "IV"
    assert rendered("{% percent 19 60 %}") == "31,7%"


@pytest.mark.parametrize("tone", ["late", "soon", "ok", "info", "neutral"])
def test_a_badge_is_a_sign_and_words_never_colour_alone(tone):
    badge = rendered("{% badge tone words %}", tone=tone, words="đã trả lời")

    assert badge.startswith(f'<span class="badge-state is-{tone}"><span aria-hidden="true">')
    assert badge.endswith("</span> Đã trả lời</span>")


def test_the_words_of_a_badge_are_escaped():
    assert "&lt;b&gt;" in rendered('{% badge "ok" words %}', words="<b>")


@pytest.mark.parametrize(
    ("due_in", "done_in", "tone", "words"),
    [
        (-2, None, "late", "Quá hạn 2 ngày"),
        (-1, None, "late", "Quá hạn 1 ngày"),
        (0, None, "soon", "Hôm nay"),
        (1, None, "soon", "Còn 1 ngày"),
        (7, None, "soon", "Còn 7 ngày"),
        (8, None, "neutral", "Còn 8 ngày"),
        (0, 0, "ok", "Đúng hạn"),
        (0, -5, "ok", "Đúng hạn"),
        (-9, -6, "late", "Trả lời chậm 3 ngày"),
    ],
)
def test_a_due_date_says_how_it_stands(due_in, done_in, tone, words):
    done_on = None if done_in is None else TODAY + timedelta(days=done_in)

    badge = rendered("{% due_badge due today done %}", due=TODAY + timedelta(days=due_in), today=TODAY, done=done_on)

    assert f"is-{tone}" in badge
    assert badge.endswith(f"{words}</span>")


def test_without_a_due_date_there_is_no_badge():
    assert rendered("{% due_badge due today %}", due=None, today=TODAY) == ""


@pytest.mark.parametrize(("days", "words"), [(1, "1 day left"), (2, "2 days left")])
def test_english_has_a_singular(days, words):
    with translation.override("en"):
        assert words in rendered("{% due_badge due today %}", due=TODAY + timedelta(days=days), today=TODAY)


def test_days_until_are_negative_once_it_has_passed():
    source = "{% days_until day today %}"

    assert rendered(source, day=TODAY + timedelta(days=3), today=TODAY) == "3"
    assert rendered(source, day=TODAY - timedelta(days=3), today=TODAY) == "-3"


def test_once_gives_a_new_key_each_time():
    fields = {rendered("{% once %}") for _time in range(3)}

    assert len(fields) == 3
    for field in fields:
        name, value = field.split('name="')[1].split('"')[0], field.split('value="')[1].split('"')[0]
        assert (name, str(uuid.UUID(value))) == ("_once", value)


@pytest.mark.parametrize(
    ("tag", "address", "result"),
    [
        ("{% here status='late' %}", "/p/", "?status=late"),
        ("{% here status='late' %}", "/p/?q=a&status=ok", "?q=a&amp;status=late"),
        ("{% here status=None %}", "/p/?q=a&status=ok", "?q=a"),
        ("{% here q='' %}", "/p/?q=a", "/p/"),
        ("{% here status='late' %}", "/p/?page=3", "?status=late"),
        ("{% remove_filter 'q' %}", "/p/?q=a&status=ok", "?status=ok"),
        ("{% remove_filter 'q' %}", "/p/?q=a", "/p/"),
        ("{% page_address 2 %}", "/p/?q=%C4%91%C6%B0%E1%BB%9Dng&page=1", "?q=%C4%91%C6%B0%E1%BB%9Dng&amp;page=2"),
        ("{% here q='a&b=<c>' %}", "/p/", "?q=a%26b%3D%3Cc%3E"),
    ],
)
def test_an_address_changes_one_thing_and_keeps_the_rest(tag, address, result):
    assert rendered(tag, **at(address)) == result


def test_a_field_is_reached_by_its_name():
    assert rendered("{{ form|field:name }}", form={"q": "ô tìm"}, name="q") == "ô tìm"


def test_words_are_looped_over():
    assert rendered('{% for w in "a bc"|words %}[{{ w }}]{% endfor %}') == "[a][bc]"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "Hội đồng nhân dân tỉnh Ninh Bình",
            'Hội đồng nhân dân <span class="nowrap">tỉnh Ninh Bình</span>',
        ),
        ("UBND thành phố Huế", 'UBND <span class="nowrap">thành phố Huế</span>'),
        ("Ủy ban nhân dân xã Yên Mô", 'Ủy ban nhân dân <span class="nowrap">xã Yên Mô</span>'),
        ("Sở Xây dựng", "Sở Xây dựng"),
        ("<b> tỉnh <i>", '&lt;b&gt; <span class="nowrap">tỉnh &lt;i&gt;</span>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_bodys_name_breaks_before_its_place(name, shown):
    assert rendered("{{ name|keep_place_together }}", name=name) == shown


def test_a_short_name_leaves_the_place_out():
    assert rendered("{{ name|short_name }}", name="Sở Xây dựng tỉnh Ninh Bình") == "Sở Xây dựng"
    assert rendered("{{ name|short_name }}", name="Công an") == "Công an"
