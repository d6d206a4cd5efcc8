"""What the house needs of whoever produces the documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """How far an order is at the production."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PRODUCED = "produced"
    DELIVERED = "delivered"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """One document to produce. Its content stays out of every representation: it is personal and biometric data."""

    reference: str
    document: str
    bearer: Mapping[str, str] = field(repr=False)
    address: tuple[str, ...] = field(repr=False)
    data: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What the production says of an order; ``reason`` is its word for a rejection."""

    stage: Stage
    reason: str = ""


class NotHeard(Exception):  # noqa: N818 - said of the answer
    """No usable answer: the order may have arrived or not. The same question may be put again."""


class Production(Protocol):
    """The port: both questions may be put any number of times."""

    def order(self, order: DocumentOrder) -> Told:
        """Order a document; a reference that is known already is not ordered again.

        Raises: NotHeard.
        """
        ...

    def ask(self, reference: str) -> Told | None:
        """How far an order is; None if the production has never heard of it.

        Raises: NotHeard.
        """
        ...

    def check_setup(self) -> list[str]:
        """What must be put right before anything can be ordered, in French."""
        ...
