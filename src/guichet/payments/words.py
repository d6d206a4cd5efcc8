"""What a timeline adds to an act of payments: why money was released, what an incident was, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst

from .states import IncidentKind, Resolution


def note_of(act: str, facts: Mapping[str, Any]) -> str:
    """One more sentence for an act of the journal; empty where there is nothing to add."""
    if act == "payment_voided" and facts.get("reason"):
        return f"Motif : {IncidentKind(facts['reason']).label}."
    if act == "payment_incident_opened":
        return f"{capfirst(IncidentKind(facts['kind']).label)}."
    if act == "payment_incident_resolved":
        return f"{capfirst(Resolution(facts['resolution']).label)}."
    return ""
