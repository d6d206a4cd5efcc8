"""The keyboard as the only way to move: Tab to a control, then Space, Enter or typing."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_STOPS = 80
NAME = """() => {
  const one = document.activeElement;
  const name = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label") ?? one.textContent;
  return name.trim().replace(/\\s+/g, " ");
}"""
# A ring around the control itself, or around the mark that its label draws.
HAS_RING = """() => {
  const one = document.activeElement;
  const mark = one.labels?.[0] ? getComputedStyle(one.labels[0], "::before") : null;
  return [getComputedStyle(one), mark].some((look) => look && look.outlineStyle !== "none" && look.outlineWidth !== "0px");
}"""


class Keyboard:
    """Moves through a page as somebody without a mouse, and insists on seeing where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reaches(self, name: str) -> None:
        """Tab until the control whose name begins so has the focus, visibly."""
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            found = str(self.page.evaluate(NAME))
            if found.startswith(name):
                assert self.page.evaluate(HAS_RING), f"no focus ring on « {found} »"
                return
            passed.append(found[:40])
        raise AssertionError(f"« {name} » cannot be reached by Tab; passed: {passed}")

    def enter(self, name: str) -> None:
        """Reach a link or a button and press Enter, which leads to another page."""
        self.reaches(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def space(self, name: str) -> None:
        """Reach a box or a choice and press Space."""
        self.reaches(name)
        self.page.keyboard.press("Space")

    def types(self, name: str, text: str) -> None:
        """Reach a field and type into it."""
        self.reaches(name)
        self.page.keyboard.type(text)
