"""One concept, one name, one row of the glossary."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parent.parent.parent / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    """The rows of the glossary: French term, code name, passage, definition."""
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_model_has_its_row() -> None:
    named = {row[1].strip("`") for row in rows()}
    missing = {m.__name__ for m in apps.get_models() if m.__module__.startswith("guichet.")} - named

    assert missing == set()


def test_no_code_name_and_no_french_term_has_two_rows() -> None:
    terms = [row[0] for row in rows()]
    names = [row[1] for row in rows()]

    assert len(set(terms)) == len(terms)
    assert len(set(names)) == len(names)
