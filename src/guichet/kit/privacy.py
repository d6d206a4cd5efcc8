"""What each stored field is for: the category of personal data and the purpose, declared beside the model.

From these the system's own entry in the catalogue of files, the export to the person, and retention are made
(LIPAD 35, 36, 43); a house test fails when a field of a model has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """Kinds of data a field can hold, from harmless to sensitive."""

    TECHNICAL = "technical"
    IDENTITY = "identity"
    CONTACT = "contact"
    CIVIL_STATUS = "civil_status"
    RESIDENCE = "residence"
    CASE = "case"
    PAYMENT = "payment"
    AUTHENTICATION = "authentication"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Use:
    """The category of a field's data, and the purpose for which the office holds it (in French, for the person)."""

    category: Category
    purpose: str


DataUses = Mapping[str, Use]


def technical(*fields: str) -> dict[str, Use]:
    """Fields that only make the system work and say nothing of a person."""
    return {field: Use(Category.TECHNICAL, "faire fonctionner le système") for field in fields}


def of(category: Category, purpose: str, *fields: str) -> dict[str, Use]:
    """Several fields of one category held for one purpose."""
    return {field: Use(category, purpose) for field in fields}
