"""Texts and passages as schema.org/Legislation, for whoever reads pages by program: structure and dates, our own words.

The vocabulary follows the European Legislation Identifier, on which schema.org's is modelled.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from guichet.kit.passages import address_of
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.provisions import LegalText

from . import texts
from .citations import eli_of

CANTON = {"@type": "AdministrativeArea", "name": "République et canton de Genève"}


@cache
def of_text(text: LegalText) -> dict[str, Any]:
    """A text with its dates, where it is published, and its articles."""
    home = f"/droit/{text.name.lower()}/"
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": home,
        "url": home,
        "name": text.title,
        "alternateName": text.name,
        "inLanguage": "fr",
        "legislationJurisdiction": CANTON,
        "legislationLegalForce": "https://schema.org/InForce",
        "temporalCoverage": f"{text.entry.isoformat()}/..",
        "hasPart": [{"@type": "Legislation", "@id": address_of(text.ref(number))} for number in text.articles()],
        "encoding": {
            "@type": "LegislationObject",
            "encodingFormat": "application/akn+xml",
            "contentUrl": f"{home}akn.xml",
            "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
        },
    }
    if text.consolidated_to:
        described["legislationDateVersion"] = text.consolidated_to.isoformat()
    if text.publication:
        described["sameAs"] = text.publication.address
        described |= _filled("legislationIdentifier", text.publication.number)
        described |= _filled("legislationDate", text.publication.adopted)
    return described


@cache
def of_provision(text: LegalText, ref: Ref) -> dict[str, Any]:
    """A passage: its summary (``abstract``), since when its wording is known, and what it stands in."""
    home = f"/droit/{text.name.lower()}/"
    container, _, _ = ref.address.rpartition("/")
    provision = text.provision(ref.address)
    until = provision.until.isoformat() if provision.until else ".."
    inside = [each for each in texts.paragraphs(text, ref.address) if each.depth == ref.address.count("/") + 1]
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address_of(ref),
        "url": address_of(ref),
        "name": ref.cite,
        "legislationIdentifier": eli_of(ref),
        "inLanguage": "fr",
        "legislationJurisdiction": CANTON,
        "abstract": provision.summary,
        "temporalCoverage": f"{text.known_from(ref.address).isoformat()}/{until}",
        "isPartOf": {"@type": "Legislation", "@id": f"{home}{container}/" if container else home},
        "hasPart": [{"@type": "Legislation", "@id": each.address} for each in inside],
    }
    return {key: value for key, value in described.items() if value}


def _filled(key: str, value: str | date | None) -> dict[str, str]:
    if not value:
        return {}
    return {key: value.isoformat() if isinstance(value, date) else value}
