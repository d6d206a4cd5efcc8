"""The office as the documents name it, read from the settings."""

from __future__ import annotations

from django.conf import settings

from .contents import Issuer


def issuer() -> Issuer:
    """The office as it stands in the header of its documents."""
    office = settings.OFFICE
    return Issuer(
        name=office["name"],
        canton=office["canton"],
        address=tuple(office["address"]),
        place=office["place"],
        contact=office["contact_substance"],
    )
