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
from .decisions import CourtRuling, IdentityDecision
from .losses import (
    DocumentKind,
    InvalidDocument,
    InvalidityCheck,
    LossDeclaration,
    LossKind,
    LostDocument,
)
from .objections import Lifting, ObjectionWay, ParentalObjection
from .pieces import Biometric, BiometricKind, CancelledDocument, ProducedPiece, ReceivedForm
from .production import ProductionOrder, ProductionState
from .referrals import DepartmentRuling, Precedent, Referral
from .returns import HandingOver, RegisterChange, RenewalNotice, Requester, ReturnRequest
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
    "CourtRuling",
    "DepartmentRuling",
    "Dispensation",
    "DocumentKind",
    "HandingOver",
    "IdentityApplication",
    "IdentityDecision",
    "InvalidDocument",
    "InvalidityCheck",
    "Lifting",
    "LossDeclaration",
    "LossKind",
    "LostDocument",
    "ObjectionWay",
    "OldDocument",
    "Opening",
    "ParentalObjection",
    "Parents",
    "Precedent",
    "ProducedPiece",
    "ProductionOrder",
    "ProductionState",
    "Reason",
    "ReceivedForm",
    "Referral",
    "RegisterChange",
    "RenewalNotice",
    "Request",
    "Requester",
    "ReturnRequest",
    "Share",
    "ShareKind",
    "Slot",
    "Statement",
    "Waiting",
]
