"""What the commands that need no framework share: the day, the facts, how they write and refuse."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from guichet.law import questions
from guichet.law.kernel.inputs import BadInput, read_day
from guichet.law.kernel.moments import ZURICH

OK, BAD = 0, 2


def adopt_facts() -> bool:
    """Use the facts of the folder that ``GUICHET_FACTS`` names; whether they could be read (if not, it is told)."""
    folder = os.environ.get("GUICHET_FACTS")
    try:
        questions.adopt_facts(Path(folder) if folder else None)
    except questions.BadFacts as error:
        write(str(error), sys.stderr)
        return False
    return True


def day_of(written: str | None) -> date:
    """The day written after ``--on``; today in Geneva without it.

    Raises:
        BadInput: it is no day.
    """
    if written is None:
        return datetime.now(ZURICH).date()  # noqa: TID251 - a door; the framework's clock is not loaded here
    day = read_day(written)
    if day is None:
        raise questions.ON.refuse(written, None)
    return day


def refuse(error: BadInput, *, as_json: bool) -> int:
    """Tell what was refused, on standard output as JSON or on the error output in French; the exit status."""
    if as_json:
        write(as_json_line(error.to_json()))
    else:
        write(error.say(), sys.stderr)
    return BAD


def as_json_line(value: Any) -> str:
    """A value as one line of JSON, accents as they are."""
    return json.dumps(value, ensure_ascii=False)


def write(line: str, to: TextIO | None = None) -> None:
    """Write a line, on the standard output unless told otherwise."""
    # JSON may carry half of a surrogate pair; written back as its escape it stays valid JSON.
    (to or sys.stdout).write(line.encode("utf-8", "backslashreplace").decode() + "\n")
