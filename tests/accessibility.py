"""axe on a page in a real browser: every rule, or the contrast alone where nothing but the colours changed."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What axe would also tell (what it passed, what does not apply) costs as much as the examination.
_ONLY_WRONG = {"resultTypes": ["violations"]}
RULES = {**_ONLY_WRONG, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {**_ONLY_WRONG, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page: Page, *, only_contrast: bool = False) -> list[str]:
    """What axe finds, a line for each element: address, rule and the element's beginning."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    found: dict[str, Any] = page.evaluate(f"axe.run({json.dumps(CONTRAST if only_contrast else RULES)})")
    return [f"{page.url} {one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
