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

__all__ = [
    "Agenda",
    "Appointment",
    "AppointmentStatus",
    "Closure",
    "Opening",
    "Slot",
    "Waiting",
    "Bearer",
    "Dispensation",
    "IdentityApplication",
    "OldDocument",
    "Parents",
    "Reason",
    "Request",
]
