"""The style sheet: built from its sources, free of what may not be used, complete for what pages ask of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools import styles

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src/guichet").rglob("templates/**/*.html"))

# Hooks of the borrowed patterns that carry no rule here: what stands in them is styled by its surroundings.
BARE = {
    "govuk-breadcrumbs",
    "govuk-details__summary-text",
    "govuk-pagination__next",
    "govuk-pagination__prev",
    "govuk-table__body",
    "govuk-table__head",
    "govuk-table__row",
}


@pytest.mark.parametrize("file", styles.sheets(), ids=lambda file: file.name)
def test_a_style_sheet_is_what_its_sources_make(file: Path) -> None:
    assert file.read_text() == styles.sheets()[file], "run: python tools/styles.py"


def test_nothing_reserved_to_another_government_is_shipped() -> None:
    shipped = styles.RESULT.read_text() + styles.SOURCE.read_text()

    assert not re.search(r"GDS Transport|crest|/assets/", shipped)


def test_the_sheet_asks_for_nothing_but_our_own_fonts() -> None:
    asked = re.findall(r"url\(([^)]*)\)", styles.RESULT.read_text())

    assert sorted(asked) == ['"fonts/public-sans-rest.woff2"', '"fonts/public-sans.woff2"']


def test_every_class_of_the_borrowed_patterns_that_a_page_uses_is_in_the_sheet() -> None:
    sheet = styles.RESULT.read_text().replace("\\", "")
    used = {
        (name, page.name)
        for page in TEMPLATES
        for value in re.findall(r'class="([^"]*)"', page.read_text())
        for name in re.findall(r"govuk-[\w!-]+", value)
    }

    missing = sorted((name, page) for name, page in used if name not in BARE and f".{name}" not in sheet)

    assert missing == [], "add the family to tools/styles.py, or use a class that exists"


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)

    assert [page.name for page in TEMPLATES if inline.search(page.read_text())] == []
