"""The terms of sale as the office publishes them in Markdown: chapters with a number, paragraphs without.

Paragraphs are counted within their chapter; a chapter of one paragraph is itself the passage. A block that begins with a
small letter goes on with the sentence before.
"""

from __future__ import annotations

import re
from datetime import date

from guichet.law.check.figures import month_in
from guichet.law.check.printed import Gathering, PrintedText

_CHAPTER = re.compile(r"#+ \**(\d+)\. [^\n]*")
_BLANK_LINES = re.compile(r"\n\s*\n")


def read_terms(name: str, file: str, content: str) -> PrintedText:
    """Reduce the terms of sale to their structure.

    Raises:
        UnreadableText: no chapter is recognised in them.
    """
    chapters: dict[str, list[str]] = {}
    head: list[str] = []
    current = head
    for block in _BLANK_LINES.split(content):
        words = " ".join(block.split())
        chapter = _CHAPTER.fullmatch(words)
        if chapter:
            current = chapters.setdefault(chapter[1], [])
        elif current and current is not head and words[:1].islower():
            current[-1] = f"{current[-1]} {words}"
        elif words:
            current.append(words)
    gathered = Gathering(file)
    for number, paragraphs in chapters.items():
        is_whole = len(paragraphs) == 1
        gathered.open(number, paragraphs[0] if is_whole else "")
        for place, words in enumerate(() if is_whole else paragraphs, 1):
            gathered.open(f"{number}/{place}", words)
    entry = month_in(" ".join(head))
    return PrintedText(
        name=name, passages=gathered.passages(), entry=entry, certain_from=_next_month(entry) if entry else None
    )


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
