"""The consolidated print of a cantonal act: articles, paragraphs, figures, letters, notes, and the closing table.

``Art. 2(3)  Title`` opens an article; ``1 Words`` a paragraph, ``1. Words`` a figure, ``a) words`` a letter, ``1° words``
a figure within a letter. An article whose first words have no number is one paragraph. Words without any of these
marks are a marginal heading, unless they go on with a sentence. « RSG » begins the table of amendments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from guichet.law.check.figures import LOST, dates_in, lossy
from guichet.law.check.printed import (
    Gathering,
    PrintedAmendment,
    PrintedDivision,
    PrintedText,
    UnreadableText,
    lines_of,
)
from guichet.law.kernel.inputs import read_day

_ARTICLE = re.compile(r"Art\. (?P<number>\d+[A-Z]*)(?P<notes>(?: ?\(\d+\))*)(?: |$)")
_DIVISION = re.compile(r"(?P<level>Titre|Chapitre|Section) (?P<number>[IVXLC]+|\d+)(?:\(\d+\))* ")
_LEVELS = ("Titre", "Chapitre", "Section")
_TABLE = "RSG"
# A paragraph begins with a capital, whose accent may be lost, or is nothing but the note of its repeal.
_MARKS = (
    (1, re.compile(rf"(?P<mark>\d+[A-Z]?) (?P<words>[A-ZÀ-Ý«({LOST}].*)")),
    (2, re.compile(r"(?P<mark>\d+)\. (?P<words>\S.*)")),
    (3, re.compile(r"(?P<mark>[a-z])\)(?P<words>.*)")),
    (4, re.compile(rf"(?P<mark>\d+)[°{LOST}] (?P<words>\S.*)")),
)
_GOES_ON = re.compile(r"[a-z(]|.*[.;:,]$")
_ROW = re.compile(r"(?P<number>\d+)\. (?P<what>(?:n|a|d)\.(?:t\.)? ?:.*)")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_RENAMING = re.compile(r"n\.t\. ?: rectification selon [^;]*;?")
_DATES_OF_A_ROW = 2


def read_consolidated(name: str, file: str, content: str) -> PrintedText:
    """Reduce a consolidated print to its structure.

    Raises:
        UnreadableText: no article, or no table of amendments, is recognised in it.
    """
    lines = list(lines_of(content))
    table = next((place for place, line in enumerate(lines) if line.split(" ")[0] == _TABLE), None)
    if table is None:
        raise UnreadableText(f"{file} : le tableau des modifications (« {_TABLE} ») n'y a pas été reconnu.")
    starts = (place for place, line in enumerate(lines) if _ARTICLE.match(line) or _DIVISION.match(line))
    first = next(starts, table)
    body = _Body(file)
    for line in lines[first:table]:
        body.take(line)
    body.end_article()
    head = " ".join(lines[:first])
    return PrintedText(
        name=name,
        passages=body.gathered.passages(),
        divisions=tuple(PrintedDivision(*each) for each in body.divisions),
        amendments={each.number: each for each in _amendments(file, lines[table + 1 :])},
        entry=_day_after(head, "entrée en vigueur"),
        certain_from=_day_after(head, "entrée en vigueur"),
        consolidated_to=_day_after(head, "dernières modifications"),
    )


class _Body:
    """Goes through the articles line by line, keeping the place reached: article, then the mark of each level."""

    def __init__(self, file: str) -> None:
        self.gathered = Gathering(file)
        self._article = ""
        self._marks: dict[int, str] = {}
        self._before_marks: list[str] = []
        self._is_open = False
        self.divisions: list[list[str]] = []
        self._around: list[tuple[str, list[str]]] = []

    def take(self, line: str) -> None:
        """One line that is not blank."""
        article, division = _ARTICLE.match(line), _DIVISION.match(line)
        if article:
            self._begin_article(article)
        elif division:
            self._begin_division(division)
        elif not self._take_mark(line):
            self._take_words(line)

    def end_article(self) -> None:
        """What came before any mark is the paragraph itself, where no numbered one followed."""
        if self._article and 1 not in self._marks:
            self.gathered.add(self._article, " ".join(self._before_marks))
        self._before_marks = []

    def _begin_article(self, article: re.Match[str]) -> None:
        self.end_article()
        self._article, self._marks, self._is_open = article["number"], {}, False
        self.gathered.open(self._article, article["notes"])

        for _, division in self._around:
            division[1:] = [division[1] or self._article, self._article]

    def _begin_division(self, line: re.Match[str]) -> None:
        self._is_open = False
        wider = _LEVELS[: _LEVELS.index(line["level"])]
        self._around = [(level, division) for level, division in self._around if level in wider]
        self._around.append((line["level"], [f"{line['level']} {line['number']}", "", ""]))
        self.divisions.append(self._around[-1][1])

    def _take_mark(self, line: str) -> bool:
        for level, pattern in _MARKS:
            match = pattern.fullmatch(line)
            if match:
                self._marks = {depth: mark for depth, mark in self._marks.items() if depth < level}
                self._marks[level] = match["mark"]
                self.gathered.open(self._address(), match["words"])
                # A mark alone on its line: its words are on the next ones, whatever they begin with.
                self._is_open = not match["words"].strip()
                return True
        return False

    def _take_words(self, line: str) -> None:
        if not self._marks:
            self._before_marks.append(line)
        elif self._is_open or _GOES_ON.match(line):
            self.gathered.add(self._address(), line)

    def _address(self) -> str:
        return "/".join((self._article, *(self._marks[level] for level in sorted(self._marks))))


def _amendments(file: str, lines: list[str]) -> Iterator[PrintedAmendment]:
    """The numbered rows: what was changed on one or several lines, then the day adopted and the day in force."""
    number, what = 0, ""
    days: list[date | None] = []
    for line in lines:
        row, day = _ROW.match(line), _DAY.match(line)
        if row:
            number, what, days = int(row["number"]), row["what"], []
        elif not number:
            continue
        elif day is None:
            what = f"{what} {line}"
        else:
            days.append(read_day("-".join(reversed(day.groups()))))
        if len(days) == _DATES_OF_A_ROW:
            adopted, in_force = days
            if adopted is None or in_force is None:
                raise UnreadableText(f"{file} : une date de la modification n° {number} n'existe pas.")
            yield PrintedAmendment(number, adopted, in_force, bool(_RENAMING.fullmatch(what.strip(" |"))))
            number = 0


def _day_after(head: str, words: str) -> date | None:
    """The first day written after these words of the head of the print."""
    _, found, rest = lossy(head).partition(lossy(words))
    return next(iter(sorted(dates_in(rest[:60]))), None) if found else None
