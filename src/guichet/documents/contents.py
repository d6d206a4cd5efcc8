"""What each kind of document says, as data: the contract between the rooms that decide and the templates that print.

Every text is French and final; dates and amounts stay typed and are written out by the template. The same data,
as canonical JSON, are embedded in the document (``donnees.json``), so that a machine reads what a person reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar

from guichet.law.kernel.money import Chf


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The office that issues the document, as it stands in the header."""

    name: str
    canton: str
    address: tuple[str, ...]
    place: str
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The code by which a third party verifies the document, and the page that answers (printed, and as QR code)."""

    code: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line about the subject: « Date de naissance : 3 mai 1984 ». A ``date`` value is written out."""

    label: str
    value: str | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One period of residence in the canton, both days inclusive; ``until`` is None while it lasts."""

    since: date
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """An attestation of the office about one person: facts, what is attested, and optionally the stays."""

    template: ClassVar[str] = "attestation"

    issuer: Issuer
    title: str
    reference: str
    subject: str
    facts: tuple[Fact, ...]
    statements: tuple[str, ...]
    issued_on: date
    verification: Verification
    stays: tuple[Stay, ...] = ()
    stays_title: str = "Historique des séjours dans le canton"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence and the passage it rests on (« art. 3 al. 6 CGV »)."""

    text: str
    basis: str

    def __str__(self) -> str:
        """The sentence with its passage before the full stop, as the letter prints it."""
        return f"{self.text.removesuffix('.')} ({self.basis})."


class Ground(Cited):
    """One reason of a decision."""

    __slots__ = ()


class Remedy(Cited):
    """The means of appeal against a decision: before whom, how, and within what time (« voie de droit »)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the office; with ``grounds`` and ``remedy`` it is a formal decision.

    ``recipient`` holds the lines of the address window (at most six are visible in it).
    """

    template: ClassVar[str] = "letter"

    issuer: Issuer
    recipient: tuple[str, ...]
    reference: str
    written_on: date
    object: str
    paragraphs: tuple[str, ...]
    signatory: str
    function: str = ""
    salutation: str = "Madame, Monsieur,"
    mode: str = ""
    decision: str = ""
    grounds: tuple[Ground, ...] = ()
    remedy: Remedy | None = None
    closing: str = "Nous vous adressons, Madame, Monsieur, nos salutations distinguées."
    enclosures: tuple[str, ...] = ()
    verification: Verification | None = None

    def __post_init__(self) -> None:
        """Refuse an address that the window would cut."""
        if not 1 <= len(self.recipient) <= 6:
            raise ValueError("the address window shows one to six lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """What was charged, how much, and under which passage; zero is printed « gratuit »."""

    label: str
    amount: Chf
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A quittance: what was paid, when, by which means; the total is the sum of the lines (TVA included)."""

    template: ClassVar[str] = "receipt"

    issuer: Issuer
    number: str
    reference: str
    payer: tuple[str, ...]
    paid_on: date
    means: str
    lines: tuple[ReceiptLine, ...]
    total: Chf
    issued_on: date
    notes: tuple[str, ...] = ()
    verification: Verification | None = None
    case_label: str = "Commande"
    total_label: str = "Total payé, TVA incluse"

    def __post_init__(self) -> None:
        """Refuse a receipt whose lines do not make its total."""
        if sum(line.amount.centimes for line in self.lines) != self.total.centimes:
            raise ValueError("the lines of a receipt sum to its total")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityForm:
    """The formule de demande of an identity document: what was declared, to be signed at the counter (RDId 5).

    ``authority`` and ``delivery`` are lines of addresses; ``signed_on`` is None until it is signed; ``holds_authority``
    asks for a second signature, of who holds parental authority (RDId 6/1).
    """

    template: ClassVar[str] = "identity_form"

    issuer: Issuer
    reference: str
    authority: tuple[str, ...]
    facts: tuple[Fact, ...]
    delivery: tuple[str, ...]
    lodged_on: date
    signed_on: date | None
    basis: str
    holds_authority: bool = False
    verification: Verification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report: sentences, and a table if it has headings.

    ``numbers`` are the places of the columns of amounts, counted from 0; ``wide`` that of the column that takes the room
    left by the others. With ``has_total`` the last row is the total.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    wide: int = 0
    has_total: bool = False

    def __post_init__(self) -> None:
        """Refuse a table whose rows are not as long as its headings."""
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("each row of a table has a cell under each heading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a case or a month holds, for another authority: sections of sentences and tables."""

    template: ClassVar[str] = "report"

    issuer: Issuer
    title: str
    reference: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    issued_on: date
    verification: Verification | None = None


Content = Attestation | Letter | Receipt | IdentityForm | Report


def _plain(value: object) -> Any:
    """The value as JSON knows it: ISO days, amounts in centimes."""
    if isinstance(value, str):
        return value
    if isinstance(value, Chf):
        return {"centimes": value.centimes}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return value


def as_json(content: Content) -> bytes:
    """The canonical JSON of a document: UTF-8, fixed order of the fields, the same bytes for the same content.

    Amounts are ``{"centimes": n}``, days ``{"day": "2026-11-22"}``.
    """
    named = {"document": content.template, "content": _plain(content)}
    return json.dumps(named, ensure_ascii=False, indent=1).encode()
