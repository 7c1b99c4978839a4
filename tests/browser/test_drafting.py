"""The drafting page on a slow line."""

import pytest
from playwright.sync_api import expect

from responses.models import Answer
from tests.browser import reply_steps
from tests.browser.checks import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What the server answered is heard of a second later; somebody looks at another window meanwhile.
SLOW = """() => {
const ask = window.fetch;
window.fetch = async (...all) => {
  const answer = await ask(...all);
  await new Promise((done) => setTimeout(done, 1000));
  return answer;
};
}"""
LOOK_AWAY = """
Object.defineProperty(document, "visibilityState", {value: "hidden"});
document.dispatchEvent(new Event("visibilitychange"));
"""


def test_saving_while_the_page_saves_by_itself_is_nobody_elses_change(world, seat):
    reply = world.drafted_reply(world.forwarded())
    drafter = seat(world.drafter)
    drafter.visit(reply.get_absolute_url())
    drafter.page.evaluate(SLOW)
    reply_steps.answer(drafter, 1, text="Sở đã lắp 12 bộ đèn.", result="Đã giải quyết xong")

    with drafter.page.expect_response("**/autosave/"):
        drafter.page.evaluate(LOOK_AWAY)
    drafter.press("Lưu dự thảo")

    drafter.is_told("Đã lưu dự thảo.")
    assert Answer.objects.get().text == "Sở đã lắp 12 bộ đèn."


WRITTEN = """1. Kết quả
- Đã lắp **12 bộ** đèn
a) Đường 1
b) Đường 2
Theo Công văn số 12/UBND-KT ngày 05 tháng 02 năm 2026 của UBND xã Kim Sơn về việc lắp đèn
| Tuyến | Số bộ | Ghi chú |
| Đường 1 | | |
| | | |"""


def test_an_answer_is_written_by_keyboard_as_it_will_stand_in_the_letter(world, seat):
    reply = world.drafted_reply(world.forwarded(), text="")
    drafter = seat(world.drafter)
    drafter.visit(reply.get_absolute_url())
    keys = drafter.page.keyboard
    tools = drafter.page.get_by_role("toolbar", name="Định dạng").first
    drafter.write("Câu trả lời", "")

    def choose(tool):
        """Shift+Tab to the bar, arrows along it."""
        keys.press("Shift+Tab")
        for _step in range(20):
            if drafter.page.evaluate("document.activeElement.ariaLabel") == tool:
                break
            keys.press("ArrowRight")
        assert drafter.page.evaluate("document.activeElement.ariaLabel") == tool
        keys.press("Enter")

    choose("Đề mục đánh số")
    keys.type("Kết quả\n- Đã lắp ")
    keys.press("Control+b")
    keys.type("12 bộ")
    keys.press("Control+b")
    keys.type(" đèn\n\n")
    for street in ("Đường 1", "Đường 2"):
        choose("Điểm a, b, c")
        keys.type(f"{street}\n")
    keys.type("Theo ")
    choose("Dẫn văn bản")
    for words in ("Công văn", "12/UBND-KT", "5/2/2026", "UBND xã Kim Sơn", "về việc lắp đèn"):
        keys.type(words)
        keys.press("Tab")
    keys.press("Enter")
    expect(drafter.page.locator(".ProseMirror").first).to_be_focused()
    choose("Bảng")
    for words in ("Tuyến", "Số bộ", "Ghi chú", "Đường 1"):
        keys.type(words)
        keys.press("Tab")
    drafter.page.set_viewport_size(NARROW)
    assert tools.bounding_box()["x"] + tools.bounding_box()["width"] <= NARROW["width"]
    drafter.look()
    drafter.press("Lưu dự thảo")

    answer = Answer.objects.get()
    assert answer.text == WRITTEN
    assert answer.cited_documents == WRITTEN.splitlines()[4].removeprefix("Theo ")
    drafter.page.reload()
    assert drafter.page.locator(".letter-text .is-heading").inner_text() == "1. Kết quả"
    assert drafter.page.locator(".letter-text td").first.inner_text() == "Đường 1"
