"""The residents' register for the other rooms: found, read with a reason, and every reading kept for the person."""

from .extracts import Candidate, Eligibility, Extract, StayPeriod
from .operations import (
    SearchTooWide,
    check_eligibility,
    extract,
    find,
    postal_address,
    reads_of,
)
from .ties import Tie, children_of, tie_to_deceased

__all__ = [
    "Candidate",
    "Eligibility",
    "Extract",
    "SearchTooWide",
    "StayPeriod",
    "Tie",
    "check_eligibility",
    "children_of",
    "extract",
    "find",
    "postal_address",
    "reads_of",
    "tie_to_deceased",
]
