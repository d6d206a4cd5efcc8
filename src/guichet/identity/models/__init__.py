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
from .referrals import DepartmentRuling, Precedent, Referral
from .shares import Share, ShareKind, Statement

__all__ = [
    "Agenda",
    "Appointment",
    "AppointmentStatus",
    "Bearer",
    "Closure",
    "DepartmentRuling",
    "Dispensation",
    "IdentityApplication",
    "OldDocument",
    "Opening",
    "Parents",
    "Precedent",
    "Reason",
    "Referral",
    "Request",
    "Share",
    "ShareKind",
    "Slot",
    "Statement",
    "Waiting",
]
