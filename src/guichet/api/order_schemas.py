"""What the API says of services, terms and orders."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from .schemas import Passage


class Amount(Schema):
    """A sum, in francs with two decimals, with the passages that decided it."""

    amount: str = Field(pattern=r"^-?[0-9]+\.[0-9]{2}$")
    currency: str = "CHF"
    because: list[Passage]
    reservations: list[str]


class Condition(Schema):
    """One condition of a service, by code and in words."""

    code: str
    text: str


class ServiceOut(Schema):
    """A prestation on offer (ch. 2 CGV); ``fee`` is absent while the tariff does not decide it for the day."""

    slug: str
    version: int
    title: str
    summary: str
    group: str
    contents: list[str]
    conditions: list[Condition]
    subjects: list[str]
    fee: Amount | None
    published_at: datetime
    page: str


class ServicesOut(Schema):
    """The catalogue in force on a day."""

    on: date
    services: list[ServiceOut]


class EditionOut(Schema):
    """One edition of a text; ``binding`` says whether it is the one to accept now (ch. 1 CGV)."""

    kind: str
    edition: str
    title: str
    sha256: str
    published_at: datetime
    binding: bool
    page: str


class TermsOut(Schema):
    """Every published edition of both texts, the latest first."""

    editions: list[EditionOut]


class LineOut(Schema):
    """One line of a price."""

    kind: str
    label: str
    amount: str
    because: list[Passage]


class HappeningOut(Schema):
    """One act in the life of an order, as its page tells it."""

    at: datetime
    what: str
    by: str
    because: list[str]


class ClockOut(Schema):
    """A period that runs; ``due_on`` is its last day, inclusive."""

    label: str
    due_on: date | None
    length: str
    is_over: bool
    because: list[str]


class OrderOut(Schema):
    """Where an order stands: nothing about the person, only what the holder of its address may know."""

    reference: str
    service: str
    state: str
    state_name: str
    is_final: bool
    ordered_on: date | None
    delivery: str
    total: str | None = Field(description="En francs ; absent tant que la commande n'est pas transmise.")
    currency: str = "CHF"
    lines: list[LineOut]
    next_step: str
    clocks: list[ClockOut]
    history: list[HappeningOut]
    links: dict[str, str]
