"""The models of the people room, one module per subject."""

from .accounts import Account, VerificationCode

__all__ = ["Account", "VerificationCode"]
