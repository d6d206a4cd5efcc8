"""The 45 communes of the canton of Geneva, by the number of the federal statistical office."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

CANTON = "GE"


class Commune(NamedTuple):
    """A commune of the canton; ``weight`` is a rough order of size for synthetic people."""

    number: int
    name: str
    postcode: str
    weight: int


@cache
def all_communes() -> dict[int, Commune]:
    """The communes by number, in the order of their numbers."""
    rows = tomllib.loads(Path(__file__).with_name("communes.toml").read_text(encoding="utf-8"))["commune"]
    return {row["number"]: Commune(**row) for row in rows}


def name_of(number: int) -> str:
    """The official name of a commune of the canton, or "" for a number that is none."""
    commune = all_communes().get(number)
    return commune.name if commune else ""
