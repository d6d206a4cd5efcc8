"""The models of the people room, one module per subject."""

from .accounts import Account, VerificationCode
from .limits import SharedCacheRow
from .persons import Person, RegisterDelivery, Relation, Stay
from .reads import Reading, RegisterSearch
from .sessions import Session

__all__ = [
    "Account",
    "RegisterDelivery",
    "Person",
    "Reading",
    "RegisterSearch",
    "Relation",
    "Session",
    "SharedCacheRow",
    "Stay",
    "VerificationCode",
]
