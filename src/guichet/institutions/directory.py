"""Whom letters name: offices that must be in the directory (``guichet office load``)."""

from __future__ import annotations

from guichet.kit.errors import Refused

from .models import Office

COURT = "chambre-administrative"


def the_office(**wanted: str) -> Office:
    """The one office with these values.

    Raises:
        Refused: the directory lacks it.
    """
    found = Office.objects.filter(**wanted).first()
    if found is None:
        missing = ", ".join(wanted.values())
        raise Refused(f"Le répertoire des autorités ne connaît pas « {missing} » : chargez-le (guichet office load).")
    return found


def court() -> str:
    """The court before which decisions are appealed (LPA 62, RDId 13), as a letter names it, with its address (1 query).

    Raises:
        Refused: the directory lacks it.
    """
    found = the_office(code=COURT)
    return f"{found.name[:1].lower()}{found.name[1:]} ({', '.join(found.address_lines)})"
