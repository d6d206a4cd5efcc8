"""The authorities as the documents name them: the office of this site from the settings, the others from the directory."""

from __future__ import annotations

from django.conf import settings

from guichet.institutions.models import Office

from .contents import Issuer


def issuer(authority: Office | None = None) -> Issuer:
    """An authority as it stands in the header of its documents; the office of this site unless another one is given."""
    office = settings.OFFICE
    if authority is not None:
        return Issuer(
            name=authority.name,
            canton=office["canton"],
            address=tuple(authority.address_lines),
            place=office["place"],
            contact=authority.contact_substance,
        )
    return Issuer(
        name=office["name"],
        canton=office["canton"],
        address=tuple(office["address"]),
        place=office["place"],
        contact=office["contact_substance"],
    )
