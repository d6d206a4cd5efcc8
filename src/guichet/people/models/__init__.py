"""The models of the people room, one module per subject."""

from .accounts import Account, VerificationCode
from .limits import SharedCacheRow

__all__ = ["Account", "SharedCacheRow", "VerificationCode"]
