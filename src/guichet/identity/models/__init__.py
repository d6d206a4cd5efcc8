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
from .losses import (
    DocumentKind,
    InvalidDocument,
    InvalidityCheck,
    LossDeclaration,
    LossKind,
    LostDocument,
)
from .pieces import Biometric, BiometricKind, CancelledDocument, Piece
from .production import ProductionOrder, ProductionState
from .returns import RegisterChange, RenewalNotice, Requester, ReturnRequest

__all__ = [
    "Bearer",
    "Biometric",
    "BiometricKind",
    "CancelledDocument",
    "Dispensation",
    "DocumentKind",
    "IdentityApplication",
    "IdentityDecision",
    "InvalidDocument",
    "InvalidityCheck",
    "LossDeclaration",
    "LossKind",
    "LostDocument",
    "OldDocument",
    "Parents",
    "Piece",
    "ProductionOrder",
    "ProductionState",
    "Reason",
    "RegisterChange",
    "RenewalNotice",
    "Request",
    "Requester",
    "ReturnRequest",
]
