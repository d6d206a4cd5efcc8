"""The little Markdown that published terms use: headings and paragraphs, nothing that could be script."""

from __future__ import annotations

from typing import NamedTuple


class Block(NamedTuple):
    """A heading (level 1 to 3) or a paragraph (level 0)."""

    level: int
    text: str


def blocks(text: str) -> list[Block]:
    """Split a text into headings and paragraphs, separated by blank lines."""
    found = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        words = " ".join(part.split())
        if not words:
            continue
        marks = len(words) - len(words.lstrip("#"))
        found.append(Block(min(marks, 3), words.lstrip("# ")))
    return found
