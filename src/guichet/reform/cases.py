"""Reading a file of cases, one row a case: what cannot be read is told by its line and field, the rest goes on."""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from guichet.law import questions
from guichet.law.kernel.columns import Columns, compile_table
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.money import Chf
from guichet.law.kernel.questions import Figures, Question

_DAY = "on"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, counted from 1, and why."""

    line: int
    error: BadInput

    def to_json(self) -> dict[str, Any]:
        """The refusal with its line."""
        return {"line": self.line, **self.error.to_json()["error"]}

    def say(self) -> str:
        """The refusal as a French sentence."""
        return f"Ligne {self.line} : {self.error.say()}"


@dataclass(slots=True)
class Cases:
    """The cases of a file as columns: the numbers of their points in a table, their days as ordinals; the rows left out."""

    table: Columns[Chf]
    points: array[int] = field(default_factory=lambda: array("i"))
    days: array[int] = field(default_factory=lambda: array("i"))
    left_out: list[BadRow] = field(default_factory=list)


def read_cases(lines: Iterable[bytes], question: Question, figures: Figures, *, on: date) -> Cases:
    """The cases of a CSV file (a header of input names, comma or semicolon) or of JSON objects, one a line.

    A row without its own ``on`` has the day given.

    Raises:
        BadInput: the file is empty, or its header names what is no input of the question.
    """
    cases, facts = Cases(compile_table(figures.table)), questions.known_facts()
    for number, row in _rows(lines, question):
        try:
            if isinstance(row, BadInput):
                raise row
            day = _day(row.pop(_DAY, None), on)
            point = figures.point(day, question.read(row, facts))
        except BadInput as error:
            cases.left_out.append(BadRow(number, error))
        else:
            cases.points.append(cases.table.number(point))
            cases.days.append(day.toordinal())
    return cases


def _rows(lines: Iterable[bytes], question: Question) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """Each row with its line: its inputs as JSON values, or why it is none."""
    # What is no UTF-8 is refused where it stands, as a value that nothing accepts.
    written = (line.decode("utf-8-sig" if number == 0 else "utf-8", "replace") for number, line in enumerate(lines))
    first = next(written, "")
    if not first.strip():
        raise BadInput("cases", "", "un fichier CSV avec une ligne d'en-tête, ou un objet JSON par ligne")
    if first.lstrip().startswith("{"):
        return _objects(chain((first,), written))
    return _records(first, written, question)


def _objects(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield number, row if isinstance(row, dict) else BadInput("row", line.strip(), "un objet JSON")


def _records(header: str, lines: Iterable[str], question: Question) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    known = {each.name: each for each in (*question.inputs, questions.ON)}
    delimiter = ";" if ";" in header else ","
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    for name in names:
        if name not in known or names.count(name) > 1:
            raise BadInput(name, name, list(known))
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num + 1, BadInput("row", str(error), "une ligne de CSV")
            continue
        if len(record) > len(names):
            yield reader.line_num + 1, BadInput("row", delimiter.join(record), f"{len(names)} colonnes au plus")
        elif any(record):
            told = zip(names, record, strict=False)
            # An empty cell is an input left out.
            yield reader.line_num + 1, {name: known[name].from_text(text) for name, text in told if text.strip()}


def _day(written: Any, default: date) -> date:
    return default if written is None else questions.ON.read(written, None)
