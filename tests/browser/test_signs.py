"""What the editor reads and writes: the same signs the server makes the letter from; Word's text cleaned."""

import re
from html import unescape

import pytest
from django.contrib.staticfiles import finders

from responses import markup
from tests.responses.test_markup import BECOMES, HOSTILE

pytestmark = pytest.mark.browser

#: Rulers of tables, short rows and signs that stand across one another are written in one way only.
WRITTEN_OTHERWISE = {
    "_nghiêng **cả hai** nghiêng_",
    "| STT | Tên |\n|---|---|\n| 1 | Đèn |\n| 2 |",
}
TEXTS = [
    *BECOMES,
    *HOSTILE,
    *WRITTEN_OTHERWISE,
    "+ một\n\n• hai _nghiêng_ ba",
    "**đậm _cả hai_**_riêng_ **hết**",
    "Trước\n| a | b |\nsau",
]
#: What the editor shows of a text: (kind, (words, marks) …) of every part; and what it writes again.
SHOWN = """texts => texts.map(text => {
  const doc = window.signs.read(text), out = [];
  const marks = part => part.marks.map(mark => mark.type.name[0]).join("");
  const pieces = node => node.content.content.map(part => [part.text, marks(part)]);
  doc.forEach(block => {
    if (block.type.name === "table") {
      block.forEach(row => row.forEach(cell => out.push([cell.type.name.slice(6), pieces(cell)])));
    } else if (block.content.size) {
      const heading = block.attrs.kind === "text" && window.signs.isHeading(window.signs.words(block));
      out.push([heading ? "heading" : block.attrs.kind, pieces(block)]);
    }
  });
  return [out, window.signs.write(doc.content)];
})"""
KINDS = {"h3": "heading", "p": "text", 'p class="quote"': "quote", "li": "item", "th": "header", "td": "cell"}
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt'>1. Kết quả<o:p></o:p></span></b></p>
<p class=MsoNormal>Sở <b>đã phối hợp </b>với <i>UBND</i> <span style="font-weight:700">xã</span><del> cũ</del>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span
style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>Lắp 12 bộ đèn</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>a)<span>&nbsp; </span>Sửa 200 m đường</p>
<ol start=2><li>hai<li>ba</ol><blockquote>tối om</blockquote><script>alert(1)</script><img src=x onerror=alert(1)>
<table><tr><td colspan=2><p><b>Hạng mục</b></p></td><td>Tiền</td></tr><tr><td>1</td><td>a|b</td><td>5</td></tr></table>
<b style="font-weight:normal">của trang khác</b></body></html>"""
CLEANED = """1. Kết quả
Sở **đã phối hợp** với _UBND_ **xã**.
- Lắp 12 bộ đèn
a) Sửa 200 m đường
2. hai
3. ba
> tối om
| Hạng mục | | Tiền |
| 1 | a/b | 5 |
của trang khác"""


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    for name in ("vendor/prosemirror.js", "js/signs.js", "js/pasted.js"):
        page.add_script_tag(path=finders.find(name))
    yield page
    page.close()


def printed(text):
    """(kind, letters) of every part of the letter the server makes from a text; (letter, its marks) of each letter."""
    parts = re.findall(r'<(h3|p class="quote"|p|li|th|td)>(.*?)</(?:h3|p|li|th|td)>', markup.html(text))
    return [(KINDS[tag], letters(pieces(html))) for tag, html in parts]


def pieces(html):
    marks = set()
    for piece in re.split(r"(</?[bi]>)", html):
        if piece in ("<b>", "<i>"):
            marks.add(piece[1])
        elif piece in ("</b>", "</i>"):
            marks.discard(piece[2])
        else:
            yield unescape(piece), "".join(marks)


def letters(pieces):
    return [(letter, "" if letter == " " else set(marks)) for words, marks in pieces for letter in words]


def test_the_editor_shows_what_the_letter_prints_and_writes_what_it_read(page):
    for text, (shown, written) in zip(TEXTS, page.evaluate(SHOWN, TEXTS), strict=True):
        assert [(kind, letters(pieces)) for kind, pieces in shown] == printed(text), text
        assert printed(written) == printed(text)
        assert written == text or text in WRITTEN_OTHERWISE


def test_words_text_comes_in_as_signs_and_nothing_else(page):
    assert page.evaluate("html => window.pasted.text(html)", WORD) == CLEANED
