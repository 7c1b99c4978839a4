"""The drafting page on a slow line."""

import pytest

from responses.models import Answer
from tests.browser import reply_steps

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
