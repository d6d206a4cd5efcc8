"""What the regulation leaves to federal law: passages cited, never lent a rule, and the dated values read from files."""

from __future__ import annotations

from datetime import date

from guichet.law.facts.reading import Fact, Facts
from guichet.law.kernel.addresses import Ref

_LDI = "https://fedlex.data.admin.ch/eli/cc/2002/441"
_OLDI = "https://fedlex.data.admin.ch/eli/cc/2002/468"
OLDI_NAME = "l'ordonnance fédérale sur les documents d'identité (OLDI, RS 143.11)"
SHARES_MISSING = f"l'annexe 3 de {OLDI_NAME} : la part du canton sur l'émolument de ce document"
VALIDITY_MISSING = f"l'article 5 de {OLDI_NAME} dans sa teneur de ce jour : la durée de validité d'un document"
LOSS_SHARE_MISSING = (
    "la part du canton sur l'émolument d'une déclaration de vol, de perte ou de destruction, que ni le règlement ni "
    "l'annexe 3 de l'OLDI ne disent"
)
RESIDENCE_MISSING = f"{OLDI_NAME} : la compétence pour les personnes domiciliées hors du canton"


def oldi(address: str) -> Ref:
    """A passage of the federal ordinance."""
    return Ref("OLDI", address, outside=True, source=_OLDI)


def ldi(address: str) -> Ref:
    """A passage of the federal act."""
    return Ref("LDI", address, outside=True, source=_LDI)


AGE_DAY = Ref("Ordonnance DFJP", "15/2", outside=True, source="https://fedlex.data.admin.ch/eli/cc/2010/96")
LOSS, SHARES, RESIDENCE, FEE_DAY = oldi("22"), oldi("annex/3"), oldi("12/2"), oldi("50")
DISPENSATION, EXCHANGE, KEEPING = oldi("12/4"), oldi("25/2"), oldi("27")
BOTH_PARENTS = oldi("11")
VALIDITY, REPEATED_LOSS = oldi("5/1"), oldi("5/3")
DELIVERY_GUARANTEE, RETURN = oldi("52/2"), ldi("7/1ter")


def grounds(facts: Facts, deed: str, on: date) -> tuple[Fact, ...]:
    """The grounds on which the centre may ``refuse`` or ``withdraw`` a document on a day, in the order of the law."""
    keys = (key for key in facts.names("grounds") if key.startswith(f"{deed}_"))
    return tuple(fact for key in keys if (fact := facts.find("grounds", key, on)))
