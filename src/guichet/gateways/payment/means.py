"""The means of payment the terms name (art. 6 al. 1 CGV), and what the provider calls them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Means:
    """One code of the provider for a means named by the terms; ``until`` is its last day, None while it serves."""

    code: str
    named: str
    label: str
    since: date
    until: date | None


@cache
def known() -> tuple[Means, ...]:
    """Every code that serves or has served."""
    table = tomllib.loads(Path(__file__).with_name("means.toml").read_text(encoding="utf-8"))
    return tuple(
        Means(code=row["code"], named=row["named"], label=row["label"], since=row["from"], until=row.get("until"))
        for row in table["means"]
    )


def accepted(on: date) -> frozenset[str]:
    """The codes under which the means named by the terms are offered on a day."""
    return frozenset(one.code for one in known() if one.since <= on and (one.until is None or on <= one.until))


def current() -> frozenset[str]:
    """The codes without a last day: what a configuration may name."""
    return frozenset(one.code for one in known() if one.until is None)


def label(code: str) -> str:
    """The name people know; a code that is not ours is shown as it is."""
    return next((one.label for one in known() if one.code == code), code)
