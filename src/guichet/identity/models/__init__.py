"""The models of the identity room, one module per subject."""

from .applications import Bearer, Dispensation, IdentityApplication, OldDocument, Parents, Reason, Request
from .appointments import Agenda, Appointment, AppointmentStatus, Closure, Opening, Slot, Waiting
from .decisions import IdentityDecision
from .pieces import Biometric, BiometricKind, CancelledDocument, ProducedPiece
from .production import ProductionOrder, ProductionState

__all__ = [
    "Agenda",
    "Appointment",
    "AppointmentStatus",
    "Bearer",
    "Biometric",
    "BiometricKind",
    "CancelledDocument",
    "Closure",
    "Dispensation",
    "IdentityApplication",
    "IdentityDecision",
    "OldDocument",
    "Opening",
    "Parents",
    "ProducedPiece",
    "ProductionOrder",
    "ProductionState",
    "Reason",
    "Request",
    "Slot",
    "Waiting",
]
