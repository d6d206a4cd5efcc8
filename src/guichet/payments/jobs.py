"""The background jobs of the payments room, for the worker's schedule."""

from .operations import capture, mop_up, settle_attempt, void

__all__ = ["capture", "mop_up", "settle_attempt", "void"]
