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
from .appointments import Agenda, Appointment, AppointmentStatus, Closure, Opening, Slot, Waiting
from .decisions import IdentityDecision
from .pieces import Biometric, BiometricKind, CancelledDocument, ProducedPiece
from .production import ProductionOrder, ProductionState
from .referrals import DepartmentRuling, Precedent, Referral
from .shares import Share, ShareKind, Statement

__all__ = [
    "Agenda",
    "Appointment",
    "AppointmentStatus",
    "Bearer",
    "Biometric",
    "BiometricKind",
    "CancelledDocument",
    "Closure",
    "DepartmentRuling",
    "Dispensation",
    "IdentityApplication",
    "IdentityDecision",
    "OldDocument",
    "Opening",
    "Parents",
    "Precedent",
    "ProducedPiece",
    "ProductionOrder",
    "ProductionState",
    "Reason",
    "Referral",
    "Request",
    "Share",
    "ShareKind",
    "Slot",
    "Statement",
    "Waiting",
]
