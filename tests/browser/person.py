"""Somebody at the screen: reads, clicks, types. Every page they meet is inspected."""

from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from playwright.sync_api import TimeoutError as NotThere
from playwright.sync_api import expect

from tests.browser.checks import WIDE

PASSWORD = "một mật khẩu để thử"
#: Milliseconds a person waits for a page, however busy the machine is.
PATIENCE = 15_000


class Person:
    """One browser window of one person; every complaint says who, where and what."""

    def __init__(self, browser, server, inspector, name):
        self.name = name
        self._inspector = inspector
        self._complaints = []
        self._context = browser.new_context(base_url=server.url, locale="vi-VN", viewport=WIDE)
        self._context.set_default_timeout(PATIENCE)
        self.page = self._context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._complaints.append(f"script error: {error}"))
        self.page.on("response", self._answered)
        self.page.on("dialog", self._asked)

    def leave(self):
        self._context.close()

    # What the browser says

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self._complaints.append(f"console: {message.text}")

    def _answered(self, response):
        if response.status >= 400:
            self._complaints.append(f"{response.status} from {response.url}")

    def _asked(self, dialog):
        self._complaints.append(f"asks: {dialog.message or dialog.type}")
        dialog.accept()

    def look(self):
        """The page as it stands is fit to be shown, and the browser has nothing to complain of."""
        found = [*self._inspector.problems(self.page), *self._complaints]
        assert not found, self._sentence("\n    ".join(["", *found]))

    def _sentence(self, what):
        return f"{self.name} on “{self.page.title()}” {self.page.url}: {what}"

    @contextmanager
    def _doing(self, what):
        try:
            yield
        except NotThere as problem:
            words = self.page.locator("body").inner_text()
            raise AssertionError(
                self._sentence(f"cannot {what}\n{problem.message}\nThe page reads:\n{words}")
            ) from None

    # What they do

    def visit(self, address):
        self.page.goto(address)
        self.look()

    def sign_in(self):
        self.visit("/accounts/login/")
        self.write("Tên đăng nhập", self.name)
        self.write("Mật khẩu", PASSWORD)
        self.press("Đăng nhập")
        self.sees("Việc của tôi")
        return self

    def enter(self, room):
        """Choose a room in the menu at the side."""
        menu = self.page.get_by_role("navigation", name="Trình đơn chính")
        self._go(menu.get_by_role("link", name=room, exact=True), f"enter {room}")

    def take_up(self, action, about):
        """On the desk, the action offered on the row that speaks of something."""
        self.enter("Việc của tôi")
        button = self.page.get_by_text(action, exact=True)
        row = self.page.locator("[data-row]").filter(has_text=about).filter(has=button)
        self._go(row.first.get_by_text(action, exact=True), f"take up “{action}” of “{about}” on the desk")

    def follow(self, link):
        self._go(self._content.get_by_role("link", name=link, exact=True).first, f"follow the link “{link}”")

    def press(self, button):
        self._go(self._content.get_by_role("button", name=button, exact=True).first, f"press “{button}”")

    def unfold(self, words):
        """Open a menu or a hidden part of the page."""
        with self._doing(f"unfold “{words}”"):
            self._content.get_by_text(words, exact=True).first.click()

    def write(self, label, text, *, within=None):
        with self._doing(f"write into “{label}”"):
            self._field(label, within).fill(text)

    def choose(self, label, option, *, within=None):
        with self._doing(f"choose “{option}” of “{label}”"):
            self._field(label, within).select_option(label=option)

    def tick(self, label):
        with self._doing(f"tick “{label}”"):
            self._field(label, None).check()

    def workbook(self, link):
        """The file downloaded by a link to a workbook."""
        with self._doing(f"download “{link}”"), self.page.expect_download() as waiting:
            self._content.get_by_role("link", name=link, exact=True).first.click()
        return BytesIO(Path(waiting.value.path()).read_bytes())

    def pdf(self, link):
        """The bytes behind a link to a PDF, which the browser would show in its own viewer."""
        with self._doing(f"open “{link}”"):
            address = self._content.get_by_role("link", name=link, exact=True).first.get_attribute("href")
        answer = self._context.request.get(address)
        assert answer.headers["content-type"] == "application/pdf", self._sentence(f"{address} is no PDF")
        return answer.body()

    # What they read

    def sees(self, *texts):
        for text in texts:
            with self._doing(f"see “{text}”"):
                self._content.get_by_text(text).first.wait_for()

    def misses(self, *texts):
        for text in texts:
            expect(self._content, self._sentence(f"“{text}” is there")).not_to_contain_text(text)

    def is_told(self, text):
        with self._doing(f"read the message “{text}”"):
            self._content.get_by_role("status").filter(has_text=text).wait_for()

    def part(self, heading):
        """The section of the page under a heading."""
        return self._content.locator("section.panel").filter(has=self.page.get_by_role("heading", name=heading))

    @property
    def _content(self):
        return self.page.locator("#content")

    def _field(self, label, within):
        return (within or self._content).get_by_label(label, exact=True).first

    def _go(self, control, what):
        with self._doing(what), self.page.expect_navigation():
            control.click()
        self.look()
