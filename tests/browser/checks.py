"""What every page must be: fit for a screen reader, within 320 pixels, without a complaint of the browser."""

from collections import defaultdict

from axe_playwright_python.sync_playwright import Axe

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}

_axe = Axe()
_RUN_AXE = """() => axe.run({resultTypes: ["violations"]}).then(results => results.violations.map(
    rule => `${rule.id}: ${rule.help}` + rule.nodes.map(node => `\\n        ${node.html.slice(0, 300)}`).join("")))"""
_WIDTH = "() => document.documentElement.scrollWidth"
_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth && !one.closest(".scroll-x, .offcanvas"))
    .slice(0, 5).map(one => `\\n        ${one.outerHTML.slice(0, 200)}`).join("")"""
_ENGLISH = """() => (document.body.innerText.match(
    /.*(?<!\\p{L})(the|and|of|is|are|not|yet|with|for|this|your)(?!\\p{L}).*/giu) ?? []).slice(0, 5)"""
_KIND = "() => location.pathname.replace(/[0-9]+/g, '#')"
_MAKES = """() => [...new Set([...document.querySelectorAll("body *")].map(
    one => `${one.tagName} ${one.className} ${one.type ?? ""}`))]"""


class Inspector:
    """Looks at pages. One of a kind already seen, with no element of a new make on it, is only measured again."""

    def __init__(self):
        self._seen = defaultdict(set)

    def problems(self, page):
        """Everything wrong with the page at 1280 and at 320 pixels, in sentences."""
        known, makes = self._seen[page.evaluate(_KIND)], set(page.evaluate(_MAKES))
        is_new = not makes <= known
        known |= makes
        if is_new:
            page.evaluate(_axe.axe_script)
        found = self._at(page, NARROW, is_new)
        found += [f"not translated: {line}" for line in page.evaluate(_ENGLISH)]
        return found + self._at(page, WIDE, is_new)

    def _at(self, page, size, is_new):
        page.set_viewport_size(size)
        found = page.evaluate(_RUN_AXE) if is_new else []
        if (width := page.evaluate(_WIDTH)) > size["width"]:
            found.append(f"the page is {width} pixels wide, because of{page.evaluate(_TOO_WIDE)}")
        return [f"at {size['width']} pixels: {words}" for words in found]
