"""The models of the identity room, one module per subject."""

from .applications import (
    Bearer,
    Dispensation,
    IdentityApplication,
    OldDocument,
    Parents,
    Reason,
    Request,
)
from .decisions import IdentityDecision
from .pieces import Biometric, BiometricKind, CancelledDocument, Piece
from .production import ProductionOrder, ProductionState

__all__ = [
    "Bearer",
    "Biometric",
    "BiometricKind",
    "CancelledDocument",
    "Dispensation",
    "IdentityApplication",
    "IdentityDecision",
    "OldDocument",
    "Parents",
    "Piece",
    "ProductionOrder",
    "ProductionState",
    "Reason",
    "Request",
]
