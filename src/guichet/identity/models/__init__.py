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
from .shares import Share, ShareKind, Statement

__all__ = ["Bearer", "Dispensation", "IdentityApplication", "OldDocument", "Parents", "Reason", "Request", "Share", "ShareKind", "Statement"]
