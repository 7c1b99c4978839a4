"""responses/markup.py: a few signs become the parts of a letter; everything else stays text."""

import pytest

from responses import markup

BECOMES = {
    "Một.\nHai.": "<p>Một.</p><p>Hai.</p>",
    "1. Về việc lắp đèn\nĐã lắp.": "<h3>1. Về việc lắp đèn</h3><p>Đã lắp.</p>",
    "1. Sở đã lắp đèn.": "<p>1. Sở đã lắp đèn.</p>",
    "a) Đã lắp": "<p>a) Đã lắp</p>",
    "- một\n- hai": "<ul><li>một</li><li>hai</li></ul>",
    "> tối om": '<p class="quote">tối om</p>',
    "Rất **quan trọng** và _nghiêng_.": "<p>Rất <b>quan trọng</b> và <i>nghiêng</i>.</p>",
    "so_sanh_ten, 2 * 3 ** 4": "<p>so_sanh_ten, 2 * 3 ** 4</p>",
    "| STT | Tên |\n|---|---|\n| 1 | Đèn |\n| 2 |": (
        '<table class="grid"><thead><tr><th>STT</th><th>Tên</th></tr></thead><tbody><tr><td>1</td><td>Đèn</td></tr>'
        "<tr><td>2</td><td></td></tr></tbody></table>"
    ),
    "| STT | Tên |\n| | |\n| - | - |": (
        '<table class="grid"><thead><tr><th>STT</th><th>Tên</th></tr></thead><tbody><tr><td></td><td></td></tr>'
        "<tr><td>-</td><td>-</td></tr></tbody></table>"
    ),
    "": "",
}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**<b onclick=x>a</b>**",
    "| <td>x</td> | y |",
    "- <style>p{}</style>",
    "> <a href='javascript:x'>x</a>",
]


@pytest.mark.parametrize("text", BECOMES)
def test_signs_become_parts_of_the_letter(text):
    assert markup.html(text) == BECOMES[text]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_mark_up_stays_text(text):
    html = markup.html(text)

    for tag in ("<script", "<img", "<style", "<a ", "<b onclick", "<td>x</td></td>"):
        assert tag not in html
    assert "&lt;" in html


def test_plain_text_has_no_signs():
    text = "**Đậm** và _nghiêng_\n| a | b |\n|---|---|\n> lời"

    assert markup.plain(text) == "Đậm và nghiêng\n a, b \nlời"


def test_the_letter_prints_them(world):
    reply = world.drafted_reply(world.forwarded(), text="- một\n- **hai**")

    reply.document.refresh_from_db()
    assert "<ul><li>một</li><li><b>hai</b></li></ul>" in reply.document.body
