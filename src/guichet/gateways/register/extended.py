"""What an office needs and eCH-0011 does not carry, in eCH-0099's own place for it: ``personExtendedData``.

The standard gives each person free (field, value) pairs. The fields used here, one line of the table each; dates are
ISO, both days of a stay inclusive, codes are those of eCH-0021:

========================= ============================================= ========================================
field                     value                                         meaning
========================= ============================================= ========================================
``stay`` (repeated)       ``2001-05-01/2010-06-30`` or ``2012-01-15/``  a period of stay in the canton
``relation`` (repeated)   ``typeOfRelationship|localPersonId|name|first`` spouse, partner, mother, father
``dataLock``              ``0`` ``1`` ``2``                             none, address locked, information locked
``permitUnderRenewal``    ``true`` ``false``                            the permit is being renewed
``firstApplicationPending`` ``true`` ``false``                          first permit applied for, not decided
========================= ============================================= ========================================

Unknown fields are left alone: a register may send more than an office reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .ech import LOCK, RELATION
from .port import Lock, PersonRecord, Relation, Stay

_LOCK_CODE = {lock: code for code, lock in LOCK.items()}
_RELATION_CODE = {kind: code for code, kind in RELATION.items()}
_BOOLEAN = {"true": True, "1": True, "false": False, "0": False}


class Extended(NamedTuple):
    """The extended data of one person, typed."""

    stays: tuple[Stay, ...] = ()
    relations: tuple[Relation, ...] = ()
    lock: Lock = Lock.NONE
    is_permit_under_renewal: bool = False
    is_first_application_pending: bool = False


def read_pairs(pairs: Iterable[tuple[str, str]]) -> Extended:
    """The typed form of the pairs of one person.

    Raises:
        ValueError: a known field holds a value that is none; the French message names the field only.
    """
    stays: list[Stay] = []
    relations: list[Relation] = []
    single: dict[str, str] = {}
    for field, value in pairs:
        if field == "stay":
            stays.append(_stay(value))
        elif field == "relation":
            relations.append(_relation(value))
        else:
            single[field] = value
    lock = LOCK.get(single.get("dataLock", "0"))
    if lock is None:
        raise ValueError("dataLock : code inconnu")
    return Extended(
        stays=_in_order(stays),
        relations=tuple(relations),
        lock=lock,
        is_permit_under_renewal=_boolean(single, "permitUnderRenewal"),
        is_first_application_pending=_boolean(single, "firstApplicationPending"),
    )


def _stay(value: str) -> Stay:
    start, slash, end = value.partition("/")
    try:
        stay = Stay(date.fromisoformat(start), date.fromisoformat(end) if end else None)
    except ValueError:
        raise ValueError("stay : une date n'en est pas une") from None
    if not slash or (stay.until_on and stay.until_on < stay.from_on):
        raise ValueError("stay : la période finit avant de commencer ou n'a pas de barre")
    return stay


def _in_order(stays: list[Stay]) -> tuple[Stay, ...]:
    ordered = tuple(sorted(stays, key=lambda stay: stay.from_on))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.until_on is None or earlier.until_on >= later.from_on:
            raise ValueError("stay : deux périodes de séjour se chevauchent")
    return ordered


def _relation(value: str) -> Relation:
    parts = value.split("|")
    if len(parts) != 4 or parts[0] not in RELATION or not parts[2]:
        raise ValueError("relation : le lien n'est pas lisible")
    code, local_person_id, official_name, first_names = parts
    return Relation(RELATION[code], local_person_id or None, official_name, first_names)


def _boolean(single: dict[str, str], field: str) -> bool:
    value = _BOOLEAN.get(single.get(field, "false"))
    if value is None:
        raise ValueError(f"{field} : ni vrai ni faux")
    return value


def write_pairs(record: PersonRecord) -> Iterator[tuple[str, str]]:
    """The pairs that say of this person what ``read_pairs`` reads."""
    for stay in record.stays:
        yield "stay", f"{stay.from_on}/{stay.until_on or ''}"
    for relation in record.relations:
        parts = (relation.local_person_id or "", relation.official_name, relation.first_names)
        yield "relation", "|".join((_RELATION_CODE[relation.kind], *parts))
    if record.lock is not Lock.NONE:
        yield "dataLock", _LOCK_CODE[record.lock]
    if record.is_permit_under_renewal:
        yield "permitUnderRenewal", "true"
    if record.is_first_application_pending:
        yield "firstApplicationPending", "true"
