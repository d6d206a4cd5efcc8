"""The models of the people room, one module per subject."""

from .accounts import Account, VerificationCode
from .limits import SharedCacheRow
from .persons import Delivery, Person, Relation, Stay
from .reads import Reading, RegisterSearch

__all__ = [
    "Account",
    "Delivery",
    "Person",
    "Reading",
    "RegisterSearch",
    "Relation",
    "SharedCacheRow",
    "Stay",
    "VerificationCode",
]
